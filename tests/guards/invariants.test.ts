import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/laptops/engine.ts';

/** The table at the end of `shared/sync/SPEC.md` says which tests prove which invariant: those files exist and name the number. */

/** Numbers that the table may still call unproven. A number leaves this list when its test lands, and none is added. */
const MAY_BE_UNPROVEN: readonly number[] = [];
const UNPROVEN = 'not yet proven here';

interface Row {
  readonly number: number;
  readonly provenBy: string;
}

const spec = readFileSync(path.join(ROOT, 'shared/sync/SPEC.md'), 'utf8');
const rows: readonly Row[] = spec
  .slice(spec.indexOf('## Invariants'))
  .split('\n')
  .flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    return /^\d+$/.test(cells[1] ?? '') ? [{ number: Number(cells[1]), provenBy: cells[3] ?? '' }] : [];
  });

const IN_SYNC = readdirSync(path.join(ROOT, 'tests/sync'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

/** The files of a citation: a path, or the name of a test of `tests/sync`, in whichever of its folders; a folder stands for all in it. */
function filesOf(cited: string): string[] {
  const endings = ['.test.ts', '.long.test.ts', '.spec.ts', '.ts'];
  if (!cited.startsWith('tests/')) {
    const wanted = endings.map((ending) => cited + ending);
    return IN_SYNC.filter((name) => wanted.includes(path.basename(name))).map((name) => path.join(ROOT, 'tests/sync', name));
  }
  const named = [...endings, ''].map((ending) => path.join(ROOT, cited + ending)).filter((file) => existsSync(file));
  return named.flatMap((file) => (statSync(file).isDirectory() ? filesIn(file) : [file]));
}

function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.join(folder, name));
}

/** The numbers that a text calls invariants: `invariant 3`, `invariants 1, 2 and 7`. */
function numbersIn(text: string): Set<number> {
  const lists = [...text.matchAll(/invariants? ((?:\d+(?:, | and )?)+)/gi)].map((match) => match[1]!);
  return new Set(lists.flatMap((list) => list.match(/\d+/g) ?? []).map(Number));
}

describe('the invariants of SPEC.md', () => {
  it('are eighteen, in order', () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 18 }, (_, i) => i + 1));
  });

  it.each(rows.map(({ number, provenBy }) => [number, provenBy] as const))('%i is cited by the tests that prove it', (number, provenBy) => {
    const cited = [...provenBy.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);
    if (provenBy.includes(UNPROVEN)) expect(MAY_BE_UNPROVEN).toContain(number);
    else expect(cited.length).toBeGreaterThan(0);
    for (const name of cited) expect(filesOf(name), `${name} is not there`).not.toEqual([]);
    const naming = cited.filter((name) => filesOf(name).some((file) => numbersIn(readFileSync(file, 'utf8')).has(number)));
    if (!provenBy.includes(UNPROVEN)) expect(naming, `none of ${cited.join(', ')} says invariant ${number}`).not.toEqual([]);
  });
});
