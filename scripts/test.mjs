#!/usr/bin/env node
// `npm test`: the types, then the tests in Node and those in windows side by side. A window waits much of its time, for what it draws and for its engine; a test in Node hardly ever.
import { spawn } from 'node:child_process';

const running = new Set();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => running.forEach((child) => child.kill(signal)));

/** Runs a script of package.json; gives its exit code, and hands what it says to `hear` as it comes, or to the terminal. */
function run(script, hear) {
  const child = spawn('npm', ['run', '--silent', script], {
    stdio: ['ignore', hear ? 'pipe' : 'inherit', hear ? 'pipe' : 'inherit'],
    shell: process.platform === 'win32',
  });
  running.add(child);
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`itinera: npm run ${script}: ${error.message}`);
      resolve(1);
    });
    child.on('close', (code) => {
      running.delete(child);
      resolve(code ?? 1);
    });
  });
}

const types = await run('typecheck');
if (types !== 0) process.exit(types);

// What the windows say is told once the others are through.
let held = [];
const windows = run('e2e', (said) => (held ? held.push(said) : process.stdout.write(said)));
const inNode = await run('vitest');
for (const said of held) process.stdout.write(said);
held = null;
process.exitCode = inNode || (await windows);
