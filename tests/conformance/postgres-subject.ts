import { newSeed, nodeHasher, nodeRandom, signerOf } from '../../shared/node/crypto.ts';
import * as log from '../../shared/node/store/postgres/change-log.ts';
import { openDatabase, type Database } from '../../shared/node/store/postgres/database.ts';
import { postgresStore, type PostgresStore } from '../../shared/node/store/postgres/postgres-store.ts';
import { digest } from '../../shared/node/store/postgres/registers.ts';
import { migrate } from '../../shared/node/store/postgres/schema.ts';
import { crowdedAmong, writtenAmong } from '../../shared/node/store/postgres/batch-reads.ts';
import { OwnValues, TOO_MANY_VALUES } from '../../shared/sync/accept.ts';
import { inChainOrder } from '../../shared/sync/chain.ts';
import { refusalWrites } from '../../shared/sync/merge.ts';
import type { ChangeSet } from '../../shared/sync/types.ts';
import type { Subject, SubjectOptions } from './subject.ts';

/** A migrated database. Throws where it cannot be. */
export async function openMigrated(url: string): Promise<Database> {
  const db = openDatabase(url, { connections: 4 });
  const migrated = await migrate(db);
  if (!migrated.ok) throw new Error(migrated.refusal.code);
  return db;
}

/** A store on a PostgreSQL database as the suite sees it. */
export async function openPostgresSubject(options: SubjectOptions, url: string): Promise<Subject & { readonly store: PostgresStore }> {
  const db = await openMigrated(url);
  return postgresSubjectOf(postgresStore(db, { ...options, hasher: nodeHasher, random: nodeRandom, clock: { now: options.now } }));
}

/** A store on a database, for asking what it holds. */
export function storeOn(db: Database): PostgresStore {
  const clock = { now: () => 0 };
  return postgresStore(db, { signer: signerOf(newSeed()), author: () => 'nobody', hasher: nodeHasher, random: nodeRandom, clock });
}

/** An open store as the suite sees it. */
export function postgresSubjectOf(store: PostgresStore): Subject & { readonly store: PostgresStore } {
  const { db } = store;
  return {
    store,
    replica: store.replica,
    commit: (requests) => store.commit(requests),
    ingest: (changeSets, alongside) => store.ingest(changeSets, alongside),
    ingestJudged: (changeSets) =>
      store.adding(async (adding) => {
        const withValues = crowdedAmong(changeSets, await writtenAmong(adding.tx, changeSets));
        const batch = await adding.open(changeSets, { withValues });
        const beyond: ChangeSet[] = [];
        const own = new OwnValues(batch);
        for (const changeSet of inChainOrder(changeSets)) {
          const verdict = own.admit(changeSet) ? null : TOO_MANY_VALUES;
          if (verdict !== null) beyond.push(changeSet);
          batch.add(changeSet, { verdict });
        }
        await adding.write(batch);
        await adding.commit(
          beyond.map(({ hash, header: { space } }) => ({
            space,
            kind: 'refuse',
            writes: refusalWrites([{ hash, reason: TOO_MANY_VALUES }]),
          })),
        );
        return beyond.map(({ hash }) => hash);
      }),
    trustRulings: (replicas) => store.trustRulings(replicas),
    tips: async (space) => (await log.tips(db, [space])).get(space) ?? [],
    spaces: () => log.spaces(db),
    digest: () => digest(db, nodeHasher),
    heads: (type, id, field) => store.heads(type, id, field),
    headsOfEntity: async (type, id) =>
      [...(await store.merged(type, id)).registers].flatMap(([field, { heads }]) => heads.map((head) => ({ ...head, field }))),
    history: (id, field, type) => store.history(id, field, type),
    async liveness(type, id) {
      const { live, flagged } = await store.merged(type, id);
      return { live, flagged };
    },
    after: async (space, feed, limit) =>
      (await log.pages(db, [{ space, after: feed }], { to: Number.MAX_SAFE_INTEGER, notBy: null, limit })).get(space) ?? [],
    beyond: (space, tips) => log.changeSetsBeyond(db, space, tips),
    close: () => db.close(),
  };
}
