import type { Signer } from '../../shared/kernel/ports.ts';
import type { CommitRequest, Ingested } from '../../shared/node/store/store.ts';
import type { ChangeSet, ClockTrust, Hash, Head, ReplicaId, SpaceId, Tip } from '../../shared/sync/types.ts';

type Awaitable<T> = T | Promise<T>;

/**
 * What the suite asks of a store. Everything may be asynchronous, so that a store on another kind of database passes the very same suite.
 * Where a store has no projections, `row` answers null for every entity.
 */
export interface Subject {
  readonly replica: ReplicaId;
  commit(requests: readonly CommitRequest[]): Awaitable<readonly ChangeSet[]>;
  ingest(changeSets: readonly ChangeSet[], alongside?: () => void): Awaitable<Ingested>;
  /** Takes in what is judged by how much its authors have side by side; gives those that were too much, which have no effect. */
  ingestJudged(changeSets: readonly ChangeSet[]): Awaitable<readonly Hash[]>;
  trustRulings(replicas: readonly ReplicaId[]): Awaitable<void>;
  tips(space: SpaceId): Awaitable<readonly Tip[]>;
  spaces(): Awaitable<readonly SpaceId[]>;
  digest(): Awaitable<Readonly<Record<SpaceId, string>>>;
  heads(entityType: string, entityId: string, field: string): Awaitable<readonly Head[]>;
  headsOfEntity(entityType: string, entityId: string): Awaitable<readonly (Head & { readonly field: string })[]>;
  history(entityId: string, field: string, entityType?: string): Awaitable<readonly (Head & { readonly current: boolean })[]>;
  liveness(entityType: string, entityId: string): Awaitable<{ readonly live: boolean; readonly flagged: boolean }>;
  /** The bytes that travel, of every change-set of a space with a feed number above `feed`. */
  after(space: SpaceId, feed: number, limit: number): Awaitable<readonly { readonly feed: number; readonly bytes: Uint8Array }[]>;
  /** The change-sets of a space that a peer with these tips lacks. */
  beyond(space: SpaceId, tips: readonly Tip[]): Awaitable<readonly Uint8Array[]>;
  close(): Awaitable<void>;
}

export interface SubjectOptions {
  readonly signer: Signer;
  now(): number;
  clockTrust(): ClockTrust;
  author(): string;
}

export type OpenSubject = (options: SubjectOptions) => Awaitable<Subject>;
