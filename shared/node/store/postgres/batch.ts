import { linkOf } from '../../../sync/chain.ts';
import { encodeChangeSet, redactChangeSet } from '../../../sync/change-set.ts';
import { entityKey, isRefusable } from '../../../sync/merge.ts';
import type { Hasher } from '../../../kernel/ports.ts';
import { participant } from '../../../model/people.ts';
import type { ChangeSet, Hash, Op, ReplicaId, SpaceId, Tip } from '../../../sync/types.ts';
import { personNamed } from '../naming.ts';
import { addValues, storedOps, type StoredValue } from '../written.ts';
import { storable, type Sql } from './database.ts';
import { joined, names, numbers, repeated } from './lists.ts';
import { entitiesIn, valuesOf, type EntityName } from './registers.ts';

/** What is known of a change-set that is here. */
interface Logged {
  readonly space: SpaceId;
  readonly replica: ReplicaId;
  readonly seq: number;
  readonly refused: string | null;
}

interface Added {
  readonly feed: number;
  readonly changeSet: ChangeSet;
  readonly refused: string | null;
}

/**
 * A step of a transaction that adds to the log: everything that deciding asks about these change-sets is read first, then they are decided one after
 * the other without waiting, then what was added is written at once. Whoever opens one holds the lock of the feed.
 */
export interface Batch {
  /** A change-set that was asked about, or one before it, or one added in this step. */
  logged(hash: Hash): Logged | undefined;
  tipsOf(space: SpaceId, replica: ReplicaId): readonly Tip[];
  isErased(entityType: string, entityId: string, space: SpaceId): boolean;
  isErasedPerson(entityId: string): boolean;
  /** Every value of an entity that was asked for by `withValues`. */
  values(entityType: string, entityId: string): readonly StoredValue[];
  /** Adds a change-set, without what was erased and without effect where it is ruled out already. */
  add(changeSet: ChangeSet): 'added' | 'known' | 'missing' | 'broken';
  /** What was added so far, as it is stored. */
  readonly added: readonly Added[];
  /** Whether the log holds the first change-set of a space since this step began. */
  readonly opensSpace: boolean;
  /** Writes what was added. */
  write(): Promise<void>;
}

export interface BatchOptions {
  readonly hasher: Hasher;
  /** Further change-sets that are asked about by their hash. */
  readonly hashes?: readonly Hash[];
  /** Entities whose values are asked for. */
  readonly withValues?: readonly EntityName[];
  /** Chains whose ends are asked for, beside those of the change-sets. */
  readonly chains?: readonly { readonly space: SpaceId; readonly replica: ReplicaId }[];
}

/** Change-sets that are sent to the server in one go. */
const PART = 200;

/** Reads what is asked about change-sets that are to be added. */
export async function openBatch(tx: Sql, changeSets: readonly ChangeSet[], options: BatchOptions): Promise<Batch> {
  const { hasher, hashes = [], withValues = [], chains = [] } = options;
  const touched = [...new Set([...chains, ...changeSets.map(({ header }) => header)].map(({ space }) => space))];
  const [{ head }, logged, tips, erased, reasons, values, known] = await Promise.all([
    tx.get<{ head: number }>('select coalesce(max(feed), 0) as head from change_set').then((row) => row!),
    loggedAmong(tx, changeSets, hashes),
    tipsAmong(tx, [...chains, ...changeSets.map(({ header }) => header)]),
    erasedAmong(tx, changeSets),
    reasonsFor(tx, changeSets),
    valuesOf(tx, withValues),
    knownSpaces(tx, touched),
  ]);
  // The ends of a chain are there to be continued.
  for (const [chain, ends] of tips) {
    const [replica, space] = chain.split(' ') as [ReplicaId, SpaceId];
    for (const { hash, seq } of ends) if (!logged.has(hash)) logged.set(hash, { space, replica, seq, refused: null });
  }

  const watched = new Set(withValues.map(({ type }) => type));
  const added: Added[] = [];
  const sent: Promise<unknown>[] = [];
  let unsent: Added[] = [];
  // While the server writes these, the next are decided.
  const send = (): void => {
    if (unsent.length === 0) return;
    const rows = unsent;
    unsent = [];
    for (const sending of [writeChangeSets(tx, rows), writeValues(tx, rows)]) {
      // Who waits for all of them hears of it.
      sending.catch(() => undefined);
      sent.push(sending);
    }
  };
  const gone = new Set<Hash>();
  const come = new Map<Hash, Tip & { readonly space: SpaceId }>();

  const isErased = (type: string, id: string, space: SpaceId): boolean => erased.has(`${type} ${id} ${space}`);
  const isErasedPerson = (id: string): boolean => erased.has(`${participant.type} ${id}`);
  const stripped = (changeSet: ChangeSet): ChangeSet => {
    if (erased.size === 0) return changeSet;
    const isGone = ({ entityType, entityId }: Op): boolean => {
      if (isErased(entityType, entityId, changeSet.header.space)) return true;
      const person = personNamed(changeSet, entityType, entityId);
      return person !== null && isErasedPerson(person);
    };
    return redactChangeSet(changeSet, isGone, hasher);
  };

  const moveTip = ({ header: { space, replica, seq, prev }, hash }: ChangeSet): void => {
    const chain = `${replica} ${space}`;
    const ends = (tips.get(chain) ?? []).filter((tip) => tip.hash !== prev);
    tips.set(chain, [...ends, { replica, seq, hash }]);
    if (prev !== null && !come.delete(prev)) gone.add(prev);
    come.set(hash, { space, replica, seq, hash });
  };

  return {
    logged: (hash) => logged.get(hash),
    tipsOf: (space, replica) => tips.get(`${replica} ${space}`) ?? [],
    isErased,
    isErasedPerson,
    values: (type, id) => values.get(entityKey(type, id)) ?? [],
    added,
    get opensSpace() {
      return added.some(({ changeSet }) => !known.has(changeSet.header.space));
    },
    add(original) {
      const { header, hash } = original;
      if (logged.has(hash)) return 'known';
      const link = linkOf(original, (prev) => logged.get(prev) ?? null);
      if (link !== 'extends') return link;
      const changeSet = stripped(original);
      const refused = isRefusable(header) ? (reasons.get(`${hash} ${header.space}`) ?? null) : null;
      logged.set(hash, { space: header.space, replica: header.replica, seq: header.seq, refused });
      moveTip(original);
      const one = { feed: head + added.length + 1, changeSet, refused };
      added.push(one);
      if (unsent.push(one) >= PART) send();
      if (changeSet.ops.some(({ entityType }) => watched.has(entityType))) addTo(values, changeSet, refused === null);
      return 'added';
    },
    async write() {
      if (added.length === 0) return;
      send();
      await Promise.all([...sent, writeEnds(tx, added, [...gone], [...come.values()])]);
    },
  };
}

function addTo(values: ReadonlyMap<string, StoredValue[]>, { ops, hash, header }: ChangeSet, effective: boolean): void {
  for (const [key, written] of storedOps(ops)) {
    const list = values.get(key);
    if (list) addValues(list, written, hash, header, effective);
  }
}

async function knownSpaces(tx: Sql, spaces: readonly SpaceId[]): Promise<Set<SpaceId>> {
  const rows = await tx.all<{ id: SpaceId }>('select id from space where id = any($1::text[])', spaces);
  return new Set(rows.map(({ id }) => id));
}

async function loggedAmong(tx: Sql, changeSets: readonly ChangeSet[], hashes: readonly Hash[]): Promise<Map<Hash, Logged>> {
  const asked = new Set(hashes);
  for (const { hash, header } of changeSets) {
    asked.add(hash);
    if (header.prev !== null) asked.add(header.prev);
  }
  const rows = await tx.all<Logged & { hash: Hash }>(
    `select hash, space, replica, seq, refused from change_set where hash = any(string_to_array($1, ' '))`,
    names([...asked]),
  );
  return new Map(rows.map((row) => [row.hash, row]));
}

type Chain = Pick<ChangeSet['header'], 'space' | 'replica'>;

async function tipsAmong(tx: Sql, chains: readonly Chain[]): Promise<Map<string, Tip[]>> {
  const distinct = [...new Map(chains.map((chain) => [`${chain.replica} ${chain.space}`, chain])).values()];
  const rows = await tx.all<Tip & { space: SpaceId }>(
    `select t.space, t.replica, t.seq, t.hash from unnest($1::text[], $2::text[]) as c(space, replica)
     join tip t on t.space = c.space and t.replica = c.replica`,
    distinct.map(({ space }) => space),
    distinct.map(({ replica }) => replica),
  );
  const tips = new Map<string, Tip[]>();
  for (const { space, replica, seq, hash } of rows) {
    const chain = `${replica} ${space}`;
    tips.set(chain, [...(tips.get(chain) ?? []), { replica, seq, hash }]);
  }
  return tips;
}

/** Who among the subjects of these change-sets was erased: as `type id space` where, and as `type id` anywhere. */
async function erasedAmong(tx: Sql, changeSets: readonly ChangeSet[]): Promise<Set<string>> {
  const asked = new Set<string>();
  for (const changeSet of changeSets) {
    for (const { type, id } of entitiesIn(changeSet)) {
      asked.add(id);
      const person = personNamed(changeSet, type, id);
      // What no id looks like names nobody.
      if (person !== null && ID.test(person)) asked.add(person);
    }
  }
  const rows = await tx.all<{ entity: string; type: string; space: SpaceId }>(
    `select entity, type, space from erasure where entity = any(string_to_array($1, ' '))`,
    names([...asked]),
  );
  return new Set(rows.flatMap(({ entity, type, space }) => [`${type} ${entity}`, `${type} ${entity} ${space}`]));
}

/** Ids have no blanks. */
const ID = /^[!-~]+$/;

async function reasonsFor(tx: Sql, changeSets: readonly ChangeSet[]): Promise<Map<string, string>> {
  const rows = await tx.all<{ hash: Hash; space: SpaceId; reason: string }>(
    `select hash, space, min(reason) as reason from refusal where hash = any(string_to_array($1, ' ')) group by hash, space`,
    names(changeSets.map(({ hash }) => hash)),
  );
  return new Map(rows.map(({ hash, space, reason }) => [`${hash} ${space}`, reason]));
}

type Come = Tip & { readonly space: SpaceId };

async function writeEnds(tx: Sql, added: readonly Added[], gone: readonly Hash[], come: readonly Come[]): Promise<void> {
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

async function writeChangeSets(tx: Sql, added: readonly Added[]): Promise<void> {
  const headers = added.map(({ changeSet }) => changeSet.header);
  const bodies = joined(added.map(({ changeSet }) => encodeChangeSet(changeSet)));
  const authors = repeated(headers.map(({ author }) => storable(author)));
  await tx.run(
    `insert into change_set(feed, hash, space, replica, seq, prev, kind, author, t, tq, refused, body)
     select feed, hash, space, replica, seq, nullif(prev, '-'), kind, ($8::text[])[author], t, tq, nullif(refused, '-'),
       substring($13::bytea from start::int for length::int)
     from unnest($1::bigint[], string_to_array($2, ' '), string_to_array($3, ' '), string_to_array($4, ' '), $5::bigint[],
                 string_to_array($6, ' '), string_to_array($7, ' '), $9::int[], $10::bigint[], $11::smallint[], string_to_array($12, ' '),
                 $14::int[], $15::int[])
       as u(feed, hash, space, replica, seq, prev, kind, author, t, tq, refused, start, length)`,
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
  );
}

async function writeValues(tx: Sql, added: readonly Added[]): Promise<void> {
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
