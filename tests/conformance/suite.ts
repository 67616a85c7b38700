import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newSeed, nodeHasher, nodeVerifier, signerOf } from '../../shared/node/crypto.ts';
import { deletion, restoration } from '../../shared/node/store/deletion.ts';
import { MOST_SIDE_BY_SIDE } from '../../shared/sync/accept.ts';
import { decodeChangeSet, sealChangeSet, verifyChangeSet } from '../../shared/sync/change-set.ts';
import { DELETED, erasureWrites, refusalWrites } from '../../shared/sync/merge.ts';
import { inConflict } from '../../shared/sync/register.ts';
import type { ChangeSet, FieldValue, FieldWrite, Op } from '../../shared/sync/types.ts';
import type { OpenSubject, Subject } from './subject.ts';

const SPACE = 'workshop/w1/people';
const PERSON = ['participant', 'p1'] as const;

function write(field: string, value: FieldValue, supersedes?: readonly string[]): FieldWrite {
  return { entityType: PERSON[0], entityId: PERSON[1], field, value, ...(supersedes && { supersedes }) };
}

/** What every store must do, whatever it is built on. Called once per kind of store. */
export function conformance(name: string, open: OpenSubject): void {
  describe(`store ${name}`, () => {
    let clock = 1_000;
    const signers = [signerOf(newSeed()), signerOf(newSeed())] as const;
    let one: Subject;
    let other: Subject;
    const opened: Subject[] = [];

    const openOne = async (signer = signers[0]): Promise<Subject> => {
      const subject = await open({ signer, now: () => (clock += 1), clockTrust: () => 0, author: () => 'somebody' });
      opened.push(subject);
      return subject;
    };
    const put = (subject: Subject, ...writes: readonly FieldWrite[]) => subject.commit([{ space: SPACE, writes }]);
    const shown = async (subject: Subject, field: string) => (await subject.heads(...PERSON, field)).map((head) => head.value);
    const give = async (from: Subject, to: Subject) => to.ingest(await held(from));
    const del = async (subject: Subject): Promise<FieldWrite[]> => {
      const heads = await subject.headsOfEntity(...PERSON);
      return deletion({ headsOfEntity: () => [...heads] }, ...PERSON);
    };
    const restore = async (subject: Subject): Promise<FieldWrite[]> => {
      const heads = await subject.heads(...PERSON, DELETED);
      return restoration({ heads: () => [...heads] }, ...PERSON);
    };

    beforeEach(async () => {
      clock = 1_000;
      one = await openOne(signers[0]);
      other = await openOne(signers[1]);
    });
    afterEach(async () => {
      for (const subject of opened.splice(0)) await subject.close();
    });

    describe('committing', () => {
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

    describe('rulings', () => {
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

    describe('taking in', () => {
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
  });
}

function decoded(bytes: Uint8Array): ChangeSet {
  const result = decodeChangeSet(bytes, nodeHasher);
  if (!result.ok) throw new Error(result.refusal.code);
  return result.value;
}

async function held(subject: Subject): Promise<ChangeSet[]> {
  const all: ChangeSet[] = [];
  for (const space of await subject.spaces()) for (const { bytes } of await subject.after(space, 0, 1_000_000)) all.push(decoded(bytes));
  return all;
}
