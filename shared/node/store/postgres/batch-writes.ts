import { encodeChangeSet } from '../../../sync/change-set.ts';
import type { ChangeSet, Hash, SpaceId, Tip } from '../../../sync/types.ts';
import { storedOps } from '../written-rows.ts';
import { storable, type Sql } from './database.ts';
import { joined, names, numbers, repeated } from './lists.ts';

/** A change-set that is added, as it is stored. */
export interface Added {
  readonly feed: number;
  readonly changeSet: ChangeSet;
  /** Why it has no effect; null: it has. */
  readonly refused: string | null;
  /** Milliseconds; null: not known. */
  readonly receivedAt: number | null;
}

/** The new end of a chain. */
export type Come = Tip & { readonly space: SpaceId };

/** Writes where chains end now, and how far each space has come. */
export async function writeEnds(tx: Sql, added: readonly Added[], gone: readonly Hash[], come: readonly Come[]): Promise<void> {
  const heads = new Map(added.map(({ feed, changeSet }) => [changeSet.header.space, feed]));
  await Promise.all([
    tx.run(`delete from tip where hash = any(string_to_array($1, ' '))`, names(gone)),
    tx.run(
      `insert into tip(space, replica, hash, seq)
       select * from unnest(string_to_array($1, ' '), string_to_array($2, ' '), string_to_array($3, ' '), $4::bigint[])`,
      names(come.map(({ space }) => space)),
      names(come.map(({ replica }) => replica)),
      names(come.map(({ hash }) => hash)),
      numbers(come.map(({ seq }) => seq)),
    ),
    tx.run(
      `insert into space(id, head) select * from unnest(string_to_array($1, ' '), $2::bigint[])
       on conflict (id) do update set head = excluded.head`,
      names([...heads.keys()]),
      numbers([...heads.values()]),
    ),
  ]);
}

/** Writes change-sets. */
export async function writeChangeSets(tx: Sql, added: readonly Added[]): Promise<void> {
  const headers = added.map(({ changeSet }) => changeSet.header);
  const bodies = joined(added.map(({ changeSet }) => encodeChangeSet(changeSet)));
  const authors = repeated(headers.map(({ author }) => storable(author)));
  await tx.run(
    `insert into change_set(feed, hash, space, replica, seq, prev, kind, author, t, tq, refused, body, received_at)
     select feed, hash, space, replica, seq, nullif(prev, '-'), kind, ($8::text[])[author], t, tq, nullif(refused, '-'),
       substring($13::bytea from start::int for length::int), nullif(received, '-')::bigint
     from unnest($1::bigint[], string_to_array($2, ' '), string_to_array($3, ' '), string_to_array($4, ' '), $5::bigint[],
                 string_to_array($6, ' '), string_to_array($7, ' '), $9::int[], $10::bigint[], $11::smallint[], string_to_array($12, ' '),
                 $14::int[], $15::int[], string_to_array($16, ' '))
       as u(feed, hash, space, replica, seq, prev, kind, author, t, tq, refused, start, length, received)`,
    numbers(added.map(({ feed }) => feed)),
    names(added.map(({ changeSet }) => changeSet.hash)),
    names(headers.map(({ space }) => space)),
    names(headers.map(({ replica }) => replica)),
    numbers(headers.map(({ seq }) => seq)),
    names(headers.map(({ prev }) => prev)),
    names(headers.map(({ kind }) => kind)),
    authors.texts,
    authors.places,
    numbers(headers.map(({ t }) => t)),
    numbers(headers.map(({ tq }) => tq)),
    names(added.map(({ refused }) => refused)),
    bodies.bytes,
    bodies.starts,
    bodies.lengths,
    names(added.map(({ receivedAt }) => (receivedAt === null ? null : String(receivedAt)))),
  );
}

/** Writes what change-sets wrote to each entity. */
export async function writeValues(tx: Sql, added: readonly Added[]): Promise<void> {
  const [entities, types, feeds, texts]: [string[], string[], number[], Buffer[]] = [[], [], [], []];
  for (const { feed, changeSet } of added) {
    for (const ops of storedOps(changeSet.ops).values()) {
      const { entityId, entityType } = changeSet.ops[ops[0]![0]]!;
      entities.push(entityId);
      types.push(entityType);
      feeds.push(feed);
      texts.push(Buffer.from(JSON.stringify(ops)));
    }
  }
  const { bytes, starts, lengths } = joined(texts);
  await tx.run(
    `insert into written(entity, type, feed, ops)
     select entity, type, feed, convert_from(substring($4::bytea from start::int for length::int), 'UTF8')
     from unnest(string_to_array($1, ' '), string_to_array($2, ' '), $3::bigint[], $5::int[], $6::int[]) as u(entity, type, feed, start, length)`,
    names(entities),
    names(types),
    numbers(feeds),
    bytes,
    starts,
    lengths,
  );
}
