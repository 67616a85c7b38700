import type { Effect, LoggedLink, RulingEffect } from '../../../sync/accept.ts';
import { encodeChangeSet } from '../../../sync/change-set.ts';
import type { ChangeSet, Hash, ReplicaId, SpaceId } from '../../../sync/types.ts';
import type { Db } from './opening/open-database.ts';
import { noteQuarantine } from './quarantine.ts';
import type { RegisterBatch } from './register-batch.ts';
import type { Rulings } from './rulings.ts';

/** Writes the change-sets of a store: the log, and the ends of chains in it. */
export interface LogWriter {
  known(hash: Hash): LoggedLink | null;
  /** Carries out an effect but for the tips, which who calls moves. */
  applyEffect(effect: RulingEffect | (Effect & { effect: 'append' }), batch: RegisterBatch, receivedAt: number | null): void;
  /** Puts a change-set in the place of the tip that it continues; false where that is no tip, so that it begins a chain or a branch. */
  moveTip(changeSet: ChangeSet): boolean;
  addTip(changeSet: ChangeSet): void;
  /** Whether somebody asked that an entity be erased; `space` null: in whatever space. */
  isErasureAsked(type: string, id: string, space: SpaceId | null): boolean;
  /** Whether a change-set that was just added is the first of its space to write an entity that lives in another. */
  entersSpace(changeSet: ChangeSet): boolean;
}

/** The log of a database whose tables are prepared. `replica`: whose chains are this store's own. */
export function logWriter(db: Db, replica: ReplicaId, rulings: Rulings): LogWriter {
  const sql = {
    insert: db.prepare(
      'insert into change_set(hash, space, replica, seq, prev, kind, author, t, tq, refused, body, received_at, chain_bytes) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ),
    chainBytes: db.prepare('select chain_bytes from change_set where hash = ?').pluck(),
    known: db.prepare('select space, replica, seq, kind from change_set where hash = ?'),
    quarantine: noteQuarantine(db),
    moveTip: db.prepare('update tip set hash = ?, seq = ? where space = ? and replica = ? and hash = ?'),
    spacesBefore: db
      .prepare(
        'select distinct c.space from written w cross join change_set c on c.feed = w.feed where w.entity = ? and w.type = ? and c.hash <> ?',
      )
      .pluck(),
    erasureAsked: db
      .prepare(
        `select 1 from written w cross join change_set c on c.feed = w.feed
         where w.entity = ? and w.type = ? and c.kind = 'erase' and c.refused is null and c.space = coalesce(?, c.space)`,
      )
      .pluck(),
    addTip: db.prepare('insert into tip(space, replica, hash, seq) values (?, ?, ?, ?)'),
  };

  // Bytes of a chain up to the change-set of this replica that was written last: the next one mostly goes on from it.
  let last: { readonly hash: string; readonly bytes: number } | null = null;
  /** The bytes of an own chain up to a change-set; null where they are not known. */
  const bytesUpTo = (hash: string): number | null =>
    last?.hash === hash ? last.bytes : ((sql.chainBytes.get(hash) as number | null | undefined) ?? null);

  return {
    known: (hash) => (sql.known.get(hash) as LoggedLink | undefined) ?? null,
    applyEffect(effect, batch, receivedAt) {
      if (effect.effect !== 'append') {
        rulings.applyRuling(effect, batch);
        return;
      }
      const { changeSet, ruledOut, quarantined } = effect;
      const { header, hash } = changeSet;
      if (quarantined !== null) sql.quarantine(hash, header.space, quarantined, 'author');
      const refused = ruledOut ?? quarantined;
      const body = encodeChangeSet(changeSet);
      const isOwn = header.replica === replica;
      const before = isOwn && header.prev !== null ? bytesUpTo(header.prev) : 0;
      const bytes = isOwn && before !== null ? before + body.length : null;
      const { lastInsertRowid } = sql.insert.run(
        hash,
        header.space,
        header.replica,
        header.seq,
        header.prev,
        header.kind,
        header.author,
        header.t,
        header.tq,
        refused,
        body,
        receivedAt,
        bytes,
      );
      if (bytes !== null) last = { hash, bytes };
      batch.add(Number(lastInsertRowid), changeSet, refused !== null);
    },
    moveTip: ({ header, hash }) =>
      header.prev !== null && sql.moveTip.run(hash, header.seq, header.space, header.replica, header.prev).changes > 0,
    addTip({ header, hash }) {
      sql.addTip.run(header.space, header.replica, hash, header.seq);
    },
    isErasureAsked: (type, id, space) => sql.erasureAsked.get(id, type, space) !== undefined,
    entersSpace: ({ header, hash, ops }) =>
      ops.some(({ entityId, entityType }) => {
        const spaces = sql.spacesBefore.all(entityId, entityType, hash) as SpaceId[];
        return spaces.length > 0 && !spaces.includes(header.space);
      }),
  };
}
