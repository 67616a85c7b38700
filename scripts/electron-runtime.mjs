#!/usr/bin/env node
// Finds or makes an Electron that runs Itinera here, and says which one it is.
//
//   official  the program of the npm package `electron`, downloaded by that package's own installer
//   fallback  for Linux x64 where that download is not possible: see electron-fallback.mjs. For development and tests
//             only: it is older than the `electron` in package.json, on which Itinera ships.
//
//   node scripts/electron-runtime.mjs            prepare, print a line
//   node scripts/electron-runtime.mjs --json     prepare, print the result as JSON (progress always goes to stderr)
//   ELECTRON_RUNTIME=auto|official|fallback      choose (default auto)
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { fallbackIsReady, fallbackIsPossible, fallbackRuntime } from './electron-fallback.mjs';
import { fail, say } from './setup-tools.mjs';
import { ensureSystemLibraries } from './system-libraries.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(path.join(root, 'package.json'));

/**
 * Which Electron, and what a child process needs to run the app with it: `exec` (the program), `dist` (its folder), `env`.
 * Throws an Error with one line for people where there is none.
 */
export async function prepareElectron() {
  const choice = process.env.ELECTRON_RUNTIME ?? 'auto';
  if (!['auto', 'official', 'fallback'].includes(choice)) fail(`ELECTRON_RUNTIME=${choice}: want auto, official or fallback`);
  if (choice !== 'fallback' && (officialIsInstalled() || (await downloadOfficial(choice)))) return officialRuntime();
  if (choice === 'official' || !fallbackIsPossible) {
    fail(`Electron ${electronVersion()} for ${process.platform} ${process.arch} could not be downloaded; connect once and try again.`);
  }
  return fallbackRuntime();
}

const electronFolder = () => path.dirname(require.resolve('electron/package.json'));
const electronVersion = () => require('electron/package.json').version;

function officialIsInstalled() {
  try {
    const folder = electronFolder();
    return (
      readFileSync(path.join(folder, 'dist', 'version'), 'utf8')
        .trim()
        .replace(/^v/, '') === electronVersion() &&
      existsSync(path.join(folder, 'dist', readFileSync(path.join(folder, 'path.txt'), 'utf8')))
    );
  } catch {
    return false;
  }
}

/** Downloads unless it is plain that this fails. With a fallback at hand nothing here waits for a network. */
async function downloadOfficial(choice) {
  if (choice === 'auto' && fallbackIsPossible) {
    if (await fallbackIsReady()) return false;
    const unreachable = await whyUnreachable();
    if (unreachable) {
      say(`the official Electron ${electronVersion()} cannot be downloaded here (${unreachable})`);
      return false;
    }
  }
  say(`downloading the official Electron ${electronVersion()}`);
  const installer = spawnSync(process.execPath, [path.join(electronFolder(), 'install.js')], { stdio: ['ignore', 2, 2], timeout: 600_000 });
  return installer.status === 0 && officialIsInstalled();
}

async function whyUnreachable() {
  const version = electronVersion();
  const mirror =
    process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? 'https://github.com/electron/electron/releases/download/';
  try {
    const file = `${mirror}v${version}/electron-v${version}-${process.platform}-${process.arch}.zip`;
    const answer = await fetch(file, { method: 'HEAD', signal: AbortSignal.timeout(6_000) });
    return answer.ok ? null : `HTTP ${answer.status}`;
  } catch (error) {
    return error.cause?.code ?? error.name;
  }
}

async function officialRuntime() {
  const dist = path.join(electronFolder(), 'dist');
  const exec = path.join(dist, readFileSync(path.join(electronFolder(), 'path.txt'), 'utf8'));
  await ensureSystemLibraries({ exec });
  return { kind: 'official', version: electronVersion(), exec, dist, env: { ELECTRON_EXEC_PATH: exec } };
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    const runtime = await prepareElectron();
    if (process.argv.includes('--json')) console.log(JSON.stringify(runtime));
    else console.log(`Electron ${runtime.version} (${runtime.kind}): ${runtime.exec}`);
  } catch (error) {
    console.error(`itinera: ${error.message}`);
    process.exitCode = 1;
  }
}
