import { createHmac, timingSafeEqual } from 'node:crypto';
import { feedHead } from '../shared/node/store/sqlite/change-log.ts';
import type { Db } from '../shared/node/store/sqlite/open-database.ts';

const LENGTH = 22;

/**
 * Positions in the feed as clients hold them: epoch, feed number, and a keyed hash over both and the change-set that stands there. A
 * repository restored from any earlier state does not recognise a position that it has not reached, or that it reached by other
 * change-sets: the client then compares positions and brings back what was lost. Nobody else can make one, and it says nothing.
 */
export class Cursors {
  readonly #db: Db;
  readonly #key: Uint8Array;
  readonly #epoch: Uint8Array;
  readonly #hashAt;

  /** `epoch`: 8 bytes, renewed when a backup is put back. */
  constructor(db: Db, key: Uint8Array, epoch: Uint8Array) {
    this.#db = db;
    this.#key = key;
    this.#epoch = epoch;
    this.#hashAt = db.prepare('select hash from change_set where feed = ?').pluck();
  }

  /** The position after the newest change-set. */
  head(): string {
    return this.at(feedHead(this.#db));
  }

  /** The position after the change-set with this feed number (0: the start). */
  at(feed: number): string {
    const bytes = Buffer.alloc(LENGTH);
    bytes.set(this.#epoch, 0);
    bytes.writeUIntBE(feed, 8, 6);
    bytes.set(this.#seal(feed), 14);
    return bytes.toString('base64url');
  }

  /** The feed number of a position; null when it is not of this repository's present history. */
  feedOf(cursor: string): number | null {
    if (!/^[A-Za-z0-9_-]{30}$/.test(cursor)) return null;
    const bytes = Buffer.from(cursor, 'base64url');
    if (bytes.length !== LENGTH || !bytes.subarray(0, 8).equals(this.#epoch)) return null;
    const feed = bytes.readUIntBE(8, 6);
    return timingSafeEqual(bytes.subarray(14), this.#seal(feed)) ? feed : null;
  }

  #seal(feed: number): Uint8Array {
    const hash = (this.#hashAt.get(feed) as string | undefined) ?? (feed === 0 ? '' : 'none');
    return createHmac('sha256', this.#key).update(this.#epoch).update(`${feed} ${hash}`).digest().subarray(0, 8);
  }
}
