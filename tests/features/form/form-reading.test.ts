import { expect, it } from 'vitest';
import { missingTexts } from '../../../shared/features/course/completeness.ts';
import { textsOfForm } from '../../../shared/features/form/completeness.ts';
import { FIXED_OPTIONS } from '../../../shared/features/form/fixed-options.ts';
import { optionOfRow, rightOrder, worthOf } from '../../../shared/features/form/right-answer.ts';

/** What is told of a questionnaire that is read: how much of it is written in each language, and what is right. */

const text = (pt: string, en?: string) => ({ pt, ...(en !== undefined && { en }) });
const blank = { topic: {}, explanation: {}, options: [], rows: [] };

it('counts the texts that somebody writes, and no option that a type always has', () => {
  const fixed = Object.entries(FIXED_OPTIONS.trueFalse!).map(([letter, words]) => ({ letter, text: words }));
  const options = [{ text: text('Sim', 'Yes') }, { text: text('Não') }];
  const texts = textsOfForm(text('Teste', 'Test'), [
    { ...blank, type: 'trueFalse', text: text('Certo?'), options: fixed },
    {
      ...blank,
      type: 'matrix',
      text: text('Que artigo?', 'Which article?'),
      options,
      rows: [{ text: text('Linha') }],
      topic: text('Prova'),
    },
  ]);
  expect(texts).toHaveLength(10);
  expect(missingTexts(texts, 'pt')).toEqual({ missing: 0, of: 7 });
  expect(missingTexts(texts, 'en')).toEqual({ missing: 4, of: 7 });
});

it('says of an option whether it is right, worth a share or takes one away', () => {
  const shares = { a: 1, b: 0.5, c: -0.25 };
  const worth = (type: 'choice' | 'several', letter: string) => worthOf({ type, key: { shares } }, letter).is;
  expect(['a', 'b', 'c', 'd'].map((letter) => worth('choice', letter))).toEqual(['whole', 'part', 'loss', 'none']);
  expect(worth('several', 'b')).toBe('whole');
  expect(worthOf({ type: 'choice', key: null }, 'a').is).toBe('none');
});

it('finds the option of a line and the order of a ranking', () => {
  const options = ['a', 'b', 'c'].map((letter) => ({ letter, text: text(letter) }));
  expect(optionOfRow({ options, key: { rows: { r1: 'b' } } }, 'r1')?.letter).toBe('b');
  expect(optionOfRow({ options, key: { rows: { r1: 'b' } } }, 'r2')).toBeUndefined();
  expect(rightOrder({ options, key: { order: ['c', 'gone', 'a'] } }).map(({ letter }) => letter)).toEqual(['c', 'a']);
});
