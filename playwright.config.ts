import { defineConfig } from '@playwright/test';
import { openRunFolder } from './tests/support/memory-place.ts';

openRunFolder();

/** Files that work longest. They begin first: as they keep no pictures of each step, they would have workers of their own when all others are through, and one processor would wait at the end for the other. */
const LONGEST = ['**/all-screens.spec.ts', '**/random-walks.spec.ts'];

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/e2e/support/programs-setup.ts',
  timeout: 180_000,
  expect: { timeout: 15_000 },
  // One at a time where windows would meet on one display.
  workers: process.env['ITINERA_DISPLAYS']?.split(' ').length ?? 1,
  reporter: 'list',
  forbidOnly: process.env['CI'] !== undefined,
  use: { trace: 'retain-on-failure' },
  projects: [
    { name: 'longest', testMatch: LONGEST },
    { name: 'others', testMatch: '**/*.spec.ts', testIgnore: LONGEST },
  ],
});
