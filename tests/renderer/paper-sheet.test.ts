import { describe, expect, test } from 'vitest';
import type { Form, PaperSheet } from '../../renderer/desktop/features/evaluation/paper-sheet.ts';
import { nextPerson } from '../../shared/features/evaluation/entry.ts';
import {
  answered,
  asksAhead,
  BLANK_SHEET,
  closedItems,
  hintOf,
  keysOf,
  leftBlank,
  openItems,
  typed,
  typedAhead,
  unanswered,
  written,
} from '../../renderer/desktop/features/evaluation/paper-sheet.ts';

const item = (id: string, type: 'choice' | 'open' | 'scale', options = {}) => ({
  ...{ id, label: id, type, text: { en: id }, options },
  ...{ rows: {}, points: null, required: false },
});
const choice = (id: string) => item(id, 'choice', { a: {}, b: {}, c: {}, d: {} });
const TEST: Form = {
  id: '00000000-0000-4000-8000-000000000001',
  code: 'test',
  kind: 'prepost',
  title: { en: 'Test' },
  anonymous: false,
  removed: false,
  unreadable: [],
  items: [choice('Q1'), choice('Q2'), choice('Q3')],
};
const SURVEY: Form = {
  ...TEST,
  kind: 'satisfaction',
  anonymous: true,
  items: [item('S1', 'scale'), item('O1', 'open')],
};

function type(form: Form, keys: readonly string[], from: PaperSheet = BLANK_SHEET): PaperSheet {
  return keys.reduce((sheet, key) => typed(sheet, closedItems(form), key) ?? sheet, from);
}

describe('a test typed in from paper', () => {
  test('takes letters straight through, in either case; Space leaves a blank', () => {
    expect(type(TEST, ['c', ' ', 'A'])).toEqual({ answers: { Q1: 'c', Q3: 'a' }, position: 3 });
  });

  test('ignores what is no answer', () => {
    for (const key of ['e', '1', 'Tab', 'F2', 'Enter']) expect(typed(BLANK_SHEET, closedItems(TEST), key)).toBeNull();
    expect(typed({ answers: {}, position: 3 }, closedItems(TEST), 'a')).toBeNull();
    expect(typed({ answers: {}, position: 3 }, closedItems(TEST), ' ')).toBeNull();
  });

  test('goes back with Backspace and takes the answer away', () => {
    expect(type(TEST, ['c', 'b', 'Backspace', 'd'])).toEqual({ answers: { Q1: 'c', Q2: 'd' }, position: 2 });
    expect(type(TEST, ['Backspace'])).toEqual(BLANK_SHEET);
  });

  test('is corrected in place: arrows move, a letter replaces, Space blanks', () => {
    const full = type(TEST, ['a', 'b', 'c']);
    expect(type(TEST, ['Home', 'ArrowRight', 'd'], full)).toEqual({ answers: { Q1: 'a', Q2: 'd', Q3: 'c' }, position: 2 });
    expect(type(TEST, ['ArrowLeft', ' '], full)).toEqual({ answers: { Q1: 'a', Q2: 'b' }, position: 3 });
    expect(type(TEST, ['Home', 'Delete'], full)).toEqual({ answers: { Q2: 'b', Q3: 'c' }, position: 0 });
    expect(answered(full, closedItems(TEST))).toBe(3);
  });
});

describe('a sheet that is not finished', () => {
  const items = closedItems(TEST);
  const walked = (keys: readonly string[]) =>
    keys.reduce(
      ({ sheet, blank }, key) => {
        const next = typed(sheet, items, key) ?? sheet;
        return { sheet: next, blank: leftBlank(blank, sheet, next, items) };
      },
      { sheet: BLANK_SHEET, blank: new Set<string>() as ReadonlySet<string> },
    );

  test('has items that nobody answered or passed over; what is left blank on purpose is none', () => {
    for (const [keys, left] of [
      [['a'], 2],
      [['a', ' ', 'b'], 0],
      [[' ', ' ', ' '], 0],
      [['End', 'c'], 2],
      [['a', ' ', 'Backspace'], 1],
      [['a', 'b', 'c', 'Backspace'], 1],
    ] as const) {
      const { sheet, blank } = walked(keys);
      expect(unanswered(sheet, blank, items), keys.join(' ')).toBe(left);
    }
  });
});

test('keys typed before a sheet is on screen are its own, up to the Enter that would keep it', () => {
  const ahead = (...keys: string[]) => typedAhead(BLANK_SHEET, closedItems(TEST), keys);
  expect(ahead()).toEqual(BLANK_SHEET);
  expect(ahead('d', ' ', 'b')).toEqual({ answers: { Q1: 'd', Q3: 'b' }, position: 3 });
  expect(ahead('x', 'd', 'c', 'Backspace', 'a')).toEqual({ answers: { Q1: 'd', Q2: 'a' }, position: 2 });
  // The second Enter of a double one is a slip; a later one keeps nothing that nobody saw.
  expect(ahead('Enter', 'Enter', 'c')).toEqual({ answers: { Q1: 'c' }, position: 1 });
  expect(ahead('c', 'Enter', 'a', 'b')).toEqual({ answers: { Q1: 'c' }, position: 1 });
  expect([['c', 'Enter'], ['Enter', 'c', 'Enter'], ['Enter', 'c'], ['c'], ['Enter'], []].map(asksAhead)).toEqual([
    ...[true, true],
    ...[false, false, false, false],
  ]);
});

describe('a satisfaction sheet', () => {
  test('takes 1 to 5, and words', () => {
    expect(keysOf(SURVEY.items[0]!)).toEqual(['1', '2', '3', '4', '5']);
    const sheet = type(SURVEY, ['6', '4']);
    expect(sheet).toEqual({ answers: { S1: '4' }, position: 1 });
    expect(openItems(SURVEY).map(({ id }) => id)).toEqual(['O1']);
    expect(written(sheet, 'O1', 'More cases').answers).toEqual({ S1: '4', O1: 'More cases' });
    expect(written(written(sheet, 'O1', 'More'), 'O1', '  ').answers).toEqual({ S1: '4' });
  });
});

describe('the next person', () => {
  test('is the next in the list whose sheet is not in, from the top again after the last', () => {
    expect(nextPerson(['a', 'b', 'c'], new Set(), null)).toBe('a');
    expect(nextPerson(['a', 'b', 'c'], new Set(['a', 'b']), 'a')).toBe('c');
    expect(nextPerson(['a', 'b', 'c'], new Set(['c']), 'c')).toBe('a');
    expect(nextPerson(['a', 'b'], new Set(['a', 'b']), 'b')).toBeNull();
    expect(nextPerson([], new Set(), null)).toBeNull();
  });
});

test('how sheets are typed in is said by what answers their questions', () => {
  const [scale, open] = SURVEY.items;
  const of = (...items: Form['items']) => hintOf({ ...SURVEY, items });
  expect(of(scale!, open!)).toBe('hintDigits');
  expect(of(choice('F1'), open!)).toBe('hintLettersComments');
  expect(of(scale!, choice('F1'))).toBe('hintBoth');
  expect(of(open!)).toBe('hintComments');
});
