import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Programs that tests start again and again, and the threads and processes of theirs that are a file of their own. */
const SOURCES = {
  cli: 'electron/cli.ts',
  repository: 'server/main.ts',
  terminals: 'tests/e2e/support/terminals-program.ts',
  'laptop-process': 'tests/support/laptops/laptop-process.ts',
  'repository-process': 'tests/support/repository/repository-process.ts',
  'feed-writer': 'tests/support/repository/feed-writer.ts',
  'source-thread': 'shared/node/tables/source-thread.ts',
  'typesetting-process': 'shared/node/papers/typesetting-process.ts',
  'decoding-thread': 'server/push/decoding-thread.ts',
} as const;

export type Program = 'cli' | 'repository' | 'terminals' | 'laptop-process' | 'repository-process' | 'feed-writer';

/**
 * Bundles the command line and the repository's server into a new `folder`, as they are bundled for people: a start from the sources is half a second of looking for files. What a program finds beside
 * itself (words, courses, the native module) is that of the project.
 */
export async function bundlePrograms(folder: string): Promise<void> {
  // Whoever only starts what is bundled does not load the bundler.
  const { build } = await import('vite');
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, external: ['better-sqlite3', 'pg-native', '@myriaddreamin/typst-ts-node-compiler'] },
    build: {
      ssr: true,
      target: 'node24',
      outDir: path.join(folder, 'programs'),
      emptyOutDir: false,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(SOURCES).map(([name, source]) => [name, path.join(ROOT, source)])),
        output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  });
  for (const name of ['resources', 'locales', 'node_modules']) symlinkSync(path.join(ROOT, name), path.join(folder, name), 'junction');
  copyFileSync(path.join(ROOT, 'package.json'), path.join(folder, 'package.json'));
}

/** The folder of the bundled programs for all tests of this run; whoever asks first bundles them. */
export async function programsOfRun(): Promise<string> {
  const folder = path.join(process.env['ITINERA_RUN'] ?? tmpdir(), 'programs');
  if (existsSync(folder)) return folder;
  const own = mkdtempSync(`${folder}-`);
  await bundlePrograms(own);
  try {
    renameSync(own, folder);
  } catch (error) {
    // Another process was quicker.
    if (!existsSync(folder)) throw error;
    rmSync(own, { recursive: true, force: true });
  }
  return folder;
}

/** The file of a program and what it is started with: bundled while tests run, from its source where there is no run whose bundle it could be. */
export async function programOfRun(name: Program): Promise<ReturnType<typeof programIn>> {
  return programIn(process.env['ITINERA_RUN'] === undefined ? undefined : await programsOfRun(), name);
}

/** The file of a program in a folder of bundled ones, and what it is started with; from its source where no folder is given. */
export function programIn(folder: string | undefined, name: Program): { readonly file: string; readonly env: NodeJS.ProcessEnv } {
  // The binding that is set for Electron is not for these.
  const env = { ...process.env, APP_SQLITE_BINDING: '', ITINERA_ROOT: folder ?? ROOT };
  if (folder === undefined) return { file: path.join(ROOT, SOURCES[name]), env };
  return { file: path.join(folder, 'programs', `${name}.js`), env: { ...env, NODE_COMPILE_CACHE: path.join(folder, 'compiled') } };
}
