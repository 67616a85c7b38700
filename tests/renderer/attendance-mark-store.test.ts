import { describe, expect, test } from 'vitest';
import type { Confirmed, SentMark } from '../../renderer/desktop/features/attendance/mark-store.ts';
import { MarkStore, Unanswered } from '../../renderer/desktop/features/attendance/mark-store.ts';

const AM = '2021-07-12-AM';
const PM = '2021-07-12-PM';

type Answer = readonly (Confirmed & { readonly personId: string })[];

/** An engine that answers when told to. */
function engine() {
  const calls: {
    halfDay: string;
    marks: SentMark[];
    answer(cells?: Answer): Promise<void>;
    refuse(message: string): Promise<void>;
    vanish(): Promise<void>;
  }[] = [];
  let written = 0;
  const store = new MarkStore((halfDay, marks) => {
    return new Promise<Answer>((resolve, reject) => {
      calls.push({
        halfDay,
        marks,
        async answer(cells) {
          resolve(cells ?? marks.map(({ personId, status }) => ({ personId, status, heads: [`v${++written}`], conflict: false })));
          await settled();
        },
        async vanish() {
          reject(new Unanswered());
          await settled();
        },
        async refuse(message) {
          reject(new Error(message));
          await settled();
        },
      });
    });
  });
  store.showPeople(['a', 'b', 'c']);
  return { store, calls };
}

async function settled(): Promise<void> {
  for (let i = 0; i < 10; i++) await Promise.resolve();
}

describe('a tap', () => {
  test('is painted at once and saved only when the engine has answered', async () => {
    const { store, calls } = engine();
    store.set([{ personId: 'a', halfDay: AM, status: 'late' }]);
    expect(store.cell('a', AM)).toEqual({ status: 'late', conflict: false, saved: false });
    expect(store.saving).toMatchObject({ waiting: 1, savedOnce: false });
    await calls[0]!.answer();
    expect(store.cell('a', AM)).toEqual({ status: 'late', conflict: false, saved: true });
    expect(store.saving).toMatchObject({ waiting: 0, savedOnce: true, failure: null });
  });

  test('that the engine refuses goes back to what is on disk, with the reason', async () => {
    const { store, calls } = engine();
    store.load([{ personId: 'a', halfDay: AM, status: 'present', heads: ['h'], conflict: false }], store.version);
    store.set([{ personId: 'a', halfDay: AM, status: 'absent' }]);
    await calls[0]!.refuse('The disk is full.');
    expect(store.cell('a', AM)).toEqual({ status: 'present', conflict: false, saved: true });
    expect(store.saving).toMatchObject({ waiting: 0, failure: 'The disk is full.', undoable: 0 });
    expect(store.counts(AM)).toMatchObject({ present: 1, absent: 0, notTaken: 2 });
  });

  test('that the engine refuses leaves what was done to the cell before to be taken back', async () => {
    const { store, calls } = engine();
    store.set([{ personId: 'a', halfDay: AM, status: 'late' }]);
    await calls[0]!.answer();
    store.set(['a', 'b'].map((personId) => ({ personId, halfDay: AM, status: 'absent' as const })));
    await calls[1]!.refuse('The disk is full.');
    expect(store.saving.undoable).toBe(1);
    expect(store.undo()).toBe(1);
    expect(store.cell('a', AM).status).toBe('notTaken');
  });

  test('twice on one cell supersedes the first tap and never conflicts with it', async () => {
    const { store, calls } = engine();
    store.set([{ personId: 'a', halfDay: AM, status: 'present' }]);
    store.set([{ personId: 'a', halfDay: AM, status: 'late' }]);
    expect(calls).toHaveLength(1);
    await calls[0]!.answer();
    expect(store.cell('a', AM)).toMatchObject({ status: 'late', saved: false });
    expect(calls[1]!.marks).toEqual([{ personId: 'a', status: 'late', seen: ['v1'] }]);
    await calls[1]!.answer();
    expect(store.cell('a', AM)).toMatchObject({ status: 'late', saved: true });
  });

  test('on several half-days is sent half-day by half-day', async () => {
    const { store, calls } = engine();
    store.set([
      { personId: 'a', halfDay: AM, status: 'absent' },
      { personId: 'a', halfDay: PM, status: 'absent' },
      { personId: 'b', halfDay: AM, status: 'absent' },
    ]);
    await calls[0]!.answer();
    await calls[1]!.answer();
    expect(calls.map(({ halfDay, marks }) => [halfDay, marks.map(({ personId }) => personId)])).toEqual([
      [AM, ['a', 'b']],
      [PM, ['a']],
    ]);
  });

  test('says nothing to the engine when it changes nothing, and settles a conflict when it confirms what is shown', async () => {
    const { store, calls } = engine();
    store.load(
      [
        { personId: 'a', halfDay: AM, status: 'present', heads: ['h'], conflict: false },
        { personId: 'b', halfDay: AM, status: 'late', heads: ['h1', 'h2'], conflict: true },
      ],
      store.version,
    );
    expect(store.set([{ personId: 'a', halfDay: AM, status: 'present' }])).toBe(0);
    expect(calls).toHaveLength(0);
    store.set([{ personId: 'b', halfDay: AM, status: 'late' }]);
    expect(calls[0]!.marks).toEqual([{ personId: 'b', status: 'late', seen: ['h1', 'h2'] }]);
  });
});

describe('a grid that arrives', () => {
  test('does not overwrite a tap that is on its way, nor one confirmed since it was asked for', async () => {
    const { store, calls } = engine();
    const askedAt = store.version;
    store.set([{ personId: 'a', halfDay: AM, status: 'late' }]);
    store.load([{ personId: 'a', halfDay: AM, status: 'present', heads: ['old'], conflict: false }], askedAt);
    expect(store.cell('a', AM).status).toBe('late');
    await calls[0]!.answer();
    store.load([{ personId: 'a', halfDay: AM, status: 'present', heads: ['old'], conflict: false }], askedAt);
    store.load([], askedAt);
    expect(store.cell('a', AM)).toEqual({ status: 'late', conflict: false, saved: true });
    store.load([{ personId: 'a', halfDay: AM, status: 'excused', heads: ['new'], conflict: false }], store.version);
    expect(store.cell('a', AM).status).toBe('excused');
    store.load([], store.version);
    expect(store.cell('a', AM).status).toBe('notTaken');
  });

  test('wakes only the cells and the half-days that changed', () => {
    const { store } = engine();
    const woken: string[] = [];
    store.subscribeCell('a', AM, () => woken.push('a'));
    store.subscribeCell('b', AM, () => woken.push('b'));
    store.subscribeCounts(AM, () => woken.push('AM'));
    store.subscribeCounts(PM, () => woken.push('PM'));
    const marks = [{ personId: 'a', halfDay: AM, status: 'present' as const, heads: ['h'], conflict: false }];
    store.load(marks, store.version);
    store.load(marks, store.version);
    expect(woken).toEqual(['a', 'AM']);
  });
});

describe('counts', () => {
  test('are of everybody registered and follow every tap', async () => {
    const { store } = engine();
    expect(store.counts(AM)).toMatchObject({ present: 0, notTaken: 3 });
    store.set([
      { personId: 'a', halfDay: AM, status: 'present' },
      { personId: 'b', halfDay: AM, status: 'late' },
    ]);
    expect(store.counts(AM)).toMatchObject({ present: 1, late: 1, notTaken: 1 });
    expect(store.counts(AM)).toBe(store.counts(AM));
    store.showPeople(['a']);
    expect(store.counts(AM)).toMatchObject({ present: 1, late: 0, notTaken: 0 });
  });
});

describe('undo', () => {
  test('takes a whole action back, but not what was marked differently since', async () => {
    const { store, calls } = engine();
    store.set(['a', 'b', 'c'].map((personId) => ({ personId, halfDay: AM, status: 'present' as const })));
    await calls[0]!.answer();
    expect(store.saving.undoable).toBe(3);
    store.load(
      [
        { personId: 'a', halfDay: AM, status: 'present', heads: ['v1'], conflict: false },
        { personId: 'b', halfDay: AM, status: 'present', heads: ['v2'], conflict: false },
        { personId: 'c', halfDay: AM, status: 'late', heads: ['from another laptop'], conflict: false },
      ],
      store.version,
    );
    expect(store.undo()).toBe(2);
    expect(['a', 'b', 'c'].map((personId) => store.cell(personId, AM).status)).toEqual(['notTaken', 'notTaken', 'late']);
    await calls[1]!.answer();
    expect(store.saving).toMatchObject({ waiting: 0, undoable: 0 });
    expect(store.undo()).toBe(0);
  });
});

describe('an engine that goes away', () => {
  test('costs no mark: what it did not answer is sent to the next one, and is not called saved before', async () => {
    const { store, calls } = engine();
    store.set([{ personId: 'a', halfDay: AM, status: 'late' }]);
    await calls[0]!.vanish();
    store.set([{ personId: 'b', halfDay: AM, status: 'present' }]);
    expect(calls).toHaveLength(1);
    expect(store.saving).toMatchObject({ waiting: 2, savedOnce: false, failure: null });
    store.load([], store.version);
    expect(calls[1]!.marks.map(({ personId, status }) => [personId, status])).toEqual([
      ['a', 'late'],
      ['b', 'present'],
    ]);
    await calls[1]!.answer();
    expect(store.cell('a', AM)).toEqual({ status: 'late', conflict: false, saved: true });
    expect(store.saving).toMatchObject({ waiting: 0, savedOnce: true });
  });

  test('and had written the mark: it is not written again, and the next mark supersedes it', async () => {
    const { store, calls } = engine();
    store.set([{ personId: 'a', halfDay: AM, status: 'late' }]);
    await calls[0]!.vanish();
    store.load([{ personId: 'a', halfDay: AM, status: 'late', heads: ['written'], conflict: false }], store.version);
    expect(calls).toHaveLength(1);
    expect(store.cell('a', AM)).toEqual({ status: 'late', conflict: false, saved: true });
    store.set([{ personId: 'a', halfDay: AM, status: 'absent' }]);
    expect(calls[1]!.marks).toEqual([{ personId: 'a', status: 'absent', seen: ['written'] }]);
  });

  test('and meanwhile another laptop marked the cell: that mark is not superseded unseen', async () => {
    const { store, calls } = engine();
    store.set([{ personId: 'a', halfDay: AM, status: 'late' }]);
    await calls[0]!.vanish();
    store.load([{ personId: 'a', halfDay: AM, status: 'absent', heads: ['elsewhere'], conflict: false }], store.version);
    expect(calls[1]!.marks).toEqual([{ personId: 'a', status: 'late', seen: [] }]);
  });
});
