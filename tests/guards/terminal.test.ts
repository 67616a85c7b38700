import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { atTerminal } from '../e2e/support/terminal.ts';

it('a terminal opens a store where no program was bundled, as measurements of the window do', { timeout: 60_000 }, async () => {
  expect(process.env['ITINERA_PROGRAMS']).toBeUndefined();
  const folder = mkdtempSync(path.join(tmpdir(), 'itinera-terminal-'));
  try {
    const courses = await atTerminal(path.join(folder, 'data'), (terminal) => terminal.call<unknown[]>('course.list'));
    expect(courses.length).toBeGreaterThan(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
