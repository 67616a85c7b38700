import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** The system's tools that write the mark; handed in where the mark is only looked at. */
export interface MarkTools {
  readonly platform: NodeJS.Platform;
  readonly now: number;
  writeFile(file: string, text: string): Promise<unknown>;
  run(program: string, args: readonly string[]): Promise<unknown>;
}

const tools = (): MarkTools => ({
  platform: process.platform,
  now: Date.now(),
  writeFile,
  run: (program, args) => promisify(execFile)(program, [...args]),
});

/**
 * Marks a file as come from elsewhere, as a browser marks a download, so that offices open it protected and systems ask before they run
 * anything of it: the zone of the internet on Windows, the quarantine on macOS, nothing where the system has no such mark. A file
 * system without room for it (a stick) goes without.
 */
export async function markAsForeign(file: string, { platform, now, writeFile: write, run }: MarkTools = tools()): Promise<void> {
  try {
    if (platform === 'win32') await write(`${file}:Zone.Identifier`, '[ZoneTransfer]\r\nZoneId=3\r\n');
    if (platform === 'darwin') {
      const since = Math.floor(now / 1000).toString(16);
      await run('/usr/bin/xattr', ['-w', 'com.apple.quarantine', `0081;${since};Itinera;`, file]);
    }
  } catch {
    return;
  }
}
