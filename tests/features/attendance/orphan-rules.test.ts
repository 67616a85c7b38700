import { describe, expect, it } from 'vitest';
import { bringBack, outsideDates } from '../../../shared/features/activity/bring-back.ts';
import { hadSeen, type ChangeSetPlace } from '../../../shared/features/activity/removal.ts';
import { planMoves, type WantedMove } from '../../../shared/features/attendance/moves.ts';
import { hasCell, movedHalfDay, orphanReason, type Places, type StandingMark } from '../../../shared/features/attendance/orphans.ts';
import { activity } from '../../../shared/model/activity.ts';
import { formWrites } from '../../../shared/model/field-writes.ts';

const places: Places = {
  halfDays: new Set(['2026-03-02-AM', '2026-03-02-PM']),
  listed: new Set(['here', 'flagged']),
  removed: new Set(['flagged', 'gone']),
  workshopRemoved: false,
};
const mark = (personId: string, halfDay = '2026-03-02-AM', more: Partial<StandingMark> = {}): StandingMark => ({
  personId,
  halfDay,
  seenByWorkshopRemoval: false,
  seenByPersonRemoval: false,
  ...more,
});

describe('why a mark is asked about', () => {
  it('is nothing, where it stands in its cell', () => {
    expect(orphanReason(mark('here'), places)).toBeNull();
    expect(hasCell(mark('here'), places)).toBe(true);
  });
  it('is its half-day', () => {
    expect(orphanReason(mark('here', '2026-03-03-AM'), places)).toBe('halfDayGone');
    expect(hasCell(mark('here', '2026-03-03-AM'), places)).toBe(false);
  });
  it('is its person, whose removal had not seen it; whoever is not here at all was seen by nobody', () => {
    expect(orphanReason(mark('flagged'), places)).toBe('personRemoved');
    expect(orphanReason(mark('stranger'), places)).toBe('personRemoved');
  });
  it('is nothing, where it went with the person on purpose', () => {
    expect(orphanReason(mark('gone', '2026-03-02-AM', { seenByPersonRemoval: true }), places)).toBeNull();
  });
  it('is its half-day also for somebody who is in sight for another mark', () => {
    expect(orphanReason(mark('flagged', '2026-03-03-AM', { seenByPersonRemoval: true }), places)).toBe('halfDayGone');
  });
  it('is the workshop, whose removal had not seen it', () => {
    const gone = { ...places, workshopRemoved: true };
    expect(orphanReason(mark('here'), gone)).toBe('workshopRemoved');
    expect(orphanReason(mark('here', '2026-03-02-AM', { seenByWorkshopRemoval: true }), gone)).toBeNull();
  });
});

describe('what a removal had seen', () => {
  const place = (space: string, replica: string, seq: number): ChangeSetPlace => ({
    hash: `${space}${replica}${seq}`,
    space,
    replica,
    seq,
  });
  const always = (): boolean => true;
  const removal = { by: place('plan', 'awa', 4), seen: [place('people', 'bakary', 7)] };
  it('is each chain up to where it names it', () => {
    expect(hadSeen([removal], place('people', 'bakary', 7), always)).toBe(true);
    expect(hadSeen([removal], place('people', 'bakary', 6), always)).toBe(true);
    expect(hadSeen([removal], place('people', 'bakary', 8), always)).toBe(false);
    expect(hadSeen([removal], place('people', 'chimène', 1), always)).toBe(false);
  });
  it('is not another branch of a forked chain', () => {
    expect(hadSeen([removal], place('people', 'bakary', 6), () => false)).toBe(false);
  });
  it('is what its own replica wrote, where it names nothing of a space', () => {
    expect(hadSeen([removal], place('answers', 'awa', 9), always)).toBe(true);
    expect(hadSeen([removal], place('answers', 'bakary', 1), always)).toBe(false);
  });
  it('is what any of several had seen, and nothing without one', () => {
    const other = { by: place('plan', 'bakary', 2), seen: [place('people', 'bakary', 8)] };
    expect(hadSeen([removal, other], place('people', 'bakary', 8), always)).toBe(true);
    expect(hadSeen([], place('people', 'bakary', 1), always)).toBe(false);
  });
});

describe('the half-day that new dates made of one', () => {
  const now = new Set(['2026-03-09-AM', '2026-03-09-PM', '2026-03-10-AM']);
  it('is the same day of the workshop and the same half', () => {
    expect(movedHalfDay('2026-03-03-AM', ['2026-03-02'], '2026-03-09', now)).toBe('2026-03-10-AM');
  });
  it('goes from the newest dates of before that lead anywhere', () => {
    expect(movedHalfDay('2026-03-03-AM', ['2026-03-03', '2026-03-02'], '2026-03-09', now)).toBe('2026-03-09-AM');
    expect(movedHalfDay('2026-03-03-AM', ['2026-03-04', '2026-03-02'], '2026-03-09', now)).toBe('2026-03-10-AM');
  });
  it('is none, where there was no other date or no such day is left', () => {
    expect(movedHalfDay('2026-03-03-AM', ['2026-03-09'], '2026-03-09', now)).toBeNull();
    expect(movedHalfDay('2026-03-05-PM', ['2026-03-02'], '2026-03-09', now)).toBeNull();
  });
});

describe('moving marks', () => {
  const move = (from: string, target: string, value: string, there: readonly string[] = []): WantedMove => ({
    to: { personId: 'p', halfDay: '2026-03-02-AM' },
    from,
    target,
    values: [value],
    there,
  });
  it('lands in an empty cell, or in one that is not taken', () => {
    expect(planMoves([move('a', 'b', 'late')], 'ask')).toMatchObject({ value: { moves: [{ lands: true }], left: 0 } });
    expect(planMoves([move('a', 'b', 'late', ['notTaken'])], 'ask')).toMatchObject({ value: { moves: [{ lands: true }] } });
  });
  it('asks before it writes over another mark, and does as it is told', () => {
    const taken = [move('a', 'b', 'late', ['present']), move('c', 'd', 'late')];
    expect(planMoves(taken, 'ask')).toMatchObject({ refusal: { code: 'attendance.cellTaken', details: { count: 1 } } });
    expect(planMoves(taken, 'keep')).toMatchObject({ value: { moves: [{ from: 'c' }], left: 1 } });
    expect(planMoves(taken, 'replace')).toMatchObject({ value: { moves: [{ from: 'a' }, { from: 'c' }], left: 0 } });
  });
  it('takes an equal mark in without a question', () => {
    expect(planMoves([move('a', 'b', 'late', ['late'])], 'ask')).toMatchObject({ value: { moves: [{ lands: false }] } });
  });
  it('asks where two marks are to go to one cell', () => {
    expect(planMoves([move('a', 'x', 'late'), move('b', 'x', 'absent')], 'ask')).toMatchObject({
      refusal: { code: 'attendance.cellTaken' },
    });
  });
  it('refuses where there is nothing to move', () => {
    expect(planMoves([{ ...move('a', 'b', 'late'), values: [] }], 'replace')).toMatchObject({
      refusal: { code: 'attendance.markUnknown' },
    });
  });
});

describe('bringing a half-day back', () => {
  const item = { id: 'i', title: {}, halfDay: '2026-03-03-AM', key: 'a', start: null, end: null, counts: false };
  const now = { start: '2026-03-02', end: '2026-03-04', items: [item] };
  it('reaches to its day, or lets its first session count', () => {
    expect(bringBack(now, '2026-03-05-PM')).toEqual({ ok: true, value: { end: '2026-03-05' } });
    expect(bringBack(now, '2026-02-27-AM')).toEqual({ ok: true, value: { start: '2026-02-27' } });
    expect(bringBack(now, '2026-03-03-AM')).toEqual({ ok: true, value: { counts: 'i' } });
    expect(bringBack(now, '2026-03-03-PM')).toEqual({ ok: true, value: {} });
  });
  it('refuses a workshop longer than a year', () => {
    expect(bringBack(now, '2027-06-01-AM')).toMatchObject({ refusal: { code: 'activity.dates' } });
  });
  it('tells the sessions that stand outside the dates', () => {
    expect(outsideDates('2026-03-02', '2026-03-02', [item, { ...item, id: 'j', halfDay: '2026-03-02-PM' }])).toEqual(new Set(['i']));
  });
});

describe('the writes of a form', () => {
  it('supersede what it showed, and nothing where it showed nothing', () => {
    const [place, room] = formWrites(activity, 'a', { place: 'Thiès', mode: 'online' }, { place: ['v1'] });
    expect(place?.supersedes).toEqual(['v1']);
    expect(room?.supersedes).toEqual([]);
  });
  it('are over what is there then, where no form is said', () => {
    expect(formWrites(activity, 'a', { place: 'Thiès' }, undefined)[0]).not.toHaveProperty('supersedes');
  });
});
