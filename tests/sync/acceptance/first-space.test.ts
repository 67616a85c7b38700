import { describe, expect, it } from 'vitest';
import { inFirstSpace, spacesOf, type StoredValue } from '../../../shared/node/store/written-rows.ts';

/** Where a record lives, by what was written of it: what was refused takes it nowhere. */
const value = (space: string, effective: boolean, index = 0): StoredValue => ({
  ...{ id: `${'a'.repeat(64)}:${index}`, hash: 'a'.repeat(64), index, field: 'name', value: space, erased: false, supersedes: [] },
  ...{ effective, replica: 'b'.repeat(32), author: 'somebody', t: 1, tq: 0, space },
});

describe('a record that was written in two spaces', () => {
  const [plan, library] = ['workshop/00000000-0000-4000-8000-000000000000/plan', 'library'];

  it('lives where it stands, not where writing it was refused, though that comes first in order', () => {
    const values = [value(plan, true), value(library, false, 1)];
    expect(spacesOf(values)).toEqual([plan]);
    expect(inFirstSpace(values).map(({ space }) => space)).toEqual([plan]);
  });

  it('is in both where both stand, and shows in the first in order', () => {
    const values = [value(plan, true), value(library, true, 1)];
    expect(spacesOf(values)).toEqual([library, plan]);
    expect(inFirstSpace(values).map(({ space }) => space)).toEqual([library]);
  });

  it('of which nothing stands is where it was written', () => {
    expect(spacesOf([value(plan, false)])).toEqual([plan]);
    expect(spacesOf([value(plan, false), value(library, false, 1)])).toEqual([library, plan]);
    expect(spacesOf([])).toEqual([]);
  });
});
