// Runs one of our TypeScript programs from its source with the Node that the project brings (the `node` package), whatever
// Node started this file: the machine's own may be too old for it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Runs `entry` (relative to the project) with the arguments of this process; ends with its exit code or its signal. */
export function launch(entry) {
  const node = path.join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(node)) {
    console.error('itinera: not set up yet; run npm ci in its folder first.');
    process.exit(1);
  }
  const cache = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'itinera', 'compiled');
  const watch = path.join(root, 'scripts', 'bin', 'end-with-parent.mjs');
  const child = spawn(node, ['--import', watch, path.join(root, entry), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { NODE_COMPILE_CACHE: cache, ...process.env, APP_SQLITE_BINDING: '' }, // that one is for Electron
  });
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGQUIT']) process.on(signal, () => child.kill(signal));
  // A terminal sends Ctrl+C to both; anything else only to this process.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  child.on('error', (error) => {
    console.error(`itinera: ${error.message}`);
    process.exit(1);
  });
  child.on('close', (code, signal) => {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
