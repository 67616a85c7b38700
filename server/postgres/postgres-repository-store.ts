import type { Hasher } from '../../shared/kernel/ports.ts';
import * as log from '../../shared/node/store/postgres/change-log.ts';
import type { Sql } from '../../shared/node/store/postgres/database.ts';
import { isProjected, projectNext } from '../../shared/node/store/postgres/projections.ts';
import type { Adding, PostgresStore } from '../../shared/node/store/postgres/postgres-store.ts';
import { valuesOf } from '../../shared/node/store/postgres/registers.ts';
import { names } from '../../shared/node/store/postgres/lists.ts';
import { EarlyReader } from '../../shared/node/store/postgres/log-facts.ts';
import { tableOf } from '../../shared/node/store/postgres/schema.ts';
import { headsIn, inFirstSpace } from '../../shared/node/store/written-rows.ts';
import { decodeCertificate, encodeCertificate } from '../../shared/sync/certificate.ts';
import { RECORD_RULES } from '../../shared/model/record-rules.ts';
import { isRulingKind } from '../../shared/sync/accept.ts';
import { entityKey } from '../../shared/sync/merge.ts';
import type { ChangeSet, Hash, ReplicaId, SpaceId } from '../../shared/sync/types.ts';
import { certificatesOf, openJudgeContext, workshopsOf, type JudgeContextPorts } from './postgres-judge-context.ts';
import { addRefused, addWorkshops } from './postgres-registry.ts';
import { redactErased } from '../push/redact-quarantine.ts';
import type { PushJudge, RepositoryStore } from '../repository-store.ts';
import type { CommitRequest } from '../../shared/node/store/store.ts';
import { everyFileNamed, versionsNaming } from '../files/named-files.ts';

/** Change-sets that are judged on one reading of the database. */
const STEP = 1_000;

/** A repository's store in a database that several server processes share. */
export function postgresRepositoryStore(store: PostgresStore, hasher: Hasher): RepositoryStore {
  const { db, replica } = store;
  return {
    replica,
    feedHead: () => log.feedHead(db),
    hashAt: async (feed) => (await db.get<{ hash: Hash }>('select hash from change_set where feed = $1', feed))?.hash ?? null,
    spaceHead: (space) => log.spaceHead(db, space),
    spaces: () => log.spaces(db),
    spacesBeyond: (spaces, feed) => log.spacesBeyond(db, spaces, feed),
    tips: (spaces) => log.tips(db, spaces),
    ownTips: (of) => db.all('select space, replica, seq, hash from tip where replica = $1 order by space, hash', of),
    async knownAmong(hashes, space) {
      // Found by hash alone: of a space that grew since the table was last looked over, the planner would compare every row with every hash.
      const rows = await db.all<{ hash: Hash }>(
        `select hash from change_set where hash = any(string_to_array($1, ' ')) and (space || '') = $2`,
        names(hashes),
        space,
      );
      return new Set(rows.map(({ hash }) => hash));
    },
    hasNews: (spaces, feed, notBy) => log.hasNews(db, spaces, feed, notBy),
    pages: (starts, limits) => log.pages(db, starts, limits),
    feedPage: (spaces, after, limits) => log.feedPage(db, spaces, after, limits),
    async begunBefore(replicas, spaces, feed) {
      const rows = await db.all<{ replica: ReplicaId }>(
        `select distinct replica from change_set
         where replica = any($1::text[]) and seq = 1 and feed <= $2::bigint and (space || '') = any($3::text[])`,
        replicas,
        feed,
        spaces,
      );
      return new Set(rows.map(({ replica: begun }) => begun));
    },
    referentsOf: (hashes) => log.referentsOf(db, hashes, hasher),
    bodiesAt: (places, mostBytes) => log.bodiesAt(db, places, mostBytes),
    certificates: (replicas) => certificatesOf(db, replicas),
    async putCertificate(certificate) {
      // An older one never replaces a newer, whoever was quicker to look.
      await db.transaction(async (tx) => {
        await tx.run('insert into certificate values ($1, $2) on conflict do nothing', certificate.replica, encodeCertificate(certificate));
        const row = await tx.get<{ bytes: Buffer }>('select bytes from certificate where replica = $1 for update', certificate.replica);
        const known = decodeCertificate(row!.bytes);
        if (known.ok && known.value.issuedAt >= certificate.issuedAt) return;
        await tx.run('update certificate set bytes = $1 where replica = $2', encodeCertificate(certificate), certificate.replica);
      });
    },
    grantsVersion: async () => String((await db.get<{ value: number }>(`select value from counter where name = 'grants'`))!.value),
    workshops: (ids) => workshopsOf(db, ids),
    async filesNamed(sha256) {
      await showAll(db);
      const rows = await db.all<{ id: string; space: SpaceId; size: number | null }>(
        versionsNaming(tableOf('materialVersion'), '$1'),
        sha256,
      );
      const written = await valuesOf(
        db,
        rows.map(({ id }) => ({ type: 'materialVersion', id })),
      );
      const named = rows.map(({ id, space, size }) => {
        const heads = headsIn(inFirstSpace(written.get(entityKey('materialVersion', id)) ?? []), 'sha256');
        return { space, size, replicas: heads.flatMap(({ value, replica }) => (value === sha256 ? replica : [])) };
      });
      const known = await certificatesOf(db, [...new Set(named.flatMap(({ replicas }) => replicas))]);
      return named.map(({ space, size, replicas }) => ({ space, size, authors: replicas.flatMap((replica) => known.get(replica) ?? []) }));
    },
    async everyFileNamed() {
      await showAll(db);
      return db.all(everyFileNamed(tableOf('materialVersion')));
    },
    take: (changeSets, push) => store.adding((adding) => takeIn(adding, changeSets, push, { hasher, replica }, null)),
    readEarly() {
      const reader = new EarlyReader(db, STEP);
      return {
        add: (changeSets) => reader.add(changeSets),
        end: () => reader.end(),
        async take(changeSets, push) {
          // Before a connection is taken: all of them might wait for one that waits for this.
          await reader.settled();
          await store.adding((adding) => takeIn(adding, changeSets, push, { hasher, replica }, reader));
        },
      };
    },
  };
}

async function showAll(db: PostgresStore['db']): Promise<void> {
  if (!(await isProjected(db))) while (await projectNext(db));
}

async function takeIn(
  adding: Adding,
  changeSets: readonly ChangeSet[],
  push: PushJudge,
  having: JudgeContextPorts,
  reader: EarlyReader | null,
): Promise<void> {
  const { tx } = adding;
  const ports = { ...having, receivedAt: Math.floor(push.effects().at) };
  const refusedBefore = new Set<Hash>();
  for (let at = 0; at < changeSets.length;) {
    const step = changeSets.slice(at, at + STEP);
    const { context, batch, written, ...before } = await openJudgeContext(adding, step, ports, reader);
    for (const hash of before.refusedBefore) refusedBefore.add(hash);
    // What rules may touch whatever was read: the rest is judged on what stands then.
    let rules = false;
    for (let i = 0; i < step.length && !rules; i++, at++) {
      const before = batch.added.length;
      push.judge(step[i]!, context);
      rules = written.length > 0 || batch.added.slice(before).some(({ changeSet }) => isRulingKind(changeSet.header.kind));
    }
    await adding.write(batch);
    if (written.length > 0) await adding.commit(written);
  }
  push.judged();
  const rulings: CommitRequest[] = [];
  push.finish((request) => void rulings.push(request));
  if (rulings.length > 0) await adding.commit(rulings);
  const { at, creators, refused, stands, erased } = push.effects();
  if (creators.size > 0) await addWorkshops(tx, creators, at);
  if (refused.length > 0) await addRefused(tx, refused);
  for (const { hash } of refused) refusedBefore.add(hash);
  const nowStand = stands.filter((hash) => refusedBefore.has(hash));
  if (nowStand.length > 0) await tx.run(`delete from refused where hash = any(string_to_array($1, ' '))`, names(nowStand));
  if (erased) await redactQuarantine(tx, ports.hasher);
}

/** Redacts the quarantined change-sets: whatever they say of people who were erased goes. */
async function redactQuarantine(tx: Sql, hasher: Hasher): Promise<void> {
  const rows = await tx.all<{ entity: string; type: string; space: SpaceId }>('select entity, type, space from erasure');
  const everywhere = new Set(rows.map(({ entity, type }) => `${type} ${entity}`));
  const somewhere = new Set(rows.map(({ entity, type, space }) => `${type} ${entity} ${space}`));
  const erased = {
    hasher,
    rules: RECORD_RULES,
    isErased: (type: string, id: string, space: SpaceId) => somewhere.has(`${type} ${id} ${space}`),
    isErasedPerson: (id: string) => everywhere.has(`${RECORD_RULES.personType} ${id}`),
  };
  const kept = await tx.all<{ hash: Hash; bytes: Buffer }>('select hash, bytes from refused where bytes is not null');
  for (const { hash, bytes } of kept) {
    const rewritten = redactErased(erased, bytes);
    if (rewritten) await tx.run('update refused set bytes = $1 where hash = $2', rewritten, hash);
  }
}
