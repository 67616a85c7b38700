import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RepositoryStore } from '../repository-store.ts';

const LENGTH = 22;

/**
 * Positions in the feed as clients hold them: epoch, feed number, and a keyed hash over both and the change-set that stands there. A
 * repository restored from any earlier state does not recognise a position that it has not reached, or that it reached by other
 * change-sets: the client then compares positions and brings back what was lost. Nobody else can make one, and it says nothing.
 */
export class Cursors {
  readonly #store: Pick<RepositoryStore, 'hashAt'>;
  readonly #key: Uint8Array;
  readonly #epoch: Uint8Array;

  /** `epoch`: 8 bytes, renewed when a backup is put back. */
  constructor(store: Pick<RepositoryStore, 'hashAt'>, key: Uint8Array, epoch: Uint8Array) {
    this.#store = store;
    this.#key = key;
    this.#epoch = epoch;
  }

  /** The position after the change-set with this feed number (0: the start). */
  async at(feed: number): Promise<string> {
    const bytes = Buffer.alloc(LENGTH);
    bytes.set(this.#epoch, 0);
    bytes.writeUIntBE(feed, 8, 6);
    bytes.set(await this.#seal(feed), 14);
    return bytes.toString('base64url');
  }

  /** The feed number of a position; null when it is not of this repository's present history. */
  async feedOf(cursor: string): Promise<number | null> {
    if (!/^[A-Za-z0-9_-]{30}$/.test(cursor)) return null;
    const bytes = Buffer.from(cursor, 'base64url');
    if (bytes.length !== LENGTH || !bytes.subarray(0, 8).equals(this.#epoch)) return null;
    const feed = bytes.readUIntBE(8, 6);
    return timingSafeEqual(bytes.subarray(14), await this.#seal(feed)) ? feed : null;
  }

  async #seal(feed: number): Promise<Uint8Array> {
    const hash = (await this.#store.hashAt(feed)) ?? (feed === 0 ? '' : 'none');
    return createHmac('sha256', this.#key).update(this.#epoch).update(`${feed} ${hash}`).digest().subarray(0, 8);
  }
}
