import { describe, expect, it } from 'vitest';
import { newSeed, nodeClock, nodeHasher, nodeRandom, nodeVerifier, signerOf } from '../../../shared/node/crypto.ts';
import { changeSetsAfter } from '../../../shared/node/store/sqlite/change-log.ts';
import { checkStore } from '../../../shared/node/store/sqlite/backup/check.ts';
import { openStore } from '../../../shared/node/store/sqlite/opening/open-store.ts';
import { RUN } from '../../../shared/node/store/sqlite/signed-runs.ts';
import type { SqliteStore } from '../../../shared/node/store/sqlite/sqlite-store.ts';
import { decodeChangeSet, isSigned } from '../../../shared/sync/change-set.ts';
import { verifyAll } from '../../../shared/sync/vouching.ts';
import type { ChangeSet } from '../../../shared/sync/types.ts';

const signer = signerOf(newSeed());
const SPACE = 'workshop/w1/people';

function opened(): SqliteStore {
  const store = openStore({
    file: ':memory:',
    signer,
    clock: nodeClock,
    random: nodeRandom,
    hasher: nodeHasher,
    author: () => 'u',
    signs: 'runs',
  });
  if (!store.ok) throw new Error(store.refusal.code);
  return store.value;
}

function tap(store: SqliteStore, n: number, space = SPACE): void {
  store.commit([
    { space, writes: [{ entityType: 'mark', entityId: `${space} ${n % 7}`.replaceAll(' ', '-'), field: 'status', value: `value ${n}` }] },
  ]);
}

function held(store: SqliteStore): { changeSets: ChangeSet[]; signed: number[] } {
  const rows = store.spaces().flatMap((space) => changeSetsAfter(store.db, space, 0, 10_000));
  const changeSets = rows.map(({ bytes }) => {
    const read = decodeChangeSet(bytes, nodeHasher);
    if (!read.ok) throw new Error(read.refusal.code);
    return read.value;
  });
  return { changeSets, signed: rows.flatMap(({ bytes }, i) => (isSigned(bytes) ? [i] : [])) };
}

const verify = (changeSets: readonly ChangeSet[]): boolean =>
  verifyAll(changeSets, () => signer.publicKey, { hasher: nodeHasher, verifier: nodeVerifier() }).ok;

describe('a run of a chain', () => {
  it('is signed at its end before it leaves, and vouched for from there to its beginning', () => {
    const store = opened();
    for (let i = 0; i < 5; i++) tap(store, i);
    expect(held(store).signed).toEqual([]);
    expect(verify(held(store).changeSets)).toBe(false);
    store.signRuns();
    expect(held(store).signed).toEqual([4]);
    expect(verify(held(store).changeSets)).toBe(true);
    for (let i = 5; i < 8; i++) tap(store, i);
    store.signRuns();
    store.signRuns();
    expect(held(store).signed).toEqual([4, 7]);
    expect(verify(held(store).changeSets)).toBe(true);
    store.close();
  });

  it('is signed now and then where it is long, and in every space', () => {
    const store = opened();
    for (let i = 0; i < 3 * RUN.changeSets + 5; i++) tap(store, i);
    tap(store, 1, 'workshop/w1/plan');
    store.signRuns();
    const { signed, changeSets } = held(store);
    expect(signed).toEqual([
      RUN.changeSets - 1,
      2 * RUN.changeSets - 1,
      3 * RUN.changeSets - 1,
      3 * RUN.changeSets + 4,
      3 * RUN.changeSets + 5,
    ]);
    expect(verify(changeSets)).toBe(true);
    store.close();
  });

  it('that still waits for its signature is sound here, and nowhere else', async () => {
    const store = opened();
    for (let i = 0; i < 3; i++) tap(store, i);
    const check = (unsigned?: string): Promise<{ problems: readonly string[] }> =>
      checkStore(store.db, {
        hasher: nodeHasher,
        verifier: nodeVerifier(),
        keys: new Map([[store.replica, signer.publicKey]]),
        ...(unsigned && { unsigned }),
      });
    expect((await check(store.replica)).problems).toEqual([]);
    expect((await check()).problems.filter((problem) => problem.startsWith('unproven'))).toHaveLength(3);
    store.signRuns();
    expect((await check()).problems).toEqual([]);
    store.close();
  });
});
