import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { buildVerification } from './scripts/build-verification.ts';
import { fetchEarly } from './scripts/fetch-early.ts';
import { gatherNotices } from './scripts/third-party.ts';

const here = import.meta.dirname;

// The lowest engine that runs a build is the fallback runtime's (Chromium 130, Node 20.18). Without these, electron-vite
// takes its targets from node_modules/electron.
const NODE = 'node20.18';
const CHROMIUM = 'chrome130';

/**
 * fflate (packs the workbooks that are written) declares a `require` at its top level, and electron-vite adds another to the same file: the chunk would
 * not parse.
 */
const parseFflate = {
  name: 'parse-fflate',
  transform: (code: string, id: string) =>
    id.endsWith('/fflate/esm/index.mjs')
      ? code.replace('var require =', 'var load =').replace("= require('worker", "= load('worker")
      : null,
};

/**
 * Leaves out the HTTP client of what reads contexts, which it would load at once. Badges name two contexts, both bundled (electron/engine/features/award/badge-proof.ts):
 * nothing is fetched.
 */
const FETCHING = '@digitalbazaar/http-client';
const fetchNoContexts = {
  name: 'fetch-no-contexts',
  enforce: 'pre' as const,
  resolveId: (id: string) => (id === FETCHING ? `\0${FETCHING}` : null),
  load: (id: string) =>
    id === `\0${FETCHING}` ? "export const httpClient = { get: () => Promise.reject(new Error('nothing is fetched')) };" : null,
};

const notices = gatherNotices(here);

export default defineConfig({
  main: {
    plugins: [buildVerification(here), parseFflate, fetchNoContexts, notices.part],
    build: {
      target: NODE,
      minify: 'oxc',
      // Only what package.json lists as dependencies (the native SQLite module) stays outside the bundle.
      rolldownOptions: {
        input: {
          main: path.join(here, 'electron/main/main.ts'),
          engine: path.join(here, 'electron/engine/process.ts'),
          // A thread of the engine's, which finds it by this name (shared/node/threads).
          'source-thread': path.join(here, 'shared/node/tables/source-thread.ts'),
          // A process of its own, which the shell and the engine find by this name.
          'typesetting-process': path.join(here, 'shared/node/papers/typesetting-process.ts'),
        },
      },
    },
  },
  preload: {
    plugins: [notices.part],
    build: {
      target: NODE,
      // A sandboxed preload is one CommonJS file; "type": "module" would make it an ES module.
      rolldownOptions: {
        input: { preload: path.join(here, 'electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: path.join(here, 'renderer/desktop'),
    // Replaced by a fresh nonce in every document that is served (electron/main/app-scheme.ts).
    html: { cspNonce: '__CSP_NONCE__' },
    plugins: [react(), fetchEarly, notices.window],
    publicDir: false,
    build: {
      target: CHROMIUM,
      minify: 'oxc',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      outDir: path.join(here, 'out/renderer'),
      emptyOutDir: true,
      rolldownOptions: {
        input: path.join(here, 'renderer/desktop/index.html'),
        // What the first picture needs is one file: each is fetched through the shell's process.
        output: { codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] } },
      },
    },
  },
});
