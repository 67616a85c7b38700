import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';

/** What tests write goes with the run (tests/support/memory-place.ts), and what a file of tests leaves behind with the file (temporary-folder.ts). */
const MEMORY_PLACE = path.resolve(import.meta.dirname, 'memory-place.ts');

/** Runs something as a run of tests does whose temporary things are to lie in `place`; gives what it says. */
function runIn(place: string, work: string): string {
  const code = `import { openRunFolder } from ${JSON.stringify(MEMORY_PLACE)}; openRunFolder(); ${work}`;
  const env = { ...process.env, TMPDIR: place, ITINERA_RUN: '', ITINERA_STATE: '' };
  return execFileSync(process.execPath, ['--input-type=module-typescript', '-e', code], { env, encoding: 'utf8' });
}

it('a run has a folder of its own where it is told to write, and leaves nothing there', () => {
  const place = mkdtempSync(path.join(tmpdir(), 'itinera-place-'));
  const written = runIn(
    place,
    `import { mkdtempSync } from 'node:fs'; import { tmpdir } from 'node:os';
     process.stdout.write(mkdtempSync(tmpdir() + '/laptop-') + ' ' + process.env.ITINERA_STATE);`,
  ).split(' ');
  for (const file of written) expect(path.relative(place, file)).toMatch(/^itinera-run-\d+-\w+[/\\](laptop-|state)/);
  expect(written.filter((file) => existsSync(file))).toEqual([]);
  expect(readdirSync(place).filter((name) => name.startsWith('itinera-run-'))).toEqual([]);
});

it('what a run has left that was killed goes with the next one', () => {
  const place = mkdtempSync(path.join(tmpdir(), 'itinera-place-'));
  mkdirSync(path.join(place, 'itinera-run-999999999-abc', 'laptop'), { recursive: true });
  runIn(place, '');
  expect(readdirSync(place).filter((name) => name.startsWith('itinera-run-'))).toEqual([]);
});

it('a file of tests writes to a folder of its own', () => {
  expect(path.basename(tmpdir())).toMatch(/^itinera-file-/);
  expect(path.dirname(tmpdir())).toBe(process.env['ITINERA_RUN']);
});
