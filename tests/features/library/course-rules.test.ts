import { describe, expect, test } from 'vitest';
import { layoutFor, usualPlace, type LaidOutSession } from '../../../shared/features/course/rules.ts';

const session = (id: string, layouts: LaidOutSession['layouts']): LaidOutSession => ({ id, layouts });

const opening = session('opening', { '2': { day: 1, half: 'AM' }, '4': { day: 1, half: 'AM' } });
const threats = session('threats', { '4': { day: 1, half: 'PM' } });
const powers = session('powers', { '2': { day: 2, half: 'AM' }, '4': { day: 3, half: 'AM' } });
const closing = session('closing', { '2': { day: 2, half: 'PM' }, '4': { day: 4, half: 'PM' } });
const course = { days: 4, variants: [4, 2], sessions: [closing, powers, opening, threats] };

const shown = (days: number): { variant: number; placed: string[]; overflow: string[] } => {
  const layout = layoutFor(course, days);
  return {
    variant: layout.variant,
    placed: layout.placed.map(({ day, half, session: { id } }) => `${day} ${half} ${id}`),
    overflow: layout.overflow.map(({ id }) => id),
  };
};

describe('laying out a course', () => {
  test('a length that has a layout of its own uses it, in the order of the delivery', () => {
    expect(shown(4)).toEqual({ variant: 4, placed: ['1 AM opening', '1 PM threats', '3 AM powers', '4 PM closing'], overflow: [] });
    expect(shown(2)).toEqual({ variant: 2, placed: ['1 AM opening', '2 AM powers', '2 PM closing'], overflow: [] });
  });

  test('another length uses the nearest shorter layout and leaves the rest empty', () => {
    expect(shown(3)).toEqual(shown(2));
    expect(shown(9)).toEqual(shown(4));
  });

  test('fewer days than the shortest layout keep its first days and name what does not fit', () => {
    expect(shown(1)).toEqual({ variant: 2, placed: ['1 AM opening'], overflow: ['powers', 'closing'] });
  });

  test('within a half-day the order of the course holds', () => {
    const place = { '1': { day: 1, half: 'AM' } } as const;
    const sessions = ['c', 'a', 'b'].map((id) => session(id, place));
    expect(layoutFor({ days: 1, variants: [1], sessions }, 1).placed.map((placed) => placed.session.id)).toEqual(['c', 'a', 'b']);
  });

  test('a course without layouts lays out nothing', () => {
    expect(layoutFor({ days: 3, variants: [], sessions: [session('x', {})] }, 3)).toEqual({ variant: 0, placed: [], overflow: [] });
  });

  test('a session shows its usual place, else that of its longest layout', () => {
    expect(usualPlace(powers, 4)).toEqual({ day: 3, half: 'AM' });
    expect(usualPlace(threats, 2)).toEqual({ day: 1, half: 'PM' });
    expect(usualPlace(session('x', {}), 4)).toEqual({ day: 1, half: 'AM' });
  });
});
