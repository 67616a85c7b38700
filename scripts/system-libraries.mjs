// What Electron needs of a Linux system beside its own files: shared libraries, and a display where there is none.
import { spawnSync } from 'node:child_process';
import { fail, isOnPath, run, say } from './setup-tools.mjs';

/** Debian's packages for the libraries that Electron links against; those with a `t64` twin are taken by that name where it exists. */
const LIBRARIES = [
  'libnss3',
  'libatk1.0-0',
  'libatk-bridge2.0-0',
  'libcups2',
  'libgtk-3-0',
  'libgbm1',
  'libasound2',
  'libdrm2',
  'libxshmfence1',
];
const PROGRAMS = { Xvfb: 'xvfb', gcc: 'gcc', 'g++': 'g++', tar: 'tar', pdftotext: 'poppler-utils', pdfdetach: 'poppler-utils' };

export const hasDisplay = () => process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/**
 * Makes sure that `exec` can be loaded, that there is a display or a virtual one, and that `programs` exist. As root on Debian
 * what is missing is installed; elsewhere an Error names it, and the command that installs it, in one line.
 */
export async function ensureSystemLibraries({ exec, programs = [] }) {
  if (process.platform !== 'linux') return;
  const wanted = [...programs, ...(hasDisplay() ? [] : ['Xvfb'])];
  const missing = () => [...(exec ? missingLibraries(exec) : []), ...wanted.filter((program) => !isOnPath(program))];
  const before = missing();
  if (before.length === 0) return;

  const packages = [...wanted.filter((program) => !isOnPath(program)).map((program) => PROGRAMS[program]), ...(exec ? LIBRARIES : [])];
  if (process.getuid() !== 0 || !isOnPath('apt-get')) {
    fail(`missing on this system: ${before.join(', ')}. On Debian, as root: apt-get install ${packages.join(' ')}`);
  }
  say(`installing what this system lacks (${before.join(', ')})`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const wait = ['-o', 'DPkg::Lock::Timeout=600'];
  await run('apt-get', [...wait, 'update', '-qq'], { env });
  await run('apt-get', [...wait, 'install', '-y', '-qq', '--no-install-recommends', ...packages.map(currentName)], { env });
  const after = missing();
  if (after.length > 0) fail(`still missing on this system: ${after.join(', ')}`);
}

function missingLibraries(exec) {
  const listed = spawnSync('ldd', [exec], { encoding: 'utf8' }).stdout ?? '';
  return [...listed.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]);
}

/** From Debian 13 on, some libraries have their 64-bit-time name. */
function currentName(name) {
  return spawnSync('apt-cache', ['show', `${name}t64`], { stdio: 'ignore' }).status === 0 ? `${name}t64` : name;
}

/** Whether Chromium's sandbox can be used: not by root, and not where user namespaces are closed (some containers). */
export function canSandbox() {
  if (process.platform !== 'linux') return true;
  if (process.getuid() === 0) return false;
  return spawnSync('unshare', ['-U', 'true'], { stdio: 'ignore' }).status === 0;
}
