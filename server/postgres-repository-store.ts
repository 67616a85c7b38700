import type { Hasher } from '../shared/kernel/ports.ts';
import { PROJECTIONS } from '../shared/node/store/projection.ts';
import type { Batch } from '../shared/node/store/postgres/batch.ts';
import * as log from '../shared/node/store/postgres/change-log.ts';
import type { Sql } from '../shared/node/store/postgres/database.ts';
import { names } from '../shared/node/store/postgres/lists.ts';
import { isShown, showNext } from '../shared/node/store/postgres/projections.ts';
import type { Adding, PostgresStore } from '../shared/node/store/postgres/postgres-store.ts';
import { entitiesIn, type EntityName } from '../shared/node/store/postgres/registers.ts';
import { tableOf } from '../shared/node/store/postgres/schema.ts';
import type { CommitRequest } from '../shared/node/store/store.ts';
import { inFirstSpace } from '../shared/node/store/written.ts';
import { activity } from '../shared/model/activity.ts';
import { planSpace } from '../shared/model/spaces.ts';
import { decodeCertificate, encodeCertificate, type Certificate } from '../shared/sync/certificate.ts';
import { isRefusable, mergeEntity } from '../shared/sync/merge.ts';
import type { ChangeSet, Hash, ReplicaId, SpaceId } from '../shared/sync/types.ts';
import type { RecordFacts } from './authorisation.ts';
import { countriesOf, workshopOf } from './facts.ts';
import { addRefused, addWorkshops } from './postgres-registry.ts';
import { rewrittenWithoutErased, withoutErased } from './refused-erasure.ts';
import type { KnownWorkshop, PushGround, PushSteps, RepositoryStore } from './repository-store.ts';

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
    knownAmong: async (hashes) =>
      new Set((await db.all<{ hash: Hash }>('select hash from change_set where hash = any($1::text[])', hashes)).map(({ hash }) => hash)),
    hasNews: (spaces, feed, notBy) => log.hasNews(db, spaces, feed, notBy),
    pages: (starts, limits) => log.pages(db, starts, limits),
    feedPage: (spaces, after, limits) => log.feedPage(db, spaces, after, limits),
    authorsIn: async (spaces) =>
      (await db.all<{ replica: ReplicaId }>('select distinct replica from tip where space = any($1::text[])', spaces)).map(
        (row) => row.replica,
      ),
    authorsSince: (spaces, feed, notBy) =>
      db.all(
        `select replica, min(seq) as first from change_set
         where feed > $1::bigint and replica <> $2 and (space || '') = any($3::text[]) group by replica`,
        feed,
        notBy,
        spaces,
      ),
    referents: (places) => log.referents(db, places, hasher),
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
      if (!(await isShown(db))) while (await showNext(db));
      return db.all(`select space, size from ${tableOf('materialVersion')} where sha256 = $1`, sha256);
    },
    take: (changeSets, push) => store.adding((adding) => takeIn(adding, changeSets, push, { hasher, replica })),
  };
}

interface Ports {
  readonly hasher: Hasher;
  readonly replica: ReplicaId;
}

async function takeIn(adding: Adding, changeSets: readonly ChangeSet[], push: PushSteps, ports: Ports): Promise<void> {
  const { tx } = adding;
  for (let at = 0; at < changeSets.length;) {
    const step = changeSets.slice(at, at + STEP);
    const { ground, batch, written } = await openGround(adding, step, [], ports);
    // What rules may touch whatever was read: the rest is judged on what stands then.
    let rules = false;
    for (let i = 0; i < step.length && !rules; i++, at++) {
      const before = batch.added.length;
      push.each(step[i]!, ground);
      rules = written.length > 0 || batch.added.slice(before).some(({ changeSet }) => !isRefusable(changeSet.header));
    }
    await adding.write(batch);
    await adding.commit(written);
  }
  const turnedDown = push.beside().refused.map(({ hash }) => hash);
  if (turnedDown.length > 0) {
    const { ground, written } = await openGround(adding, [], turnedDown, ports);
    push.last(ground);
    await adding.commit(written);
  }
  const { at, creators, refused, stands, erased } = push.beside();
  if (creators.size > 0) await addWorkshops(tx, creators, at);
  if (refused.length > 0) await addRefused(tx, refused);
  if (stands.length > 0) await tx.run('delete from refused where hash = any($1::text[])', stands);
  if (erased) await eraseFromRefused(tx, ports.hasher);
}

/** Reads what judging these change-sets rests on. */
async function openGround(
  adding: Adding,
  changeSets: readonly ChangeSet[],
  hashes: readonly Hash[],
  { hasher, replica: ruler }: Ports,
): Promise<{ readonly ground: PushGround; readonly batch: Batch; readonly written: readonly CommitRequest[] }> {
  const { tx } = adding;
  const workshops = [...new Set(changeSets.flatMap(({ header }) => workshopOf(header.space) ?? []))];
  const withValues = workshops.map((id) => ({ type: activity.type, id }));
  const [batch, creators, records, aside] = await Promise.all([
    adding.open(changeSets, { hashes, withValues }),
    creatorsOf(tx, workshops),
    recordsOf(tx, changeSets.flatMap(entitiesIn)),
    keptAsideAmong(tx, changeSets),
  ]);
  const authors = [
    ...new Set([...changeSets.map(({ header }) => header.replica), ...[...records.values()].map((record) => record.replica)]),
  ];
  const [certificates, revoked] = await Promise.all([certificatesOf(tx, authors), revokedAmong(tx, authors)]);
  const written: CommitRequest[] = [];
  const userOf = (replica: ReplicaId): string => certificates.get(replica)?.user ?? '';
  const countriesOf = countriesIn(batch);

  const ground: PushGround = {
    logged: (hash) => batch.logged(hash),
    tipsOf: (space, replica) => batch.tipsOf(space, replica),
    add(changeSet) {
      if (batch.add(changeSet) !== 'added') return false;
      const { space, replica } = changeSet.header;
      for (const { type, id } of entitiesIn(changeSet)) {
        const name = `${type} ${id}`;
        if (!records.has(name)) records.set(name, { space, replica });
      }
      return true;
    },
    write: (request) => void written.push(request),
    workshop(id, opener) {
      const creator = creators.get(id) ?? opener;
      return creator === undefined ? null : { creator, countries: countriesOf(id) };
    },
    record(entityType, entityId): RecordFacts | null {
      const record = records.get(`${entityType} ${entityId}`);
      return record ? { space: record.space, creator: userOf(record.replica) } : null;
    },
    certificate: (replica) => (replica === ruler ? undefined : certificates.get(replica)),
    isRevoked: (replica) => revoked.has(replica),
    keptAside: (hash) => aside.get(hash),
    withoutErased: (changeSet) => withoutErased(batch, changeSet, hasher),
  };
  return { ground, batch, written };
}

const SHOWN_ACTIVITY = PROJECTIONS.find(({ type }) => type === activity.type)!;
const COUNTRIES = SHOWN_ACTIVITY.columns.indexOf('countries');

/** The countries of workshops as their plans say now; worked out again only when something was written there. */
function countriesIn(batch: Batch): (id: string) => readonly string[] {
  const known = new Map<string, { readonly values: number; readonly countries: readonly string[] }>();
  return (id) => {
    const written = batch.values(activity.type, id);
    const before = known.get(id);
    if (before?.values === written.length) return before.countries;
    const values = inFirstSpace(written);
    const space = values[0]?.space;
    const cell = space === planSpace(id) ? SHOWN_ACTIVITY.rowOf(id, space, mergeEntity(values))[COUNTRIES] : null;
    const countries = countriesOf(typeof cell === 'string' ? cell : null);
    known.set(id, { values: written.length, countries });
    return countries;
  };
}

async function creatorsOf(sql: Sql, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await sql.all<{ id: string; creator: string }>('select id, creator from workshop where id = any($1::text[])', ids);
  return new Map(rows.map(({ id, creator }) => [id, creator]));
}

async function workshopsOf(sql: Sql, ids: readonly string[]): Promise<Map<string, KnownWorkshop>> {
  const rows = await sql.all<{
    id: string;
    creator: string;
    space: SpaceId | null;
    countries: string | null;
    start: string | null;
    end: string | null;
  }>(
    `select w.id, w.creator, a.space, a.countries, a.start, a."end" from workshop w left join ${tableOf(activity.type)} a on a.id = w.id
     where w.id = any($1::text[])`,
    ids,
  );
  return new Map(
    rows.map(({ id, creator, space, countries, start, end }) => {
      const isHere = space === planSpace(id);
      return [id, { creator, countries: isHere ? countriesOf(countries) : [], start: (isHere && start) || '', end: (isHere && end) || '' }];
    }),
  );
}

interface FirstWriter {
  readonly space: SpaceId;
  readonly replica: ReplicaId;
}

/** Where each of these was written first, and by whom; what was refused does not count. */
async function recordsOf(sql: Sql, entities: readonly EntityName[]): Promise<Map<string, FirstWriter>> {
  const rows = await sql.all<FirstWriter & { type: string; entity: string }>(
    `select e.type, e.entity, c.space, c.replica
     from (select distinct * from unnest(string_to_array($1, ' '), string_to_array($2, ' ')) as u(type, entity)) e
     cross join lateral (
       select x.space, x.replica from written w join change_set x on x.feed = w.feed
       where w.entity = e.entity and w.type = e.type and x.refused is null order by w.feed limit 1) c`,
    names(entities.map(({ type }) => type)),
    names(entities.map(({ id }) => id)),
  );
  return new Map(rows.map(({ type, entity, space, replica }) => [`${type} ${entity}`, { space, replica }]));
}

async function certificatesOf(sql: Sql, replicas: readonly ReplicaId[]): Promise<Map<ReplicaId, Certificate>> {
  const rows = await sql.all<{ replica: ReplicaId; bytes: Buffer }>(
    'select replica, bytes from certificate where replica = any($1::text[])',
    replicas,
  );
  return new Map(
    rows.flatMap(({ replica, bytes }) => {
      const decoded = decodeCertificate(bytes);
      return decoded.ok ? [[replica, decoded.value] as const] : [];
    }),
  );
}

async function revokedAmong(sql: Sql, replicas: readonly ReplicaId[]): Promise<Set<ReplicaId>> {
  const rows = await sql.all<{ replica: ReplicaId }>(
    'select replica from device where replica = any($1::text[]) and revoked_at is not null',
    replicas,
  );
  return new Set(rows.map(({ replica }) => replica));
}

async function keptAsideAmong(sql: Sql, changeSets: readonly ChangeSet[]): Promise<Map<Hash, Uint8Array>> {
  const rows = await sql.all<{ hash: Hash; bytes: Buffer }>(
    `select hash, bytes from refused where hash = any(string_to_array($1, ' ')) and bytes is not null`,
    names(changeSets.map(({ hash }) => hash)),
  );
  return new Map(rows.map(({ hash, bytes }) => [hash, bytes]));
}

/** Takes out of what is set aside whatever is said there of people who were erased. */
async function eraseFromRefused(tx: Sql, hasher: Hasher): Promise<void> {
  const rows = await tx.all<{ entity: string; type: string; space: SpaceId }>('select entity, type, space from erasure');
  const everywhere = new Set(rows.map(({ entity, type }) => `${type} ${entity}`));
  const somewhere = new Set(rows.map(({ entity, type, space }) => `${type} ${entity} ${space}`));
  const erased = {
    isErased: (type: string, id: string, space: SpaceId) => somewhere.has(`${type} ${id} ${space}`),
    isErasedPerson: (id: string) => everywhere.has(`participant ${id}`),
  };
  const kept = await tx.all<{ hash: Hash; bytes: Buffer }>('select hash, bytes from refused where bytes is not null');
  for (const { hash, bytes } of kept) {
    const rewritten = rewrittenWithoutErased(erased, bytes, hasher);
    if (rewritten) await tx.run('update refused set bytes = $1 where hash = $2', rewritten, hash);
  }
}
