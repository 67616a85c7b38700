import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

/** The text that leads through the house names files and what is in them; neither may go elsewhere without it. */

const ROOT = path.resolve(import.meta.dirname, '../..');
const text = readFileSync(path.join(ROOT, 'docs/two-walks.md'), 'utf8');
const steps = [...text.matchAll(/`((?:shared|electron|renderer|server|tests)\/[^`]+\.tsx?)`(?: `([^`]+)`)?/gu)].map(
  ([, file = '', name]) => ({
    file,
    name,
  }),
);

it('every file that the walks name is there, with what they name in it', () => {
  expect(steps.filter(({ name }) => name !== undefined).length).toBeGreaterThan(20);
  const lost = steps.filter(({ file, name }) => {
    const at = path.join(ROOT, file);
    return !existsSync(at) || (name !== undefined && !new RegExp(`\\b${name.replaceAll('.', '\\.')}\\b`).test(readFileSync(at, 'utf8')));
  });
  expect(lost).toEqual([]);
});
