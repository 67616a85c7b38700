import { defineConfig } from '@playwright/test';

/** `npm run screens`: makes the pictures of docs/screens. Not a test; `npm test` leaves it out. */
export default defineConfig({
  testDir: '.',
  globalSetup: '../e2e/support/programs-setup.ts',
  timeout: 180_000,
  expect: { timeout: 15_000 },
  workers: 1,
  reporter: 'list',
});
