import { describe, expect, it } from 'vitest';
import { followersOf } from '../../../shared/features/activity/cascade.ts';
import {
  coursesBefore,
  isBeforeItself,
  standingFor,
  type HeldAward,
  type SchemeCourse,
} from '../../../shared/features/course/certification.ts';
import { Dice } from '../../support/dice.ts';

/** Whom a certificate lets deliver a course, which courses come before it, and what follows from an activity. */

const course = (id: string, more: Partial<Omit<SchemeCourse, 'id'>> = {}): SchemeCourse => ({
  id,
  line: [id],
  level: 'introductory',
  after: [],
  ...more,
});
const COURSES = [
  course('intro'),
  course('advanced', { level: 'advanced', after: ['intro'] }),
  course('expert', { level: 'specialised', after: ['advanced'] }),
  course('training', { level: 'trainingOfTrainers', after: ['advanced'] }),
  course('refresher', { level: 'refresher', after: ['advanced'] }),
  course('ours', { line: ['ours', 'advanced'], level: 'advanced', after: ['intro'] }),
  course('again', { line: ['again', 'ours', 'advanced'], level: 'advanced', after: ['intro'] }),
];
const scheme = new Map(COURSES.map((one) => [one.id, one]));
const award = (kind: HeldAward['kind'], courseId: string | null): HeldAward => ({ number: `${kind} ${courseId}`, kind, courseId });
const grounds = (id: string, ...awards: HeldAward[]) =>
  standingFor(scheme.get(id)!, awards, scheme).grounds.map(({ why, award: { number } }) => `${why}: ${number}`);

describe('who may deliver a course', () => {
  it.each([
    ['whoever has a trainer’s certificate of it', 'advanced', 'advanced', ['course: trainer advanced']],
    ['of the course that it was copied from', 'ours', 'advanced', ['source: trainer advanced']],
    ['of that, however far', 'again', 'advanced', ['source: trainer advanced']],
    ['of a training of trainers that comes directly after it', 'advanced', 'training', ['trainers: trainer training']],
    ['of one for the course that it was copied from', 'again', 'training', ['trainers: trainer training']],
    ['but not of its copy, which has another country’s law', 'advanced', 'ours', []],
    ['nor of a copy beside it', 'ours', 'again', []],
    ['nor of a course that comes after it', 'intro', 'advanced', []],
    ['nor of a training of trainers for a later one', 'intro', 'training', []],
    ['nor of another course that comes after it and trains nobody', 'advanced', 'refresher', []],
    ['nor of a course that is not here', 'advanced', 'elsewhere', []],
  ])('%s', (_name, id, of, expected) => {
    expect(grounds(id, award('trainer', of))).toEqual(expected);
    expect(grounds(id, award('attendance', of), award('achievement', of))).toEqual([]);
  });

  it('and a certificate of a workshop without a course says nothing', () => {
    expect(COURSES.flatMap(({ id }) => grounds(id, award('trainer', null)))).toEqual([]);
  });
});

describe('the courses that come before', () => {
  const before = (id: string, ...awards: HeldAward[]) =>
    standingFor(scheme.get(id)!, awards, scheme).before.map(({ courseId, held }) => `${courseId} ${held}`);

  it('are told the nearest first, with what certificates of any kind say', () => {
    expect(before('expert')).toEqual(['advanced false', 'intro false']);
    expect(before('expert', award('attendance', 'intro'))).toEqual(['advanced false', 'intro true']);
    expect(before('expert', award('achievement', 'advanced'), award('trainer', 'intro'))).toEqual(['advanced true', 'intro true']);
  });

  it('count as taken in a copy, and in what was copied', () => {
    expect(before('expert', award('attendance', 'again'))).toEqual(['advanced true', 'intro false']);
  });

  it('lead into no circle, and say when they would', () => {
    const circle = new Map(
      [course('a', { after: ['b'] }), course('b', { after: ['c'] }), course('c', { after: ['a'] })].map((one) => [one.id, one]),
    );
    for (const one of circle.values()) expect(coursesBefore(one, circle)).not.toContain(one.id);
    expect(coursesBefore(circle.get('a')!, circle)).toEqual(['b', 'c']);
    expect(isBeforeItself('intro', ['expert'], scheme)).toBe(true);
    expect(isBeforeItself('intro', ['intro'], scheme)).toBe(true);
    expect(isBeforeItself('expert', ['training', 'intro'], scheme)).toBe(false);
  });
});

describe('what followed from an activity', () => {
  const activity = (id: string, partOf: string | null, entryId: string | null = null) => ({ id, partOf, entryId });
  const from = (id: string, ...all: ReturnType<typeof activity>[]) => followersOf(all, id).map((one) => one.id);

  it('is its parts and theirs, in the order of the calendar', () => {
    const all = [activity('2', '1'), activity('3', '2'), activity('training', null), activity('1', 'training'), activity('other', null)];
    expect(from('training', ...all)).toEqual(['2', '3', '1']);
    expect(from('2', ...all)).toEqual(['3']);
    expect(from('other', ...all)).toEqual([]);
  });

  it('also where a workshop was opened from the entry that they were parts of', () => {
    const all = [activity('entry', null), activity('opened', null, 'entry'), activity('1', 'entry'), activity('2', 'opened')];
    expect(from('opened', ...all)).toEqual(['1', '2']);
    expect(from('entry', ...all)).toEqual(['1', '2']);
  });

  it('is never itself, in any circle', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const die = new Dice(seed);
      const ids = Array.from({ length: 8 }, (_, i) => `a${i}`);
      const all = ids.map((id) => activity(id, die.chance(0.8) ? die.oneOf(ids) : null));
      for (const id of ids) {
        const found = from(id, ...all);
        expect(found).not.toContain(id);
        // Whoever follows is a part of it, or of one that follows.
        for (const one of found) expect([id, ...found]).toContain(all.find((other) => other.id === one)!.partOf);
      }
    }
  });
});
