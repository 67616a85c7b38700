import { beforeEach, describe, expect, it } from 'vitest';
import { newSeed, nodeHasher, nodeVerifier, signerOf } from '../../shared/node/crypto.ts';
import { sealChangeSet, verifyChangeSet } from '../../shared/sync/change-set.ts';
import { DELETED, erasureWrites, refusalWrites } from '../../shared/sync/merge.ts';
import type { FieldValue, FieldWrite, Op } from '../../shared/sync/types.ts';
import type { Subject } from './subject.ts';
import { SPACE, PERSON, write, put, shown, give, held, type Stores } from './suite-ground.ts';

/** What every store does about rulings, and about people who were erased. */
export function rulingsSuite(stores: Stores): void {
  const { openOne, signers } = stores;

  describe('rulings', () => {
    let one: Subject;
    let other: Subject;
    beforeEach(() => {
      ({ one, other } = stores);
    });

    it('take a refused change-set out of effect and bring back what it superseded (invariant 7)', async () => {
      for (const subject of [one, other]) await subject.trustRulings([other.replica]);
      await put(one, write('familyName', 'KONÉ'));
      const [refused] = await put(one, write('familyName', 'MAÏGA'));
      await other.commit([{ space: SPACE, kind: 'refuse', writes: refusalWrites([{ hash: refused!.hash, reason: 'grant.none' }]) }]);
      await give(one, other);
      await give(other, one);
      for (const subject of [one, other]) {
        expect(await shown(subject, 'familyName')).toEqual(['KONÉ']);
        expect((await subject.history(PERSON[1], 'familyName')).map((entry) => entry.value)).toContain('MAÏGA');
      }
      expect(await one.digest()).toEqual(await other.digest());
    });

    it('hold for what comes after them, in the same step or a later one', async () => {
      const [kept] = await put(one, write('familyName', 'KONÉ'));
      const [refused] = await put(one, write('familyName', 'MAÏGA'));
      const refuse = (reason: string) =>
        other.commit([{ space: SPACE, kind: 'refuse', writes: refusalWrites([{ hash: refused!.hash, reason }]) }]);
      const rulings = [...(await refuse('grant.none')), ...(await refuse('a.smaller'))];
      const digests = new Set<string>();
      for (const steps of [[[...rulings, kept!, refused!]], [rulings, [kept!, refused!]], [[kept!, refused!], rulings]]) {
        const fresh = await openOne(signerOf(newSeed()));
        await fresh.trustRulings([other.replica]);
        for (const step of steps) await fresh.ingest(step);
        expect(await shown(fresh, 'familyName')).toEqual(['KONÉ']);
        digests.add(JSON.stringify(await fresh.digest()));
      }
      expect(digests.size).toBe(1);
    });

    it('count only from who may rule', async () => {
      const [first] = await put(one, write('familyName', 'KONÉ'));
      await put(other, write('familyName', 'MAÏGA'));
      await other.commit([{ space: SPACE, kind: 'refuse', writes: refusalWrites([{ hash: first!.hash, reason: 'grant.none' }]) }]);
      await give(other, one);
      expect(await shown(one, 'familyName')).toContain('KONÉ');
      await one.trustRulings([other.replica]);
      expect(await shown(one, 'familyName')).toEqual(['MAÏGA']);
      await one.trustRulings([]);
      expect(await shown(one, 'familyName')).toContain('KONÉ');
    });

    it('count in their own space alone, and never against another ruling', async () => {
      for (const subject of [one, other]) await subject.trustRulings([other.replica]);
      const [first] = await put(one, write('familyName', 'KONÉ'));
      await give(one, other);
      const refuse = (space: string, hash: string) =>
        other.commit([{ space, kind: 'refuse', writes: refusalWrites([{ hash, reason: 'grant.none' }]) }]);
      await refuse('workshop/w1/plan', first!.hash);
      await give(other, one);
      for (const subject of [one, other]) expect(await shown(subject, 'familyName')).toEqual(['KONÉ']);
      const [second] = await put(one, write('familyName', 'MAÏGA'));
      await give(one, other);
      const [ruling] = await refuse(SPACE, second!.hash);
      await refuse(SPACE, ruling!.hash);
      await give(other, one);
      for (const subject of [one, other]) expect(await shown(subject, 'familyName')).toEqual(['KONÉ']);
    });

    it('are all that a change-set of their kind does, whoever made it (invariant 7)', async () => {
      for (const subject of [one, other]) await subject.trustRulings([other.replica]);
      await put(one, write('familyName', 'KONÉ'));
      const person = (field: string, value: FieldValue): FieldWrite => ({ ...write(field, value), supersedes: [] });
      const seen = (await one.heads(...PERSON, 'familyName')).map(({ id }) => id);
      for (const by of [one, other])
        for (const kind of ['refuse', 'erase'] as const) {
          await by.commit([{ space: SPACE, kind, writes: [write('familyName', `${kind} ${by.replica}`, seen), person(DELETED, true)] }]);
          // Nor does anything else rule.
          await by.commit([{ space: SPACE, writes: [{ ...erasureWrites(...PERSON)[0]!, supersedes: [] }] }]);
        }
      await give(one, other);
      await give(other, one);
      for (const subject of [one, other]) {
        expect(await shown(subject, 'familyName')).toEqual(['KONÉ']);
        expect(await subject.liveness(...PERSON)).toEqual({ live: true, flagged: false });
        expect(await subject.heads(...PERSON, '_erased')).toEqual([]);
      }
      expect(await one.digest()).toEqual(await other.digest());
    });

    it('by who may not rule can be ruled out', async () => {
      for (const subject of [one, other]) await subject.trustRulings([other.replica]);
      const [asked] = await one.commit([{ space: SPACE, kind: 'erase', writes: erasureWrites(...PERSON) }]);
      await give(one, other);
      await other.commit([{ space: SPACE, kind: 'refuse', writes: refusalWrites([{ hash: asked!.hash, reason: 'grant.none' }]) }]);
      await give(other, one);
      for (const subject of [one, other]) expect(await subject.heads(...PERSON, '_erased')).toEqual([]);
      expect(await one.digest()).toEqual(await other.digest());
    });

    it('and records have effect in the spaces alone that their type lives in', async () => {
      await put(one, write('familyName', 'KONÉ'));
      await one.commit([{ space: SPACE, writes: [{ entityType: 'mark', entityId: 'm1', field: 'status', value: 'present' }] }]);
      await give(one, other);
      for (const space of ['calendar', 'library', 'workshop/w1/answers', 'workshop/w1/plan', 'institution/i1']) {
        const writes = [
          { entityType: 'mark', entityId: 'm1', field: 'status', value: `of ${space}` },
          { entityType: 'activity', entityId: 'w2', field: 'name', value: 'of another plan' },
        ];
        // As another program writes it: the commit of this one refuses.
        const elsewhere = await openOne(signerOf(newSeed()));
        await elsewhere.commit([{ space, writes: space === 'calendar' ? writes.slice(0, 1) : writes }]);
        await give(elsewhere, other);
      }
      expect((await other.heads('mark', 'm1', 'status')).map((head) => head.value)).toEqual(['present']);
      expect(await other.heads('activity', 'w2', 'name')).toEqual([]);
    });

    it('erase personal values from the log too, and the chain still verifies', async () => {
      for (const subject of [one, other]) await subject.trustRulings([other.replica]);
      await put(one, write('familyName', 'KONÉ'), write('activityId', 'w1'));
      await other.commit([{ space: SPACE, kind: 'erase', writes: erasureWrites(...PERSON) }]);
      await give(other, one);
      await give(one, other);
      const late = await openOne(signerOf(newSeed()));
      await late.trustRulings([other.replica]);
      await give(other, late);
      for (const subject of [one, other, late]) {
        const [head] = await subject.heads(...PERSON, 'familyName');
        expect(head).toMatchObject({ value: null, erased: true });
        expect(await shown(subject, 'activityId')).toEqual(['w1']);
        const stored = await held(subject);
        expect(JSON.stringify(stored)).not.toContain('KONÉ');
        const original = stored.find((changeSet) => changeSet.header.replica === one.replica)!;
        expect(verifyChangeSet(original, signers[0].publicKey, nodeVerifier(), nodeHasher)).toBe(true);
      }
      expect(await one.digest()).toEqual(await late.digest());
    });
  });

  describe('what is about somebody who was erased', () => {
    let one: Subject;
    let other: Subject;
    beforeEach(() => {
      ({ one, other } = stores);
    });

    it('comes without its values, whichever of the people that it names was erased', async () => {
      await other.trustRulings([other.replica]);
      await other.commit([{ space: SPACE, kind: 'erase', writes: erasureWrites(...PERSON) }]);
      const space = 'workshop/w1/answers';
      const header = {
        version: 1,
        space,
        replica: one.replica,
        seq: 1,
        prev: null,
        t: 0,
        tq: 0,
        schema: 1,
        author: 'u',
        kind: 'data',
      } as const;
      const op = (entityId: string, field: string, value: FieldValue): Op => ({
        entityType: 'sheet',
        entityId,
        field,
        supersedes: [],
        content: { form: 'erasable', value, salt: 'ab'.repeat(16) },
      });
      const late = [
        ...[op('s1', 'answers', { Q1: 'GONE' }), op('s1', 'personId', 'p2'), op('s1', 'personId', PERSON[1])],
        ...[op('s2', 'answers', { Q1: 'STAYS' }), op('s2', 'personId', 'p2')],
      ];
      await other.ingest([sealChangeSet(header, late, signers[0], nodeHasher)]);
      const stored = JSON.stringify(await held(other));
      expect(stored).toContain('STAYS');
      expect(stored).not.toContain('GONE');
    });
  });

  describe('who writes about somebody who was erased', () => {
    let one: Subject;
    let other: Subject;
    beforeEach(() => {
      ({ one, other } = stores);
    });

    it('keeps no value of it, as everybody else (invariant 7)', async () => {
      for (const subject of [one, other]) await subject.trustRulings([other.replica]);
      await other.commit([{ space: SPACE, kind: 'erase', writes: erasureWrites(...PERSON) }]);
      await give(other, one);
      await put(one, write('familyName', 'KONÉ'), write('givenName', null), write('activityId', 'w1'));
      const answers = 'workshop/w1/answers';
      const sheet = (field: string, value: FieldValue): FieldWrite => ({ entityType: 'sheet', entityId: 's1', field, value });
      await one.commit([{ space: answers, writes: [sheet('personId', PERSON[1]), sheet('answers', { Q1: 'GONE' })] }]);
      await give(one, other);
      for (const subject of [one, other]) {
        const stored = JSON.stringify(await held(subject));
        for (const value of ['KONÉ', 'GONE']) expect(stored).not.toContain(value);
        expect(await shown(subject, 'activityId')).toEqual(['w1']);
      }
      expect(await one.digest()).toEqual(await other.digest());
    });
  });
}
