// Bundles the repository's server for an image: node scripts/bundle-server.ts [FOLDER], out/repository where none is named.
//   FOLDER/server/main.js and decoding-thread.js, FOLDER/resources, FOLDER/package.json
// Everything is in the bundle but the native SQLite module: `npm ci --omit=dev --omit=optional` installs that.
import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';

const ROOT = path.resolve(import.meta.dirname, '..');
const folder = path.resolve(process.argv[2] ?? path.join(ROOT, 'out/repository'));

// The thread in which pushes are read is a program of its own, beside the other (server/push/decoding.ts).
for (const [i, entry] of ['main', 'push/decoding-thread'].entries()) {
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, external: ['better-sqlite3', 'pg-native'] },
    build: {
      ssr: path.join(ROOT, `server/${entry}.ts`),
      target: 'node24',
      outDir: path.join(folder, 'server'),
      emptyOutDir: i === 0,
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
}
mkdirSync(path.join(folder, 'resources'), { recursive: true });
// Papers are set by laptops.
cpSync(path.join(ROOT, 'resources'), path.join(folder, 'resources'), {
  recursive: true,
  filter: (source) => source !== path.join(ROOT, 'resources/papers'),
});
for (const name of ['package.json', 'package-lock.json', 'LICENSE']) cpSync(path.join(ROOT, name), path.join(folder, name));
