import { defineConfig } from 'vitest/config';

// No test asserts a duration; the limits only end what hangs.
const limits = { testTimeout: 120_000, hookTimeout: 120_000 };
const inNode = { environment: 'node', pool: 'forks', globalSetup: 'tests/support/postgres-setup.ts', ...limits } as const;

export default defineConfig({
  test: {
    projects: [
      { test: { ...inNode, name: 'fast', include: ['tests/**/*.test.ts'], exclude: ['tests/**/*.long.test.ts'] } },
      { test: { ...inNode, name: 'long', include: ['tests/**/*.long.test.ts'], testTimeout: 1_800_000 } },
    ],
    maxWorkers: 2,
    passWithNoTests: true,
  },
});
