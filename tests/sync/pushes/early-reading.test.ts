import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newSeed, nodeHasher, signerOf } from '../../../shared/node/crypto.ts';
import { writtenAmong } from '../../../shared/node/store/postgres/batch-reads.ts';
import { openDatabase, type Database } from '../../../shared/node/store/postgres/database.ts';
import { postgresRepositoryStore } from '../../../server/postgres/postgres-repository-store.ts';
import { EarlyReader, readLogFacts, readLogState, type EarlyFacts } from '../../../shared/node/store/postgres/log-facts.ts';
import type { PostgresStore } from '../../../shared/node/store/postgres/postgres-store.ts';
import { replicaIdOf, sealChangeSet } from '../../../shared/sync/change-set.ts';
import { entityKey } from '../../../shared/sync/merge.ts';
import type { ChangeSet } from '../../../shared/sync/types.ts';
import { openMigrated, storeOn } from '../../conformance/postgres-subject.ts';
import { startPostgres, type Postgres } from '../../support/repository/postgres.ts';

const MOST = 1_000;

let postgres: Postgres;
let url: string;
let db: Database;
let store: PostgresStore;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  url = await postgres.freshDatabase();
  db = await openMigrated(url);
  store = storeOn(db);
  return () => db.close();
});

/** A chain of which every tenth writes to one entity and each other to one of its own, `writes` times each. */
function chainOf(length: number, writes = 1): ChangeSet[] {
  const signer = signerOf(newSeed());
  const replica = replicaIdOf(signer.publicKey, nodeHasher);
  const made: ChangeSet[] = [];
  for (let seq = 1; seq <= length; seq++) {
    const entityId = seq % 10 === 0 ? 'again' : `once-${seq}`;
    const header = {
      version: 1,
      space: 'institution',
      replica,
      seq,
      prev: made.at(-1)?.hash ?? null,
      t: seq,
      tq: 0,
      schema: 1,
      author: 'a',
      kind: 'data',
    } as const;
    const ops = Array.from({ length: writes }, (_, i) => ({
      entityType: 'person',
      entityId,
      field: `note${i}`,
      supersedes: [],
      content: { form: 'plain' as const, value: `${seq}` },
    }));
    made.push(sealChangeSet(header, ops, signer, nodeHasher));
  }
  return made;
}

/** A reader that was given these in four parts. */
async function readerOf(changeSets: readonly ChangeSet[], { isWhole = true } = {}): Promise<EarlyReader> {
  const reader = new EarlyReader(db, MOST);
  const part = Math.ceil(changeSets.length / 4);
  for (let at = 0; at < changeSets.length; at += part) reader.add(changeSets.slice(at, at + part));
  if (isWhole) reader.end();
  await reader.settled();
  return reader;
}

describe('facts of the log that are read before it is locked', () => {
  it('are those that are read under the lock, about every change-set', async () => {
    const chain = chainOf(900);
    await store.ingest(chain.slice(0, 120));
    const coming = chain.slice(60);
    const early = await (await readerOf(coming)).factsOn(db, coming);
    const now: EarlyFacts = {
      state: await readLogState(db),
      facts: await readLogFacts(db, coming),
      written: await writtenAmong(db, coming),
    };
    expect(now.state.head).toBe(120);
    expect(now.facts.logged.size).toBe(61);
    expect(now.written.get(entityKey('person', 'again'))).toMatchObject({ first: { space: 'institution' } });
    expect(early).toEqual(now);
  });

  it('do not count once something was added', async () => {
    const chain = chainOf(900);
    await store.ingest(chain.slice(0, 120));
    const coming = chain.slice(120);
    const reader = await readerOf(coming);
    await store.ingest(chainOf(1));
    expect(await reader.factsOn(db, coming)).toBeNull();
  });

  it('do not count where something was added between two groups of them', async () => {
    const coming = chainOf(800);
    const reader = new EarlyReader(db, MOST);
    reader.add(coming.slice(0, 400));
    await reader.settled();
    await store.ingest(chainOf(1));
    reader.add(coming.slice(400));
    await reader.settled();
    expect(await reader.factsOn(db, coming)).toBeNull();
  });

  it('do not count where the log was put back and filled anew to the same length', async () => {
    await store.ingest(chainOf(1));
    const coming = chainOf(800);
    const reader = await readerOf(coming);
    await db.exec('truncate change_set, written, tip, space cascade');
    await store.ingest(chainOf(1));
    expect(await reader.factsOn(db, coming)).toBeNull();
  });

  it('do not count once others rule', async () => {
    const coming = chainOf(800);
    const reader = await readerOf(coming);
    await store.trustRulings([store.replica]);
    expect(await reader.factsOn(db, coming)).toBeNull();
  });

  it('are given for exactly those change-sets, and once', async () => {
    const coming = chainOf(800);
    expect(await (await readerOf(coming)).factsOn(db, coming.slice(1))).toBeNull();
    expect(await (await readerOf(coming)).factsOn(db, [...coming.slice(1), coming[0]!])).toBeNull();
    expect(await (await readerOf(coming, { isWhole: false })).factsOn(db, [...coming, ...chainOf(1)])).toBeNull();
    const reader = await readerOf(coming);
    expect(await reader.factsOn(db, coming)).not.toBeNull();
    expect(await reader.factsOn(db, coming)).toBeNull();
  });

  it('are read of as many as are added in one step, and not of a few', async () => {
    const many = chainOf(MOST + 300);
    expect(await (await readerOf(many)).factsOn(db, many.slice(0, MOST))).not.toBeNull();
    const few = chainOf(300);
    expect(await (await readerOf(few)).factsOn(db, few)).toBeNull();
  });

  it('are not read of more writes than one push may cost before anybody vouched for it', async () => {
    const coming = chainOf(800, 26);
    expect(await (await readerOf(coming)).factsOn(db, coming)).toBeNull();
  });

  it('fail for whoever asks for them, and for nobody else', async () => {
    const coming = chainOf(800);
    const reader = new EarlyReader({ ...db, transaction: () => Promise.reject(new Error('the server went away')) }, MOST);
    reader.add(coming);
    await expect(reader.settled()).rejects.toThrow('the server went away');
  });
});

it('a push waits for what is read early before it takes a connection: the last one may be needed for that', async () => {
  const narrow = openDatabase(url, { connections: 1 });
  const early = postgresRepositoryStore(storeOn(narrow), nodeHasher).readEarly!();
  const coming = chainOf(900);
  const judged: ChangeSet[] = [];
  early.add(coming.slice(0, 400));
  early.add(coming.slice(400, 800));
  early.add(coming.slice(800));
  early.end();
  await early.take(coming, {
    judge: (changeSet) => void judged.push(changeSet),
    finish: () => undefined,
    judged: () => undefined,
    effects: () => ({ at: 0, creators: new Map(), refused: [], stands: [], erased: false }),
  });
  expect(judged).toEqual(coming);
  await narrow.close();
});
