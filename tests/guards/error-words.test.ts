import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { desktopContract } from '../../shared/contract/desktop.ts';
import { EVERY_CALL_REFUSALS } from '../../shared/contract/every-call.ts';
import { LANGUAGES } from '../../shared/kernel/text.ts';

/** A refusal that people can cause has a sentence in `locales/<lng>/errors.json`, and no sentence stands there for what nobody refuses. */

const ROOT = path.resolve(import.meta.dirname, '../..');

const wordsIn = (language: string): Set<string> =>
  keysIn(JSON.parse(readFileSync(path.join(ROOT, 'locales', language, 'errors.json'), 'utf8')) as object);
const words = wordsIn('en');
/** What is asked about a file has its words there. */
const questions = keysIn((JSON.parse(readFileSync(path.join(ROOT, 'locales/en/intake.json'), 'utf8')) as { question: object }).question);
const files = execFileSync('git', ['ls-files', 'electron', 'server', 'shared', 'renderer'], { cwd: ROOT, encoding: 'utf8' })
  .split('\n')
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => ({ file, text: readFileSync(path.join(ROOT, file), 'utf8').replaceAll(/^\s*(\/\/|\*|\/\*).*$/gm, '') }));
const source = files.map(({ text }) => text).join('\n');
/** Where codes are listed for contracts; who refuses stands elsewhere. */
const DECLARES = /contract\.ts$|refusals\.ts$|every-call\.ts$/;
const refusing = files.filter(({ file }) => !DECLARES.test(file)).map(({ text }) => text);
const calls = Object.entries(desktopContract) as [string, { readonly refusals: readonly string[] }][];
/** A feature is the first part of its calls' names. */
const features = [...new Set(calls.map(([name]) => name.split('.')[0]!))];
const codesOf = (feature: string): string[] => [
  ...new Set(calls.flatMap(([name, { refusals }]) => (name.startsWith(`${feature}.`) ? refusals : []))),
];

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

describe('what the calls of a feature may refuse', () => {
  it.each(features)('%s: has words in every language', (feature) => {
    const codes = codesOf(feature);
    for (const language of LANGUAGES) {
      const known = wordsIn(language);
      expect(codes.filter((code) => !known.has(code)).sort(), language).toEqual([]);
    }
  });

  it.each(features)('%s: is refused by something', (feature) => {
    const codes = codesOf(feature);
    expect(codes.filter((code) => !isRefusedSomewhere(code)).sort()).toEqual([]);
  });

  it('is named once a call', () => {
    const twice = calls.filter(([, { refusals }]) => new Set(refusals).size < refusals.length).map(([name]) => name);
    expect(twice).toEqual([]);
  });
});

it('what can end any call has words in every language, and something ends with it', () => {
  for (const language of LANGUAGES) {
    const known = wordsIn(language);
    expect(
      EVERY_CALL_REFUSALS.filter((code) => !known.has(code)),
      language,
    ).toEqual([]);
  }
  expect(EVERY_CALL_REFUSALS.filter((code) => !isRefusedSomewhere(code))).toEqual([]);
});

it('the window asks only for codes that a call may refuse with', () => {
  const named = new Set<string>([...calls.flatMap(([, { refusals }]) => refusals), ...EVERY_CALL_REFUSALS]);
  const asked = files
    .filter(({ file }) => file.startsWith('renderer/'))
    .flatMap(({ text }) => [...text.matchAll(/\bcode [!=]== '([a-z]+\.[A-Za-z]+)'/g)].map(([, code]) => code!));
  expect(asked.length).toBeGreaterThan(5);
  // Said by the shell, whose calls are no contract's: the store was not opened, a dialog was closed.
  expect(asked.filter((code) => !named.has(code) && !['shell.cancelled', 'store.damaged'].includes(code))).toEqual([]);
});

/** Whether a code stands where something refuses: as it is, or put together of two words. */
function isRefusedSomewhere(code: string): boolean {
  if (refusing.some((text) => text.includes(`'${code}'`))) return true;
  // `${verdict}Here`, `sync.${kind}`: of a code that stands there, or of a kind of network error.
  return code.endsWith('Here') ? isRefusedSomewhere(code.slice(0, -4)) : /^sync\.(unreachable|interrupted)$/.test(code);
}
