import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../../shared/kernel/text.ts';

/** Every reason, question and state of an intake has words in the four languages: the plan of an import shows them as they come. */

const ROOT = path.resolve(import.meta.dirname, '../..');
const FEATURES = ['intake', 'people', 'attendance', 'evaluation'].map((feature) => `shared/features/${feature}`);

const source = execFileSync('git', ['ls-files', '-co', '--exclude-standard', ...FEATURES], { cwd: ROOT, encoding: 'utf8' })
  .split('\n')
  // Questions of other tools are no rows of an intake.
  .filter((file) => file.endsWith('.ts') && !file.includes('/exchange/'))
  .map((file) => readFileSync(path.join(ROOT, file), 'utf8').replaceAll(/^\s*(\/\/|\*|\/\*).*$/gm, ''))
  .join('\n');

type Words = { readonly [key: string]: string | Words };

function bundle(language: Language, namespace: string): Words {
  return JSON.parse(readFileSync(path.join(ROOT, 'locales', language, `${namespace}.json`), 'utf8')) as Words;
}

function has(words: Words, key: string): boolean {
  const found = key
    .split('.')
    .reduce<string | Words | undefined>((part, name) => (typeof part === 'object' ? part[name] : undefined), words);
  return typeof found === 'string' || typeof found?.['itself'] === 'string';
}

/** Members of a union of texts, by the name of its type. */
function members(type: string): string[] {
  const [, body = ''] = new RegExp(`type ${type} =([^;]+);`).exec(source) ?? [];
  return [...body.matchAll(/'([^']+)'/g)].map(([, code]) => code!);
}

const literals = (pattern: RegExp): string[] => [...new Set([...source.matchAll(pattern)].map(([, code]) => code!))];

/** Of these codes those that have no words under any of these places (`namespace:key`). */
function wordless(codes: readonly string[], ...places: readonly string[]): string[] {
  return LANGUAGES.flatMap((language) => {
    const bundles = { intake: bundle(language, 'intake'), errors: bundle(language, 'errors') };
    const isKnown = (code: string) =>
      places.some((place) => {
        const [namespace = '', key = ''] = place.split(':');
        return has(bundles[namespace as keyof typeof bundles], key === '' ? code : `${key}.${code}`);
      });
    return codes.filter((code) => !isKnown(code)).map((code) => `${language}: ${code}`);
  });
}

it('every reason why a cell is left out has words', () => {
  const reasons = members('LeftOut');
  expect(reasons.length).toBeGreaterThan(10);
  expect(wordless(reasons, 'intake:left')).toEqual([]);
});

it('every reason why somebody is the same, is new or is asked about has words', () => {
  const reasons = ['WhySame', 'WhyAsk', 'WhyNew'].flatMap(members);
  expect(reasons.length).toBeGreaterThan(15);
  expect(wordless(reasons, 'intake:why')).toEqual([]);
});

it('every reason that is given for a row, a column or a person has words', () => {
  const reasons = literals(/\bwhy: '([^']+)'/g);
  expect(reasons.length).toBeGreaterThan(5);
  expect(wordless(reasons, 'intake:why', 'intake:left', 'intake:becauseOf', 'intake:question', 'errors:')).toEqual([]);
});

it('every question, and every code of a row, has words', () => {
  const codes = literals(/\bcode: '([^']+)'/g).concat(literals(/\bask\(\s*'([a-z]+\.[^']+)'/g));
  expect(codes.length).toBeGreaterThan(8);
  expect(wordless(codes, 'intake:question', 'intake:why', 'errors:')).toEqual([]);
});

it('a code without words is seen', () => {
  expect(wordless(['nonsense'], 'intake:why', 'errors:')).toEqual(LANGUAGES.map((language) => `${language}: nonsense`));
});
