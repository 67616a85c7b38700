import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { ENTITIES } from '../../../model/entities.ts';
import { ASKED, PROJECTIONS, PROJECTION_SHAPE, type Projection } from '../projection.ts';
import { acquireLock, type Database, type Sql } from './database.ts';

/** Steps only add: what an older program wrote is never dropped. Texts compare by their bytes, as everywhere else. */
const MIGRATIONS: readonly string[] = [
  `
  create table change_set(
    feed bigint primary key,
    hash text collate "C" not null unique,
    space text collate "C" not null,
    replica text collate "C" not null,
    seq bigint not null,
    prev text collate "C",
    kind text not null,
    author text not null,
    t bigint not null,
    tq smallint not null,
    refused text,
    body bytea not null);
  create index change_set_by_space on change_set(space, feed);
  create index change_set_by_place on change_set(replica, seq);
  create index change_set_rulings on change_set(feed) where kind in ('refuse', 'erase');
  create index change_set_refused on change_set(feed) where refused is not null;

  create table written(
    entity text collate "C" not null,
    type text collate "C" not null,
    feed bigint not null,
    ops text not null,
    primary key (entity, type, feed));
  create index written_by_feed on written(feed);

  create table tip(
    space text collate "C" not null,
    replica text collate "C" not null,
    hash text collate "C" not null,
    seq bigint not null,
    primary key (space, replica, hash));
  create index tip_by_replica on tip(replica);

  create table space(id text collate "C" primary key, head bigint not null);

  create table refusal(
    hash text collate "C" not null,
    space text collate "C" not null,
    reason text collate "C" not null,
    ruling text collate "C" not null,
    primary key (hash, ruling));

  create table erasure(
    entity text collate "C" not null,
    type text collate "C" not null,
    space text collate "C" not null,
    primary key (entity, type, space));

  create table certificate(replica text collate "C" primary key, bytes bytea not null);

  create table invitation(
    name text collate "C" primary key, secret bytea not null, role text not null, scope text not null, expires_at bigint not null,
    tries integer not null default 0, used_by text collate "C");
  create table device(
    replica text collate "C" primary key, "user" text collate "C" not null, name text not null, role text not null, scope text not null,
    enrolled_at bigint not null, feed bigint not null, last_seen bigint, revoked_at bigint);
  create index device_by_user on device("user");
  create table credential(token bytea primary key, replica text collate "C" not null, since bigint not null, number bigserial);
  create index credential_by_replica on credential(replica, since);
  create table wrong_code(address text primary key, since bigint not null, tries integer not null);

  create table workshop(id text collate "C" primary key, creator text collate "C" not null, since bigint not null);
  create index workshop_by_creator on workshop(creator);
  create table refused(
    hash text collate "C" primary key, code text not null, space text collate "C" not null, replica text collate "C" not null,
    received_at bigint not null, bytes bytea);

  create table setting(name text primary key, value bytea not null);
  create table meta(name text primary key, value text not null);
  create table counter(name text primary key, value bigint not null);
  insert into counter values ('grants', 0), ('revocations', 0), ('projected', 0);
  `,
  `alter table change_set add column received_at bigint;`,
  `
  alter table invitation add column person text, add column "user" text collate "C";
  create table act(number bigserial primary key, at bigint not null, who text not null, what text not null, details text not null);
  create function act_is_kept() returns trigger language plpgsql as $$ begin raise exception 'acts are only added'; end $$;
  create trigger act_is_kept before update or delete on act for each row execute function act_is_kept();
  `,
  `
  create table if not exists file_holder(sha256 text not null, owner text not null, primary key (sha256, owner));
  create table if not exists file_given(sha256 text not null, space text not null, primary key (sha256, space));
  create table if not exists file_proving(sha256 text not null, owner text not null, held bigint not null, wrong integer not null,
    primary key (sha256, owner));
  create table if not exists usage(owner text not null, day text not null, kind text not null, amount bigint not null,
    primary key (owner, day, kind));
  `,
];

/** The newest schema that this program knows. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/**
 * Brings a database up to this program's schema, in one transaction that other processes wait for. Refuses `store.newer` and touches nothing when a
 * newer program made it.
 */
export async function migrate(db: Database): Promise<Result<null>> {
  return db.transaction(async (tx) => {
    await acquireLock(tx, 'schema');
    const known = await tx.get<{ there: boolean }>(`select to_regclass('meta') is not null as there`);
    const row = known?.there ? await tx.get<{ value: string }>(`select value from meta where name = 'schema'`) : undefined;
    const version = Number(row?.value ?? 0);
    if (version > SCHEMA_VERSION) return refuse('store.newer', { found: version, known: SCHEMA_VERSION });
    for (const sql of MIGRATIONS.slice(version)) await tx.exec(sql);
    if (version < SCHEMA_VERSION) await setMeta(tx, 'schema', String(SCHEMA_VERSION));
    await prepareProjections(tx);
    return ok(null);
  });
}

/** Writes a fact about this database into its table `meta`. */
export async function setMeta(tx: Sql, name: string, value: string): Promise<void> {
  await tx.run('insert into meta values ($1, $2) on conflict (name) do update set value = excluded.value', name, value);
}

// Other projections than this model's are made anew, and filled from the start of the feed.
async function prepareProjections(tx: Sql): Promise<void> {
  const shape = (await tx.get<{ value: string }>(`select value from meta where name = 'projections'`))?.value;
  if (shape === PROJECTION_SHAPE) return;
  const before = shape === undefined ? [] : (JSON.parse(shape) as [string][]).map(([type]) => type);
  const types = new Set([...before, ...PROJECTIONS.map((projection) => projection.type)]);
  const statements = [...[...types].map((type) => `drop table if exists ${tableOf(type)}`), ...PROJECTIONS.flatMap(tablesOf)];
  await tx.exec(statements.join(';\n'));
  await tx.run(`update counter set value = 0 where name = 'projected'`);
  await setMeta(tx, 'projections', PROJECTION_SHAPE);
}

/** The table of an entity's projection; names come from the model, never from data. */
export function tableOf(type: string): string {
  return quoted(`shown_${type}`);
}

/** Quotes a name for SQL. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Columns that queries of the server alone select by. */
const SELECTED: readonly (readonly [type: string, column: string])[] = [['materialVersion', 'sha256']];

function tablesOf(projection: Projection): string[] {
  const { type, columns, indexed } = projection;
  const shapeOf = (name: string): string => {
    if (name === 'id') return 'text collate "C" primary key';
    if (name === 'space') return 'text collate "C" not null';
    return isNumber(projection, name) ? 'bigint' : 'text collate "C"';
  };
  const selected = SELECTED.flatMap(([of, column]) => (of === type ? [column] : []));
  return [
    `create table ${tableOf(type)}(${columns.map((name) => `${quoted(name)} ${shapeOf(name)}`).join(', ')})`,
    ...[...indexed, ...selected].map((name) => `create index on ${tableOf(type)}(${quoted(name)})`),
    ...ASKED.map((name) => `create index on ${tableOf(type)}(${quoted(name)}) where ${quoted(name)} > 0`),
  ];
}

/** Whether a column of a projection holds whole numbers; the others hold texts. */
export function isNumber({ type }: Pick<Projection, 'type'>, column: string): boolean {
  if (column === 'id' || column === 'space' || column === 'unreadable') return false;
  const field = ENTITIES.find((entity) => entity.type === type)!.fields[column];
  return !field || (!field.localised && (field.kind === 'integer' || field.kind === 'boolean'));
}
