import fc from 'fast-check';
import { expect, it } from 'vitest';
import { signerOf, newSeed } from '../../shared/node/crypto.ts';
import { sameTips } from '../../shared/sync/chain.ts';
import type { SqliteStore } from '../../shared/node/store/sqlite/sqlite-store.ts';
import { openMemoryStore } from '../conformance/memory-store.ts';
import { openSqliteSubject } from '../conformance/sqlite-subject.ts';
import type { OpenSubject, Subject } from '../conformance/subject.ts';
import { oracle } from './oracle.ts';
import { SEED } from './seeds.ts';
import { derived } from './sqlite/sqlite-folder.ts';
import { eventfulHistory, exchange, holdings, play, type World } from './world.ts';

/**
 * SPEC, invariants 1, 2, 4, 5, 6, 7, 8, 13, 14 and 15 at once, after any history: four replicas that write apart with clocks wrong by up to two years,
 * delete, restore, rule, erase, fork, go back to a backup (the ruler too), and pass on scraps and packs that are cut at any byte or come twice. One is a
 * repository in what it may rule. Seeds are fixed: `SEED=n` with `ITINERA_PURE=1` runs one again. What happens over a network is in
 * `histories.test.ts`, with the same end.
 */
const COUNT = Number(process.env['ITINERA_PURE'] ?? 230);
/** Every so many on SQLite, the others on the store that is hard to get wrong. */
const ON_SQLITE = 20;
/** A replica whose key nobody lost. */
const READER = signerOf(newSeed());

it(`${COUNT} histories from seed ${SEED} end alike everywhere, with nothing lost`, { timeout: 1_800_000 }, async () => {
  for (let seed = SEED; seed < SEED + COUNT; seed++) {
    try {
      await one(seed, seed % ON_SQLITE === 0 ? (options) => openSqliteSubject(options) : openMemoryStore);
    } catch (error) {
      throw new Error(`SEED=${seed} ITINERA_PURE=1: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }
});

async function one(seed: number, open: OpenSubject): Promise<void> {
  const [steps] = fc.sample(eventfulHistory, { seed, numRuns: 1 }) as [Parameters<typeof play>[0]];
  const world = await play(steps, open);
  try {
    await settleByPacks(world);
    await compare(world);
  } finally {
    await world.close();
  }
}

/** Every replica gives every other what it lacks, until nobody lacks anything. */
async function settleByPacks({ replicas, keys }: World): Promise<void> {
  for (let round = 0; round < 4; round++) {
    let sent = 0;
    for (const from of replicas) for (const to of replicas) if (from !== to) sent += await exchange(from, to, READER, keys);
    if (sent === 0) return;
  }
  throw new Error('the replicas never came to rest');
}

async function compare(world: World): Promise<void> {
  const meaning = oracle(world.made, new Set([world.ruler]));
  const [first, ...others] = world.replicas as [Subject, ...Subject[]];
  const digest = await first.digest();
  const all = new Set((await holdings(first)).map(({ hash }) => hash));
  for (const { hash } of world.made) expect(all.has(hash), 'a confirmed change-set is nowhere').toBe(true);
  for (const replica of others) {
    expect(await replica.digest()).toEqual(digest);
    for (const space of await first.spaces()) expect(sameTips(await first.tips(space), await replica.tips(space))).toBe(true);
    expect(new Set((await holdings(replica)).map(({ hash }) => hash))).toEqual(all);
  }
  const held = new Map((await holdings(first)).map(({ hash, header }) => [hash, header]));
  for (const { seq, prev, space, replica } of held.values()) {
    if (prev === null) expect(seq).toBe(1);
    else expect(held.get(prev)).toMatchObject({ seq: seq - 1, space, replica });
  }
  // What it means is asked of one that has been everywhere and of one that has only received.
  for (const replica of [first, others.at(-1)!]) await expectMeaning(replica, meaning);
  for (const replica of world.replicas) if ('store' in replica) expectRebuilt(replica.store as SqliteStore);
}

async function expectMeaning(replica: Subject, meaning: ReturnType<typeof oracle>): Promise<void> {
  for (const entity of meaning.entities) {
    const [type, id] = entity.split(' ') as [string, string];
    expect(await replica.liveness(type, id)).toEqual(meaning.liveness(entity));
    for (const field of meaning.fieldsOf(entity)) {
      const heads = await replica.heads(type, id, field);
      expect(heads.map(({ id: of, value, erased }) => ({ id: of, value, erased }))).toEqual(
        meaning.heads(entity, field).map(({ id: of, value, erased }) => ({ id: of, value, erased })),
      );
      if (entity.startsWith('_')) continue;
      const history = new Map((await replica.history(id, field)).map((entry) => [entry.id, entry]));
      for (const { id: of, value, erased } of meaning.register(entity, field)) expect(history.get(of)).toMatchObject({ value, erased });
    }
  }
}

function expectRebuilt(store: SqliteStore): void {
  const before = derived(store.db);
  store.rebuildProjections();
  expect(derived(store.db)).toBe(before);
}
