import { isRulingKind } from '../../../sync/accept.ts';
import { inChainOrder } from '../../../sync/chain.ts';
import { replicaIdOf } from '../../../sync/change-set.ts';
import { mergeEntity, type MergedEntity } from '../../../sync/merge.ts';
import { latestFirst } from '../../../sync/register.ts';
import { activity } from '../../../model/activity.ts';
import { RECORD_RULES } from '../../../model/record-rules.ts';
import type { ChangeSet, Head, ReplicaId, SpaceId } from '../../../sync/types.ts';
import type { CommitRequest, Ingested, ReceivedAt } from '../store.ts';
import { changeSetBuilder, type ChangeSetBuilderOptions } from '../change-set-builder.ts';
import { asHead, headsIn, inFirstSpace, type EntityName, type StoredValue } from '../written-rows.ts';
import { openBatch, type Batch, type BatchOptions } from './batch.ts';
import { acquireLock, type Database, type Sql } from './database.ts';
import { entitiesIn, typesOf, valuesOf } from './registers.ts';
import { projectEntities } from './projections.ts';
import { applyRulings, trustRulings, type AppliedRulings } from './rulings.ts';

/** A transaction that adds to the log; it holds the lock of the feed, so that feed order is the order of commits. */
export interface Adding {
  readonly tx: Sql;
  /** Reads what is asked about change-sets that are to be added. */
  open(changeSets: readonly ChangeSet[], options?: Omit<BatchOptions, 'hasher'>): Promise<Batch>;
  /** Writes what a batch added, and carries out what it rules. */
  write(batch: Batch): Promise<void>;
  /** Seals change-sets of this replica and adds them. */
  commit(requests: readonly CommitRequest[]): Promise<ChangeSet[]>;
}

/** Change-sets in PostgreSQL, with what is derived from them. Several processes may use one database. */
export interface PostgresStore {
  readonly replica: ReplicaId;
  readonly db: Database;
  /** Runs `work` in one transaction; what it adds is kept together or not at all. */
  adding<T>(work: (adding: Adding) => Promise<T>): Promise<T>;
  commit(requests: readonly CommitRequest[]): Promise<ChangeSet[]>;
  /** `receivedAt` left out: they were received now. */
  ingest(changeSets: readonly ChangeSet[], alongside?: () => void, receivedAt?: ReceivedAt): Promise<Ingested>;
  trustRulings(replicas: readonly ReplicaId[]): Promise<void>;
  /** Called after every transaction that added something. */
  onAdded(listener: () => void): void;
  heads(entityType: string, entityId: string, field: string): Promise<Head[]>;
  merged(entityType: string, entityId: string): Promise<MergedEntity<StoredValue>>;
  history(entityId: string, field: string, entityType?: string): Promise<(Head & { readonly current: boolean })[]>;
}

/** A store over a migrated database. Throws PostgreSQL's errors: a failed transaction leaves nothing behind. */
export function postgresStore(db: Database, options: ChangeSetBuilderOptions): PostgresStore {
  const { hasher } = options;
  const replica = replicaIdOf(options.signer.publicKey, hasher);
  const listeners = new Set<() => void>();

  const settle = async (
    tx: Sql,
    { touched, erased }: AppliedRulings,
    added: Pick<Batch, 'added' | 'opensSpace'> | null,
  ): Promise<boolean> => {
    // Who may read a workshop hangs on its countries: they are shown at once, everything else in the order of the feed by whoever comes to it.
    const plans = (added?.added ?? []).flatMap(({ changeSet }) => plansIn(changeSet));
    await projectEntities(tx, [...plans, ...touched]);
    const changesGrants = added?.opensSpace || [...plans, ...touched].some(({ type }) => type === activity.type);
    if (changesGrants) await tx.run(`update counter set value = value + 1 where name = 'grants'`);
    return erased;
  };

  const adding = async <T>(work: (adding: Adding) => Promise<T>): Promise<T> => {
    let erased = false;
    const result = await db.transaction(async (tx) => {
      await acquireLock(tx, 'feed');
      const write = async (batch: Batch): Promise<void> => {
        await batch.write();
        const ruled = await applyRulings(tx, batch.ruled, hasher);
        if (await settle(tx, ruled, batch)) erased = true;
      };
      const open: Adding['open'] = (changeSets, more = {}) => openBatch(tx, changeSets, { ...more, hasher });
      const commit: Adding['commit'] = async (requests) => {
        const names = requests.flatMap(({ writes }) =>
          writes.map(({ entityType, entityId }): EntityName => ({ type: entityType, id: entityId })),
        );
        // What is ruled on is looked up like what is written to.
        const hashes = requests.flatMap(({ kind, writes }) => (kind === 'refuse' ? writes.map(({ entityId }) => entityId) : []));
        const chains = requests.map(({ space }) => ({ space, replica }));
        const batch = await open([], { hashes, withValues: names, chains, subjects: requests.flatMap(subjectsOf) });
        const made = sealIn(batch, requests, options);
        await write(batch);
        return made;
      };
      return work({ tx, open, write, commit });
    });
    if (erased) await purgeErased(db);
    for (const listener of listeners) listener();
    return result;
  };

  return {
    replica,
    db,
    adding,
    commit: (requests) => adding(({ commit }) => commit(requests)),
    ingest: (changeSets, alongside, receivedAt = () => Math.floor(options.clock.now())) =>
      adding(async ({ open, write }) => {
        const batch = await open(changeSets);
        let known = 0;
        const missing: Ingested['missing'][number][] = [];
        for (const changeSet of inChainOrder(changeSets)) {
          const { header, hash } = changeSet;
          const became = batch.add(changeSet, { receivedAt: receivedAt(changeSet) });
          if (became === 'known') known++;
          else if (became === 'missing' || became === 'broken')
            missing.push({ space: header.space, replica: header.replica, prev: header.prev ?? hash });
        }
        await write(batch);
        alongside?.();
        return { applied: batch.added.length, known, missing };
      }),
    async trustRulings(replicas) {
      const erased = await db.transaction(async (tx) => {
        await acquireLock(tx, 'feed');
        return settle(tx, await trustRulings(tx, replicas, hasher), null);
      });
      if (erased) await purgeErased(db);
    },
    onAdded: (listener) => void listeners.add(listener),
    async heads(type, id, field) {
      const [values = []] = (await valuesOf(db, [{ type, id }])).values();
      return headsIn(inFirstSpace(values), field).map(asHead);
    },
    async merged(type, id) {
      const [values = []] = (await valuesOf(db, [{ type, id }])).values();
      return mergeEntity(inFirstSpace(values));
    },
    async history(id, field, entityType) {
      const found: (Head & { current: boolean })[] = [];
      for (const type of entityType === undefined ? await typesOf(db, id) : [entityType]) {
        const [values = []] = (await valuesOf(db, [{ type, id }])).values();
        const written = inFirstSpace(values).filter((value) => value.field === field);
        const heads = new Set(headsIn(written, field).map((head) => head.id));
        found.push(...latestFirst(written).map((value) => ({ ...asHead(value), current: heads.has(value.id) })));
      }
      return found;
    },
  };
}

/** The ids of what a request writes, and of whom it says that a record is about. */
function subjectsOf({ writes }: CommitRequest): string[] {
  return writes.flatMap(({ entityType, entityId, field, value }) =>
    field === RECORD_RULES.aboutField(entityType) && typeof value === 'string' ? [entityId, value] : [entityId],
  );
}

function plansIn({ ops }: ChangeSet): EntityName[] {
  return ops.flatMap(({ entityType, entityId }) => (entityType === activity.type ? [{ type: entityType, id: entityId }] : []));
}

/** Seals what is asked for as things stand in a batch, and adds it there. */
function sealIn(batch: Batch, requests: readonly CommitRequest[], options: ChangeSetBuilderOptions): ChangeSet[] {
  const builder = changeSetBuilder({ endsOf: (space, replica) => batch.tipsOf(space, replica) }, { ...options, signs: 'each' });
  const shown = (type: string, id: string): readonly StoredValue[] => inFirstSpace(batch.values(type, id) ?? []);
  const registers = { heads: (type: string, id: string, field: string) => headsIn(shown(type, id), field) };
  const isTip = ({ header }: ChangeSet): boolean =>
    header.prev === null || batch.tipsOf(header.space, header.replica).some(({ hash }) => hash === header.prev);
  const made: ChangeSet[] = [];
  for (const request of requests) {
    for (const part of builder.parts(request)) {
      const changeSet = builder.seal(part, registers, isTip);
      if (!changeSet) continue;
      if (!isRulingKind(changeSet.header.kind)) for (const name of entitiesIn(changeSet)) staysInItsSpace(batch, name, part.space);
      batch.add(changeSet);
      made.push(changeSet);
    }
  }
  return made;
}

function staysInItsSpace(batch: Batch, { type, id }: EntityName, space: SpaceId): void {
  const values = batch.values(type, id) ?? [];
  if (values.length > 0 && !values.some((value) => value.space === space)) throw new Error('an entity would live in two spaces');
}

/** Sweeps the rows that nobody sees any more, in which what was erased lies on. */
async function purgeErased(db: Database): Promise<void> {
  for (const table of ['change_set', 'written', 'refused']) await db.exec(`vacuum ${table}`);
}
