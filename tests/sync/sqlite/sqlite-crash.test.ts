import { spawn } from 'node:child_process';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newSeed, nodeHasher, nodeVerifier, signerOf } from '../../../shared/node/crypto.ts';
import { checkStore } from '../../../shared/node/store/sqlite/backup/check.ts';
import { openLocalSettings } from '../../../shared/node/store/sqlite/local.ts';
import { type Db } from '../../../shared/node/store/sqlite/opening/open-database.ts';
import type { SqliteStore } from '../../../shared/node/store/sqlite/sqlite-store.ts';
import type { Changed } from '../../../shared/node/store/store.ts';
import { decodeChangeSet } from '../../../shared/sync/change-set.ts';
import type { ChangeSet } from '../../../shared/sync/types.ts';
import { openSqliteSubject } from '../../conformance/sqlite-subject.ts';
import { derived, makeFolder, put, SPACE, write, type Folder } from './sqlite-folder.ts';

let at: Folder;

beforeEach(() => {
  at = makeFolder();
});
afterEach(() => {
  at.end();
});

describe('a crash at any step (invariant 9)', () => {
  it('leaves the change-sets, registers, projections, cursor and settings of before or of after, never a mixture', () => {
    const source = at.open();
    for (const value of ['A', 'B', 'C']) put(source, write('familyName', value), write('status', value, 'm1', 'mark'));
    const before = logOf(source);
    const incoming = source.commit([{ space: SPACE, writes: [write('familyName', 'KONÉ'), write('status', 'late', 'm1', 'mark')] }]);
    let crashed = 0;
    for (let step = 1; ; step++) {
      const target = openSqliteSubject({ signer: signerOf(newSeed()), now: () => 1, clockTrust: () => 0, author: () => 'u' }).store;
      const settings = openLocalSettings(target);
      target.ingest(before);
      settings.set('cursor', 'before');
      const digest = target.digest();
      const shown = derived(target.db);
      const stop = failAt(target.db, step);
      let failed = false;
      try {
        target.ingest(incoming, () => settings.set('cursor', 'after'));
      } catch (error) {
        expect(String(error)).toContain('power cut');
        failed = true;
      }
      stop();
      if (failed) {
        crashed++;
        expect(target.digest()).toEqual(digest);
        expect(derived(target.db)).toBe(shown);
        expect(settings.get('cursor')).toBe('before');
        // And the next attempt goes through.
        target.ingest(incoming, () => settings.set('cursor', 'after'));
      }
      expect(target.digest()).toEqual(source.digest());
      expect(settings.get('cursor')).toBe('after');
      target.close();
      if (!failed) break;
    }
    expect(crashed).toBeGreaterThan(8);
  });

  it('of a commit leaves nothing of it, and its chain goes on without a hole', () => {
    for (let step = 1; ; step++) {
      const { store } = openSqliteSubject({ signer: signerOf(newSeed()), now: () => 1, clockTrust: () => 0, author: () => 'u' });
      put(store, write('familyName', 'A'));
      const stop = failAt(store.db, step);
      let failed = false;
      try {
        store.commit([
          { space: SPACE, writes: [write('familyName', 'B')] },
          { space: 'workshop/w1/plan', writes: [write('name', 'x', 'w1', 'activity')] },
        ]);
      } catch {
        failed = true;
      }
      stop();
      if (failed) {
        expect(store.reader.get('select familyName from participant')).toEqual({ familyName: 'A' });
        expect(store.spaces()).toEqual([SPACE]);
        put(store, write('familyName', 'C'));
      }
      expect(store.tips(SPACE)[0]?.seq).toBe(2);
      store.close();
      if (!failed) return;
    }
  });

  it('of the process loses nothing that was confirmed', async () => {
    const child = spawn(process.execPath, [path.join(import.meta.dirname, 'commit-until-killed.ts'), at.path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let confirmed = '';
    for await (const chunk of child.stdout) {
      confirmed += String(chunk);
      if (confirmed.split('\n').length > 200) break;
    }
    child.kill('SIGKILL');
    await new Promise((resolve) => {
      child.once('close', resolve);
    });
    const last = Number(confirmed.trim().split('\n').at(-1));
    const store = at.open();
    const { count } = store.reader.get<{ count: number }>('select count(*) as count from mark')!;
    expect(count).toBeGreaterThanOrEqual(Math.min(last, 50));
    expect(store.tips(SPACE)[0]!.seq).toBeGreaterThanOrEqual(last);
    expect(await checkStore(store.db, { hasher: nodeHasher, verifier: nodeVerifier() })).toMatchObject({ ok: true });
  });
});

describe('announcing', () => {
  it('happens once per transaction, after it, and not when it was undone', () => {
    const store = at.open();
    const heard: Changed[] = [];
    store.onChanged((changed) => heard.push(changed));
    store.transaction(() => {
      put(store, write('familyName', 'A'));
      put(store, write('status', 'late', 'm1', 'mark'));
      expect(heard).toEqual([]);
    });
    expect(heard).toEqual([
      { entities: new Set(['p1', 'm1']), entityTypes: new Set(['participant', 'mark']), spaces: new Set([SPACE]), received: false },
    ]);
    expect(() =>
      store.transaction(() => {
        put(store, write('familyName', 'B'));
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(heard).toHaveLength(1);
    expect(store.reader.get('select familyName from participant')).toEqual({ familyName: 'A' });
    put(store, write('familyName', 'C'));
    expect(heard).toHaveLength(2);
    expect(store.tips(SPACE)[0]?.seq).toBe(3);
  });
});

function logOf(store: SqliteStore): ChangeSet[] {
  return (store.db.prepare('select body from change_set order by feed').pluck().all() as Uint8Array[]).map((body) => {
    const read = decodeChangeSet(body, nodeHasher);
    if (!read.ok) throw new Error(read.refusal.code);
    return read.value;
  });
}

/** Lets the n-th statement that writes fail, as a disk would. Returns what undoes it. */
function failAt(db: Db, nth: number): () => void {
  const statement = Object.getPrototypeOf(db.prepare('select 1')) as { run: (...params: unknown[]) => unknown };
  const { run } = statement;
  let count = 0;
  statement.run = function failing(this: { readonly source: string }, ...params) {
    if (!/^\s*(begin|rollback|savepoint|release)/i.test(this.source) && ++count === nth) throw new Error('power cut');
    return run.apply(this, params);
  };
  return () => {
    statement.run = run;
  };
}
