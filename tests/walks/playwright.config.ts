import { defineConfig } from '@playwright/test';
import { writeToMemory } from '../support/memory-place.ts';

writeToMemory();

/** `npm run walks`: random walks through the window. Too long for each run of `npm test`. */
export default defineConfig({
  testDir: '.',
  globalSetup: '../e2e/support/programs-setup.ts',
  timeout: 180_000,
  expect: { timeout: 15_000 },
  workers: 1,
  reporter: 'list',
});
