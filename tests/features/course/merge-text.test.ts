import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { mergeText } from '../../../shared/features/course/merge-text.ts';
import { Dice } from '../../support/dice.ts';
import { SEED } from '../../sync/seeds.ts';

/** A three-way merge beside the reference that git is; beyond it, words are merged where lines cannot be, and no word of anybody's is lost. */

const folder = mkdtempSync(path.join(tmpdir(), 'itinera-merge-'));
afterAll(() => rmSync(folder, { recursive: true }));

const clean = (text: string) => ({ clean: true, text });
const COUNT = 60;

/** Git's merge; null where it has a conflict. */
function reference(base: string, mine: string, theirs: string): string | null {
  const files = Object.entries({ mine, base, theirs }).map(([name, text]) => {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    return file;
  });
  const { status, stdout } = spawnSync('git', ['merge-file', '-p', '-q', ...files], { encoding: 'utf8' });
  return status === 0 ? stdout : null;
}

/** Lines of one word that stand nowhere else, changed, taken out and added at random. */
function edited(dice: Dice, base: readonly string[], side: string): string[] {
  let fresh = 0;
  const one = () => `${side}${fresh++}`;
  return base.flatMap((line) => (dice.chance(0.12) ? dice.oneOf([[], [one()], [one(), line], [line, one()], [one(), one()]]) : [line]));
}

const textOf = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
const wordsOf = (text: string) => text.split('\n').filter((word) => word !== '');

it(`merges ${COUNT} texts from seed ${SEED} as git does, and loses no word where it merges more`, () => {
  let merged = 0;
  let more = 0;
  for (let seed = SEED; seed < SEED + COUNT; seed++) {
    const dice = new Dice(seed);
    const base = Array.from({ length: 5 + dice.upTo(25) }, (_, index) => `o${index}`);
    const [mine, theirs] = [edited(dice, base, 'm'), edited(dice, base, 't')];
    const outcome = mergeText(textOf(base), textOf(mine), textOf(theirs));
    const expected = reference(textOf(base), textOf(mine), textOf(theirs));
    if (expected !== null) expect(outcome, `seed ${seed}`).toEqual(clean(expected));
    if (!outcome.clean) continue;
    merged++;
    if (expected === null) more++;
    const gone = new Set(base.filter((word) => !mine.includes(word) || !theirs.includes(word)));
    const wanted = new Set([...base, ...mine, ...theirs].filter((word) => !gone.has(word)));
    expect(new Set(wordsOf(outcome.text)), `seed ${seed}`).toEqual(wanted);
  }
  expect(merged).toBeGreaterThan(COUNT / 4);
  expect(more).toBeLessThan(merged);
});

it('takes the side that changed, and once what both wrote alike', () => {
  expect(mergeText('a\nb\n', 'a\nb\n', 'a\nc\n')).toEqual(clean('a\nc\n'));
  expect(mergeText('a\nb\n', 'a\nc\n', 'a\nb\n')).toEqual(clean('a\nc\n'));
  expect(mergeText('a', 'b', 'b')).toEqual(clean('b'));
  expect(mergeText('', '', 'new\n')).toEqual(clean('new\n'));
  expect(mergeText('gone\n', '', 'gone\n')).toEqual(clean(''));
  expect(mergeText('', '', '')).toEqual(clean(''));
});

it('merges words within one line, and asks where both changed the same', () => {
  const base = 'The judge orders the preservation of data within seven days.';
  const mine = 'The prosecutor orders the preservation of data within seven days.';
  const theirs = 'The judge orders the preservation of data within ninety days.';
  expect(mergeText(base, mine, theirs)).toEqual(clean('The prosecutor orders the preservation of data within ninety days.'));
  expect(mergeText(base, mine, base.replace('judge', 'magistrate'))).toEqual({ clean: false, places: 1 });
  expect(mergeText('a\nb\nc\n', 'x\nb\ny\n', 'z\nb\nw\n')).toEqual({ clean: false, places: 2 });
  expect(mergeText('', 'ours', 'theirs')).toEqual({ clean: false, places: 1 });
});

it('says of texts of which too much differs that a person has to decide', () => {
  const words = (from: number) => Array.from({ length: 20_000 }, (_, index) => `w${from + index}`).join(' ');
  expect(mergeText(words(0), words(50_000), words(100_000)).clean).toBe(false);
  const lines = (from: number) => words(from).replaceAll(' ', '\n');
  expect(mergeText(lines(0), lines(50_000), lines(100_000))).toEqual({ clean: false, places: null });
});
