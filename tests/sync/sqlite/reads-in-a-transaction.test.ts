import { afterEach, beforeEach, expect, it } from 'vitest';
import { deletion, restoration } from '../../../shared/node/store/deletion.ts';
import { quarantine, releaseClosed } from '../../../shared/node/store/sqlite/quarantine.ts';
import type { SqliteStore } from '../../../shared/node/store/sqlite/sqlite-store.ts';
import type { FieldValue, FieldWrite } from '../../../shared/sync/types.ts';
import { makeFolder, SPACE, write, type Folder } from './sqlite-folder.ts';

/** In a transaction an entity is read once, and what is read is what stands there all the same: whatever is written, undone or taken the effect of in it. */

let at: Folder;
let store: SqliteStore;

beforeEach(() => {
  at = makeFolder();
  store = at.open();
});
afterEach(() => at.end());

const commit = (...writes: FieldWrite[]) => store.commit([{ space: SPACE, writes }]);
const name = (): FieldValue[] => store.reader.heads('participant', 'p1', 'familyName').map(({ value }) => value);
const isLive = (): boolean => store.reader.isLive('participant', 'p1');

it('reads what the transaction has written', () => {
  store.transaction(() => {
    expect([name(), isLive()]).toEqual([[], false]);
    commit(write('familyName', 'Diop'));
    expect([name(), isLive()]).toEqual([['Diop'], true]);
    commit(...deletion(store.reader, 'participant', 'p1'));
    expect([name(), isLive()]).toEqual([['Diop'], false]);
    commit(...restoration(store.reader, 'participant', 'p1'));
    expect(isLive()).toBe(true);
  });
  expect([name(), isLive()]).toEqual([['Diop'], true]);
});

it('reads nothing of what was undone', () => {
  commit(write('familyName', 'Diop'));
  store.transaction(() => {
    expect(name()).toEqual(['Diop']);
    expect(() =>
      store.transaction(() => {
        commit(write('familyName', 'Fall'));
        expect(name()).toEqual(['Fall']);
        throw new Error('undone');
      }),
    ).toThrow('undone');
    expect(name()).toEqual(['Diop']);
  });
  expect(() =>
    store.transaction(() => {
      commit(write('familyName', 'Fall'));
      throw new Error('undone');
    }),
  ).toThrow('undone');
  expect(name()).toEqual(['Diop']);
});

it('reads what has no effect any more, and has it again, in the same transaction', () => {
  const [diop] = commit(write('familyName', 'Diop'));
  store.transaction(() => {
    expect(name()).toEqual(['Diop']);
    quarantine(store, SPACE, [diop!.hash], 'sync.notEntitled', 'closed');
    expect([name(), isLive()]).toEqual([[], false]);
    releaseClosed(store, SPACE);
    expect([name(), isLive()]).toEqual([['Diop'], true]);
  });
});
