import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/support/longest-first.ts';
import { openRunFolder } from './tests/support/memory-place.ts';

openRunFolder();
// Where properties begin in this run (tests/sync/seeds.ts); it is printed.
process.env['ITINERA_SEED_OF_RUN'] ??= String(Math.floor(Math.random() * 0x7fffffff));

// No test asserts a duration; the limits only end what hangs.
const limits = { testTimeout: 300_000, hookTimeout: 300_000 };
const inNode = {
  environment: 'node',
  pool: 'forks',
  globalSetup: 'tests/support/repository/postgres-setup.ts',
  setupFiles: 'tests/support/temporary-folder.ts',
  ...limits,
} as const;
// One process runs one file after the other: to load the program anew for each is a second of work. No test replaces a module, and whoever changes something of the process changes it back.
const together = { ...inNode, isolate: false } as const;

// What a repository does, done once more by two servers on one PostgreSQL database: what a second server or a second kind of database can change.
const ON_POSTGRES = [
  ...[
    'histories',
    'adversary',
    'exchange-server',
    'exchange-holes',
    'revocation',
    'revocation-restored',
    'twins',
    'taken-ids',
    'refused-beside',
    'received-at',
    'verify',
    'sessions',
    'laptop-sessions',
    'acts',
    'cut-runs',
    'personal-form',
  ].map((name) => `tests/sync/**/${name}.test.ts`),
  ...['read-rights', 'sync-files', 'sync-laptop', 'erasure'].map((name) => `tests/features/**/${name}.test.ts`),
  'tests/faults/sync-cuts.test.ts',
];
/** Files there whose answers come of code above the database: in the long run. */
const ON_POSTGRES_AT_LENGTH = [
  ...['route-matrix', 'unreadable-bytes', 'access-lost'].map((name) => `tests/sync/**/${name}.test.ts`),
  ...['sync', 'sync-refused', 'file-rights', 'quotas', 'access-lost', 'foreign-authors'].map((name) => `tests/features/**/${name}.test.ts`),
];
const onPostgres = { ...together, env: { ITINERA_TEST_STORE: 'postgres' } } as const;

export default defineConfig({
  test: {
    projects: [
      { test: { ...together, name: 'fast', include: ['tests/**/*.test.ts'], exclude: ['tests/**/*.long.test.ts'] } },
      { test: { ...onPostgres, name: 'postgres', include: ON_POSTGRES } },
      { test: { ...inNode, name: 'long', include: ['tests/**/*.long.test.ts'], testTimeout: 1_800_000 } },
      { test: { ...onPostgres, name: 'long-postgres', include: ON_POSTGRES_AT_LENGTH } },
    ],
    sequence: { sequencer: LongestFirst },
    maxWorkers: 2,
    passWithNoTests: true,
  },
});
