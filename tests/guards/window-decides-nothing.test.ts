import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

/** Whether a register is in conflict, *more than one*, is decided by `inConflict` (shared/sync/register.ts) and answered by the calls: several heads of one value are none. */

const ROOT = path.resolve(import.meta.dirname, '../..');
const COUNTS_HEADS = /\b(heads|seen|current|values)\s*(\?\.|\.)\s*(length|size)\s*(>\s*1|>=\s*2|<\s*2|<=\s*1)\b/;

it('no file of the window counts heads', () => {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'renderer/**/*.ts', 'renderer/**/*.tsx'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const sources = files.split('\n').filter((file) => file !== '');
  expect(sources.length).toBeGreaterThan(50);
  const found = sources.filter((file) => COUNTS_HEADS.test(readFileSync(path.join(ROOT, file), 'utf8')));
  expect(found).toEqual([]);
  for (const counting of ['current.length > 1', 'values.length > 1', 'heads.length >= 2', 'seen.size < 2'])
    expect(COUNTS_HEADS.test(counting)).toBe(true);
});
