import type { SpaceId } from '../../../sync/types.ts';
import type { Changed } from '../store.ts';
import { markPurgePending, clearPurgePending, purgeErased } from './purge-pending.ts';
import type { Db } from './opening/open-database.ts';
import type { RegisterBatch } from './register-batch.ts';
import type { Registers } from './registers.ts';
import { noteTwin } from './opening/replica-key.ts';

/** The transactions of a store: what happens in one is kept or undone together, and whoever listens is told once, when it is kept. */
export interface Transactions {
  /** Runs `work` in one transaction, or in the one under way. */
  run<T>(work: () => T): T;
  /** Of the transaction under way: what one step has read of an entity the next one need not read again, however long its past is. */
  batch(): RegisterBatch;
  /** The same; null between two transactions. */
  batchUnderWay(): RegisterBatch | null;
  /** To be called where tables are written past the batch: it is read anew. */
  dropBatch(): void;
  /** Notes what the transaction under way changes. `received`: by what others wrote. `entities`: the ids of these; left out, any of their types. */
  touch(space: SpaceId | null, entityTypes: ReadonlySet<string>, received: boolean, entities?: ReadonlySet<string>): void;
  /** Notes that the transaction under way took a whole space out. */
  noteWiped(): void;
  /** Notes for good that another laptop writes under this replica's name. */
  meetTwin(): void;
  /** Returns what ends the listening. */
  onChanged(listener: (changed: Changed) => void): () => void;
  onErased(listener: () => void): void;
  onTwin(listener: () => void): void;
  /** Tells nobody of changes any more. */
  stopTelling(): void;
}

/** Returns the transactions of a database; `tookErased` says whether values were erased since it was last asked. */
export function transactionsOn(db: Db, registers: Registers, tookErased: () => boolean): Transactions {
  const begin = db.prepare('begin immediate');
  const end = db.prepare('commit');
  const undo = db.prepare('rollback');
  const listeners = new Set<(changed: Changed) => void>();
  const erasedListeners = new Set<() => void>();
  const twinListeners = new Set<() => void>();
  let open: RegisterBatch | null = null;
  let isRunning = false;
  let touched: { entityTypes: Set<string>; spaces: Set<SpaceId>; entities: Set<string> | null; received: boolean } | null = null;
  let wiped = false;
  let twins = false;

  /** Says that values were erased: copies of the database that are older still hold them. */
  const purge = (): void => {
    purgeErased(db);
    if (erasedListeners.size === 0) clearPurgePending(db);
    for (const listener of erasedListeners) listener();
  };

  const batchNow = (): RegisterBatch => (open ??= registers.batch());

  const tellAll = (): void => {
    const changed = touched as Changed | null;
    touched = null;
    if (changed) for (const listener of listeners) tell(listener, changed);
    if (!twins) return;
    twins = false;
    for (const listener of twinListeners) listener();
  };

  return {
    run(work) {
      if (db.inTransaction) {
        try {
          return db.transaction(work)();
        } catch (error) {
          open = null;
          throw error;
        }
      }
      open = null;
      touched = null;
      wiped = false;
      let purges = false;
      begin.run();
      let result: ReturnType<typeof work>;
      isRunning = true;
      try {
        result = work();
        purges = tookErased() || wiped;
        if (purges) markPurgePending(db);
        end.run();
      } catch (error) {
        // SQLite has rolled back by itself where the disk failed.
        if (db.inTransaction) undo.run();
        touched = null;
        throw error;
      } finally {
        isRunning = false;
        open = null;
      }
      if (purges) purge();
      tellAll();
      return result;
    },
    batch: batchNow,
    batchUnderWay: () => (isRunning ? batchNow() : null),
    dropBatch: () => void (open = null),
    touch(space, entityTypes, received, entities) {
      touched ??= { entityTypes: new Set(), spaces: new Set(), entities: new Set(), received: false };
      if (space !== null) touched.spaces.add(space);
      for (const type of entityTypes) touched.entityTypes.add(type);
      if (entities) for (const id of entities) touched.entities?.add(id);
      else if (entityTypes.size > 0) touched.entities = null;
      if (received) touched.received = true;
    },
    noteWiped: () => void (wiped = true),
    meetTwin() {
      noteTwin(db);
      twins = true;
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onErased: (listener) => void erasedListeners.add(listener),
    onTwin: (listener) => void twinListeners.add(listener),
    stopTelling: () => listeners.clear(),
  };
}

function tell(listener: (changed: Changed) => void, changed: Changed): void {
  try {
    listener(changed);
  } catch (error) {
    // What was committed stays committed; the fault shows as unhandled instead of as a failed write.
    queueMicrotask(() => {
      throw error;
    });
  }
}
