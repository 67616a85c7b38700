import { nodeHasher, nodeRandom } from '../../shared/node/crypto.ts';
import { changeSetsAfter, changeSetsBeyond } from '../../shared/node/store/sqlite/change-log.ts';
import { openStore } from '../../shared/node/store/sqlite/opening/open-store.ts';
import { registers } from '../../shared/node/store/sqlite/registers.ts';
import type { SqliteStore } from '../../shared/node/store/sqlite/sqlite-store.ts';
import { TOO_MANY_VALUES } from '../../shared/sync/accept.ts';
import type { Subject, SubjectOptions } from './subject.ts';

/** A SQLite store (`file`: in memory where it is left out) as the suite sees it. */
export function openSqliteSubject(options: SubjectOptions, file = ':memory:'): Subject & { readonly store: SqliteStore } {
  const opened = openStore({ ...options, file, hasher: nodeHasher, random: nodeRandom, clock: { now: options.now } });
  if (!opened.ok) throw new Error(opened.refusal.code);
  return subjectOf(opened.value);
}

/** An open SQLite store as the suite sees it. */
export function subjectOf(store: SqliteStore): Subject & { readonly store: SqliteStore } {
  const { db, reader } = store;
  return {
    store,
    replica: store.replica,
    commit: (requests) => store.commit(requests),
    ingest: (changeSets, alongside) => store.ingest(changeSets, alongside),
    ingestJudged(changeSets) {
      store.receive(changeSets, 'somebody', { quarantine: () => null });
      const reason = db.prepare('select refused from change_set where hash = ?').pluck();
      return changeSets.map(({ hash }) => hash).filter((hash) => reason.get(hash) === TOO_MANY_VALUES);
    },
    trustRulings: (replicas) => store.trustRulings(replicas),
    tips: (space) => store.tips(space),
    spaces: () => store.spaces(),
    digest: () => store.digest(),
    heads: (type, id, field) => reader.heads(type, id, field),
    headsOfEntity: (type, id) => reader.headsOfEntity(type, id),
    history: (id, field, type) => reader.history(id, field, type),
    liveness(type, id) {
      const merged = registers(db).merged(type, id)?.merged;
      return { live: merged?.live ?? false, flagged: merged?.flagged ?? false };
    },
    after: (space, feed, limit) => changeSetsAfter(db, space, feed, limit),
    beyond: (space, tips) => changeSetsBeyond(db, space, tips).map(({ bytes }) => bytes),
    close: () => store.close(),
  };
}
