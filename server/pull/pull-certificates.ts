import type { ReplicaId, SpaceId } from '../../shared/sync/types.ts';
import type { ExchangePorts } from '../exchange.ts';
import type { PageRow } from '../repository-store.ts';

/** The position of a device in what it is sent, by its own word. */
export interface ReaderPosition {
  /** Its place in the running feed; null: it asks for none of it. */
  readonly from: number | null;
  /** The spaces that are being filled, each with how far. */
  readonly fills: ReadonlyMap<SpaceId, number>;
  /** The spaces that it holds up to `from`; empty where it does not say so. */
  readonly held: ReadonlySet<SpaceId>;
}

/**
 * Works out which authors' certificates a device needs before the change-sets of one answer. Whoever was sent anything of a chain was sent its author's
 * certificate then, so it is needed with the first change-set of a chain alone, and by those who have begun no other chain that the device holds; and again
 * where it was issued anew since.
 */
export class NeededCertificates {
  readonly #ports: Pick<ExchangePorts, 'store' | 'registry' | 'certificates'>;
  readonly #position: ReaderPosition;
  readonly #met = new Set<ReplicaId>();

  constructor(ports: Pick<ExchangePorts, 'store' | 'registry' | 'certificates'>, position: ReaderPosition) {
    this.#ports = ports;
    this.#position = position;
  }

  /** As they were signed; of every author once an answer. */
  async before(rows: readonly PageRow[]): Promise<Uint8Array[]> {
    const { from, fills, held } = this.#position;
    const needed = new Set<ReplicaId>();
    const beginning: ReplicaId[] = [];
    const going = new Map<number, ReplicaId[]>();
    for (const { replica, space, seq } of rows) {
      if (this.#met.has(replica)) continue;
      this.#met.add(replica);
      const stood = fills.get(space) ?? from ?? 0;
      if (seq === 1 && (held.size === 0 || from === null)) needed.add(replica);
      else if (seq === 1) beginning.push(replica);
      if (!needed.has(replica)) going.set(stood, [...(going.get(stood) ?? []), replica]);
    }
    const { store, registry, certificates } = this.#ports;
    if (beginning.length > 0) {
      const known = await store.begunBefore(beginning, [...held], from!);
      for (const replica of beginning) if (!known.has(replica)) needed.add(replica);
    }
    for (const [stood, replicas] of going) for (const replica of await registry.certifiedSince(replicas, stood)) needed.add(replica);
    return needed.size === 0 ? [] : certificates.bytesOf([...needed].sort());
  }
}
