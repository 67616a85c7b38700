import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeAnswer, encodeAnswer, parseAnswer, type Given } from '../../../shared/features/evaluation/answer-codec.ts';
import type { FormItem, Questionnaire } from '../../../shared/features/evaluation/answers.ts';
import { isRight, mostPoints, pointsOf, shareOf } from '../../../shared/features/evaluation/scoring.ts';
import { FIXED_OPTIONS } from '../../../shared/features/form/fixed-options.ts';
import { ITEM_TYPES, type ItemType } from '../../../shared/model/vocabularies.ts';

/** An answer of each type has one text in a sheet, and says the same whenever it is read; what counts follows from what it says. */

const OPTIONS = { a: {}, b: {}, c: {}, d: {} };
const ROWS = { r1: {}, r2: {}, r3: {} };
const item = (type: ItemType, more: Partial<FormItem> = {}): FormItem => ({
  ...{ id: 'X', type, text: {} },
  options: FIXED_OPTIONS[type] ?? (['choice', 'several', 'matrix', 'ranking'].includes(type) ? OPTIONS : {}),
  ...(type === 'matrix' && { rows: ROWS }),
  ...more,
});
const letters = Object.keys(OPTIONS);
const some = fc.uniqueArray(fc.constantFrom(...letters), { minLength: 1 });
/** Tenths and hundredths, and whole numbers. */
const number = fc.tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.constantFrom(1, 10, 100)).map(([top, of]) => top / of);
const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

const GIVEN: Readonly<Record<ItemType, fc.Arbitrary<Given>>> = {
  choice: fc.constantFrom(...letters).map((option) => ({ is: 'option', option })),
  trueFalse: fc.constantFrom('true', 'false').map((option) => ({ is: 'option', option })),
  consent: fc.constantFrom('yes', 'no').map((option) => ({ is: 'option', option })),
  scale: fc.constantFrom('1', '2', '3', '4', '5').map((option) => ({ is: 'option', option })),
  several: some.map((options) => ({ is: 'options', options: [...options].sort() })),
  ranking: some.map((order) => ({ is: 'order', order })),
  matrix: fc
    .uniqueArray(fc.constantFrom(...Object.keys(ROWS)), { minLength: 1 })
    .chain((rows) => fc.tuple(...rows.map((row) => fc.tuple(fc.constant(row), fc.constantFrom(...letters)))))
    .map((rows) => ({ is: 'rows', rows: Object.fromEntries(rows) })),
  number: number.map((one) => ({ is: 'number', number: one === 0 ? 0 : one })),
  date: day.map((one) => ({ is: 'day', day: one })),
  open: fc
    .string({ minLength: 1, maxLength: 200 })
    .filter((text) => text.trim() === text && text !== '')
    .map((words) => ({ is: 'words', words })),
};

it.each(ITEM_TYPES)('an answer of type %s is read back as it was given, and has one text', (type) => {
  fc.assert(
    fc.property(GIVEN[type], (given) => {
      const kept = encodeAnswer(item(type), given);
      expect(decodeAnswer(item(type), kept)).toEqual(given);
      expect(parseAnswer(item(type), kept)).toEqual({ answer: kept });
      expect(parseAnswer(item(type), `  ${kept} `)).toEqual({ answer: kept });
    }),
  );
});

it('what somebody types is read in the ways in which people write it', () => {
  const parsed = (type: ItemType, text: string) => parseAnswer(item(type), text);
  expect(parsed('choice', 'B)')).toEqual({ answer: 'b' });
  expect(parsed('several', 'C; a')).toEqual({ answer: 'a,c' });
  expect(parsed('ranking', 'C > a > b')).toEqual({ answer: 'c,a,b' });
  expect(parsed('matrix', 'r2=B, r1: a')).toEqual({ answer: 'r1:a,r2:b' });
  expect(parsed('number', '1 234,5')).toEqual({ answer: '1234.5' });
  expect(parsed('number', '-0,50')).toEqual({ answer: '-0.5' });
  for (const word of ['Vrai', 'verdadero', 'VERDADEIRO', 'true', 'V']) expect(parsed('trueFalse', word)).toEqual({ answer: 'true' });
  for (const word of ['Não', 'non', 'no']) expect(parsed('consent', word)).toEqual({ answer: 'no' });
  // As a sheet or a file has it printed, in whatever language.
  for (const type of ['trueFalse', 'consent'] as const)
    for (const [option, texts] of Object.entries(FIXED_OPTIONS[type]!))
      for (const text of Object.values(texts)) expect(parsed(type, ` ${text.toUpperCase()}`)).toEqual({ answer: option });
  for (const type of ITEM_TYPES) expect(parsed(type, ' ')).toEqual({ answer: '' });
});

it('what is no answer is a fault, and never guessed', () => {
  const fault = (type: ItemType, text: string) => {
    const read = parseAnswer(item(type), text);
    return 'fault' in read ? read.fault : read.answer;
  };
  expect(fault('choice', 'e')).toBe('answer.letterUnknown');
  expect(fault('several', 'a, e')).toBe('answer.letterUnknown');
  expect(fault('several', 'a, a')).toBe('answer.letterUnknown');
  expect(fault('matrix', 'r9: a')).toBe('answer.letterUnknown');
  expect(fault('matrix', 'a')).toBe('answer.letterUnknown');
  // Thousands in one language, a decimal in another.
  expect(fault('number', '1,234')).toBe('answer.numberUnknown');
  expect(fault('number', 'ten')).toBe('answer.numberUnknown');
  expect(fault('date', '02/03/2026')).toBe('answer.dayUnknown');
  expect(fault('date', '2026-02-30')).toBe('answer.dayUnknown');
  expect(fault('scale', '6')).toBe('answer.scaleUnknown');
  expect(fault('open', 'x'.repeat(4_001))).toBe('answer.tooLong');
});

it('what is not of an item is none of its answers, whatever it is', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ITEM_TYPES), fc.string(), (type, text) => {
      const read = parseAnswer(item(type), text);
      if ('answer' in read && read.answer !== '') expect(decodeAnswer(item(type), read.answer)).not.toBeNull();
    }),
  );
});

const FORM = { key: {} };
const share = (type: ItemType, key: FormItem['key'], answer: string | undefined) =>
  Math.round(shareOf(FORM, item(type, { key: key! }), answer) * 1_000) / 1_000;

it('each type is counted by what is right in it', () => {
  expect(share('choice', { shares: { a: 1, b: 0.5, c: -1 } }, 'b')).toBe(0.5);
  expect(share('choice', { shares: { a: 1, c: -1 } }, 'c')).toBe(0);
  expect(share('several', { shares: { a: 0.5, b: 0.5 } }, 'a,b')).toBe(1);
  expect(share('several', { shares: { a: 0.5, b: 0.5 } }, 'a')).toBe(0.5);
  // Whoever ticks all has not answered.
  expect(share('several', { shares: { a: 0.5, b: 0.5 } }, 'a,b,c,d')).toBe(0);
  expect(share('matrix', { rows: { r1: 'a', r2: 'b' } }, 'r1:a,r2:c')).toBe(0.5);
  expect(share('ranking', { order: ['a', 'b', 'c', 'd'] }, 'a,b,d,c')).toBe(0.5);
  expect(share('number', { value: '90', tolerance: 1 }, '90.5')).toBe(1);
  expect(share('number', { value: '0.3' }, '0.3')).toBe(1);
  expect(share('number', { value: '90', tolerance: 1 }, '91.5')).toBe(0);
  expect(share('date', { value: '2001-11-23' }, '2001-11-23')).toBe(1);
  expect(share('open', { texts: ['Préservation'] }, 'preservation')).toBe(1);
  expect(share('trueFalse', { shares: { false: 1 } }, 'true')).toBe(0);
  expect(share('choice', { shares: { a: 1 } }, undefined)).toBe(0);
});

it('a sheet has from none to all of the points, and all of them where each item is right', () => {
  const keys: readonly (readonly [ItemType, NonNullable<FormItem['key']>])[] = [
    ['choice', { shares: { a: 1 } }],
    ['several', { shares: { a: 0.333, b: 0.333, c: 0.333 } }],
    ['matrix', { rows: { r1: 'a', r2: 'b', r3: 'c' } }],
    ['ranking', { order: ['d', 'c', 'b', 'a'] }],
    ['number', { value: '12.5' }],
  ];
  const items = keys.map(([type, key], at): FormItem => ({ ...item(type, { key, points: at + 0.5 }), id: `X${at}` }));
  const form: Questionnaire = { kind: 'prepost', anonymous: false, key: {}, items };
  const right = { X0: 'a', X1: 'a,b,c', X2: 'r1:a,r2:b,r3:c', X3: 'd,c,b,a', X4: '12.5' };
  expect(items.every((one) => isRight(form, one, right[one.id as keyof typeof right]))).toBe(true);
  expect(mostPoints(form)).toBe(12.5);
  expect(pointsOf(form, right)).toBeCloseTo(12.5, 2);
  const sheets = fc.tuple(
    ...keys.map(([type], at) =>
      fc.option(
        GIVEN[type].map((given) => encodeAnswer(items[at]!, given)),
        { nil: undefined },
      ),
    ),
  );
  fc.assert(
    fc.property(sheets, (answers) => {
      const sheet = Object.fromEntries(answers.flatMap((answer, at) => (answer === undefined ? [] : [[`X${at}`, answer]])));
      const points = pointsOf(form, sheet);
      expect(points).toBeGreaterThanOrEqual(0);
      expect(points).toBeLessThanOrEqual(12.5);
      if (Object.keys(sheet).length === 0) expect(points).toBe(0);
    }),
  );
});
