import { expect, it } from 'vitest';
import { planUndo, type WrittenPart } from '../../../shared/features/course/undo-taking.ts';
import type { WrittenValue } from '../../../shared/sync/register.ts';
import type { FieldValue } from '../../../shared/sync/types.ts';

/** How a taking is taken back, by what was written to each part. */

const written = (id: string, hash: string, field: string, value: FieldValue, supersedes: string[] = []): WrittenValue => ({
  ...{ id, hash, field, value, supersedes, index: 0, erased: false, effective: true, replica: 'r', author: '', t: 0, tq: 'ok' as never },
});
const part = (id: string, effective: WrittenValue[], type = 'session'): WrittenPart => ({
  ...{ type, id, effective },
  heads: (register) => {
    const of = effective.filter(({ field }) => field === register);
    return of.filter((one) => !of.some(({ supersedes }) => supersedes.includes(one.id)));
  },
});
const course = part('c', [written('c0', 'old', 'originHeads', { version: ['v1'] })], 'course');

it('gives each value way to the one before it, and none where there was none', () => {
  const session = part('s', [
    written('a', 'old', 'minutes', 60),
    written('b', 'taking', 'minutes', 75, ['a']),
    written('d', 'taking', 'title@pt', 'Novo'),
  ]);
  expect(planUndo([course, session], 'taking')).toEqual({
    ...{ undone: 2, left: 0, removed: [] },
    writes: [
      { entityType: 'session', entityId: 's', field: 'minutes', value: 60, supersedes: ['b'] },
      { entityType: 'session', entityId: 's', field: 'title@pt', value: null, supersedes: ['d'] },
    ],
  });
});

it('leaves what was written over since, and what has a second value beside it', () => {
  const session = part('s', [
    ...[written('a', 'taking', 'minutes', 75), written('b', 'mine', 'minutes', 80, ['a'])],
    ...[written('d', 'taking', 'title@pt', 'Novo'), written('e', 'other', 'title@pt', 'Outro')],
  ]);
  expect(planUndo([course, session], 'taking')).toEqual({ undone: 0, left: 2, writes: [], removed: [] });
});

it('removes what was brought, and marks it so that it is offered again', () => {
  const brought = part('n', [written('a', 'taking', 'title@en', 'New'), written('o', 'taking', 'origin', 'x')]);
  expect(planUndo([course, brought], 'taking')).toEqual({
    ...{ undone: 1, left: 0, removed: [{ type: 'session', id: 'n' }] },
    writes: [{ entityType: 'course', entityId: 'c', field: 'originHeads', value: { version: ['v1'], 'n/': [] }, supersedes: ['c0'] }],
  });
});

it('leaves what was brought and worked on since', () => {
  const worked = part('n', [
    written('a', 'taking', 'title@en', 'New'),
    written('o', 'taking', 'origin', 'x'),
    written('m', 'mine', 'title@pt', 'Meu'),
  ]);
  expect(planUndo([course, worked], 'taking')).toEqual({ undone: 0, left: 1, writes: [], removed: [] });
  const again = part('n', [
    ...[written('a0', 'first', 'title@en', 'New'), written('o0', 'first', 'origin', 'x')],
    ...[written('a', 'taking', 'title@en', 'New', ['a0']), written('o', 'taking', 'origin', 'x', ['o0'])],
  ]);
  expect(planUndo([course, again], 'taking')).toMatchObject({ undone: 1, left: 0, removed: [{ id: 'n' }] });
});

it('brings back what was removed, and removes what was brought back', () => {
  const gone = part('g', [written('a', 'old', 'minutes', 60), written('d', 'taking', '_deleted', true, ['a'])]);
  expect(planUndo([course, gone], 'taking').writes).toEqual([
    { entityType: 'session', entityId: 'g', field: '_deleted', value: false, supersedes: ['d'] },
  ]);
  const back = part('b', [written('d', 'old', '_deleted', true), written('e', 'taking', '_deleted', false, ['d'])]);
  expect(planUndo([course, back], 'taking')).toEqual({ undone: 1, left: 0, writes: [], removed: [{ type: 'session', id: 'b' }] });
});
