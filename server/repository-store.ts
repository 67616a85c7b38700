import type { CommitRequest } from '../shared/node/store/store.ts';
import type { Facts } from '../shared/features/sync/rights.ts';
import type { WorkshopFacts } from '../shared/features/sync/reading.ts';
import type { Certificate } from '../shared/sync/certificate.ts';
import type { ChainTip } from '../shared/sync/exchange.ts';
import type { ChainPlace, Referent } from '../shared/sync/pack/frame-layout.ts';
import type { ChangeSet, Hash, ReplicaId, SpaceId, Tip } from '../shared/sync/types.ts';
import type { RefusedRecord } from './registry.ts';

/** A value at once (a folder) or later (a database server). */
export type Awaitable<T> = T | Promise<T>;

/** The facts of the register and the records about a workshop, for deciding who may read it and in which order it is fetched. */
export interface KnownWorkshop extends WorkshopFacts {
  /** `YYYY-MM-DD`; '' where nothing is known. */
  readonly start: string;
  readonly end: string;
}

/** A page of a space's change-sets: those after `after`, in feed order. */
export interface PageStart {
  readonly space: SpaceId;
  readonly after: number;
}

/** A change-set of a page: its feed number, the bytes that travel, and whose it is. */
export interface PageRow {
  readonly feed: number;
  readonly bytes: Uint8Array;
  readonly space: SpaceId;
  readonly replica: ReplicaId;
  readonly seq: number;
  /** Milliseconds; null: not known. */
  readonly receivedAt: number | null;
}

/** A change-set that others may be written over, and where it lies in the feed. */
export interface LoggedReferent extends Referent {
  readonly feed: number;
}

/** The rows that a page is cut from: feed numbers up to `to`, and not those of the replica `notBy`. */
export interface PageLimits {
  readonly to: number;
  readonly notBy: ReplicaId | null;
  /** Rows at most. */
  readonly limit: number;
}

/** A material version that names a file. */
export interface NamedFile {
  readonly space: SpaceId;
  readonly size: number | null;
  /** Who wrote that it is this file, as they are certified. */
  readonly authors: readonly Pick<Certificate, 'user' | 'role' | 'scope'>[];
}

/**
 * Stores what a repository was given: change-sets, the certificates of who made them, and what is derived from them. A folder on SQLite, or a PostgreSQL
 * database that several server processes share. Every answer is of what is committed.
 */
export interface RepositoryStore {
  /** The repository's own replica, which rules. */
  readonly replica: ReplicaId;
  /** The newest feed number; 0: nothing yet. Feed order is the order of commits: what is committed later has a higher number. */
  feedHead(): Awaitable<number>;
  hashAt(feed: number): Awaitable<Hash | null>;
  spaceHead(space: SpaceId): Awaitable<number>;
  /** Every space that holds something. */
  spaces(): Awaitable<readonly SpaceId[]>;
  /** Of these spaces, those that hold something after a feed number. */
  spacesBeyond(spaces: readonly SpaceId[], feed: number): Awaitable<readonly SpaceId[]>;
  tips(spaces: readonly SpaceId[]): Awaitable<ReadonlyMap<SpaceId, readonly Tip[]>>;
  ownTips(replica: ReplicaId): Awaitable<readonly ChainTip[]>;
  /** Which of these are here, in this space. */
  knownAmong(hashes: readonly Hash[], space: SpaceId): Awaitable<ReadonlySet<Hash>>;
  /** Whether these spaces hold anything after a feed number that another replica made. */
  hasNews(spaces: readonly SpaceId[], feed: number, notBy: ReplicaId): Awaitable<boolean>;
  /** A page of each of these spaces. */
  pages(starts: readonly PageStart[], limits: PageLimits): Awaitable<ReadonlyMap<SpaceId, readonly PageRow[]>>;
  /** A page of the whole feed after a number, of these spaces alone. */
  feedPage(spaces: readonly SpaceId[], after: number, limits: PageLimits): Awaitable<readonly PageRow[]>;
  /** Those of these replicas that began a chain in one of these spaces up to a feed number. */
  begunBefore(replicas: readonly ReplicaId[], spaces: readonly SpaceId[], feed: number): Awaitable<ReadonlySet<ReplicaId>>;
  /** Those of these change-sets that are the only ones at their places and not large. */
  referentsOf(hashes: readonly Hash[]): Awaitable<readonly LoggedReferent[]>;
  /** The change-set that is held at each of these places, as it is stored, by `placeName`; what is not is left out. Null where they are more than `mostBytes`. */
  bodiesAt(places: readonly ChainPlace[], mostBytes: number): Awaitable<ReadonlyMap<string, Uint8Array> | null>;

  /** Certificates as they were signed. */
  certificates(replicas: readonly ReplicaId[]): Awaitable<ReadonlyMap<ReplicaId, Certificate>>;
  putCertificate(certificate: Certificate): Awaitable<void>;

  /** Another text whenever a space was added or a workshop's countries or dates may have changed. */
  grantsVersion(): Awaitable<string>;
  /** Those of these workshops that are known. */
  workshops(ids: readonly string[]): Awaitable<ReadonlyMap<string, KnownWorkshop>>;
  /** The material versions that name a file. */
  filesNamed(sha256: string): Awaitable<readonly NamedFile[]>;
  /** Every file that a material version names, with where. */
  everyFileNamed(): Awaitable<readonly { readonly sha256: string; readonly space: SpaceId }[]>;

  /**
   * Takes a push: `judge` is called for every change-set in order, then `finish` where any was refused; what they add is kept together or not at all, and with it what
   * `effects` then says.
   */
  take(changeSets: readonly ChangeSet[], push: PushJudge): Awaitable<void>;
  /** Begins to read what taking one push will ask, while the push is still decoded; left out where it is answered at once. */
  readEarly?(): EarlyReading;
}

/** Reads what a push will be judged by before it is taken. Nothing is kept or counted by it, and nobody waits for it. */
export interface EarlyReading extends Pick<RepositoryStore, 'take'> {
  /** The next change-sets of the push: nobody has vouched for them yet. */
  add(changeSets: readonly ChangeSet[]): void;
  /** No more are coming. */
  end(): void;
}

/** The judge of one push. Its callbacks run inside the store's transaction; they must not await. */
export interface PushJudge {
  judge(changeSet: ChangeSet, context: JudgeContext): void;
  finish(write: JudgeContext['write']): void;
  /** Called before anything is kept; throws where it must not be. */
  judged(): void;
  /** What is to be kept beside the log, once all is judged. */
  effects(): PushEffects;
}

/** The effects that a judged push leaves beside the log, kept in the same transaction. */
export interface PushEffects {
  /** When, by the repository's clock. */
  readonly at: number;
  /** Workshops that were opened, each with its creator. */
  readonly creators: ReadonlyMap<string, string>;
  readonly refused: readonly RefusedRecord[];
  /** What is in the log now and nothing spoke against: whatever of it had been quarantined is so no more. */
  readonly stands: readonly Hash[];
  /** Whether somebody was erased. */
  readonly erased: boolean;
}

/** The store as a judge sees it just before a change-set, those of this push that came before it included. */
export interface JudgeContext extends Pick<Facts, 'record'> {
  /** `opener`: who creates it in this very push, where nobody had before. */
  workshop(id: string, opener: string | undefined): WorkshopFacts | null;
  logged(hash: Hash): { readonly refused: string | null } | undefined;
  tipsOf(space: SpaceId, replica: ReplicaId): readonly Tip[];
  /** Whether a change-set leaves no more of its author's values side by side than may be. Counts it from now on. */
  admits(changeSet: ChangeSet): boolean;
  /**
   * Adds a change-set that is not here: without effect at once where a `verdict` speaks against it, which the caller is to rule. `ruledOut`: a ruling that is here says so
   * already; `missing`: nothing is added, for the one before it is not here either.
   */
  add(changeSet: ChangeSet, verdict: string | null): 'added' | 'ruledOut' | 'missing';
  /** Has the repository itself write something. */
  write(request: CommitRequest): void;
  certificate(replica: ReplicaId): Certificate | undefined;
  isRevoked(replica: ReplicaId): boolean;
  /** A quarantined change-set as it was sent; undefined where there is none. */
  quarantined(hash: Hash): Uint8Array | undefined;
  /** A change-set without the values of who was erased. */
  withoutErased(changeSet: ChangeSet): ChangeSet;
  /** Whether it came without values that nobody erased. */
  lacksValues(changeSet: ChangeSet): boolean;
}
