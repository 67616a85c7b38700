import { defineConfig } from '@playwright/test';
import { openRunFolder } from '../support/memory-place.ts';

openRunFolder();

/** `npm run package:try`: the application that `npm run package` left under `dist/`. To pack it takes longer than most tests together. */
export default defineConfig({
  testDir: '.',
  globalSetup: '../e2e/support/programs-setup.ts',
  timeout: 180_000,
  expect: { timeout: 15_000 },
  workers: 1,
  reporter: 'list',
});
