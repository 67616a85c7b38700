import type { ChangeSet, Hash, ReplicaId, SpaceId, Tip } from '../../../sync/types.ts';
import { RECORD_RULES } from '../../../model/record-rules.ts';
import { isRulingKind, MOST_SIDE_BY_SIDE, peopleNamed, type LoggedLink } from '../../../sync/accept.ts';
import { entityKey } from '../../../sync/merge.ts';
import type { Sql } from './database.ts';
import type { EntityName } from '../written-rows.ts';
import { names } from './lists.ts';
import { entitiesIn } from './registers.ts';

/** The place of a change-set that is in the log, with the code of its refusal, if any. */
export interface Logged extends LoggedLink {
  readonly refused: string | null;
}

/** Returns those of these spaces that hold something. */
export async function knownSpaces(tx: Sql, spaces: readonly SpaceId[]): Promise<Set<SpaceId>> {
  const rows = await tx.all<{ id: SpaceId }>('select id from space where id = any($1::text[])', spaces);
  return new Set(rows.map(({ id }) => id));
}

/**
 * Returns those of these change-sets that may be in the log, given the ends of their chains: what follows an end is not, nor what follows that. Asking about
 * those alone spares a push that goes on where the last ended a question about everything in it. `ends` takes up what follows, so that more may be asked.
 */
export function perhapsLogged(changeSets: readonly ChangeSet[], ends: Map<string, Set<Hash>>): ChangeSet[] {
  return changeSets.filter(({ hash, header: { replica, space, prev, kind } }) => {
    const chain = ends.get(`${replica} ${space}`);
    if (prev === null || !chain?.has(prev)) return true;
    chain.add(hash);
    // What it rules on may be.
    return isRulingKind(kind);
  });
}

/** The hashes of the ends of chains. */
export function endsOf(tips: ReadonlyMap<string, readonly Tip[]>): Map<string, Set<Hash>> {
  return new Map([...tips].map(([chain, ends]) => [chain, new Set(ends.map(({ hash }) => hash))]));
}

/** Returns what the log has of these change-sets, of those before them, and of others by their hash. */
export async function loggedAmong(tx: Sql, changeSets: readonly ChangeSet[], hashes: readonly Hash[]): Promise<Map<Hash, Logged>> {
  const asked = new Set(hashes);
  for (const { hash, header, ops } of changeSets) {
    asked.add(hash);
    if (header.prev !== null) asked.add(header.prev);
    // What a ruling may name.
    if (header.kind === 'refuse') for (const { entityId } of ops) if (ID.test(entityId)) asked.add(entityId);
  }
  const rows = await tx.all<Logged & { hash: Hash }>(
    `select hash, space, replica, seq, kind, refused from change_set where hash = any(string_to_array($1, ' '))`,
    names([...asked]),
  );
  return new Map(rows.map((row) => [row.hash, row]));
}

type Chain = Pick<ChangeSet['header'], 'space' | 'replica'>;

/** The ends of these chains, by `replica space`. */
export async function tipsAmong(tx: Sql, chains: readonly Chain[]): Promise<Map<string, Tip[]>> {
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

/** Who among the subjects of these change-sets, and among further ids, was erased: as `type id space` where, and as `type id` anywhere. */
export async function erasedAmong(tx: Sql, changeSets: readonly ChangeSet[], ids: readonly string[] = []): Promise<Set<string>> {
  const asked = new Set(ids.filter((id) => ID.test(id)));
  for (const changeSet of changeSets) {
    for (const { type, id } of entitiesIn(changeSet)) {
      asked.add(id);
      // What no id looks like names nobody.
      for (const person of peopleNamed(RECORD_RULES, changeSet, type, id)) if (ID.test(person)) asked.add(person);
    }
  }
  const rows = await tx.all<{ entity: string; type: string; space: SpaceId }>(
    `select entity, type, space from erasure where exists (select from erasure) and entity = any(string_to_array($1, ' '))`,
    names([...asked]),
  );
  return new Set(rows.flatMap(({ entity, type, space }) => [`${type} ${entity}`, `${type} ${entity} ${space}`]));
}

/** Ids have no blanks. */
const ID = /^[!-~]+$/;

/** Why these change-sets were ruled out before they came, by `hash space`. */
export async function reasonsFor(tx: Sql, changeSets: readonly ChangeSet[]): Promise<Map<string, string>> {
  const rows = await tx.all<{ hash: Hash; space: SpaceId; reason: string }>(
    `select hash, space, min(reason) as reason from refusal where exists (select from refusal) and hash = any(string_to_array($1, ' '))
     group by hash, space`,
    names(changeSets.map(({ hash }) => hash)),
  );
  return new Map(rows.map(({ hash, space, reason }) => [`${hash} ${space}`, reason]));
}

/** The shortest text of a value in `written`, with what parts it from the next: `[0,"f",1,[],0],`. */
const SHORTEST_VALUE = 15;

/** An entity that was written before. */
export interface WrittenEntity extends EntityName {
  /** Where it was written first, and by whom; what was refused does not count. Null: nothing stands. */
  readonly first: { readonly space: SpaceId; readonly replica: ReplicaId } | null;
  /** Characters of its values as they are stored. */
  readonly length: number;
}

/** Those of the entities that these change-sets write which were written before, by `entityKey`. */
export async function writtenAmong(tx: Sql, changeSets: readonly ChangeSet[]): Promise<Map<string, WrittenEntity>> {
  const entities = [...countWrites(changeSets).values()];
  // Most are new: what is asked of those that were written before is asked of them alone.
  const rows = await tx.all<EntityName & { space: SpaceId | null; replica: ReplicaId | null; length: number }>(
    `with e as materialized (
       select * from unnest(string_to_array($1, ' '), string_to_array($2, ' ')) as u(type, id)
       where (select true from written w where w.entity = u.id and w.type = u.type limit 1))
     select e.type, e.id, f.space, f.replica, s.length
     from e
     cross join lateral (select sum(length(w.ops))::bigint as length from written w where w.entity = e.id and w.type = e.type) s
     left join lateral (
       select c.space, c.replica from written w join change_set c on c.feed = w.feed
       where w.entity = e.id and w.type = e.type and c.refused is null order by w.feed limit 1) f on true`,
    names(entities.map(({ type }) => type)),
    names(entities.map(({ id }) => id)),
  );
  return new Map(
    rows.map(({ type, id, space, replica, length }) => {
      const first = space !== null && replica !== null ? { space, replica } : null;
      return [entityKey(type, id), { type, id, first, length }];
    }),
  );
}

/** The entities that may come to hold, with what these change-sets write, more values than a replica may have side by side; all others hold too few. */
export function crowdedAmong(changeSets: readonly ChangeSet[], before: ReadonlyMap<string, WrittenEntity>): EntityName[] {
  return [...countWrites(changeSets)].flatMap(([key, { type, id, count }]) =>
    count + Math.floor((before.get(key)?.length ?? 0) / SHORTEST_VALUE) > MOST_SIDE_BY_SIDE ? [{ type, id }] : [],
  );
}

/** How often these change-sets write to each entity, by `entityKey`. */
function countWrites(changeSets: readonly ChangeSet[]): Map<string, EntityName & { readonly count: number }> {
  const written = new Map<string, EntityName & { count: number }>();
  for (const { ops } of changeSets) {
    let last: (EntityName & { count: number }) | undefined;
    for (const { entityType: type, entityId: id } of ops) {
      if (last?.id !== id || last.type !== type) {
        const key = entityKey(type, id);
        last = written.get(key) ?? { type, id, count: 0 };
        written.set(key, last);
      }
      last.count++;
    }
  }
  return written;
}
