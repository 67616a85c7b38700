import { describe, expect, it } from 'vitest';
import { sessionAt, timesOfAdded } from '../../shared/features/activity/agenda.ts';
import { statusesApart } from '../../shared/features/attendance/cells.ts';
import { newestPerLanguage } from '../../shared/features/material/rules.ts';
import { recordedBeside } from '../../shared/features/sync/rules.ts';
import { valueHeld, valuesPutAside } from '../../shared/features/sync/settling.ts';

/** Rules that screens show the outcome of, and that a phone or a report may ask as well. */

describe('a session that is added', () => {
  it('begins where the last one of the half-day ends, and lasts an hour', () => {
    expect(timesOfAdded('2026-03-02-AM', [])).toEqual({ start: '09:00', end: '10:00' });
    expect(timesOfAdded('2026-03-02-PM', [])).toEqual({ start: '14:00', end: '15:00' });
    expect(timesOfAdded('2026-03-02-AM', ['11:30', '10:15'])).toEqual({ start: '11:30', end: '12:30' });
  });
  it('stays within the day, and goes by times that can be read', () => {
    expect(timesOfAdded('2026-03-02-PM', ['23:30'])).toEqual({ start: '23:30', end: '23:59' });
    expect(timesOfAdded('2026-03-02-PM', ['late', '15:00'])).toEqual({ start: '15:00', end: '16:00' });
  });
});

describe('the session at hand', () => {
  const [first, second] = [
    { start: '09:00', end: '10:30' },
    { start: '11:00', end: '12:00' },
  ];
  it('is the one that runs, else the next one, else the last', () => {
    expect(sessionAt([first, second], '09:00')).toEqual({ item: first, runs: true });
    expect(sessionAt([first, second], '10:30')).toEqual({ item: second, runs: false });
    expect(sessionAt([first, second], '18:00')).toEqual({ item: second, runs: true });
    expect(sessionAt([], '09:00')).toBeUndefined();
  });
});

it('each status that two people marked apart is asked about once, the one shown first staying first', () => {
  const [late, present, again] = [{ status: 'late' as const }, { status: 'present' as const }, { status: 'late' as const }];
  expect(statusesApart([late, present, again])).toEqual([late, present]);
});

describe('taking a choice back', () => {
  it('is one write where the register held one value, written once or twice', () => {
    expect(valueHeld([{ value: ['SN', 'ML'] }])).toEqual({ value: ['SN', 'ML'] });
    expect(valueHeld([{ value: ['SN'] }, { value: ['SN'] }])).toEqual({ value: ['SN'] });
    expect(valueHeld([{ value: null, erased: true }, { value: 'a' }])).toEqual({ value: 'a' });
  });
  it('is not offered where two people had written apart, or nothing was there', () => {
    expect(valueHeld([{ value: 'a' }, { value: 'b' }])).toBeNull();
    expect(valueHeld([])).toBeNull();
    expect(valueHeld([{ value: null, erased: true }])).toBeNull();
  });
  it('puts back what differed, and not an equal value that somebody wrote apart', () => {
    const values = [{ value: ['SN'] }, { value: ['SN'] }, { value: ['ML'] }];
    expect(valuesPutAside(values, values[0]!)).toEqual([{ value: ['ML'] }]);
  });
});

it('the newest version of each language is the one added last, the id settling what a clock leaves open', () => {
  const version = (id: string, language: 'en' | 'fr', addedAt: string) => ({ id, language, addedAt });
  const [a, b, c] = [
    version('a', 'fr', '2026-03-01T10:00:00.000Z'),
    version('c', 'fr', '2026-03-02T10:00:00.000Z'),
    version('b', 'fr', '2026-03-02T10:00:00.000Z'),
  ];
  expect(newestPerLanguage([b, a, c]).map(({ id }) => id)).toEqual(['c']);
});

it('when a value was recorded is said where its writer’s clock is in doubt: never compared, or ahead of the receipt', () => {
  const [noon, later] = ['2026-03-02T12:00:00.000Z', '2026-03-04T08:00:00.000Z'];
  expect(recordedBeside({ t: noon, tq: 0, receivedAt: later })).toBe(later);
  expect(recordedBeside({ t: later, tq: 2, receivedAt: noon })).toBe(noon);
  // Two days without a network are no doubt about the clock, nor are five minutes.
  expect(recordedBeside({ t: noon, tq: 2, receivedAt: later })).toBeNull();
  expect(recordedBeside({ t: '2026-03-02T12:05:00.000Z', tq: 1, receivedAt: noon })).toBeNull();
  expect(recordedBeside({ t: noon, tq: 0, receivedAt: null })).toBeNull();
});
