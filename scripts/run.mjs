#!/usr/bin/env node
// Runs a command with an Electron that works here (electron-runtime.mjs), on a virtual display where there is none:
//   node scripts/run.mjs electron .        node scripts/run.mjs electron-vite dev        node scripts/run.mjs playwright test
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { prepareElectron } from './electron-runtime.mjs';
import { canSandbox, hasDisplay } from './system-libraries.mjs';

const [name, ...rest] = process.argv.slice(2);
if (!name) {
  console.error('usage: run.mjs <command> [arguments]');
  process.exit(2);
}

/** An X server without a screen; it picks a free number itself, so that runs side by side do not meet. Gives its DISPLAY. */
function startVirtualDisplay() {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    detached: true, // Ctrl+C ends the app first
  });
  process.on('exit', () => server.kill());
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.on('exit', () => reject(new Error('the virtual display (Xvfb) did not start')));
    server.stdio[3].once('data', (number) => resolve(`:${String(number).trim()}`));
  });
}

/** How many windows are tested side by side: one more than there are processors, for each waits a fifth of its time for what is to appear. */
function atOnce() {
  return Math.min(3, availableParallelism() + 1);
}

/** Starts the command and ends as it ends. */
function follow(command, args, env) {
  const child = spawn(command, args, { stdio: 'inherit', env, shell: process.platform === 'win32' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // npm that is killed tells only its shell: end with whoever started this.
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || child.kill(), 1_000).unref();
  child.on('error', (error) => {
    console.error(`itinera: ${command}: ${error.message}`);
    process.exit(1);
  });
  child.on('close', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

try {
  const runtime = await prepareElectron();
  const sandbox = canSandbox();
  const env = { ...process.env, ...runtime.env, ...(sandbox ? {} : { NO_SANDBOX: '1' }) };
  const remarks = [];
  if (!hasDisplay()) {
    // The windows of two tests on one display would take the keyboard and the clipboard from each other.
    const displays = await Promise.all(Array.from({ length: name === 'playwright' ? atOnce() : 1 }, startVirtualDisplay));
    env.DISPLAY = displays[0];
    env.ITINERA_DISPLAYS = displays.join(' ');
    remarks.push('no display here: on a virtual one, nothing is seen');
  }
  if (!sandbox)
    remarks.push(process.getuid() === 0 ? 'as root: without the browser sandbox' : 'no user namespaces: without the browser sandbox');
  console.error(`Electron ${runtime.version} (${runtime.kind})${remarks.map((remark) => `; ${remark}`).join('')}`);
  if (name === 'electron') follow(runtime.exec, [...(sandbox ? [] : ['--no-sandbox']), '--log-level=3', ...rest], env);
  else follow(name, rest, env);
} catch (error) {
  console.error(`itinera: ${error.message}`);
  process.exit(1);
}
