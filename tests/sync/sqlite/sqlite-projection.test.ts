import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeHasher, nodeVerifier } from '../../../shared/node/crypto.ts';
import { deletion, restoration } from '../../../shared/node/store/deletion.ts';
import { checkStore } from '../../../shared/node/store/sqlite/backup/check.ts';
import { erasureWrites } from '../../../shared/sync/merge.ts';
import { openSqliteSubject } from '../../conformance/sqlite-subject.ts';
import { runs } from '../seeds.ts';
import { history, holdings, play, settle } from '../world.ts';
import type { FieldValue, FieldWrite } from '../../../shared/sync/types.ts';
import { derived, makeFolder, put, SPACE, write, type Folder } from './sqlite-folder.ts';

let at: Folder;

beforeEach(() => {
  at = makeFolder();
});
afterEach(() => {
  at.end();
});

describe('a projection', () => {
  it('rebuilt from nothing equals the incremental one (invariant 15)', () =>
    fc.assert(
      fc.asyncProperty(history, async (steps) => {
        const world = await play(steps, (one) => openSqliteSubject(one));
        for (const replica of world.replicas) {
          const { store } = replica as ReturnType<typeof openSqliteSubject>;
          const before = derived(store.db);
          store.rebuildProjections();
          expect(derived(store.db)).toBe(before);
        }
        await settle(world);
        for (const replica of world.replicas) {
          const { store } = replica as ReturnType<typeof openSqliteSubject>;
          const before = derived(store.db);
          const digest = store.digest();
          store.rebuildProjections();
          expect(derived(store.db)).toBe(before);
          expect(store.digest()).toEqual(digest);
          const checked = await checkStore(store.db, { hasher: nodeHasher, verifier: nodeVerifier() });
          expect(checked).toEqual({ ok: true, problems: [], changeSets: (await holdings(replica)).length });
        }
        await world.close();
      }),
      runs(20),
    ));

  it('shows the values as the model says, and nothing of what does not fit it', () => {
    const store = at.open();
    store.commit([
      {
        space: 'workshop/w1/plan',
        writes: [
          write('title@fr', 'Séminaire', 'w1', 'activity'),
          write('title@pt', 'Seminário', 'w1', 'activity'),
          write('countries', ['CI', 'SN'], 'w1', 'activity'),
          write('dateTbc', true, 'w1', 'activity'),
          write('start', 5, 'w1', 'activity'),
          write('holograms', 'many', 'w1', 'activity'),
        ],
      },
    ]);
    expect(store.reader.get('select * from activity')).toMatchObject({
      id: 'w1',
      space: 'workshop/w1/plan',
      title: '{"fr":"Séminaire","pt":"Seminário"}',
      countries: '["CI","SN"]',
      dateTbc: 1,
      start: null,
      name: null,
      live: 1,
      flagged: 0,
      conflicts: 0,
    });
    expect(store.reader.heads('activity', 'w1', 'start')[0]?.value).toBe(5);
    expect(store.reader.heads('activity', 'w1', 'holograms')[0]?.value).toBe('many');
  });

  it('follows every write to an entity that is there', () => {
    const store = at.open();
    const change = (field: string, value: FieldValue): FieldWrite => write(field, value, 'w1', 'activity');
    const row = (columns: string): unknown => store.reader.get(`select ${columns} from activity`);
    const commit = (...writes: readonly FieldWrite[]): unknown => store.commit([{ space: 'workshop/w1/plan', writes }]);
    commit(change('title@fr', 'Un'), change('countries', ['CI']));
    commit(change('title@fr', 'Deux'), change('title@es', 'Dos'));
    expect(row('title')).toEqual({ title: '{"es":"Dos","fr":"Deux"}' });
    commit(change('countries', 'CI'), change('languages', [7]), change('name', 'x'));
    expect(row('countries, languages, name')).toEqual({ countries: null, languages: null, name: 'x' });
    commit(...deletion(store.reader, 'activity', 'w1'));
    expect(row('live, flagged')).toEqual({ live: 0, flagged: 0 });
    commit(change('name', 'y'));
    expect(row('live, flagged, name')).toEqual({ live: 1, flagged: 1, name: 'y' });
    commit(...deletion(store.reader, 'activity', 'w1'));
    expect(row('live, flagged')).toEqual({ live: 0, flagged: 0 });
    commit(...restoration(store.reader, 'activity', 'w1'));
    expect(row('live, flagged')).toEqual({ live: 1, flagged: 0 });
  });

  it('names what cannot be read for as long as it stands', () => {
    const store = at.open();
    const change = (field: string, value: FieldValue): FieldWrite => write(field, value, 'w1', 'activity');
    const commit = (...writes: readonly FieldWrite[]): unknown => store.commit([{ space: 'workshop/w1/plan', writes }]);
    const named = (): unknown => store.reader.get('select unreadable from activity');
    commit(change('title@fr', 'Un'), change('start', '2021-07-12'));
    expect(named()).toEqual({ unreadable: null });
    commit(change('start', 5));
    commit(change('countries', 'CI'));
    expect(named()).toEqual({ unreadable: '["countries","start"]' });
    commit(change('start', '2021-07-13'));
    expect(named()).toEqual({ unreadable: '["countries"]' });
    commit(change('countries', ['CI']));
    expect(named()).toEqual({ unreadable: null });
  });

  it('counts the conflicts that a person settles, and shows one value meanwhile', () => {
    const store = at.open();
    put(store, write('status', 'present', 'm1', 'mark'), write('method', 'list', 'm1', 'mark'));
    put(
      store,
      { ...write('status', 'absent', 'm1', 'mark'), supersedes: [] },
      { ...write('method', 'paper', 'm1', 'mark'), supersedes: [] },
    );
    const heads = store.reader.heads('mark', 'm1', 'status');
    const [method] = store.reader.heads('mark', 'm1', 'method');
    expect(heads).toHaveLength(2);
    const shown = { status: heads[0]!.value, method: method!.value, conflicts: 1 };
    expect(store.reader.get('select status, method, conflicts from mark')).toEqual(shown);
    expect(store.reader.headsWhere('mark', 'status', 'id = ?', 'm1')).toEqual(new Map([['m1', heads]]));
    put(store, { ...write('status', 'absent', 'm1', 'mark'), supersedes: heads.map((head) => head.id) });
    expect(store.reader.get('select status, conflicts from mark')).toEqual({ status: 'absent', conflicts: 0 });
  });

  it('is searched without accents, apostrophes and case, and not when deleted', () => {
    const store = at.open();
    put(store, write('familyName', "N'GUESSAN"), write('givenName', 'Đorđe'));
    const find = (text: string): unknown =>
      store.reader.get('select s.id from search f join searchable s on s.rowid = f.rowid where search match ?', text);
    for (const text of ['guessan', 'nguessan', 'djordje OR dorde', 'NGUESSAN']) expect(find(text)).toEqual({ id: 'p1' });
    put(store, ...deletion(store.reader, 'participant', 'p1'));
    expect(find('guessan')).toBeUndefined();
    expect(store.reader.get('select live, flagged from participant')).toEqual({ live: 0, flagged: 0 });
    put(store, ...restoration(store.reader, 'participant', 'p1'));
    expect(find('guessan')).toEqual({ id: 'p1' });
  });

  it('forgets what was erased here, and so does the file (invariant 8)', () => {
    const store = at.open();
    store.trustRulings([store.replica]);
    put(store, write('familyName', 'KONÉ-SECRET'), write('activityId', '00000000-0000-4000-8000-000000000001'));
    put(store, write('familyName', 'MAÏGA-SECRET'));
    store.commit([{ space: SPACE, kind: 'erase', writes: erasureWrites('participant', 'p1') }]);
    expect(store.reader.get('select familyName, activityId from participant')).toEqual({
      familyName: null,
      activityId: 'w1',
    });
    expect(store.reader.all('select * from searchable')).toEqual([]);
    expect(store.reader.history('p1', 'familyName').map(({ value, erased }) => [value, erased])).toEqual([
      [null, true],
      [null, true],
    ]);
    at.close(store);
    for (const name of readdirSync(at.path)) {
      const bytes = readFileSync(path.join(at.path, name));
      expect(bytes.includes('SECRET')).toBe(false);
      expect(bytes.includes('secret')).toBe(false);
    }
  });

  it('is filled anew when the model has another shape', () => {
    const store = at.open();
    put(store, write('familyName', 'KONÉ'));
    store.db.prepare("update meta set value = '[[\"participant\",[]]]' where key = 'projections'").run();
    at.close(store);
    expect(at.open().reader.get('select familyName from participant')).toEqual({ familyName: 'KONÉ' });
  });
});

describe('a record of a workshop', () => {
  it('is of the workshop of its space, whatever it says', () => {
    const store = at.open();
    const own = 'workshop/w1/people';
    for (const [id, said] of [
      ['p1', 'w1'],
      ['p2', 'w2'],
      ['p3', 7],
      ['p4', undefined],
    ] as const) {
      const writes = [write('familyName', id, id, 'participant')];
      if (said !== undefined) writes.push(write('activityId', said, id, 'participant'));
      store.commit([{ space: own, writes }]);
    }
    store.commit([{ space: 'library', writes: [write('activityId', 'w1', 'm1', 'material')] }]);
    const of = (activityId: string): unknown[] =>
      store.reader
        .all<{ id: string }>(
          'select id from participant where activityId = ? union all select id from material where activityId = ?',
          activityId,
          activityId,
        )
        .map(({ id }) => id);
    expect(of('w1')).toEqual(['p1', 'p2', 'p3', 'p4']);
    expect(of('w2')).toEqual([]);
    // The field came last, or was ruled out: what else stands of it has it there.
    store.commit([{ space: own, writes: [write('familyName', 'p5', 'p5', 'participant')] }]);
    store.commit([{ space: own, writes: [write('activityId', 'w1', 'p5', 'participant')] }]);
    const all = ['p1', 'p2', 'p3', 'p4', 'p5'];
    expect(of('w1')).toEqual(all);
    store.rebuildProjections();
    expect(of('w1')).toEqual(all);
  });
});
