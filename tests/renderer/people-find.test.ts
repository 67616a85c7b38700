import { describe, expect, test } from 'vitest';
import { finder, searchText, type Person } from '../../renderer/desktop/features/people/find-people.ts';
import { listFigures } from '../../renderer/desktop/features/people/person-words.ts';

const person: Person = {
  id: '00000000-0000-4000-8000-000000000001',
  ref: 'P12',
  familyName: "N'GUESSAN",
  givenName: 'Aïcha',
  sex: 'female',
  profession: 'judge',
  country: 'CI',
  institution: "Cour d'appel d'Abidjan",
  language: 'fr',
  email: 'aicha.nguessan@example.org',
  complete: true,
  homonym: false,
  erased: false,
  unreadable: [],
  linked: [],
  apart: [],
  removed: null,
};

describe('finding people', () => {
  test('goes by name in either order, without accents, with any apostrophe, by institution, country and number', () => {
    const text = searchText(person, 'fr');
    for (const typed of ['', 'n’guessan aicha', 'AICHA N’G', 'cour abidjan', 'cote d', 'p12', 'nguessan@'])
      expect(finder(typed)(text)).toBe(true);
    for (const typed of ['diop', 'aicha diop']) expect(finder(typed)(text)).toBe(false);
  });

  test('counts who is to complete, who shares a name and whose records differ', () => {
    expect(listFigures([person, { ...person, complete: false }, { ...person, homonym: true, apart: ['sex'] }])).toEqual({
      count: 3,
      toComplete: 1,
      homonyms: 1,
      differ: 1,
    });
  });
});
