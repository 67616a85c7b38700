import { defineConfig } from '@playwright/test';
import { useMemory } from '../support/memory-place.ts';

useMemory();

/** `npm run walks`: random walks through the window. Too long for each run of `npm test`. */
export default defineConfig({
  testDir: '.',
  timeout: 180_000,
  expect: { timeout: 15_000 },
  workers: 1,
  reporter: 'list',
});
