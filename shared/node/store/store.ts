import type { WrittenValue } from '../../sync/register.ts';
import type { ChangeSet, ChangeSetKind, FieldWrite, Hash, Head, ReplicaId, SpaceId, Tip, ValueId } from '../../sync/types.ts';

/** The values that may be bound to a query. */
export type SqlValue = string | number | bigint | null | Uint8Array;

/**
 * Read-only access: SQL over the projections, and the registers behind them. A query cannot write by accident. `heads` and `isLive` read an entity once in a
 * transaction, whatever is asked of it and written to it there.
 */
export interface Reader {
  all<T>(sql: string, ...params: SqlValue[]): T[];
  get<T>(sql: string, ...params: SqlValue[]): T | undefined;
  /** The heads of a register, the one shown first at index 0. Empty: never written. `field` with its language: `title@fr`. */
  heads(entityType: string, entityId: string, field: string): Head[];
  /** Whether an entity was written to and is not removed. */
  isLive(entityType: string, entityId: string): boolean;
  /** The heads of every register of an entity. */
  headsOfEntity(entityType: string, entityId: string): (Head & { readonly field: string })[];
  /**
   * The heads of one register of every entity of a known type whose projection row meets a condition (SQL over its columns), by entity id:
   * what a grid needs to say what it showed, in one query instead of one a cell. `headsWhere('mark', 'status', 'activityId = ?', id)`.
   */
  headsWhere(entityType: string, field: string, condition: string, ...params: SqlValue[]): ReadonlyMap<string, Head[]>;
  /** Every effective value ever written to an entity, each with what it was written over. */
  effective(entityType: string, entityId: string): readonly WrittenValue[];
  /**
   * Every value that a register ever held, newest first by what is shown first; `current` marks the heads. `entityType`: only of that type; left out, of each type
   * that was written under this id.
   */
  history(
    entityId: string,
    field: string,
    entityType?: string,
  ): (Head & { readonly current: boolean; readonly entityType: string; readonly hash: Hash })[];
  /** When the change-sets of these values were received, milliseconds: by the repository where its word is here, else by this store. What is not known is left out. */
  receivedAt(values: readonly ValueId[]): ReadonlyMap<ValueId, number>;
}

export interface CommitRequest {
  readonly space: SpaceId;
  readonly writes: readonly FieldWrite[];
  readonly kind?: ChangeSetKind;
  /** Replaces the clock's time, e.g. by the day alone for anonymous sheets. */
  readonly t?: number;
}

/** The entity types and spaces that a commit or an ingest touched. */
export interface Changed {
  readonly entityTypes: ReadonlySet<string>;
  readonly spaces: ReadonlySet<SpaceId>;
  /** The ids of what was touched; null where that is not known one by one. */
  readonly entities: ReadonlySet<string> | null;
  /** True when the change-sets came from elsewhere. */
  readonly received: boolean;
}

export interface Ingested {
  /** New and applied. */
  readonly applied: number;
  /** Already here: a no-op. */
  readonly known: number;
  /** Not applied because a change-set before it in its chain is not here: space, and the hash that is missing. */
  readonly missing: readonly { readonly space: SpaceId; readonly replica: ReplicaId; readonly prev: Hash }[];
}

/** The function that says when a change-set that came from elsewhere was received, milliseconds; null: not known. */
export type ReceivedAt = (changeSet: ChangeSet) => number | null;

/**
 * A store of change-sets with the registers and projections derived from them. All of it is synchronous. Reads see the
 * last commit; a write is durable (on disk, synced) when its function returns.
 */
export interface Store {
  readonly replica: ReplicaId;
  readonly reader: Reader;
  /**
   * Seals one change-set per request and applies them all in one transaction; several requests are all kept or none.
   * Writes whose value equals the only head's are left out; a request with nothing left makes no change-set.
   */
  commit(requests: readonly CommitRequest[]): ChangeSet[];
  /**
   * Applies change-sets that came from elsewhere (verified by the caller's exchange), with `alongside` in the same transaction. `receivedAt` left out: they
   * were received now, by this store's clock.
   */
  ingest(changeSets: readonly ChangeSet[], alongside?: () => void, receivedAt?: ReceivedAt): Ingested;
  tips(space: SpaceId): Tip[];
  spaces(): SpaceId[];
  onChanged(listener: (changed: Changed) => void): () => void;
  /** SHA-256 over the heads and conflicts of every space; equal on replicas with equal sets. */
  digest(): Record<SpaceId, string>;
  close(): void;
}
