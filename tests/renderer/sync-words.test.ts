import { describe, expect, test } from 'vitest';
import { splitField } from '../../renderer/desktop/features/sync/conflict-words.ts';
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

  test('knows the language of a localised field', () => {
    expect(splitField('title@fr')).toEqual({ name: 'title', language: 'fr' });
    expect(splitField('title@xx')).toEqual({ name: 'title@xx', language: undefined });
    expect(splitField('status')).toEqual({ name: 'status', language: undefined });
  });
});
