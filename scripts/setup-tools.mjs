// What the set-up scripts share: how they speak, run programs and make folders whole or not at all.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';

/** One line of progress, on stderr, so that a command's own output stays clean. */
export const say = (text) => console.error(`itinera set-up: ${text}`);

export function fail(text) {
  throw new Error(text);
}

/** Runs a program to its end; gives its output, or throws with what it said. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let out = '';
    let err = '';
    child.stdout.on('data', (data) => (out += data));
    child.stderr.on('data', (data) => (err += data));
    child.on('error', (error) => reject(new Error(`${command}: ${error.message}`)));
    child.on('close', (code, signal) => {
      if (code === 0) resolve(out);
      else reject(new Error(`${command} ${args[0]} failed (${code ?? signal})\n${out}${err}`.slice(0, 4_000)));
    });
  });
}

/** Whether a program of this name is on the path. */
export function isOnPath(program) {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => folder !== '' && existsSync(path.join(folder, program)));
}

/**
 * Makes the folder `dir` with `make`, whole or not at all; does nothing where `proof` lies in it already. Runs that make the
 * same folder at once each make their own, and the first to end is kept.
 */
export async function once(dir, proof, make) {
  const done = () => existsSync(path.join(dir, proof));
  if (done()) return;
  const parent = path.dirname(dir);
  await fs.mkdir(parent, { recursive: true });
  await sweep(parent);
  const tmp = `${dir}.${process.pid}.tmp`;
  await fs.mkdir(tmp);
  try {
    await make(tmp);
    if (done()) return;
    await fs.rename(tmp, dir).catch(async (error) => {
      if (done()) return;
      if (!['ENOTEMPTY', 'EEXIST'].includes(error.code)) throw error;
      await fs.rm(dir, { recursive: true, force: true }); // there, but without its proof: damaged
      await fs.rename(tmp, dir);
    });
  } finally {
    await fs.rm(tmp, { recursive: true, force: true });
  }
}

/** Removes what killed runs left behind. */
async function sweep(parent) {
  for (const name of await fs.readdir(parent)) {
    const pid = /\.(\d+)\.tmp$/.exec(name)?.[1];
    if (pid && !existsSync(`/proc/${pid}`)) await fs.rm(path.join(parent, name), { recursive: true, force: true });
  }
}
