import { defineConfig } from '@playwright/test';
import { openRunFolder } from './tests/support/memory-place.ts';

openRunFolder();

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './tests/e2e/support/programs-setup.ts',
  timeout: 180_000,
  expect: { timeout: 15_000 },
  // One at a time where windows would meet on one display.
  workers: process.env['ITINERA_DISPLAYS']?.split(' ').length ?? 1,
  reporter: 'list',
  forbidOnly: process.env['CI'] !== undefined,
  use: { trace: 'retain-on-failure' },
});
