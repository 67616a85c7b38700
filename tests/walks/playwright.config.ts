import { defineConfig } from '@playwright/test';
import { openRunFolder } from '../support/memory-place.ts';

openRunFolder();

/** `npm run walks`: random walks through the window. Too long for each run of `npm test`. */
export default defineConfig({
  testDir: '.',
  globalSetup: '../e2e/support/programs-setup.ts',
  timeout: 180_000,
  expect: { timeout: 15_000 },
  workers: 1,
  reporter: 'list',
});
