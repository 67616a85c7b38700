import { beforeEach, describe, expect, it } from 'vitest';
import { newSeed, nodeHasher, signerOf } from '../../shared/node/crypto.ts';
import { MOST_SIDE_BY_SIDE } from '../../shared/sync/accept.ts';
import { sealChangeSet } from '../../shared/sync/change-set.ts';
import type { ChangeSet, Op } from '../../shared/sync/types.ts';
import type { Subject } from './subject.ts';
import { SPACE, PERSON, write, put, shown, give, decoded, held, type Stores } from './suite-ground.ts';

/** How every store takes in what others wrote. */
export function ingestSuite(stores: Stores): void {
  const { openOne, signers } = stores;

  describe('taking in', () => {
    let one: Subject;
    let other: Subject;
    beforeEach(() => {
      ({ one, other } = stores);
    });

    it('knows what it has, and names what is missing instead of applying with a hole', async () => {
      await put(one, write('familyName', 'A'));
      await put(one, write('familyName', 'B'));
      await put(one, write('familyName', 'C'));
      const [a, b, c] = await held(one);
      expect(await other.ingest([c!, a!])).toEqual({
        applied: 1,
        known: 0,
        missing: [{ space: SPACE, replica: one.replica, prev: b!.hash }],
      });
      expect(await shown(other, 'familyName')).toEqual(['A']);
      expect(await other.ingest([c!, b!, a!])).toEqual({ applied: 2, known: 1, missing: [] });
      expect(await other.digest()).toEqual(await one.digest());
      expect(await other.ingest(await held(one))).toEqual({ applied: 0, known: 3, missing: [] });
    });

    it('keeps both branches of a forked chain', async () => {
      const clone = await openOne(signers[0]);
      await put(one, write('familyName', 'A'));
      await give(one, clone);
      await put(one, write('familyName', 'B'));
      await put(clone, write('familyName', 'C'));
      await give(one, other);
      await give(clone, other);
      expect(await other.tips(SPACE)).toHaveLength(2);
      expect(new Set(await shown(other, 'familyName'))).toEqual(new Set(['B', 'C']));
      await give(other, one);
      await put(one, write('givenName', 'Awa'));
      await give(one, other);
      expect(await other.tips(SPACE)).toHaveLength(2);
      expect(await other.digest()).toEqual(await one.digest());
      const [tip] = await clone.tips(SPACE);
      const lacking = await other.beyond(SPACE, [tip!]);
      await clone.ingest(lacking.map(decoded));
      expect(await clone.digest()).toEqual(await one.digest());
    });

    it('gives no effect to what one author piles up on a register, in whatever parts it comes, and leaves alone what others write', async () => {
      const hostile = await openOne(signers[0]);
      const piled: ChangeSet[] = [];
      for (let part = 0; part < 5; part++) {
        const header = { version: 1, space: SPACE, replica: hostile.replica, t: 0, tq: 0, schema: 1, author: 'u', kind: 'data' } as const;
        const before = piled.at(-1);
        const ops = Array.from({ length: part === 2 ? 400 : 300 }, (_, i): Op => ({
          entityType: PERSON[0],
          entityId: PERSON[1],
          field: i % 300 === 299 ? 'givenName' : 'familyName',
          // The fourth is written over the first.
          supersedes: part === 3 ? [`${piled[0]!.hash}:${i}`] : [],
          content: { form: 'erasable', value: `v${part}-${i}`, salt: 'ab'.repeat(16) },
        }));
        piled.push(sealChangeSet({ ...header, seq: part + 1, prev: before?.hash ?? null }, ops, signers[0], nodeHasher));
      }
      const theirs = (await put(other, write('familyName', 'KONÉ')))[0]!;
      const theirsAfter = (await put(other, write('familyName', 'MAÏGA')))[0]!;
      const kept: unknown[] = [];
      for (const parts of [[5], [1, 1, 1, 1, 1], [2, 3], [3, 2]]) {
        const store = await openOne(signerOf(newSeed()));
        await store.trustRulings([store.replica]);
        const beyond: string[] = [];
        await store.ingestJudged([theirs]);
        for (let at = 0; at < parts.length; at++) {
          const from = parts.slice(0, at).reduce((sum, part) => sum + part, 0);
          beyond.push(...(await store.ingestJudged(piled.slice(from, from + parts[at]!))));
        }
        await store.ingestJudged([theirsAfter]);
        // The first three leave 997 family names, and the fourth as many.
        expect(beyond).toEqual([piled[4]!.hash]);
        const heads = await store.heads(...PERSON, 'familyName');
        expect(heads.filter(({ replica }) => replica === hostile.replica).length).toBeLessThanOrEqual(MOST_SIDE_BY_SIDE);
        expect(heads.filter(({ replica }) => replica === other.replica).map(({ value }) => value)).toEqual(['MAÏGA']);
        kept.push(heads.map(({ id }) => id).sort());
      }
      for (const one of kept) expect(one).toEqual(kept[0]);
    });

    it('undoes everything when what goes alongside fails (invariant 9)', async () => {
      await put(one, write('familyName', 'A'));
      const all = await held(one);
      const failing = (): void => {
        throw new Error('power cut');
      };
      await expect((async () => other.ingest(all, failing))()).rejects.toThrow('power cut');
      expect(await other.spaces()).toEqual([]);
      expect(await shown(other, 'familyName')).toEqual([]);
      expect(await other.ingest(all)).toMatchObject({ applied: 1 });
    });

    it('numbers what it accepts, every change-set after the one it names', async () => {
      for (const value of ['A', 'B', 'C', 'D']) await put(one, write('familyName', value));
      await other.ingest((await held(one)).toReversed());
      const rows = await other.after(SPACE, 0, 100);
      expect(rows.map((row) => decoded(row.bytes).header.seq)).toEqual([1, 2, 3, 4]);
      expect(await other.after(SPACE, rows[1]!.feed, 1)).toEqual([rows[2]]);
      expect(await other.after(SPACE, rows[3]!.feed, 100)).toEqual([]);
    });

    it('gives a peer what its tips say it lacks', async () => {
      for (const value of ['A', 'B', 'C']) await put(one, write('familyName', value));
      const [, second] = await held(one);
      const lacking = await one.beyond(SPACE, [{ replica: one.replica, seq: 2, hash: second!.hash }]);
      expect(lacking.map((bytes) => decoded(bytes).header.seq)).toEqual([3]);
      expect(await one.beyond(SPACE, await one.tips(SPACE))).toEqual([]);
      expect(await one.beyond(SPACE, [])).toHaveLength(3);
    });
  });
}
