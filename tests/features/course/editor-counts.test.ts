import { expect, it } from 'vitest';
import { balanceOf, lengthsOf } from '../../../shared/features/course/balance.ts';
import { missingTexts, textsOfCourse } from '../../../shared/features/course/completeness.ts';
import { flatTexts, textsByField } from '../../../shared/features/course/flat-texts.ts';

/** The counts beside a course that is being written. */

it('counts the texts that some language has and this one has not; a text that nobody wrote is none', () => {
  const session = { title: { en: 'Seizure', pt: 'Apreensão' }, objectives: { en: 'Know it' }, method: {}, trainerNotes: { en: '  ' } };
  const course = {
    ...{ title: { en: 'Evidence' }, description: { pt: 'Prova' }, audience: {} },
    modules: [{ title: { en: 'One', pt: '' }, sessions: [session] }],
  };
  const texts = textsOfCourse(course);
  expect(missingTexts(texts, 'en')).toEqual({ missing: 1, of: 5 });
  expect(missingTexts(texts, 'pt')).toEqual({ missing: 3, of: 5 });
  expect(missingTexts(texts, 'fr')).toEqual({ missing: 5, of: 5 });
});

it('adds up the minutes of each half-day, marks those over four hours, and counts what stands outside', () => {
  const at = (id: string, minutes: number, day: number) => ({ id, minutes, layouts: { 2: { day, half: 'AM' as const } } });
  const sessions = [at('a', 200, 1), at('b', 41, 1), at('c', 240, 2), at('d', 30, 3), { id: 'e', minutes: 60, layouts: {} }];
  expect(balanceOf(sessions, 2)).toEqual({
    halfDays: [
      { day: 1, half: 'AM', minutes: 241, sessions: 2, isOver: true },
      { day: 1, half: 'PM', minutes: 0, sessions: 0, isOver: false },
      { day: 2, half: 'AM', minutes: 240, sessions: 1, isOver: false },
      { day: 2, half: 'PM', minutes: 0, sessions: 0, isOver: false },
    ],
    outside: 2,
  });
  expect(lengthsOf({ days: 4, variants: [5, 4, 2] })).toEqual([2, 4, 5]);
});

it('lays the texts of a record out by register, and back', () => {
  const flat = flatTexts({ title: { en: 'A', pt: 'B' }, method: {} }, ['title', 'method']);
  expect(Object.keys(flat)).toHaveLength(8);
  expect(flat).toMatchObject({ 'title@en': 'A', 'title@pt': 'B', 'method@fr': '' });
  expect(textsByField({ 'title@pt': 'C', 'method@fr': '', minutes: 5 })).toEqual({ title: { pt: 'C' }, method: { fr: '' } });
});
