import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../support/laptops/engine.ts';

const MEASUREMENT = `
  import { atTerminal } from ${JSON.stringify(path.join(ROOT, 'tests/e2e/support/terminal.ts'))};
  for (const data of process.argv.slice(1)) {
    const courses = await atTerminal(data, (terminal) => terminal.call('course.list'));
    console.log(courses.length);
  }
`;

it('a program opens terminals where none was bundled, and ends when they are closed, as measurements of the window do', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'itinera-terminal-'));
  try {
    const data = ['one', 'two'].map((name) => path.join(folder, name));
    const said = execFileSync(process.execPath, ['--input-type=module-typescript', '--eval', MEASUREMENT, ...data], {
      env: { ...process.env, ITINERA_PROGRAMS: undefined },
      timeout: 60_000,
      encoding: 'utf8',
    });
    expect(said).toMatch(/^([1-9]\d*)\n\1\n$/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 90_000);
