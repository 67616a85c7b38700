import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

/** A refusal that people can cause has a sentence in `locales/<lng>/errors.json`, and no sentence stands there for what nobody refuses. */

const ROOT = path.resolve(import.meta.dirname, '../..');

const words = keysIn(JSON.parse(readFileSync(path.join(ROOT, 'locales/en/errors.json'), 'utf8')) as object);
/** What is asked about a file has its words there. */
const questions = keysIn((JSON.parse(readFileSync(path.join(ROOT, 'locales/en/intake.json'), 'utf8')) as { question: object }).question);
const source = execFileSync('git', ['ls-files', 'electron', 'server', 'shared', 'renderer'], { cwd: ROOT, encoding: 'utf8' })
  .split('\n')
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => readFileSync(path.join(ROOT, file), 'utf8').replaceAll(/^\s*(\/\/|\*|\/\*).*$/gm, ''))
  .join('\n');

function keysIn(part: object, before = ''): Set<string> {
  const keys = Object.entries(part).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null ? [...keysIn(value as object, `${before}${key}.`)] : [before + key],
  );
  return new Set(keys.map((key) => key.replace(/_(zero|one|two|few|many|other)$/, '')));
}

it('every code that is refused has words', () => {
  const refused = new Set([
    ...[...source.matchAll(/\brefuse\(\s*'([^']+)'/g)].map(([, code]) => code!),
    ...[...source.matchAll(/\bcode: '([a-z]+\.[A-Za-z.]+)'/g)].map(([, code]) => code!),
  ]);
  expect(refused.size).toBeGreaterThan(100);
  expect([...refused].filter((code) => !words.has(code) && !questions.has(code)).sort()).toEqual([]);
});

it('every sentence is of a code that is named somewhere', () => {
  // `${field}.unknown`, `row.${repair}`: put together of two words.
  const made = [
    ...source.matchAll(/code: `([a-z]*)\.?\$\{[^`}]+\}\.?([A-Za-z]*)`|\? '[a-z.]+' : `([a-z]*)\$\{[a-z]+\}\.([A-Za-z]+)`/g),
  ].map(
    ([, before = '', after = '', first = '', last = '']) =>
      new RegExp(`^${before || first || '[A-Za-z]+'}\\.${after || last || '[A-Za-z]+'}$`),
  );
  expect(made.length).toBeGreaterThan(0);
  expect(words.size).toBeGreaterThan(150);
  expect([...words].filter((key) => !source.includes(`'${key}'`) && !made.some((pattern) => pattern.test(key))).sort()).toEqual([]);
});
