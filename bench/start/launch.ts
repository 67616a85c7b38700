import { spawn } from 'node:child_process';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');

const electron = process.env['ELECTRON_EXEC_PATH'] ?? 'electron';
const flags = [...(process.env['NO_SANDBOX'] ? ['--no-sandbox'] : []), '--log-level=3'];

/** Milliseconds from spawning the app on a data folder to its Today, with something to press, painted. */
export function todayInteractive(data: string): Promise<number> {
  return started(['-r', path.join(import.meta.dirname, 'interactive.cjs'), ROOT, '--data', data], { BENCH_TITLE: 'Today' });
}

/** Milliseconds from spawning a bare window to its first frame. */
export function bareWindowShown(profile: string): Promise<number> {
  return started([path.join(import.meta.dirname, 'bare')], { BENCH_PROFILE: profile });
}

/** Milliseconds from spawning to what the program says is the moment. */
function started(args: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  const from = Date.now();
  const child = spawn(electron, [...flags, ...args], {
    env: { ...process.env, ...env, LANGUAGE: 'en' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return new Promise((resolve, reject) => {
    let said = '';
    const limit = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`no moment within a minute: ${args.at(-1)} ${said}`));
    }, 60_000);
    child.stdout.on('data', (text) => (said += String(text)));
    child.on('error', reject);
    child.on('close', () => {
      clearTimeout(limit);
      const moment = /MOMENT (\d+)/.exec(said)?.[1];
      if (moment === undefined) reject(new Error(`it ended before its moment: ${said}`));
      else resolve(Number(moment) - from);
    });
  });
}
