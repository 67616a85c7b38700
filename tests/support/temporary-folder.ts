// Loaded before each test file: what a file makes that is temporary goes with it, whoever made it and however the file ends.
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

// Another for each file: what still closes when the next one begins finds its own.
const before = process.env['TMPDIR'];
const folder = mkdtempSync(path.join(tmpdir(), 'itinera-file-'));
// Some of what is started runs as another user.
chmodSync(folder, 0o711);
process.env['TMPDIR'] = folder;

// Asked for first, it comes last.
afterAll(() => {
  process.env['TMPDIR'] = before;
  for (const name of readdirSync(folder)) rmSync(path.join(folder, name), { recursive: true, force: true });
});
