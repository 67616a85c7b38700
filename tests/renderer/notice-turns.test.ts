import { beforeEach, expect, it } from 'vitest';
import { LONGEST, LONGEST_ASKED, noticeTurns, RESTS } from '../../renderer/desktop/app/frame/notice-turns.ts';

/** When a notice comes: at once, but while a dialog is open once that has closed, or stayed. */

let time: number;
let timers: { readonly at: number; readonly then: () => void }[];
let isOpen: boolean;
let isAsking: boolean;
let shown: string[];
let say: (words: string) => () => void;

beforeEach(() => {
  time = 0;
  timers = [];
  isOpen = isAsking = false;
  shown = [];
  const turn = noticeTurns({
    isOpen: () => isOpen,
    isAsking: () => isAsking,
    now: () => time,
    after: (milliseconds, then) => timers.push({ at: time + milliseconds, then }),
  });
  say = (words) => turn(() => shown.push(words));
});

function pass(milliseconds: number): void {
  for (const end = time + milliseconds; time < end; time++) {
    const due = timers.filter(({ at }) => at <= time);
    timers = timers.filter((timer) => !due.includes(timer));
    for (const { then } of due) then();
  }
}

it('is at once where no dialog is open', () => {
  say('one');
  expect(shown).toEqual(['one']);
});

it('is once the dialog has closed, and long before it would have stayed', () => {
  isOpen = true;
  say('one');
  pass(60);
  expect(shown).toEqual([]);
  isOpen = false;
  pass(RESTS);
  expect(shown).toEqual([]);
  pass(40);
  expect(shown).toEqual(['one']);
  expect(timers).toEqual([]);
});

it('is once the page shows what was done, where it asks for that as the dialog closes', () => {
  isOpen = true;
  say('one');
  isOpen = false;
  pass(40);
  isAsking = true;
  pass(100);
  expect(shown).toEqual([]);
  isAsking = false;
  pass(RESTS + 40);
  expect(shown).toEqual(['one']);
});

it('waits for a slow page longer than for a dialog that stays, and not for ever', () => {
  isOpen = true;
  say('one');
  pass(20);
  isOpen = false;
  isAsking = true;
  pass(LONGEST + 100);
  expect(shown).toEqual([]);
  isAsking = false;
  pass(RESTS + 40);
  expect(shown).toEqual(['one']);
  isOpen = true;
  say('two');
  pass(20);
  isOpen = false;
  isAsking = true;
  pass(LONGEST_ASKED - 40);
  expect(shown).toEqual(['one']);
  pass(60);
  expect(shown).toEqual(['one', 'two']);
});

it('does not wait for a page that asks where no dialog is open', () => {
  isAsking = true;
  say('one');
  expect(shown).toEqual(['one']);
});

it('is a moment later beside a dialog that stays', () => {
  isOpen = true;
  say('one');
  pass(LONGEST - 40);
  expect(shown).toEqual([]);
  pass(80);
  expect(shown).toEqual(['one']);
});

it('keeps the order in which things were said, also of what is said once the dialog has gone', () => {
  isOpen = true;
  say('one');
  pass(10);
  say('two');
  isOpen = false;
  say('three');
  expect(shown).toEqual([]);
  pass(RESTS + 40);
  expect(shown).toEqual(['one', 'two', 'three']);
});

it('is never where it was taken back before, and what was said beside it comes', () => {
  isOpen = true;
  const takeBack = say('one');
  say('two');
  takeBack();
  isOpen = false;
  pass(RESTS + 40);
  expect(shown).toEqual(['two']);
  takeBack();
  say('three');
  expect(shown).toEqual(['two', 'three']);
});
