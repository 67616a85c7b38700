import { countriesIn } from '../../shared/features/sync/reading.ts';
import type { RecordFacts } from '../../shared/features/sync/rights.ts';
import { PROJECTIONS } from '../../shared/node/store/projection.ts';
import { crowdedAmong, writtenAmong } from '../../shared/node/store/postgres/batch-reads.ts';
import type { Batch } from '../../shared/node/store/postgres/batch.ts';
import type { Sql } from '../../shared/node/store/postgres/database.ts';
import { names } from '../../shared/node/store/postgres/lists.ts';
import type { EarlyReader } from '../../shared/node/store/postgres/log-facts.ts';
import type { Adding } from '../../shared/node/store/postgres/postgres-store.ts';
import { entitiesIn } from '../../shared/node/store/postgres/registers.ts';
import { tableOf } from '../../shared/node/store/postgres/schema.ts';
import type { CommitRequest } from '../../shared/node/store/store.ts';
import { ShownEntity } from '../../shared/node/store/written-rows.ts';
import type { Hasher } from '../../shared/kernel/ports.ts';
import { activity } from '../../shared/model/activity.ts';
import { planSpace, workshopOf } from '../../shared/model/spaces.ts';
import { lacksValues, OwnValues, withoutErased } from '../../shared/sync/accept.ts';
import { decodeCertificate, type Certificate } from '../../shared/sync/certificate.ts';
import type { ChangeSet, Hash, ReplicaId, SpaceId } from '../../shared/sync/types.ts';
import type { KnownWorkshop, JudgeContext } from '../repository-store.ts';

/** The parts that judging needs beside the database. */
export interface JudgeContextPorts {
  readonly hasher: Hasher;
  /** The repository's own replica. */
  readonly replica: ReplicaId;
}

/** Reads the context in which these change-sets are judged; `reader`: may have read part of it already. */
export async function openJudgeContext(
  adding: Adding,
  changeSets: readonly ChangeSet[],
  { replica: ruler, receivedAt }: JudgeContextPorts & { readonly receivedAt: number },
  reader: EarlyReader | null,
): Promise<{
  readonly context: JudgeContext;
  readonly batch: Batch;
  readonly written: readonly CommitRequest[];
  /** Those of the change-sets that were refused before. */
  readonly refusedBefore: Iterable<Hash>;
}> {
  const { tx } = adding;
  const workshops = [...new Set(changeSets.flatMap(({ header }) => workshopOf(header.space) ?? []))];
  const plans = workshops.map((id) => ({ type: activity.type, id }));
  const senders = [...new Set(changeSets.map(({ header }) => header.replica))];
  const early = (await reader?.factsOn(tx, changeSets)) ?? null;
  const [before, batch, creators, refused, certificates, revoked] = await Promise.all([
    early?.written ?? writtenAmong(tx, changeSets),
    adding.open(changeSets, { withValues: plans, early }),
    creatorsOf(tx, workshops),
    refusedAmong(tx, changeSets),
    certificatesOf(tx, senders),
    revokedAmong(tx, senders),
  ]);
  const records = new Map<string, { readonly space: SpaceId; readonly replica: ReplicaId }>();
  for (const { type, id, first } of before.values()) if (first) records.set(`${type} ${id}`, first);
  // Of whoever wrote first to what is written again nothing but their user is asked.
  const others = [...new Set([...records.values()].map(({ replica }) => replica))].filter((replica) => !senders.includes(replica));
  const crowded = crowdedAmong(changeSets, before);
  await Promise.all([
    others.length === 0 ? null : certificatesOf(tx, others).then((found) => found.forEach((one) => certificates.set(one.replica, one))),
    crowded.length === 0 ? null : batch.readValues(crowded),
  ]);
  const written: CommitRequest[] = [];
  const userOf = (replica: ReplicaId): string => certificates.get(replica)?.user ?? '';
  const countriesOf = countriesShown(batch);

  let own: OwnValues | null = null;

  const context: JudgeContext = {
    logged: (hash) => batch.logged(hash),
    tipsOf: (space, replica) => batch.tipsOf(space, replica),
    admits: (changeSet) => (own ??= new OwnValues(batch)).admit(changeSet),
    add(changeSet, verdict) {
      const became = batch.add(changeSet, { receivedAt, verdict });
      if (became !== 'added') return became === 'ruledOut' ? became : 'missing';
      if (verdict !== null) return became;
      const { space, replica } = changeSet.header;
      for (const { type, id } of entitiesIn(changeSet)) {
        const name = `${type} ${id}`;
        if (!records.has(name)) records.set(name, { space, replica });
      }
      return became;
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
    quarantined: (hash) => refused.get(hash) ?? undefined,
    withoutErased: (changeSet) => withoutErased(batch, changeSet),
    lacksValues: (changeSet) => lacksValues(batch, changeSet),
  };
  return { context, batch, written, refusedBefore: refused.keys() };
}

const SHOWN_ACTIVITY = PROJECTIONS.find(({ type }) => type === activity.type)!;
const COUNTRIES = SHOWN_ACTIVITY.columns.indexOf('countries');

/** The countries of workshops as their plans say now; worked out again only when something was written there. */
function countriesShown(batch: Batch): (id: string) => readonly string[] {
  const known = new Map<string, { readonly values: number; readonly shown: ShownEntity | null; readonly countries: readonly string[] }>();
  return (id) => {
    const written = batch.values(activity.type, id) ?? [];
    const before = known.get(id);
    if (before?.values === written.length) return before.countries;
    // Only what was added since: a plan may have a long past, and each change-set of its spaces asks.
    const isKept = before?.shown && written.slice(before.values).every((value) => before.shown!.add(value));
    const shown = isKept ? before.shown! : ShownEntity.of(written);
    const cell = shown?.space === planSpace(id) ? SHOWN_ACTIVITY.rowOf(id, shown.space, shown.merged())[COUNTRIES] : null;
    const countries = countriesIn(typeof cell === 'string' ? cell : null);
    known.set(id, { values: written.length, shown, countries });
    return countries;
  };
}

async function creatorsOf(sql: Sql, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await sql.all<{ id: string; creator: string }>('select id, creator from workshop where id = any($1::text[])', ids);
  return new Map(rows.map(({ id, creator }) => [id, creator]));
}

/** Those of these workshops that are known, with what their plans show. */
export async function workshopsOf(sql: Sql, ids: readonly string[]): Promise<Map<string, KnownWorkshop>> {
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
      return [id, { creator, countries: isHere ? countriesIn(countries) : [], start: (isHere && start) || '', end: (isHere && end) || '' }];
    }),
  );
}

/** Those of these replicas that are certified. */
export async function certificatesOf(sql: Sql, replicas: readonly ReplicaId[]): Promise<Map<ReplicaId, Certificate>> {
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

/** Those of these change-sets that were refused before, with their bytes where they were kept. */
async function refusedAmong(sql: Sql, changeSets: readonly ChangeSet[]): Promise<Map<Hash, Uint8Array | null>> {
  const rows = await sql.all<{ hash: Hash; bytes: Buffer | null }>(
    `select hash, bytes from refused where exists (select from refused) and hash = any(string_to_array($1, ' '))`,
    names(changeSets.map(({ hash }) => hash)),
  );
  return new Map(rows.map(({ hash, bytes }) => [hash, bytes]));
}
