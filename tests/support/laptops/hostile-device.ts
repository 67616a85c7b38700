import { USER } from '../../../electron/engine/local-state/of-this-laptop.ts';
import { brotli, nodeHasher, signerOf } from '../../../shared/node/crypto.ts';
import { changeSetsAfter } from '../../../shared/node/store/sqlite/change-log.ts';
import { readOrMintKey } from '../../../shared/node/store/sqlite/opening/replica-key.ts';
import { decodeChangeSet, encodeChangeSet } from '../../../shared/sync/change-set.ts';
import { encodePack } from '../../../shared/sync/pack/pack-writer.ts';
import type { ChangeSet } from '../../../shared/sync/types.ts';
import type { Remote } from '../../../electron/engine/sync/repository/remote.ts';
import type { Dice } from '../dice.ts';
import { HostileWriter, type Known } from './hostile-writer.ts';
import type { Laptop } from './laptop.ts';

/**
 * A certified device whose program is not the one that people run: it signs what it likes and sends it how it likes. Its own laptop holds all that it made, for sticks;
 * over HTTP it sends any part of it.
 */
export class HostileDevice {
  readonly #laptop: Laptop;
  readonly #dice: Dice;
  readonly #remote: Remote;
  readonly #signer: ReturnType<typeof signerOf>;
  readonly #writer: HostileWriter;

  constructor(laptop: Laptop, dice: Dice) {
    this.#laptop = laptop;
    this.#dice = dice;
    this.#remote = laptop.remote();
    this.#signer = signerOf(readOrMintKey(laptop.folder, laptop.store.db));
    this.#writer = new HostileWriter(this.#signer, USER.read(laptop.settings) ?? '', dice);
  }

  get laptop(): Laptop {
    return this.#laptop;
  }

  /** Some change-sets, each in a chain of its own making; they lie on its laptop, as far as a store takes them. */
  write(known: Known): ChangeSet[] {
    const made = this.#writer.write(known);
    this.#laptop.store.ingest(made);
    return made;
  }

  /** Pushes change-sets. What the repository answers is its own affair. */
  async push(changeSets: readonly ChangeSet[]): Promise<void> {
    const pack = encodePack({ spaces: [], certificates: [] }, this.#writer.bared(changeSets).map(encodeChangeSet), {
      hasher: nodeHasher,
      compression: brotli,
      signer: this.#signer,
    });
    await this.#remote.push(pack);
  }

  /** Pushes what another laptop made, as it lies there, in chains cut anywhere behind a signature. */
  async replay(other: Laptop): Promise<void> {
    other.store.signRuns();
    const space = this.#dice.oneOf(other.store.spaces());
    const chain = changeSetsAfter(other.store.db, space, 0, 1_000).flatMap(({ bytes }) => {
      const read = decodeChangeSet(bytes, nodeHasher);
      return read.ok && read.value.header.replica === other.store.replica ? [read.value] : [];
    });
    const ends = chain.flatMap(({ signature }, i) => (signature === '' ? [] : [i + 1]));
    if (ends.length > 0) await this.push(chain.slice(0, this.#dice.oneOf(ends)));
  }

  async end(): Promise<void> {
    this.#remote.close();
    await this.#laptop.end();
  }
}
