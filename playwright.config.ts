import { defineConfig } from '@playwright/test';
import { writeToMemory } from './tests/support/memory-place.ts';

writeToMemory();

/** Files that work longest. They begin first, so that no processor waits at the end for the other. */
const LONGEST = ['**/all-screens.spec.ts', '**/random-walks.spec.ts', '**/typed-lists.spec.ts'];

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/e2e/support/programs-setup.ts',
  timeout: 180_000,
  expect: { timeout: 15_000 },
  // One at a time where windows would meet on one display.
  workers: process.env['ITINERA_DISPLAYS']?.split(' ').length ?? 1,
  reporter: 'list',
  forbidOnly: process.env['CI'] !== undefined,
  // Pictures and pages of every step of every test were a tenth of the work; `npm run e2e -- FILE --trace retain-on-failure` keeps them too.
  use: { trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false, sources: false, attachments: true } },
  projects: [
    { name: 'longest', testMatch: LONGEST },
    { name: 'others', testMatch: '**/*.spec.ts', testIgnore: LONGEST },
  ],
});
