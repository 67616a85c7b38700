import { describe, expect, test } from 'vitest';
import { finder, firstMeant, searchText, type Person } from '../../renderer/desktop/features/people/find-people.ts';
import { listFigures } from '../../renderer/desktop/features/people/person/person-words.ts';
import { BLANK_PERSON } from '../support/lists/blank-person.ts';

const person: Person = {
  ...BLANK_PERSON,
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

  test('means whoever has a name that begins so before others who are found by a word inside', () => {
    const found = [
      { familyName: 'HOUNKPE', givenName: 'Sègla' },
      { familyName: 'KEÏTA', givenName: 'Ibrahim' },
      { familyName: 'BA', givenName: 'Kerfalla' },
    ];
    expect(firstMeant(found, 'kei')).toBe(found[1]);
    expect(firstMeant(found, 'KER')).toBe(found[2]);
    expect([firstMeant(found, 'kpe'), firstMeant(found, ''), firstMeant(found, 'keïta ibrahim')]).toEqual([found[0], found[0], found[0]]);
    expect(firstMeant([], 'kei')).toBeUndefined();
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
