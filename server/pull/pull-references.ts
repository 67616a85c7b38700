import type { Hasher } from '../../shared/kernel/ports.ts';
import { decodeChangeSet, splitValueId } from '../../shared/sync/change-set.ts';
import type { Referent } from '../../shared/sync/pack/frame-layout.ts';
import type { Hash, ReplicaId } from '../../shared/sync/types.ts';
import type { ReaderPosition } from './pull-certificates.ts';
import type { PageRow, RepositoryStore } from '../repository-store.ts';

/** Looked up in one go. */
const STEP = 200;
/** Remembered for one answer: their writes are held in memory. */
const MOST = 4_096;

/**
 * The change-sets that a device which asks is known to hold, so that an answer can name them by their place in a chain instead of by their hash: what lies
 * before its position in the spaces that it says it has, and its own work. What it does not hold after all it cannot resolve, and asks again without saying so.
 */
export class HeldByReader {
  readonly #store: Pick<RepositoryStore, 'referentsOf'>;
  readonly #hasher: Hasher;
  readonly #position: ReaderPosition;
  readonly #own: ReplicaId;
  readonly #known = new Map<Hash, Referent | null>();

  constructor(store: Pick<RepositoryStore, 'referentsOf'>, hasher: Hasher, position: ReaderPosition, own: ReplicaId) {
    this.#store = store;
    this.#hasher = hasher;
    this.#position = position;
    this.#own = own;
  }

  /** Looks up what these change-sets are written over and what they follow. */
  async meet(rows: readonly PageRow[]): Promise<void> {
    const { held, fills } = this.#position;
    const asked = new Set<Hash>();
    const here = new Set<Hash>();
    for (const { space, bytes } of rows) {
      const decoded = held.has(space) || (fills.get(space) ?? 0) > 0 ? decodeChangeSet(bytes, this.#hasher) : null;
      if (!decoded?.ok) continue;
      const { header, ops, hash } = decoded.value;
      here.add(hash);
      if (header.prev !== null) asked.add(header.prev);
      for (const { supersedes } of ops) for (const id of supersedes) asked.add(splitValueId(id).hash);
    }
    const open = [...asked].filter((hash) => !here.has(hash) && !this.#known.has(hash)).slice(0, Math.max(0, MOST - this.#known.size));
    for (let at = 0; at < open.length; at += STEP) {
      const step = open.slice(at, at + STEP);
      for (const hash of step) this.#known.set(hash, null);
      for (const { feed, ...referent } of await this.#store.referentsOf(step)) {
        if (this.#isHeld(referent, feed)) this.#known.set(referent.hash, referent);
      }
    }
  }

  /** A change-set that the device holds; null: name it by its hash. */
  readonly locate = (hash: Hash): Referent | null => this.#known.get(hash) ?? null;

  #isHeld({ space, replica }: Referent, feed: number): boolean {
    const { from, fills, held } = this.#position;
    const filled = fills.get(space);
    if (filled !== undefined) return feed <= filled;
    return held.has(space) && from !== null && (feed <= from || replica === this.#own);
  }
}
