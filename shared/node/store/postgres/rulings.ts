import type { Hasher } from '../../../kernel/ports.ts';
import { ENTITIES } from '../../../model/entities.ts';
import { RECORD_RULES } from '../../../model/record-rules.ts';
import { rulingEffects, type RulingEffect } from '../../../sync/accept.ts';
import { encodeChangeSet, redactChangeSet } from '../../../sync/change-set.ts';
import { entityKey, mergeEntity } from '../../../sync/merge.ts';
import type { Hash, ReplicaId, SpaceId } from '../../../sync/types.ts';
import { inFirstSpace, storedOps, type EntityName, type StoredOp } from '../written-rows.ts';
import { loggedAmong } from './batch-reads.ts';
import { readBody } from './change-log.ts';
import type { Sql } from './database.ts';
import { entitiesIn, valuesOf } from './registers.ts';
import { setMeta } from './schema.ts';

/** The replicas whose rulings (refuse, erase) count here. */
export async function rulersIn(tx: Sql): Promise<readonly ReplicaId[]> {
  const row = await tx.get<{ value: string }>(`select value from meta where name = 'rulers'`);
  return row ? (JSON.parse(row.value) as ReplicaId[]) : [];
}

/** The entities that rulings have touched, and whether values were erased. */
export interface AppliedRulings {
  /** What must be shown anew. */
  readonly touched: readonly EntityName[];
  /** Whether values were taken out of the log. */
  readonly erased: boolean;
}

/**
 * Applies rulings that are in the log: refused change-sets lose their effect; what was erased goes out of every change-set that holds it, and what is about an
 * erased person with it.
 */
export async function applyRulings(tx: Sql, effects: readonly RulingEffect[], hasher: Hasher): Promise<AppliedRulings> {
  const touched = new Map<string, EntityName>();
  const work = new Rulings(tx, hasher, touched);
  for (const effect of effects) {
    if (effect.effect === 'refuse') await work.refuse(effect);
    else await work.erase({ type: effect.entityType, id: effect.entityId }, effect.space, effect.isPerson);
  }
  return { touched: [...touched.values()], erased: work.erased };
}

/** Sets the replicas whose rulings count, exactly these; rulings already here are carried out or taken back. */
export async function trustRulings(tx: Sql, replicas: readonly ReplicaId[], hasher: Hasher): Promise<AppliedRulings> {
  const rulers = [...new Set(replicas)].sort();
  if (JSON.stringify(rulers) === JSON.stringify(await rulersIn(tx))) return { touched: [], erased: false };
  await setMeta(tx, 'rulers', JSON.stringify(rulers));
  const refused = await tx.all<{ body: Buffer }>('select body from change_set where refused is not null');
  await tx.run('update change_set set refused = null where refused is not null');
  // What was erased stays erased; from now on only by those who may.
  await tx.run('delete from refusal');
  await tx.run('delete from erasure');
  const rows = await tx.all<{ body: Buffer }>(`select body from change_set where kind in ('refuse', 'erase') order by feed`);
  const ruled = rows.map(({ body }) => readBody(body, hasher));
  const logged = await loggedAmong(tx, ruled, []);
  const facts = {
    rules: RECORD_RULES,
    logged: (hash: Hash) => logged.get(hash) ?? null,
    mayRule: (replica: ReplicaId) => rulers.includes(replica),
  };
  const done = await applyRulings(
    tx,
    ruled.flatMap((changeSet) => [...rulingEffects(facts, changeSet)]),
    hasher,
  );
  const before = refused.flatMap(({ body }) => entitiesIn(readBody(body, hasher)));
  return { touched: [...before, ...done.touched], erased: done.erased };
}

class Rulings {
  readonly #tx: Sql;
  readonly #hasher: Hasher;
  readonly #touched: Map<string, EntityName>;
  erased = false;

  constructor(tx: Sql, hasher: Hasher, touched: Map<string, EntityName>) {
    this.#tx = tx;
    this.#hasher = hasher;
    this.#touched = touched;
  }

  #touch(name: EntityName): void {
    this.#touched.set(entityKey(name.type, name.id), name);
  }

  async refuse({ hash, space, reason, ruling, here }: RulingEffect & { effect: 'refuse' }): Promise<void> {
    await this.#tx.run('insert into refusal values ($1, $2, $3, $4) on conflict do nothing', hash, space, reason, ruling);
    if (!here) return;
    const target = await this.#tx.get<{ body: Buffer }>(
      `update change_set set refused = (select min(reason) from refusal r where r.hash = $1 and r.space = $2) where hash = $1 returning body`,
      hash,
      space,
    );
    for (const name of entitiesIn(readBody(target!.body, this.#hasher))) this.#touch(name);
  }

  async erase(name: EntityName, space: SpaceId, isPerson: boolean): Promise<void> {
    await this.#eraseIn(name, space);
    if (!isPerson) return;
    for (const { type } of ENTITIES) {
      const about = RECORD_RULES.aboutField(type);
      if (about !== undefined) await this.#eraseAbout(type, about, name.id);
    }
  }

  async #eraseIn(name: EntityName, space: SpaceId): Promise<void> {
    await this.#tx.run('insert into erasure values ($1, $2, $3) on conflict do nothing', name.id, name.type, space);
    this.#touch(name);
    const rows = await this.#tx.all<{ feed: number }>(
      'select w.feed from written w join change_set c on c.feed = w.feed where w.entity = $1 and w.type = $2 and c.space = $3',
      name.id,
      name.type,
      space,
    );
    for (const { feed } of rows) await this.#strip(feed, name);
  }

  /** Records of other kinds, in whatever space, that name the person: by every change-set that does, refused or superseded ones too. */
  async #eraseAbout(type: string, about: string, person: string): Promise<void> {
    const rows = await this.#tx.all<{ entity: string; feed: number; ops: string }>(
      'select entity, feed, ops from written where type = $1 and strpos(ops, $2) > 0 order by feed',
      type,
      person,
    );
    const naming = rows.filter(({ ops }) =>
      (JSON.parse(ops) as StoredOp[]).some(([, field, value]) => field === about && value === person),
    );
    const names = [...new Set(naming.map(({ entity }) => entity))].map((id) => ({ type, id }));
    const values = await valuesOf(this.#tx, names);
    for (const name of names) {
      const shown = inFirstSpace(values.get(entityKey(type, name.id))!);
      const head = mergeEntity(shown).registers.get(about)?.heads[0];
      if (head?.value === person) await this.#eraseIn(name, shown[0]!.space);
    }
    for (const { entity, feed } of naming) {
      const name = { type, id: entity };
      await this.#strip(feed, name);
      this.#touch(name);
    }
  }

  /** Takes the erasable values of an entity out of one change-set in the log. */
  async #strip(feed: number, { type, id }: EntityName): Promise<void> {
    const row = await this.#tx.get<{ body: Buffer }>('select body from change_set where feed = $1', feed);
    const before = readBody(row!.body, this.#hasher);
    const after = redactChangeSet(before, (op) => op.entityType === type && op.entityId === id, this.#hasher);
    if (after === before) return;
    this.erased = true;
    await this.#tx.run('update change_set set body = $1 where feed = $2', encodeChangeSet(after), feed);
    const ops = JSON.stringify(storedOps(after.ops).get(entityKey(type, id)) ?? []);
    await this.#tx.run('update written set ops = $1 where entity = $2 and type = $3 and feed = $4', ops, id, type, feed);
  }
}
