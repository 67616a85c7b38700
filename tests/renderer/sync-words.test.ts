import type { TFunction } from 'i18next';
import { describe, expect, test } from 'vitest';
import { authorWords, splitField, type Speech } from '../../renderer/desktop/features/sync/review/conflict-words.ts';
import { laptopWords, placeWords } from '../../renderer/desktop/features/sync/device-words.ts';
import { workshopWords } from '../../renderer/desktop/features/sync/workshop-words.ts';
import { waitingBySpace } from '../../renderer/desktop/features/sync/spaces.ts';

describe('sync', () => {
  test('tells what waits by workshop and part', () => {
    expect(
      waitingBySpace([
        { id: 'workshop/w1/people', changeSets: 9, pending: 4 },
        { id: 'library', changeSets: 3, pending: 5 },
        { id: 'workshop/w1/plan', changeSets: 2, pending: 0 },
        { id: 'something/new', changeSets: 1, pending: 1 },
      ]),
    ).toEqual([
      { workshop: null, part: 'library', pending: 5 },
      { workshop: 'w1', part: 'people', pending: 4 },
      { workshop: null, part: 'other', pending: 1 },
    ]);
  });

  test('names a workshop as well as it can, and takes two that are unknown for two', () => {
    const t = ((key: string, values: object = {}) => [key, ...Object.values(values)].join(' | ')) as unknown as TFunction<'sync'>;
    const titled = (id: string, title: string) => ({ id, activityId: id, title: { fr: title } });
    const known = { here: [titled('a', 'Dakar'), titled('u', '')], removed: [titled('b', 'Praia')], lost: [titled('c', 'Lomé')] };
    const words = (id: string) => workshopWords(id, known, 'fr', t);
    expect(['a', 'b', 'c'].map(words)).toEqual(['Dakar', 'sync:workshop.inBin | Praia', 'sync:workshop.lost | Lomé']);
    expect(['5c81134d-0000', '4489f049-0000', 'u'].map(words)).toEqual([
      'sync:workshop.unknown | 5c81134d',
      'sync:workshop.unknown | 4489f049',
      'sync:workshop.unknown | u',
    ]);
  });

  test('knows the language of a localised field', () => {
    expect(splitField('title@fr')).toEqual({ name: 'title', language: 'fr' });
    expect(splitField('title@xx')).toEqual({ name: 'title@xx', language: undefined });
    expect(splitField('status')).toEqual({ name: 'status', language: undefined });
  });

  test('says whose laptop something was written on, by its name, and by its number only where nobody is known or somebody has several', () => {
    const t = ((key: string, values: object = {}) => [key, ...Object.values(values)].join(' | ')) as unknown as TFunction<'sync'>;
    const on = (device: string, author: string, laptop = '') => placeWords({ device, author, laptop }, '4489f049aa', t);
    expect(on('4489f049', 'Awa Diop')).toBe('sync:device.here');
    expect(on('d06c84fd', 'João Évora')).toBe('sync:device.theirs');
    expect(on('d06c84fd', '')).toBe('sync:device.other | d06c84fd');
    expect(placeWords({ device: '', author: 'João Évora', laptop: '' }, '', t)).toBe('sync:device.theirs');
    expect(on('4489f049', 'Awa Diop', 'Bureau')).toBe('sync:device.here');
    expect(on('d06c84fd', 'João Évora', 'Bureau')).toBe('sync:device.named | Bureau');
    expect(on('d06c84fd', 'João Évora', 'd06c84fd')).toBe('sync:device.other | d06c84fd');
    const called = (author: string, laptop: string) => laptopWords({ device: 'd06c84fd', author, laptop }, t);
    expect(called('Awa', 'Bureau')).toBe('sync:laptop.ofNamed | Awa | Bureau');
    expect(called('', 'Bureau')).toBe('sync:laptop.named | Bureau');
    expect(called('Awa', 'd06c84fd')).toBe('sync:laptop.of | Awa | d06c84fd');
    expect(called('', '')).toBe('sync:laptop.numbered | d06c84fd');
  });

  test('shows the office beside a name that a certificate gives', () => {
    const speech = {
      exists: (key: string) => key === 'sync:laptop.role.coordinator',
      t: (key: string, values: object = {}) => [key, ...Object.values(values)].join(' | '),
    } as unknown as Pick<Speech, 't' | 'exists'>;
    const words = (role: string, institution = '', author = 'Awa Diop') => authorWords({ author, role, institution }, speech);
    expect(words('coordinator')).toBe('sync:office.role | Awa Diop | laptop.role.coordinator');
    expect(words('coordinator', 'ENM')).toBe('sync:office.institution | Awa Diop | laptop.role.coordinator | ENM');
    // A role of a newer program is shown as it is called there.
    expect(words('inspector')).toBe('sync:office.role | Awa Diop | inspector');
    expect(words('')).toBe('Awa Diop');
    expect(words('coordinator', '', '')).toBe('');
  });
});
