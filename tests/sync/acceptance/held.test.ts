import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newSeed, nodeHasher, signerOf } from '../../../shared/node/crypto.ts';
import { changeSetsAfter } from '../../../shared/node/store/sqlite/change-log.ts';
import { countHeld, dropHeld, heldChains } from '../../../shared/node/store/sqlite/held.ts';
import { decodeChangeSet } from '../../../shared/sync/change-set.ts';
import { erasureWrites } from '../../../shared/sync/merge.ts';
import type { ChangeSet } from '../../../shared/sync/types.ts';
import { openSqliteSubject } from '../../conformance/sqlite-subject.ts';
import type { SqliteStore } from '../../../shared/node/store/sqlite/sqlite-store.ts';
import { runs } from '../seeds.ts';
import { SPACE, write } from '../sqlite/sqlite-folder.ts';

let one: SqliteStore;
let other: SqliteStore;
const open = (): SqliteStore =>
  openSqliteSubject({ signer: signerOf(newSeed()), now: () => 1, clockTrust: () => 0, author: () => 'user' }).store;

beforeEach(() => {
  one = open();
  other = open();
});
afterEach(() => {
  one.close();
  other.close();
});

function logOf(store: SqliteStore): ChangeSet[] {
  return store.spaces().flatMap((space) =>
    changeSetsAfter(store.db, space, 0, 1_000_000).map(({ bytes }) => {
      const decoded = decodeChangeSet(bytes, nodeHasher);
      if (!decoded.ok) throw new Error(decoded.refusal.code);
      return decoded.value;
    }),
  );
}

function name(store: SqliteStore): unknown {
  return store.reader.heads('participant', 'p1', 'familyName').map(({ value }) => value);
}

describe('change-sets that come before their ancestor', () => {
  it('are kept aside without effect, and applied when it comes by another way (invariant 5)', () => {
    for (const value of ['A', 'B', 'C', 'D']) one.commit([{ space: SPACE, writes: [write('familyName', value)] }]);
    const [a, b, c, d] = logOf(one);
    expect(other.receive([d!, c!, a!], 'stick-1')).toMatchObject({ applied: 1, held: 2, heldBefore: 0, missing: [] });
    expect(name(other)).toEqual(['A']);
    expect(other.receive([d!, c!, a!], 'stick-2')).toMatchObject({ applied: 0, known: 1, held: 0, heldBefore: 2 });
    expect(heldChains(other.db)).toEqual([{ space: SPACE, replica: one.replica, changeSets: 2, firstSeq: 3, source: 'stick-1' }]);
    // Nothing of them is passed on, and no digest knows them.
    expect(logOf(other)).toHaveLength(1);
    expect(other.ingest([b!])).toEqual({ applied: 1, known: 0, missing: [] });
    expect(countHeld(other.db)).toBe(0);
    expect(name(other)).toEqual(['D']);
    expect(other.digest()).toEqual(one.digest());
  });

  it('are not kept by who asks for the ancestor instead', () => {
    for (const value of ['A', 'B']) one.commit([{ space: SPACE, writes: [write('familyName', value)] }]);
    const [a, b] = logOf(one);
    expect(other.ingest([b!]).missing).toEqual([{ space: SPACE, replica: one.replica, prev: a!.hash }]);
    expect(countHeld(other.db)).toBe(0);
  });

  it('hold nothing of a person who was erased meanwhile (invariant 8)', () => {
    for (const value of ['A', 'KONÉ', 'MAÏGA']) one.commit([{ space: SPACE, writes: [write('familyName', value)] }]);
    const [a, b, c] = logOf(one);
    other.trustRulings([other.replica]);
    other.receive([a!, c!], 'stick');
    other.commit([{ space: SPACE, kind: 'erase', writes: erasureWrites('participant', 'p1') }]);
    const bodies = other.db.prepare('select body from held').pluck().all() as Uint8Array[];
    expect(Buffer.concat(bodies).includes('MAÏGA')).toBe(false);
    // What comes after the erasure is stripped before it is kept.
    one.commit([{ space: SPACE, writes: [write('familyName', 'TRAORÉ')] }]);
    other.receive([logOf(one)[3]!], 'stick');
    expect(Buffer.concat(other.db.prepare('select body from held').pluck().all() as Uint8Array[]).includes('TRAORÉ')).toBe(false);
    other.ingest([b!]);
    expect(countHeld(other.db)).toBe(0);
    expect(name(other)).toEqual([null]);
  });

  it('go with a space that may not be read any more, and with a transaction that is undone', () => {
    for (const value of ['A', 'B', 'C']) one.commit([{ space: SPACE, writes: [write('familyName', value)] }]);
    const [a, , c] = logOf(one);
    const alongside = (): void => {
      throw new Error('power cut');
    };
    expect(() => other.receive([c!], 'stick', { alongside })).toThrow('power cut');
    expect(countHeld(other.db)).toBe(0);
    other.receive([a!, c!], 'stick');
    dropHeld(other.db, SPACE);
    expect(countHeld(other.db)).toBe(0);
  });

  it('end in the same store whatever order and pieces they came in', () => {
    const third = open();
    for (let i = 0; i < 6; i++) {
      one.commit([{ space: SPACE, writes: [write('familyName', `N${i}`)] }]);
      third.commit([{ space: SPACE, writes: [write('givenName', `G${i}`, 'p2')] }]);
    }
    one.ingest(logOf(third));
    const all = logOf(one);
    const digest = one.digest();
    fc.assert(
      fc.property(
        fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
        fc.integer({ min: 1, max: all.length }),
        (order, size) => {
          const store = open();
          for (let at = 0; at < order.length; at += size) {
            store.receive(order.slice(at, at + size), 'stick');
            for (const { hash, header } of logOf(store))
              expect(header.prev === null || logOf(store).some((one) => one.hash === header.prev), hash).toBe(true);
          }
          expect(store.digest()).toEqual(digest);
          expect(countHeld(store.db)).toBe(0);
          expect(store.tips(SPACE)).toEqual(one.tips(SPACE));
          store.close();
        },
      ),
      runs(40),
    );
    third.close();
  });
});
