import { describe, expect, it } from 'vitest';
import { tracksOf } from '../../renderer/desktop/features/people/list/list-tracks.ts';
import { everyoneOf, extendedTo, NOBODY, toggled, type Selection } from '../../renderer/desktop/features/people/list/selection.ts';
import { chosenColumns, LIST_COLUMNS, USUAL_COLUMNS } from '../../shared/features/people/list-columns.ts';

const ORDER = ['a', 'b', 'c', 'd', 'e'];
const ids = ({ ids: set }: Selection) => ORDER.filter((id) => set.has(id)).join('');

describe('a selection in a list', () => {
  it('takes one more or one less, and goes on from there', () => {
    const one = toggled(NOBODY, 'b');
    expect(ids(one)).toBe('b');
    expect(ids(toggled(one, 'b'))).toBe('');
    expect(ids(extendedTo(one, ORDER, 'd'))).toBe('bcd');
    expect(ids(extendedTo(extendedTo(one, ORDER, 'd'), ORDER, 'a'))).toBe('abcd');
    expect(ids(extendedTo(toggled(one, 'e'), ORDER, 'd'))).toBe('bde');
  });

  it('begins with whoever it goes to where nobody was selected, or is not shown any more', () => {
    expect(ids(extendedTo(NOBODY, ORDER, 'c'))).toBe('c');
    const gone = extendedTo({ ids: new Set(['z']), anchor: 'z' }, ORDER, 'c');
    expect(ids(gone)).toBe('c');
    expect(ids(extendedTo(gone, ORDER, 'd'))).toBe('cd');
  });

  it('takes everybody', () => expect(ids(everyoneOf(ORDER))).toBe('abcde'));
});

describe('the columns of a list', () => {
  it('are those that were chosen, in its order, else the usual ones', () => {
    expect(chosenColumns(undefined)).toEqual(USUAL_COLUMNS);
    expect(chosenColumns('sex')).toEqual(USUAL_COLUMNS);
    expect(chosenColumns(['country', 'sex', 'shoeSize'])).toEqual(['sex', 'country']);
    expect(chosenColumns([])).toEqual([]);
  });

  it('have a track each, after the tick and the name', () => {
    const { tracks, least } = tracksOf(LIST_COLUMNS, true);
    expect(tracks.match(/minmax\([^)]*\)|\d+px/g)).toHaveLength(2 + LIST_COLUMNS.length);
    expect(least).toBeGreaterThan(tracksOf(USUAL_COLUMNS, true).least);
    expect(tracksOf([], false).tracks).toBe('minmax(170px, 1.5fr)');
  });
});
