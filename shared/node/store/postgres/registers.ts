import { entityKey } from '../../../sync/merge.ts';
import { digestHeads, digestOf, type DigestHead } from '../../../sync/digest.ts';
import type { Hasher } from '../../../kernel/ports.ts';
import type { ChangeSet, ChangeSetKind, SpaceId } from '../../../sync/types.ts';
import { readRow, type EntityName, type StoredValue, type WrittenRow } from '../written-rows.ts';
import type { Sql } from './database.ts';
import { names } from './lists.ts';

/** The entities that a change-set writes. */
export function entitiesIn({ ops }: Pick<ChangeSet, 'ops'>): EntityName[] {
  const names: EntityName[] = [];
  let last: EntityName | undefined;
  for (const { entityType, entityId } of ops) {
    // What is written to one entity lies together.
    if (last?.id === entityId && last.type === entityType) continue;
    last = names.find(({ id, type }) => id === entityId && type === entityType);
    if (!last) names.push((last = { type: entityType, id: entityId }));
  }
  return names;
}

interface Row {
  readonly type: string;
  readonly entity: string;
  readonly ops: string;
  readonly hash: string;
  readonly space: SpaceId;
  readonly kind: ChangeSetKind;
  readonly replica: string;
  readonly author: string;
  readonly t: number;
  readonly tq: 0 | 1 | 2;
  readonly refused: string | null;
}

const COLUMNS = 'w.type, w.entity, w.ops, c.hash, c.space, c.kind, c.replica, c.author, c.t, c.tq, c.refused';

/** Every value that was ever written to these entities, by `entityKey`; those that nothing was written to have an empty list. */
export async function valuesOf(sql: Sql, entities: readonly EntityName[]): Promise<Map<string, StoredValue[]>> {
  const values = new Map(entities.map(({ type, id }) => [entityKey(type, id), [] as StoredValue[]]));
  if (entities.length === 0) return values;
  const rows = await sql.all<Row>(
    `select ${COLUMNS} from (select distinct * from unnest(string_to_array($1, ' '), string_to_array($2, ' ')) as u(type, entity)) e
     join written w on w.entity = e.entity and w.type = e.type join change_set c on c.feed = w.feed order by w.feed`,
    names(entities.map(({ type }) => type)),
    names(entities.map(({ id }) => id)),
  );
  for (const row of rows) readRow(rowOf(row), { type: row.type, id: row.entity }, values.get(entityKey(row.type, row.entity))!);
  return values;
}

/** The types under which an id was written. */
export async function typesOf(sql: Sql, id: string): Promise<string[]> {
  return (await sql.all<{ type: string }>('select distinct type from written where entity = $1 order by type', id)).map(({ type }) => type);
}

/** SHA-256 over the heads and conflicts of every space; reads the whole log. */
export async function digest(sql: Sql, hasher: Hasher): Promise<Record<SpaceId, string>> {
  const rows = await sql.all<Row>(
    `select ${COLUMNS} from written w join change_set c on c.feed = w.feed order by w.entity, w.type, w.feed`,
  );
  return digestOf(headsIn(rows), hasher);
}

function* headsIn(rows: readonly Row[]): Iterable<DigestHead> {
  for (let at = 0; at < rows.length;) {
    const { type, entity } = rows[at]!;
    const values: StoredValue[] = [];
    for (; rows[at]?.type === type && rows[at]?.entity === entity; at++) readRow(rowOf(rows[at]!), { type, id: entity }, values);
    yield* digestHeads(type, entity, values);
  }
}

function rowOf({ ops, hash, space, kind, replica, author, t, tq, refused }: Row): WrittenRow {
  return [ops, hash, space, kind, replica, author, t, tq, refused];
}
