import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { TFunction } from 'i18next';
import { describe, expect, it } from 'vitest';
import { countWords } from '../../renderer/desktop/features/attendance/count-words.ts';
import { attended, attendedOf, noCounts, registeredOf, takenOf, unusualIn } from '../../shared/features/attendance/counts.ts';
import { lettersOf, markOfLetter } from '../../shared/features/attendance/letters.ts';
import { statusOfWord } from '../../shared/features/attendance/sheets/status-words.ts';
import { formats } from '../../shared/kernel/formats.ts';
import { titleFields, TITLE_REGISTERS } from '../../shared/model/title.ts';
import * as vocabularies from '../../shared/model/vocabularies.ts';
import { wordsOf } from '../e2e/support/words.ts';

const { MARKS, STATUSES } = vocabularies;
const ROOT = path.resolve(import.meta.dirname, '../..');
const LANGUAGES_OF_GLOSSARY = ['en', 'fr', 'es', 'pt'] as const;

describe('letters', () => {
  it('are one a status in each language, in either case, and the same in the glossary', () => {
    expect(MARKS).toEqual(STATUSES.filter((status) => status !== 'notTaken'));
    const glossary = readFileSync(path.join(ROOT, 'locales/glossary.tsv'), 'utf8').split('\n');
    for (const [column, language] of LANGUAGES_OF_GLOSSARY.entries()) {
      const letters = lettersOf(language);
      expect(new Set(Object.values(letters)).size, language).toBe(MARKS.length);
      for (const mark of MARKS) {
        expect([markOfLetter(lettersOf(language), letters[mark]), markOfLetter(lettersOf(language), letters[mark].toLowerCase())]).toEqual([
          mark,
          mark,
        ]);
        const key = `letter_${mark.replace(/[A-Z]/gu, (capital) => `_${capital.toLowerCase()}`)}\t`;
        expect(glossary.find((line) => line.startsWith(key))?.split('\t')[column + 1], `${language} ${mark}`).toBe(letters[mark]);
      }
      expect(
        ['', 'M', 'F1'].map((key) => markOfLetter(lettersOf(language), key)),
        language,
      ).toEqual([undefined, undefined, undefined]);
    }
    expect(statusOfWord('')).toBe('notTaken');
  });

  it('never mean what people of the language take for something else', () => {
    expect((['fr', 'es', 'pt'] as const).map((language) => markOfLetter(lettersOf(language), 'R'))).toEqual(['late', 'late', undefined]);
    expect((['es', 'pt'] as const).map((language) => markOfLetter(lettersOf(language), 'A'))).toEqual([undefined, undefined]);
  });

  it('are the initial of the word that the window shows, where that can be', () => {
    const initials = LANGUAGES_OF_GLOSSARY.map((language) =>
      MARKS.filter((mark) => {
        const words = [`attendance:status.${mark}`, `attendance:short.${mark}`].flatMap((key) => wordsOf(language)(key).split(' '));
        return words.some((word) => word.startsWith(lettersOf(language)[mark].toLowerCase()));
      }),
    );
    const others = MARKS.filter((mark) => mark !== 'remote');
    expect(initials).toEqual([MARKS.filter((mark) => mark !== 'leftEarly'), others, others, others]);
  });
});

describe('counts of a half-day', () => {
  const counts = { ...noCounts(), present: 5, late: 1, remote: 2, absent: 3, notTaken: 4 };

  it('add up the same wherever they are shown', () => {
    expect([attendedOf(counts), takenOf(counts), registeredOf(counts)]).toEqual([8, 11, 15]);
    expect(STATUSES.filter(attended)).toEqual(['present', 'late', 'leftEarly', 'remote']);
  });

  it('are said so that the numbers add up to all: who attended, and who else there is', () => {
    const said = (['fr', 'en', 'es', 'pt'] as const).map((language) => {
      const t = ((key: string, values: Readonly<Record<string, unknown>>) => wordsOf(language)(key, values)) as TFunction<'attendance'>;
      return countWords({ ...counts, leftEarly: 1, excused: 2 }, t, formats(language, '?'));
    });
    for (const sentence of said) {
      const [attended, others] = sentence.split(';').map((part) => (part.match(/\d+/gu) ?? []).map(Number));
      const [sum, all, ...among] = attended!;
      expect([sum, all, among.reduce((left, one) => left - one, sum!)], sentence).toEqual([9, 18, counts.present]);
      expect(
        others!.reduce((total, one) => total + one, sum!),
        sentence,
      ).toBe(18);
    }
  });

  it('tell first who was there otherwise, then who was not, and nothing of what nobody is', () => {
    expect(unusualIn(counts)).toEqual({ attending: ['late', 'remote'], others: ['absent', 'notTaken'] });
  });
});

it('a title names its registers: those it has, and those that another form of it may have left', () => {
  expect(titleFields('Atelier')).toEqual(['name']);
  expect(titleFields({ fr: 'Atelier', en: 'Workshop' })).toEqual(['title@en', 'title@fr']);
  expect([...titleFields('x'), ...titleFields({ en: '', fr: '', es: '', pt: '' })].sort()).toEqual([...TITLE_REGISTERS].sort());
});

it('no file says a second time which words there are, or in which order', () => {
  const root = path.resolve(import.meta.dirname, '../..');
  const lists = Object.entries(vocabularies).flatMap(([name, list]) => (Array.isArray(list) && list.length > 2 ? [{ name, list }] : []));
  expect(lists.length).toBeGreaterThan(8);
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'renderer', 'electron', 'server', 'shared'], {
    cwd: root,
    encoding: 'utf8',
  });
  const found = files
    .split('\n')
    .filter(
      (file) =>
        /\.tsx?$/.test(file) &&
        existsSync(path.join(root, file)) &&
        file !== 'shared/model/vocabularies.ts' &&
        !file.startsWith('shared/sync/'),
    )
    .flatMap((file) => {
      const texts = [...readFileSync(path.join(root, file), 'utf8').matchAll(/\[\s*('[a-zA-Z]+'\s*,?\s*){3,}\]/g)].map(([text]) => text);
      const words = texts.map((text) => [...text.matchAll(/'([a-zA-Z]+)'/g)].map(([, word]) => word!));
      return lists.flatMap(({ name, list }) =>
        words.some((some) => [...some].sort().join() === [...list].sort().join()) ? [`${file}: ${name}`] : [],
      );
    });
  expect(found).toEqual([]);
});
