import type { Hasher } from '../../shared/kernel/ports.ts';
import { RECORD_RULES } from '../../shared/model/record-rules.ts';
import * as log from '../../shared/node/store/sqlite/change-log.ts';
import type { Db } from '../../shared/node/store/sqlite/opening/open-database.ts';
import { registers as registersOver } from '../../shared/node/store/sqlite/registers.ts';
import type { SqliteStore } from '../../shared/node/store/sqlite/sqlite-store.ts';
import { lacksValues, OwnValues, withoutErased } from '../../shared/sync/accept.ts';
import type { ReplicaId, SpaceId } from '../../shared/sync/types.ts';
import { redactErased, type ErasedFacts } from '../push/redact-quarantine.ts';
import type { FolderRegistry } from '../registry.ts';
import type { JudgeContext, RepositoryStore } from '../repository-store.ts';
import type { Certificates } from './folder-certificates.ts';

type Taking = Pick<RepositoryStore, 'take'> & {
  /** Redacts the quarantined change-sets: whatever they say of people who were erased goes. */
  redactQuarantine(): void;
};

/** Returns the taking of pushes into the log: each in one transaction, judged by the steps that it brings. */
export function pushesInto(
  store: SqliteStore,
  registry: FolderRegistry,
  {
    hasher,
    certificates,
    workshop,
  }: { readonly hasher: Hasher; readonly certificates: Certificates; readonly workshop: JudgeContext['workshop'] },
): Taking {
  const { db } = store;
  const erased = erasedIn(db, hasher);
  const sql = {
    forgetQuarantine: db.prepare('delete from quarantine where hash = ?'),
    tipsOf: db.prepare('select replica, seq, hash from tip where space = ? and replica = ?'),
    record: db.prepare(
      `select c.space, c.replica from written v join change_set c on c.feed = v.feed
       where v.entity = ? and v.type = ? and c.refused is null order by v.feed limit 1`,
    ),
  };
  const userOf = (replica: ReplicaId): string => certificates.of(replica)?.user ?? '';

  // One time for all of a push: what came together says so in a few bytes.
  let receivedAt = 0;
  const counted = { rules: RECORD_RULES, values: registersOver(db).values };
  let own: OwnValues | null = null;
  const context: JudgeContext = {
    logged: (hash) => log.changeSetOf(db, hash),
    tipsOf: (space, replica) => sql.tipsOf.all(space, replica) as log.LoggedChangeSet[],
    admits: (changeSet) => (own ??= new OwnValues(counted)).admit(changeSet),
    add(changeSet, verdict) {
      const dated = { receivedAt: () => receivedAt };
      const came = store.receive([changeSet], null, verdict === null ? dated : { ...dated, quarantine: () => verdict });
      if (came.missing.length > 0) return 'missing';
      return verdict === null || came.quarantined > 0 ? 'added' : 'ruledOut';
    },
    write: (request) => void store.commit([request]),
    workshop,
    record(entityType, entityId) {
      const row = sql.record.get(entityId, entityType) as { space: SpaceId; replica: ReplicaId } | undefined;
      return row ? { space: row.space, creator: userOf(row.replica) } : null;
    },
    certificate: (replica) => certificates.of(replica),
    isRevoked: (replica) => Boolean(registry.device(replica)?.revokedAt),
    quarantined: (hash) => registry.quarantined(hash),
    withoutErased: (changeSet) => withoutErased(erased, changeSet),
    lacksValues: (changeSet) => lacksValues(erased, changeSet),
  };

  const redactQuarantine = (): void => registry.rewriteQuarantined((bytes) => redactErased(erased, bytes));

  return {
    take(changeSets, push) {
      receivedAt = Math.floor(push.effects().at);
      own = null;
      store.transaction(() => {
        for (const changeSet of changeSets) push.judge(changeSet, context);
        push.judged();
        push.finish(context.write);
        const { at, creators, refused } = push.effects();
        // A ruling says it from now on.
        for (const { hash } of refused) sql.forgetQuarantine.run(hash);
        // Before the transaction ends: a workshop without a creator would be closed to who made it, a creator without a workshop harms nobody.
        if (creators.size > 0) registry.addWorkshops(creators, at);
        if (refused.length > 0) registry.addRefused(refused);
      });
      const { stands, erased: anybody } = push.effects();
      // Only now: what is quarantined is all there is of it until it is in the log.
      for (const hash of stands) registry.releaseQuarantined(hash);
      if (anybody) redactQuarantine();
    },
    redactQuarantine,
  };
}

function erasedIn(db: Db, hasher: Hasher): ErasedFacts {
  const inSpace = db.prepare('select 1 from erasure where entity = ? and type = ? and space = ?');
  const anywhere = db.prepare('select 1 from erasure where entity = ? and type = ?');
  return {
    hasher,
    rules: RECORD_RULES,
    isErased: (entityType, entityId, space) => inSpace.get(entityId, entityType, space) !== undefined,
    isErasedPerson: (entityId) => anywhere.get(entityId, RECORD_RULES.personType) !== undefined,
  };
}
