import type { Hasher, Verifier } from '../../../kernel/ports.ts';
import { linkOf } from '../../../sync/chain.ts';
import { decodeChangeSet, verifyChangeSet } from '../../../sync/change-set.ts';
import { mergeEntity, entityKey } from '../../../sync/merge.ts';
import type { ChangeSet, Hash, ReplicaId, SpaceId } from '../../../sync/types.ts';
import { vouchingWalk, type VouchingLink } from '../../../sync/vouching.ts';
import { PROJECTIONS, type Cell } from '../projection.ts';
import { inFirstSpace, storedOps, type EntityName } from '../written-rows.ts';
import { storable, type Sql } from './database.ts';
import { valuesOf } from './registers.ts';
import { quoted, tableOf } from './schema.ts';

export interface PostgresCheckOptions {
  readonly hasher: Hasher;
  readonly verifier: Verifier;
  /** Public keys of those whose work may be here, from certificates that the caller believes, and the repository's own. */
  readonly keyOf: (replica: ReplicaId) => Uint8Array | undefined;
  /** Gets a word for the kind of fault, and the hash or the entity that it concerns; no values. */
  readonly report: (problem: string) => void;
}

interface LogRow {
  readonly feed: number;
  readonly hash: Hash;
  readonly space: SpaceId;
  readonly replica: ReplicaId;
  readonly seq: number;
  readonly prev: Hash | null;
  readonly author: string;
  readonly t: number;
  readonly tq: number;
  readonly body: Uint8Array;
}

const STEP = 500;

/**
 * Looks at everything in a repository's database, in the order in which a pull would serve it: every hash, chain, signature, value and tip, and every projection against
 * what its values give. To be called in a transaction of one snapshot; reads page by page. Returns how much was looked at.
 */
export async function checkDatabase(
  sql: Sql,
  options: PostgresCheckOptions,
): Promise<{ readonly changeSets: number; readonly entities: number }> {
  const changeSets = await checkLog(sql, options);
  await checkTips(sql, options.report);
  return { changeSets, entities: await checkProjections(sql, options.report) };
}

async function checkLog(sql: Sql, { hasher, verifier, keyOf, report }: PostgresCheckOptions): Promise<number> {
  const walk = vouchingWalk<VouchingLink>();
  let changeSets = 0;
  for (let last = 0; ;) {
    const rows = await sql.all<LogRow>(
      `select feed, hash, space, replica, seq, prev, author, t, tq, body from change_set where feed > $1::bigint order by feed limit ${STEP}`,
      last,
    );
    if (rows.length === 0) break;
    const links = await linksOf(sql, rows);
    const written = await writtenBetween(sql, last, rows.at(-1)!.feed);
    last = rows.at(-1)!.feed;
    changeSets += rows.length;
    for (const row of rows) {
      const changeSet = readAs(row, hasher);
      if (!changeSet) {
        report(`hash ${row.hash}`);
        continue;
      }
      const { hash, header, signature } = changeSet;
      const key = keyOf(header.replica);
      if (!key) report(`certificate ${hash}`);
      const right = signature !== '' && key !== undefined && verifyChangeSet(changeSet, key, verifier, hasher);
      if (signature !== '' && key && !right) report(`signature ${hash}`);
      // One fault is said once: of who has no certificate nothing can be vouched for.
      walk.meet({ hash, header, signed: right || !key || signature !== '' });
      if (linkOf(changeSet, (prev) => links.get(prev) ?? null) !== 'extends') report(`chain ${hash}`);
      for (const [entity, ops] of storedOps(changeSet.ops)) {
        if (written.get(`${row.feed} ${entity}`) !== JSON.stringify(ops)) report(`value ${hash}`);
      }
    }
  }
  for (const { hash } of walk.waiting()) report(`unproven ${hash}`);
  return changeSets;
}

/** The change-set of a row where its body is what the row says; null: it is not. */
function readAs(row: LogRow, hasher: Hasher): ChangeSet | null {
  const decoded = decodeChangeSet(row.body, hasher);
  if (!decoded.ok || decoded.value.hash !== row.hash) return null;
  const { header } = decoded.value;
  const same = header.space === row.space && header.replica === row.replica && header.seq === row.seq && header.prev === row.prev;
  return same && storable(header.author) === row.author && header.t === row.t && header.tq === row.tq ? decoded.value : null;
}

type LinkedPlace = { readonly space: SpaceId; readonly replica: ReplicaId; readonly seq: number };

async function linksOf(sql: Sql, rows: readonly LogRow[]): Promise<ReadonlyMap<Hash, LinkedPlace>> {
  const wanted = rows.flatMap(({ prev }) => (prev === null ? [] : [prev]));
  const found = await sql.all<LinkedPlace & { hash: Hash }>(
    'select hash, space, replica, seq from change_set where hash = any($1::text[])',
    wanted,
  );
  return new Map(found.map(({ hash, ...link }) => [hash, link]));
}

async function writtenBetween(sql: Sql, after: number, to: number): Promise<ReadonlyMap<string, string>> {
  const rows = await sql.all<{ feed: number; type: string; entity: string; ops: string }>(
    'select feed, type, entity, ops from written where feed > $1::bigint and feed <= $2::bigint',
    after,
    to,
  );
  return new Map(rows.map(({ feed, type, entity, ops }) => [`${feed} ${entityKey(type, entity)}`, ops]));
}

async function checkTips(sql: Sql, report: (problem: string) => void): Promise<void> {
  const wrong = await sql.all<{ hash: Hash }>(
    `with ends as (
       select c.space, c.replica, c.hash, c.seq from change_set c where not exists
         (select 1 from change_set n where n.replica = c.replica and n.seq = c.seq + 1 and n.prev = c.hash and n.space = c.space))
     (select hash from (select * from ends except select space, replica, hash, seq from tip) missing limit 50)
     union all (select hash from (select space, replica, hash, seq from tip except select * from ends) stale limit 50)`,
  );
  for (const { hash } of wrong) report(`tip ${hash}`);
}

async function checkProjections(sql: Sql, report: (problem: string) => void): Promise<number> {
  const byType = new Map(PROJECTIONS.map((projection) => [projection.type, projection]));
  const shown = new Map<string, number>();
  let entities = 0;
  for (let last: EntityName = { type: '', id: '' }; ;) {
    const page: EntityName[] = await sql.all<EntityName>(
      `select distinct entity as id, type from written where (entity, type) > ($1, $2) order by entity, type limit ${STEP}`,
      last.id,
      last.type,
    );
    if (page.length === 0) break;
    last = page.at(-1)!;
    entities += page.length;
    const known = page.filter(({ type }) => byType.has(type));
    const values = await valuesOf(sql, known);
    for (const type of new Set(known.map((name) => name.type))) {
      const { columns, rowOf } = byType.get(type)!;
      const ids = known.flatMap((name) => (name.type === type ? [name.id] : []));
      const rows = await sql.all<Record<string, Cell>>(
        `select ${columns.map(quoted).join(', ')} from ${tableOf(type)} where "id" = any($1::text[])`,
        ids,
      );
      const found = new Map(rows.map((row) => [row['id'], row]));
      for (const id of ids) {
        const all = values.get(entityKey(type, id))!;
        if (all.length === 0) continue;
        shown.set(type, (shown.get(type) ?? 0) + 1);
        const first = inFirstSpace(all);
        const expected = rowOf(id, first[0]!.space, mergeEntity(first));
        const row = found.get(id);
        const same =
          row !== undefined && expected.every((cell, i) => (typeof cell === 'string' ? storable(cell) : cell) === row[columns[i]!]);
        if (!same) report(`projection ${type} ${id}`);
      }
    }
  }
  for (const { type } of PROJECTIONS) {
    const row = await sql.get<{ rows: number }>(`select count(*) as rows from ${tableOf(type)}`);
    if (row!.rows !== (shown.get(type) ?? 0)) report(`projection ${type}`);
  }
  return entities;
}
