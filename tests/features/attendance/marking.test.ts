import { describe, expect, it } from 'vitest';
import { cellShown, showsAlready } from '../../../shared/features/attendance/cells.ts';
import { markWrites, type NewMark } from '../../../shared/features/attendance/marking.ts';
import { markId, type MarkedCell } from '../../../shared/model/derivations.ts';
import { nodeHasher } from '../../../shared/node/crypto.ts';
import type { FieldValue, Head } from '../../../shared/sync/types.ts';

const CELL: MarkedCell = {
  activityId: '11111111-1111-7111-8111-111111111111',
  halfDay: '2026-03-02-AM',
  personId: '22222222-2222-4222-8222-222222222222',
};
const ID = markId(nodeHasher, CELL);
const tap = (status: NewMark['status'], seen?: readonly string[]): NewMark => ({
  ...CELL,
  status,
  method: 'list',
  happenedAt: '2026-03-02T08:30:00.000Z',
  seen,
});
const head = (id: string, value: FieldValue): Head => ({ id, value, erased: false, replica: 'r', author: 'a', t: 1, tq: 0 });
const standing = (...values: FieldValue[]) => ({ id: ID, heads: values.map((value, index) => head(`v${index}`, value)), removal: [] });
const gone = (...values: FieldValue[]) => ({ ...standing(...values), removal: [head('d0', true)] });

describe('the id of a mark', () => {
  it('follows from its cell alone, the same on every laptop, and is another in every other cell', () => {
    expect(markId(nodeHasher, { ...CELL })).toBe(ID);
    const others: MarkedCell[] = [
      { ...CELL, halfDay: '2026-03-02-PM' },
      { ...CELL, personId: CELL.activityId },
      { ...CELL, activityId: CELL.personId },
    ];
    expect(new Set([ID, ...others.map((cell) => markId(nodeHasher, cell))]).size).toBe(4);
  });
});

describe('a tap', () => {
  it('writes the mark whole, over what the screen showed', () => {
    const written = markWrites(tap('late', ['v0']), standing('present', 'absent'));
    expect(Object.fromEntries(written.map(({ field, value }) => [field, value]))).toEqual({
      ...CELL,
      status: 'late',
      method: 'list',
      happenedAt: '2026-03-02T08:30:00.000Z',
    });
    expect(written.every(({ entityType, entityId }) => entityType === 'mark' && entityId === ID)).toBe(true);
    expect(written.find(({ field }) => field === 'status')?.supersedes).toEqual(['v0']);
  });

  it('writes nothing where the cell shows that already', () => {
    expect(markWrites(tap('present'), standing('present'))).toEqual([]);
    expect(markWrites(tap('notTaken'), standing())).toEqual([]);
    expect(markWrites(tap('notTaken'), standing('notTaken'))).toEqual([]);
    // Two laptops marked alike: one status, no conflict.
    expect(markWrites(tap('present'), standing('present', 'present'))).toEqual([]);
    // A newer program's status shows as not taken, and is not written over by a tap that changes nothing on screen.
    expect(markWrites(tap('notTaken'), standing('onCall'))).toEqual([]);
  });

  it('settles a conflict even by the status that shows', () => {
    expect(markWrites(tap('present', ['v0', 'v1']), standing('present', 'absent'))).not.toEqual([]);
  });

  it('brings a mark back that was let go, whatever it was, and leaves it where nothing is tapped', () => {
    const back = markWrites(tap('present'), gone('present', 'late'));
    expect(back).toContainEqual({ entityType: 'mark', entityId: ID, field: '_deleted', value: false, supersedes: ['d0'] });
    expect(back.find(({ field }) => field === 'status')).toMatchObject({ value: 'present', supersedes: ['v0', 'v1'] });
    expect(markWrites(tap('notTaken'), gone('present'))).toEqual([]);
  });
});

it('the window and the engine ask one rule', () => {
  expect(showsAlready({ status: 'late', conflict: false }, 'late')).toBe(true);
  expect(showsAlready({ status: 'late', conflict: true }, 'late')).toBe(false);
  expect(showsAlready({ status: 'late', conflict: false }, 'notTaken')).toBe(false);
  expect(cellShown([head('a', 'late'), head('b', 'late')])).toEqual({ status: 'late', conflict: false, unreadable: false });
  expect(cellShown([])).toEqual({ status: 'notTaken', conflict: false, unreadable: false });
  expect(cellShown([head('a', 'onTheMoon' as never)])).toEqual({ status: 'notTaken', conflict: false, unreadable: true });
});
