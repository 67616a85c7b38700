import { encodeChangeSet } from '../../../sync/change-set.ts';
import type { ChangeSet, Hash, SpaceId, Tip } from '../../../sync/types.ts';
import { storedOps } from '../written-rows.ts';
import { storable, type Sql } from './database.ts';
import { joined, names, numbers } from './lists.ts';

/** A change-set that is added, as it is stored. */
export interface Added {
  readonly feed: number;
  readonly changeSet: ChangeSet;
  /** Why it has no effect; null: it has. */
  readonly refused: string | null;
  /** Milliseconds; null: not known. */
  readonly receivedAt: number | null;
}

/** A tip that becomes the new end of a chain. */
export type Come = Tip & { readonly space: SpaceId };

/** Writes the tips of chains (`gone` removed, `come` added) and the newest feed number of each space. */
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

/**
 * Inserts change-sets into the log. What one has in common with many others (whose it is, where, of which kind, how it came) is said once, and each names it by
 * its place.
 */
export async function writeChangeSets(tx: Sql, added: readonly Added[]): Promise<void> {
  const headers = added.map(({ changeSet }) => changeSet.header);
  const bodies = joined(added.map(({ changeSet }) => encodeChangeSet(changeSet)));
  const heads = headsOf(added);
  await tx.run(
    `insert into change_set(feed, hash, space, replica, seq, prev, kind, author, t, tq, refused, body, received_at)
     select feed, hash, ($8::text[])[head], ($9::text[])[head], seq, nullif(prev, '-'), ($10::text[])[head], ($11::text[])[head], t,
       ($12::smallint[])[head], ($13::text[])[head], substring($14::bytea from start::int for length::int), ($15::bigint[])[head]
     from unnest($1::bigint[], string_to_array($2, ' '), $3::bigint[], string_to_array($4, ' '), $5::bigint[], $6::int[], $7::int[],
                 $16::int[])
       as u(feed, hash, seq, prev, t, start, length, head)`,
    numbers(added.map(({ feed }) => feed)),
    names(added.map(({ changeSet }) => changeSet.hash)),
    numbers(headers.map(({ seq }) => seq)),
    names(headers.map(({ prev }) => prev)),
    numbers(headers.map(({ t }) => t)),
    bodies.starts,
    bodies.lengths,
    heads.all.map(({ space }) => space),
    heads.all.map(({ replica }) => replica),
    heads.all.map(({ kind }) => kind),
    heads.all.map(({ author }) => storable(author)),
    heads.all.map(({ tq }) => tq),
    heads.all.map(({ refused }) => refused),
    bodies.bytes,
    heads.all.map(({ receivedAt }) => receivedAt),
    heads.places,
  );
}

type Head = Pick<ChangeSet['header'], 'space' | 'replica' | 'kind' | 'author' | 'tq'> & Pick<Added, 'refused' | 'receivedAt'>;

/** Returns the headers that change-sets in a row have in common, and for each its place there, from 1. */
function headsOf(added: readonly Added[]): { readonly all: readonly Head[]; readonly places: string } {
  const all: Head[] = [];
  const places = added.map(({ changeSet, refused, receivedAt }) => {
    const { space, replica, kind, author, tq } = changeSet.header;
    const last = all.at(-1);
    const isSame =
      last?.space === space &&
      last.replica === replica &&
      last.kind === kind &&
      last.author === author &&
      last.tq === tq &&
      last.refused === refused &&
      last.receivedAt === receivedAt;
    return isSame ? all.length : all.push({ space, replica, kind, author, tq, refused, receivedAt });
  });
  return { all, places: numbers(places) };
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
