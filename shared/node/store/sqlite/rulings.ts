import { RECORD_RULES } from '../../../model/record-rules.ts';
import type { Hasher } from '../../../kernel/ports.ts';
import { ENTITIES } from '../../../model/entities.ts';
import { isAboutErased, rulingEffects, type AcceptanceFacts, type RulingEffect } from '../../../sync/accept.ts';
import { decodeChangeSet, encodeChangeSet, redactChangeSet } from '../../../sync/change-set.ts';
import type { ChangeSet, Hash, ReplicaId, SpaceId } from '../../../sync/types.ts';
import type { HeldChangeSets } from './held.ts';
import type { Db } from './opening/open-database.ts';
import { quoted } from './projection-tables.ts';
import { REASON_NOW, RULED } from './quarantine.ts';
import type { RegisterBatch } from './register-batch.ts';
import type { Registers } from './registers.ts';

/** The rulings (refuse, erase) of a store: what acceptance asks of them, and how their effects are carried out. */
export interface Rulings extends Pick<AcceptanceFacts, 'mayRule' | 'ruledOut' | 'isErased' | 'isErasedPerson'> {
  applyRuling(effect: RulingEffect, batch: RegisterBatch): void;
  /** From now on rulings by exactly these replicas count; those already here are carried out or taken back. */
  trust(replicas: readonly ReplicaId[], facts: AcceptanceFacts, batch: RegisterBatch): void;
  /**
   * Erases what is about people who were erased in this step: records of other kinds, in whatever space, that name them. To be called when the
   * projections are up to date; true when there was any, and the batch is to be merged again.
   */
  eraseAbout(batch: RegisterBatch): boolean;
  /** Whether values were erased since the last time this was asked. */
  tookErased(): boolean;
}

/** The rulings of a database whose tables are prepared. */
export function rulings(db: Db, registers: Registers, held: HeldChangeSets, hasher: Hasher): Rulings {
  const sql = {
    reason: db.prepare(`select min(reason) from refusal where hash = ? and space = ? and ${RULED}`).pluck(),
    addRefusal: db.prepare('insert or ignore into refusal(hash, space, reason, ruling) values (?, ?, ?, ?)'),
    setRefused: db.prepare(`update change_set set refused = ${REASON_NOW} where hash = ? returning body`).pluck(),
    addErasure: db.prepare('insert or ignore into erasure(entity, type, space) values (?, ?, ?)'),
    isErasedAnywhere: db.prepare('select 1 from erasure where entity = ? and type = ?').pluck(),
    isErased: db.prepare('select 1 from erasure where entity = ? and type = ? and space = ?').pluck(),
    feedsOfEntity: db
      .prepare('select w.feed from written w join change_set c on c.feed = w.feed where w.entity = ? and w.type = ? and c.space = ?')
      .pluck(),
    // Also what was refused or superseded, which no projection shows. Reads all of a type; erasures are rare.
    naming: db.prepare(
      `select w.feed, w.entity from written w where w.type = ? and exists
         (select 1 from json_each(w.ops) o where json_extract(o.value, '$[1]') = ? and json_extract(o.value, '$[2]') = ?)`,
    ),
    body: db.prepare('select body from change_set where feed = ?').pluck(),
    setBody: db.prepare('update change_set set body = ? where feed = ?'),
    rulers: db.prepare("select value from meta where key = 'rulers'").pluck(),
    setRulers: db.prepare("insert into meta(key, value) values ('rulers', ?) on conflict(key) do update set value = excluded.value"),
  };
  // Rulings are rare: while there are none, no change-set is looked up in them. A rollback leaves these true, which costs a look-up.
  let anyRefusal = db.prepare('select 1 from refusal limit 1').get() !== undefined;
  let anyErasure = db.prepare('select 1 from erasure limit 1').get() !== undefined;
  let erased = false;
  let people: string[] = [];

  const facts: Pick<AcceptanceFacts, 'isErased' | 'isErasedPerson'> = {
    isErased: (type, id, space) => anyErasure && sql.isErased.get(id, type, space) !== undefined,
    isErasedPerson: (id) => anyErasure && sql.isErasedAnywhere.get(id, RECORD_RULES.personType) !== undefined,
  };

  const eraseIn = (entityType: string, entityId: string, space: SpaceId, batch: RegisterBatch): void => {
    anyErasure = true;
    sql.addErasure.run(entityId, entityType, space);
    batch.touch(entityType, entityId);
    if (held.erase(entityType, entityId, space)) erased = true;
    for (const feed of sql.feedsOfEntity.all(entityId, entityType, space) as number[]) strip(feed, entityType, entityId);
  };

  /** Takes the erasable values of an entity out of one change-set in the log. */
  const strip = (feed: number, entityType: string, entityId: string): void => {
    const before = readBody(sql.body.get(feed) as Uint8Array, hasher);
    const after = redactChangeSet(before, (op) => op.entityType === entityType && op.entityId === entityId, hasher);
    if (after === before) return;
    erased = true;
    sql.setBody.run(encodeChangeSet(after), feed);
    registers.rewrite(feed, after.ops, entityType, entityId);
  };

  const touchRefused = (hash: Hash, batch: RegisterBatch): void => {
    const body = sql.setRefused.get(hash) as Uint8Array | undefined;
    if (body) for (const op of readBody(body, hasher).ops) batch.touch(op.entityType, op.entityId);
  };

  const applyRuling: Rulings['applyRuling'] = (effect, batch) => {
    if (effect.effect === 'erase') {
      eraseIn(effect.entityType, effect.entityId, effect.space, batch);
      if (effect.isPerson) people.push(effect.entityId);
      return;
    }
    anyRefusal = true;
    sql.addRefusal.run(effect.hash, effect.space, effect.reason, effect.ruling);
    if (effect.here) touchRefused(effect.hash, batch);
  };

  return {
    ...facts,
    mayRule: (replica) => (JSON.parse((sql.rulers.get() as string | undefined) ?? '[]') as ReplicaId[]).includes(replica),
    ruledOut: (hash, space) => (anyRefusal ? (sql.reason.get(hash, space) as string | null) : null),
    applyRuling,
    eraseAbout(batch) {
      if (people.length === 0) return false;
      const erasedNow = people;
      people = [];
      let any = false;
      for (const { type } of ENTITIES) {
        const about = RECORD_RULES.aboutField(type);
        if (about === undefined) continue;
        const find = db.prepare(`select id, space from ${quoted(type)} where ${quoted(about)} = ?`);
        for (const person of erasedNow) {
          for (const { id, space } of find.all(person) as { id: string; space: SpaceId }[]) {
            eraseIn(type, id, space, batch);
            any = true;
          }
          // By the change-set, not the entity: what was refused may name a person in somebody else's record.
          for (const { feed, entity } of sql.naming.all(type, about, person) as { feed: number; entity: string }[]) {
            strip(feed, type, entity);
            batch.touch(type, entity);
            any = true;
          }
        }
      }
      const about = { ...facts, rules: RECORD_RULES };
      if (held.eraseWhere((changeSet, op) => isAboutErased(about, changeSet, op.entityType, op.entityId))) erased = true;
      return any;
    },
    trust(replicas, all, batch) {
      const rulers = JSON.stringify([...new Set(replicas)].sort());
      if (sql.rulers.get() === rulers) return;
      sql.setRulers.run(rulers);
      const refused = db.prepare('select hash from change_set where refused is not null').pluck().all() as Hash[];
      // What was erased stays erased; from now on only by those who may.
      db.exec('delete from refusal; delete from erasure');
      for (const hash of refused) touchRefused(hash, batch);
      const ruled = db.prepare("select body from change_set where kind in ('refuse', 'erase') order by feed").pluck();
      for (const body of ruled.all() as Uint8Array[])
        for (const effect of rulingEffects(all, readBody(body, hasher))) applyRuling(effect, batch);
    },
    tookErased() {
      const took = erased;
      erased = false;
      return took;
    },
  };
}

function readBody(body: Uint8Array, hasher: Hasher): ChangeSet {
  const decoded = decodeChangeSet(body, hasher);
  if (!decoded.ok) throw Object.assign(new Error('a stored change-set cannot be read'), { code: 'SQLITE_CORRUPT' });
  return decoded.value;
}
