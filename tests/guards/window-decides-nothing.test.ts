import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

/** Whether a register is in conflict, *more than one*, is decided by `inConflict` (shared/sync/register.ts) and answered by the calls: several heads of one value are none. */

const ROOT = path.resolve(import.meta.dirname, '../..');
const COUNTS_HEADS = /\b(heads|seen|current|values)\s*(\?\.|\.)\s*(length|size)\s*(>\s*1|>=\s*2|<\s*2|<=\s*1|[!=]==\s*1)\b/;

/** The project's files under these folders, by their path. */
function sourcesUnder(...folders: readonly string[]): string[] {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', ...folders.map((folder) => `${folder}/**/*.ts*`)], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return files.split('\n').filter((file) => file !== '');
}

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

it('no file of the window counts heads', () => {
  const sources = sourcesUnder('renderer');
  expect(sources.length).toBeGreaterThan(50);
  expect(sources.filter((file) => COUNTS_HEADS.test(read(file)))).toEqual([]);
  for (const counting of ['current.length > 1', 'values.length > 1', 'heads.length >= 2', 'current.length !== 1', 'seen.size < 2'])
    expect(COUNTS_HEADS.test(counting)).toBe(true);
});

it('ids that follow from what they name are worked out in the model (shared/model/derivations.ts) and nowhere else', () => {
  const sources = sourcesUnder('electron', 'server', 'renderer', 'shared/features', 'shared/node', 'shared/contract');
  expect(sources.length).toBeGreaterThan(300);
  expect(sources.filter((file) => /\bderivedId\b/.test(read(file)))).toEqual([]);
});
