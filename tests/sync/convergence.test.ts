import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newSeed, signerOf } from '../../shared/node/crypto.ts';
import { sameTips } from '../../shared/sync/chain.ts';
import { encodeChangeSet } from '../../shared/sync/change-set.ts';
import { inConflict } from '../../shared/sync/register.ts';
import type { ChangeSet } from '../../shared/sync/types.ts';
import { openPostgresSubject } from '../conformance/postgres-subject.ts';
import { openMemoryStore } from '../conformance/memory-store.ts';
import { openSqliteSubject } from '../conformance/sqlite-subject.ts';
import type { OpenSubject, Subject } from '../conformance/subject.ts';
import { startPostgres, type Postgres } from '../support/repository/postgres.ts';
import { oracle } from './oracle.ts';
import { runs } from './seeds.ts';
import { ENTITIES, history, holdings, play, settle, type World } from './world.ts';

let postgres: Postgres;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

const ON_POSTGRES = 2;
const stores: readonly (readonly [name: string, open: OpenSubject, runs: number])[] = [
  ['in memory', openMemoryStore, 30],
  ['on SQLite', (options) => openSqliteSubject(options), 8],
  ['on PostgreSQL', async (options) => openPostgresSubject(options, await postgres.freshDatabase()), ON_POSTGRES],
];

/** On PostgreSQL without shrinking: each history takes seconds there, so that one which fails would end in a timeout that names nothing. */
function runsOf(count: number): fc.Parameters<unknown> {
  return count === ON_POSTGRES ? { ...runs(count), endOnFailure: true } : runs(count);
}

describe.each(stores)('any history, %s', (_, open, count) => {
  it('ends in what the definitions say, everywhere (invariants 1, 2, 7)', () =>
    check(count, open, async (world) => {
      await settle(world);
      const meaning = oracle(world.made, new Set([world.ruler]));
      const digests = await Promise.all(world.replicas.map(async (replica) => replica.digest()));
      for (const digest of digests) expect(digest).toEqual(digests[0]);
      for (const replica of world.replicas) await expectMeaning(replica, meaning);
    }));

  it('is the same in any order, in fragments, with repetitions (invariant 1)', () =>
    fc.assert(
      fc.asyncProperty(history, fc.array(fc.nat(200), { minLength: 1, maxLength: 120 }), fc.nat(9), async (steps, order, size) => {
        const world = await play(steps, open);
        await settle(world);
        const expected = await world.replicas[0]!.digest();
        const all = await holdings(world.replicas[0]!);
        const fresh = await open({ signer: signerOf(newSeed()), now: () => 0, clockTrust: () => 0, author: () => 'reader' });
        await fresh.trustRulings([world.ruler]);
        const pieces = [...order.map((nth) => all[nth % Math.max(1, all.length)]!).filter(Boolean), ...all.toReversed()];
        for (let i = 0; i < pieces.length; i += size + 1) await fresh.ingest(pieces.slice(i, i + size + 1));
        // What came before its predecessor was named as missing; asked for again, it fits.
        await fresh.ingest(pieces);
        expect(await fresh.digest()).toEqual(expected);
        await fresh.close();
        await world.close();
      }),
      runsOf(count),
    ));

  it('keeps every confirmed value that was not erased (invariant 2)', () =>
    check(count, open, async (world) => {
      await settle(world);
      const { values } = oracle(world.made, new Set([world.ruler]));
      for (const replica of world.replicas) {
        for (const value of values.filter(({ entity }) => !entity.startsWith('_'))) {
          const [, id] = value.entity.split(' ');
          const found = (await replica.history(id!, value.field)).find((entry) => entry.id === value.id);
          expect(found?.value).toEqual(value.value);
          expect(found?.erased).toBe(value.erased);
        }
      }
    }));

  it('supersedes only what its author had on screen (invariant 3)', () =>
    check(count, open, async (world) => {
      await settle(world);
      const meaning = oracle(world.made, new Set([world.ruler]));
      for (const entity of meaning.entities) {
        const [type, id] = entity.split(' ');
        for (const field of meaning.fieldsOf(entity)) {
          const effective = meaning.register(entity, field).filter((value) => !value.refused);
          const covered = new Set(effective.flatMap((value) => world.seen.get(value.id) ?? []));
          const heads = (await world.replicas[1]!.heads(type!, id!, field)).map((head) => head.id);
          expect(heads.toSorted()).toEqual(
            effective
              .map((value) => value.id)
              .filter((value) => !covered.has(value))
              .toSorted(),
          );
        }
      }
    }));

  it('has equal tips exactly where the sets are equal, and then nothing to send (invariant 4)', () =>
    check(count, open, async (world) => {
      const sets = await Promise.all(world.replicas.map(async (replica) => new Set((await holdings(replica)).map(({ hash }) => hash))));
      for (const [i, one] of world.replicas.entries()) {
        for (const [j, other] of world.replicas.entries()) {
          const spaces = new Set([...(await one.spaces()), ...(await other.spaces())]);
          let equal = true;
          for (const space of spaces) {
            const same = sameTips(await one.tips(space), await other.tips(space));
            if (same) expect(await one.beyond(space, await other.tips(space))).toEqual([]);
            equal &&= same;
          }
          const [a, b] = [sets[i]!, sets[j]!];
          expect(equal).toBe(a.size === b.size && [...a].every((hash) => b.has(hash)));
        }
      }
      await settle(world);
      for (const space of await world.replicas[0]!.spaces()) {
        const [first, ...others] = await Promise.all(world.replicas.map(async (replica) => replica.tips(space)));
        for (const tips of others) expect(sameTips(first!, tips)).toBe(true);
      }
    }));

  it('never holds a chain with a hole (invariant 5)', () =>
    fc.assert(
      fc.asyncProperty(history, async (steps) => {
        const world = await play(steps, open, async (_world, changed) => {
          const held = new Map((await holdings(changed)).map((changeSet) => [changeSet.hash, changeSet.header]));
          for (const { seq, prev, space, replica } of held.values()) {
            if (prev === null) expect(seq).toBe(1);
            else expect(held.get(prev)).toMatchObject({ seq: seq - 1, space, replica });
          }
        });
        await world.close();
      }),
      runsOf(count),
    ));

  it('has the heads and conflicts of the same history with true clocks (invariant 6)', () =>
    fc.assert(
      fc.asyncProperty(history, async (steps) => {
        const scrambled = await play(steps, open);
        const sober = await play(
          steps.map((step) => (step.do === 'clock' ? { ...step, years: 0, trust: 0 as const } : step)),
          open,
        );
        await settle(scrambled);
        await settle(sober);
        expect(await shape(scrambled)).toEqual(await shape(sober));
        await scrambled.close();
        await sober.close();
      }),
      runsOf(count),
    ));

  it('passes on what a newer program wrote byte for byte (invariant 13)', () =>
    check(count, open, async (world) => {
      await settle(world);
      const newer = world.made.filter((changeSet) => changeSet.ops.some((op) => op.entityType === 'hologram'));
      for (const replica of world.replicas) {
        const here = new Map((await holdings(replica)).map((changeSet) => [changeSet.hash, changeSet]));
        for (const changeSet of newer) expect(encodeChangeSet(here.get(changeSet.hash)!)).toEqual(encodeChangeSet(changeSet));
      }
    }));
});

async function check(count: number, open: OpenSubject, property: (world: World) => Promise<void>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      const world = await play(steps, open);
      await property(world);
      await world.close();
    }),
    runsOf(count),
  );
}

async function expectMeaning(replica: Subject, meaning: ReturnType<typeof oracle>): Promise<void> {
  for (const entity of meaning.entities) {
    const [type, id] = entity.split(' ');
    expect(await replica.liveness(type!, id!)).toEqual(meaning.liveness(entity));
    for (const field of meaning.fieldsOf(entity)) {
      const heads = await replica.heads(type!, id!, field);
      const expected = meaning.heads(entity, field);
      expect(heads.map(({ id: of, value, erased }) => ({ id: of, value, erased }))).toEqual(
        expected.map(({ id: of, value, erased }) => ({ id: of, value, erased })),
      );
      const standing = new Set(expected.filter((head) => !head.erased).map((head) => JSON.stringify(head.value)));
      expect(inConflict(heads)).toBe(standing.size > 1);
    }
  }
}

/**
 * Heads and conflicts without what a clock may change: hashes (they cover the time) are named by which commit of the history made them. Heads are
 * listed in no order: which is shown first is the only thing that a clock decides.
 */
async function shape(world: World): Promise<unknown> {
  const named = new Map<string, string>(world.made.map((changeSet: ChangeSet, nth) => [changeSet.hash, `commit ${nth}`]));
  const registers: Record<string, unknown> = {};
  for (const { type, id } of ENTITIES) {
    for (const head of await world.replicas[2]!.headsOfEntity(type, id)) {
      const [hash, index] = head.id.split(':');
      const list = (registers[`${type} ${head.field}`] ??= []) as string[];
      list.push(`${named.get(hash!)}:${index} ${JSON.stringify(head.value)}`);
      list.sort();
    }
    registers[`${type} liveness`] = await world.replicas[2]!.liveness(type, id);
  }
  return registers;
}
