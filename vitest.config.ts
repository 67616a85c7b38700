import { defineConfig } from 'vitest/config';
import { useMemory } from './tests/support/memory-place.ts';

useMemory();

// No test asserts a duration; the limits only end what hangs.
const limits = { testTimeout: 120_000, hookTimeout: 120_000 };
const inNode = { environment: 'node', pool: 'forks', globalSetup: 'tests/support/repository/postgres-setup.ts', ...limits } as const;

// What a repository does, done once more by two servers on one PostgreSQL database.
const ON_POSTGRES = [
  ...[
    'histories',
    'adversary',
    'exchange-server',
    'exchange-holes',
    'route-matrix',
    'revocation',
    'revocation-restored',
    'unreadable-bytes',
    'twins',
    'taken-ids',
    'refused-beside',
    'access-lost',
    'received-at',
    'verify',
    'sessions',
    'laptop-sessions',
    'acts',
    'cut-runs',
    'personal-form',
  ].map((name) => `tests/sync/**/${name}.test.ts`),
  ...[
    'sync',
    'sync-refused',
    'read-rights',
    'sync-files',
    'file-rights',
    'quotas',
    'sync-laptop',
    'access-lost',
    'erasure',
    'foreign-authors',
  ].map((name) => `tests/features/**/${name}.test.ts`),
  'tests/faults/sync-cuts.test.ts',
];

export default defineConfig({
  test: {
    projects: [
      { test: { ...inNode, name: 'fast', include: ['tests/**/*.test.ts'], exclude: ['tests/**/*.long.test.ts'] } },
      { test: { ...inNode, name: 'postgres', include: ON_POSTGRES, env: { ITINERA_TEST_STORE: 'postgres' } } },
      { test: { ...inNode, name: 'long', include: ['tests/**/*.long.test.ts'], testTimeout: 1_800_000 } },
    ],
    maxWorkers: 2,
    passWithNoTests: true,
  },
});
