import { appendFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

const LARGEST = 256 * 1024;

/**
 * Notes a bug in `faults.log` of the data folder: when, in which call, what kind of error and where. Never its message, for that
 * may quote what somebody typed. What cannot be written is left.
 */
export function faultLog(folder: string, now: () => number): (name: string, error: unknown) => void {
  const file = path.join(folder, 'faults.log');
  return (name, error) => {
    const kind = error instanceof Error ? error.name : typeof error;
    const code = typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
    const places = (error instanceof Error ? (error.stack ?? '') : '').split('\n').filter((line) => /^\s+at /.test(line));
    try {
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LARGEST) renameSync(file, `${file}.1`);
      appendFileSync(file, `${new Date(now()).toISOString()} ${name} ${kind}${code}\n${places.join('\n')}\n`);
    } catch {
      return;
    }
  };
}
