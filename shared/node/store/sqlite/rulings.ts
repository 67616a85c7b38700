import type { Hasher } from '../../../kernel/ports.ts';
import { decodeChangeSet, encodeChangeSet, redactChangeSet } from '../../../sync/change-set.ts';
import { isRefusable, rulingsOf } from '../../../sync/merge.ts';
import type { ChangeSet, Hash, ReplicaId, SpaceId } from '../../../sync/types.ts';
import { ENTITIES } from '../../../model/entities.ts';
import { participant } from '../../../model/people.ts';
import { isAboutErased, withoutErased, type Erased } from '../without-erased.ts';
import type { Held } from './held.ts';
import type { Db } from './open-database.ts';
import { quoted } from './projection-tables.ts';
import type { RegisterBatch, Registers } from './registers.ts';

/** The rulings (refuse, erase) that count in this store, and what they do to change-sets that are here or come later. */
export interface Rulings {
  /** A change-set as it may be stored: without the values whose subject was erased. */
  stripped(changeSet: ChangeSet): ChangeSet;
  /** The code of the reason why a change-set has no effect; null: it has. */
  reasonFor(changeSet: ChangeSet): string | null;
  /** Carries out what a change-set that is now stored rules, if it does. */
  carryOut(changeSet: ChangeSet, batch: RegisterBatch): void;
  /** From now on rulings by exactly these replicas count; those already here are carried out or taken back. */
  trust(replicas: readonly ReplicaId[], batch: RegisterBatch): void;
  /**
   * Erases what is about people who were erased in this step: records of other kinds, in whatever space, that name them. To be called when the
   * projections are up to date; true when there was any, and the batch is to be merged again.
   */
  eraseAbout(batch: RegisterBatch): boolean;
  /** Whether values were erased since the last time this was asked. */
  tookErased(): boolean;
}

/** The rulings of a database whose tables are prepared. */
export function rulings(db: Db, registers: Registers, held: Held, hasher: Hasher): Rulings {
  const sql = {
    reason: db.prepare('select min(reason) from refusal where hash = ? and space = ?').pluck(),
    target: db.prepare('select feed, space, kind, body from change_set where hash = ?'),
    addRefusal: db.prepare('insert or ignore into refusal(hash, space, reason, ruling) values (?, ?, ?, ?)'),
    setRefused: db.prepare('update change_set set refused = ? where feed = ?'),
    addErasure: db.prepare('insert or ignore into erasure(entity, type, space) values (?, ?, ?)'),
    isErasedPerson: db.prepare('select 1 from erasure where entity = ? and type = ?').pluck(),
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
  const mayRule = (replica: ReplicaId): boolean =>
    (JSON.parse((sql.rulers.get() as string | undefined) ?? '[]') as ReplicaId[]).includes(replica);

  const refuse = (hash: Hash, space: SpaceId, batch: RegisterBatch): void => {
    const target = sql.target.get(hash) as
      { feed: number; space: SpaceId; kind: ChangeSet['header']['kind']; body: Uint8Array } | undefined;
    if (!target || target.space !== space || !isRefusable(target)) return;
    sql.setRefused.run(sql.reason.get(hash, space), target.feed);
    for (const op of readBody(target.body, hasher).ops) batch.touch(op.entityType, op.entityId);
  };

  const erase = (entityType: string, entityId: string, space: SpaceId, batch: RegisterBatch): void => {
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

  const carryOut = (changeSet: ChangeSet, batch: RegisterBatch): void => {
    const { space } = changeSet.header;
    const ruled = rulingsOf(changeSet, (ruling) => mayRule(ruling.replica));
    for (const { hash, reason } of ruled.refused) {
      anyRefusal = true;
      sql.addRefusal.run(hash, space, reason, changeSet.hash);
      refuse(hash, space, batch);
    }
    for (const { entityType, entityId } of ruled.erased) {
      anyErasure = true;
      sql.addErasure.run(entityId, entityType, space);
      erase(entityType, entityId, space, batch);
      if (entityType === PERSON) people.push(entityId);
    }
  };

  const erasedHere: Erased = {
    isErased: (type, id, space) => sql.isErased.get(id, type, space) !== undefined,
    isErasedPerson: (id) => sql.isErasedPerson.get(id, PERSON) !== undefined,
  };

  return {
    stripped: (changeSet) => (anyErasure ? withoutErased(erasedHere, changeSet, hasher) : changeSet),
    eraseAbout(batch) {
      if (people.length === 0) return false;
      const erasedNow = people;
      people = [];
      let any = false;
      for (const { type, about } of ENTITIES) {
        if (about === undefined) continue;
        const find = db.prepare(`select id, space from ${quoted(type)} where ${quoted(about)} = ?`);
        for (const person of erasedNow) {
          for (const { id, space } of find.all(person) as { id: string; space: SpaceId }[]) {
            sql.addErasure.run(id, type, space);
            erase(type, id, space, batch);
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
      if (held.eraseWhere((changeSet, op) => isAboutErased(erasedHere, changeSet, op.entityType, op.entityId))) erased = true;
      return any;
    },
    reasonFor: ({ header, hash }) => (anyRefusal && isRefusable(header) ? (sql.reason.get(hash, header.space) as string | null) : null),
    carryOut,
    trust(replicas, batch) {
      const rulers = JSON.stringify([...new Set(replicas)].sort());
      if (sql.rulers.get() === rulers) return;
      sql.setRulers.run(rulers);
      const refused = db.prepare('select feed, body from change_set where refused is not null').all() as {
        feed: number;
        body: Uint8Array;
      }[];
      for (const { feed, body } of refused) {
        sql.setRefused.run(null, feed);
        for (const op of readBody(body, hasher).ops) batch.touch(op.entityType, op.entityId);
      }
      // What was erased stays erased; from now on only by those who may.
      db.exec('delete from refusal; delete from erasure');
      const ruled = db.prepare("select body from change_set where kind in ('refuse', 'erase') order by feed").pluck();
      for (const body of ruled.all() as Uint8Array[]) carryOut(readBody(body, hasher), batch);
    },
    tookErased() {
      const took = erased;
      erased = false;
      return took;
    },
  };
}

const PERSON = participant.type;

function readBody(body: Uint8Array, hasher: Hasher): ChangeSet {
  const decoded = decodeChangeSet(body, hasher);
  if (!decoded.ok) throw Object.assign(new Error('a stored change-set cannot be read'), { code: 'SQLITE_CORRUPT' });
  return decoded.value;
}
