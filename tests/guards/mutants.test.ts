import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { EVERY_MUTANT } from '../../scripts/mutants/every-mutant.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

// A rule that was rewritten leaves its mutant behind, and whoever runs the mutants next week would be the first to hear of it.
test('every mutant breaks one place of a file that is there, and nothing that says the same', () => {
  const stale = EVERY_MUTANT.filter(({ file, find, replace }) => find === replace || sourceOf(file).split(find).length !== 2);
  expect(stale.map(({ name, file }) => `${name}: ${file}`)).toEqual([]);
});

test('every mutant has a name of its own, by which it can be run alone', () => {
  const names = EVERY_MUTANT.map(({ name }) => name);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

test('the tests that must find a mutant are there', () => {
  const all = readdirSync(path.join(ROOT, 'tests'), { recursive: true, encoding: 'utf8' })
    .map((file) => `tests/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.test.ts'));
  const gone = EVERY_MUTANT.flatMap(({ name, tests }) =>
    tests.filter((wanted) => !all.some((file) => file.includes(wanted))).map((wanted) => `${name}: ${wanted}`),
  );
  expect(gone).toEqual([]);
});

function sourceOf(file: string): string {
  const where = path.join(ROOT, file);
  return existsSync(where) ? readFileSync(where, 'utf8') : '';
}
