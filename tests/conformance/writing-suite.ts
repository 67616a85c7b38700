import { beforeEach, describe, expect, it } from 'vitest';
import { nodeHasher, nodeVerifier } from '../../shared/node/crypto.ts';
import { verifyChangeSet } from '../../shared/sync/change-set.ts';
import { inConflict } from '../../shared/sync/register.ts';
import type { FieldValue, FieldWrite } from '../../shared/sync/types.ts';
import type { Subject } from './subject.ts';
import { SPACE, PERSON, write, put, shown, give, del, restore, type Stores } from './suite-ground.ts';

/** What every store does with writes of its own: chains, conflicts, deletions. */
export function writingSuite(stores: Stores): void {
  const { signers } = stores;

  describe('committing', () => {
    let one: Subject;
    beforeEach(() => {
      ({ one } = stores);
    });

    it('seals a verifiable chain', async () => {
      const [first] = await put(one, write('familyName', 'KONÉ'));
      const [second] = await put(one, write('familyName', 'MAÏGA'));
      expect(first!.header).toMatchObject({
        space: SPACE,
        replica: one.replica,
        seq: 1,
        prev: null,
        author: 'somebody',
        kind: 'data',
        tq: 0,
      });
      expect(second!.header).toMatchObject({ seq: 2, prev: first!.hash });
      for (const changeSet of [first!, second!])
        expect(verifyChangeSet(changeSet, signers[0].publicKey, nodeVerifier(), nodeHasher)).toBe(true);
      expect(await one.tips(SPACE)).toEqual([{ replica: one.replica, seq: 2, hash: second!.hash }]);
      expect(await one.spaces()).toEqual([SPACE]);
    });

    it('supersedes the heads when the write does not say what was seen, and nothing else', async () => {
      const [first] = await put(one, write('familyName', 'KONÉ'), write('givenName', 'Awa'));
      const [second] = await put(one, write('familyName', 'MAÏGA'));
      expect(second!.ops.map((op) => op.supersedes)).toEqual([[`${first!.hash}:0`]]);
      expect(await shown(one, 'familyName')).toEqual(['MAÏGA']);
      expect(await shown(one, 'givenName')).toEqual(['Awa']);
    });

    it('tells the history of one type where that is asked for, whatever else was written under the id', async () => {
      await put(one, write('country', 'ML'));
      await put(one, write('country', 'CI'));
      await put(one, { entityType: 'lodging', entityId: PERSON[1], field: 'country', value: 'GH' });
      const told = async (type?: string) => (await one.history(PERSON[1], 'country', type)).map(({ value, current }) => [value, current]);
      expect(await told(PERSON[0])).toEqual([
        ['CI', true],
        ['ML', false],
      ]);
      expect(await told('lodging')).toEqual([['GH', true]]);
      expect(await told('material')).toEqual([]);
      expect(new Set((await told()).map(([value]) => value))).toEqual(new Set(['CI', 'GH', 'ML']));
    });

    it('leaves out what changes nothing', async () => {
      await put(one, write('familyName', 'KONÉ'));
      expect(await put(one, write('familyName', 'KONÉ'))).toEqual([]);
      expect(await one.commit([])).toEqual([]);
      const [changeSet] = await put(one, write('familyName', 'KONÉ'), write('givenName', 'Awa'));
      expect(changeSet!.ops.map((op) => op.field)).toEqual(['givenName']);
    });

    it('takes the later of two writes to one register', async () => {
      const [changeSet] = await put(one, write('familyName', 'KONÉ'), write('familyName', 'MAÏGA'));
      expect(changeSet!.ops).toHaveLength(1);
      expect(await shown(one, 'familyName')).toEqual(['MAÏGA']);
    });

    it('keeps several requests or none', async () => {
      const good = { space: SPACE, writes: [write('familyName', 'KONÉ')] };
      const bad = { space: SPACE, writes: [write('given name', 'Awa')] };
      await expect((async () => one.commit([good, bad]))()).rejects.toThrow(RangeError);
      expect(await one.spaces()).toEqual([]);
      expect(await shown(one, 'familyName')).toEqual([]);
      await put(one, write('familyName', 'MAÏGA'));
      expect((await one.tips(SPACE))[0]).toMatchObject({ seq: 1 });
    });

    it('seals a long import as several change-sets, entities whole', async () => {
      const writes = Array.from({ length: 900 }, (_, i): FieldWrite => ({
        entityType: 'participant',
        entityId: `p${Math.floor(i / 3)}`,
        field: ['familyName', 'givenName', 'country'][i % 3]!,
        value: 'x',
      }));
      const made = await one.commit([{ space: SPACE, writes }]);
      expect(made.length).toBeGreaterThan(1);
      expect(made.flatMap((changeSet) => changeSet.ops)).toHaveLength(900);
      for (const { ops } of made) expect(ops.length % 3).toBe(0);
    });

    it('refuses to write an answer sheet twice, and lets it be corrected by another', async () => {
      const sheet = (entityId: string, value: FieldValue): FieldWrite => ({ entityType: 'sheet', entityId, field: 'answers', value });
      await one.commit([{ space: 'workshop/w1/answers', writes: [sheet('s1', { q: 'a' })] }]);
      await expect((async () => one.commit([{ space: 'workshop/w1/answers', writes: [sheet('s1', { q: 'b' })] }]))()).rejects.toThrow(
        /once/,
      );
      expect(await one.commit([{ space: 'workshop/w1/answers', writes: [sheet('s1', { q: 'a' })] }])).toEqual([]);
    });

    it('seals a day alone where the request says so', async () => {
      const [changeSet] = await one.commit([{ space: SPACE, t: 86_400_000, writes: [write('familyName', 'X')] }]);
      expect(changeSet!.header.t).toBe(86_400_000);
    });
  });

  describe('conflicts', () => {
    let one: Subject;
    let other: Subject;
    beforeEach(() => {
      ({ one, other } = stores);
    });

    it('keeps both values, shows the same one everywhere, and settles for good (journey 8)', async () => {
      await put(one, write('familyName', 'KONÉ'));
      await give(one, other);
      await put(one, write('familyName', 'MAÏGA'));
      await put(other, write('familyName', "N'GUESSAN"));
      await give(one, other);
      await give(other, one);
      const heads = await one.heads(...PERSON, 'familyName');
      expect(heads).toEqual(await other.heads(...PERSON, 'familyName'));
      expect(heads.map((head) => head.value)).toEqual(["N'GUESSAN", 'MAÏGA']);
      expect(inConflict(heads)).toBe(true);
      await put(
        one,
        write(
          'familyName',
          'MAÏGA',
          heads.map((head) => head.id),
        ),
      );
      await give(one, other);
      expect(await shown(other, 'familyName')).toEqual(['MAÏGA']);
      const digest = await one.digest();
      await give(other, one);
      expect(await one.digest()).toEqual(digest);
      expect((await other.history(PERSON[1], 'familyName')).map(({ value, current }) => [value, current])).toEqual([
        ['MAÏGA', true],
        ["N'GUESSAN", false],
        ['MAÏGA', false],
        ['KONÉ', false],
      ]);
    });

    it('is none where two wrote the same, or two fields of one person', async () => {
      await put(one, write('familyName', 'KONÉ'), write('sex', 'f'));
      await put(other, write('familyName', 'KONÉ'), write('country', 'CI'));
      await give(one, other);
      expect(inConflict(await other.heads(...PERSON, 'familyName'))).toBe(false);
      expect(await shown(other, 'sex')).toEqual(['f']);
      expect(await shown(other, 'country')).toEqual(['CI']);
    });

    it('arises where a form was opened before another change came in', async () => {
      await put(one, write('familyName', 'KONÉ'));
      const onScreen = (await one.heads(...PERSON, 'familyName')).map((head) => head.id);
      await give(one, other);
      await put(other, write('familyName', 'MAÏGA'));
      await give(other, one);
      await put(one, write('familyName', 'TRAORE', onScreen));
      expect(new Set(await shown(one, 'familyName'))).toEqual(new Set(['MAÏGA', 'TRAORE']));
    });
  });

  describe('deleting', () => {
    let one: Subject;
    let other: Subject;
    beforeEach(() => {
      ({ one, other } = stores);
    });

    it('hides, and restoring shows what was there', async () => {
      await put(one, write('familyName', 'KONÉ'));
      await put(one, ...(await del(one)));
      expect(await one.liveness(...PERSON)).toEqual({ live: false, flagged: false });
      expect(await del(one)).not.toEqual([]);
      expect(await put(one, ...(await del(one)))).toEqual([]);
      await put(one, ...(await restore(one)));
      expect(await one.liveness(...PERSON)).toEqual({ live: true, flagged: false });
      expect(await shown(one, 'familyName')).toEqual(['KONÉ']);
    });

    it('leaves visible and flagged what its author had not seen, until it is deleted again', async () => {
      await put(one, write('familyName', 'KONÉ'));
      await give(one, other);
      await put(one, ...(await del(one)));
      await put(other, write('institution', 'CNJ'));
      await give(other, one);
      await give(one, other);
      for (const subject of [one, other]) expect(await subject.liveness(...PERSON)).toEqual({ live: true, flagged: true });
      await put(other, ...(await del(other)));
      await give(other, one);
      for (const subject of [one, other]) expect(await subject.liveness(...PERSON)).toEqual({ live: false, flagged: false });
    });

    it('and restoring apart leaves it visible and flagged', async () => {
      await put(one, write('familyName', 'KONÉ'));
      await put(one, ...(await del(one)));
      await give(one, other);
      await put(one, ...(await restore(one)));
      await put(one, ...(await del(one)));
      await put(other, ...(await restore(other)));
      await give(other, one);
      expect(await one.liveness(...PERSON)).toEqual({ live: true, flagged: true });
    });
  });
}
