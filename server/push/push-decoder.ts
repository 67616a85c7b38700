import { fromHex } from '../../shared/kernel/hex.ts';
import type { Compression, Hasher, Verifier } from '../../shared/kernel/ports.ts';
import { ok, refuse, type Refusal, type Result } from '../../shared/kernel/result.ts';
import { decodeCanonical } from '../../shared/sync/canonical.ts';
import { decodeCertificate, verifyCertificate } from '../../shared/sync/certificate.ts';
import { decodeChangeSet } from '../../shared/sync/change-set.ts';
import type { Columns } from '../../shared/sync/pack/frame-columns.ts';
import { placeName, type ChainPlace, type Referent } from '../../shared/sync/pack/frame-layout.ts';
import { CHANGE_SETS, ONE_FRAME, PACK_CAPS } from '../../shared/sync/pack/pack-format.ts';
import { PackFrames } from '../../shared/sync/pack/pack-frames.ts';
import { readHeader } from '../../shared/sync/pack/pack-header.ts';
import { checkSeal, malformed } from '../../shared/sync/pack/pack-seal.ts';
import type { ChangeSet, ReplicaId } from '../../shared/sync/types.ts';
import { firstUnproven } from '../../shared/sync/vouching.ts';

export interface PushDecoderPorts {
  readonly hasher: Hasher;
  readonly verifier: Verifier;
  readonly compression: Compression;
}

/** The sender that a push must have, asked before anything of it is looked at. */
export interface PushSender {
  /** Who must have signed it. */
  readonly sender: ReplicaId;
  /** Whose certificates are worth passing on. */
  readonly repositoryKey: Uint8Array;
}

/** The facts to look up before a push can be read: places outside it that it refers to, and the certificates of its authors. */
export interface OpenedPush {
  readonly places: readonly ChainPlace[];
  readonly replicas: readonly ReplicaId[];
  /** Certificates that the repository issued to these replicas, the newest of each. */
  readonly certificates: readonly Uint8Array[];
}

export interface LookedUp {
  /** Change-sets as they are stored, by `placeName`. */
  readonly bodies: ReadonlyMap<string, Uint8Array>;
  /** The public keys of those replicas that are certified. */
  readonly keys: ReadonlyMap<ReplicaId, Uint8Array>;
}

/**
 * Reads one push in two steps, with a look into the store between them. Costs are met in their order: seal and sender before anything is unpacked; each
 * frame unpacked once, under one budget for all, up to the first that is malformed; signatures at the end.
 */
export class PushDecoder {
  readonly #ports: PushDecoderPorts;
  readonly #frames: PackFrames;
  readonly #columns: Columns[] = [];

  constructor(ports: PushDecoderPorts) {
    this.#ports = ports;
    this.#frames = new PackFrames(ports, ONE_FRAME);
  }

  /** Refuses what `decodePack` refuses, and `sync.senderWrong`. */
  open(body: Uint8Array, { sender, repositoryKey }: PushSender): Result<OpenedPush> {
    const sealed = checkSeal(body, this.#ports, ONE_FRAME.totalBytes);
    if (!sealed.ok) return sealed;
    if (sealed.value.sender !== sender) return refuse('sync.senderWrong');
    const header = readHeader(decodeCanonical(sealed.value.header, PACK_CAPS.headerBytes));
    if (!header) return refused(malformed);
    const places: ChainPlace[] = [];
    const replicas = new Set<ReplicaId>();
    for (const frame of sealed.value.frames) {
      if (frame.type !== CHANGE_SETS) continue;
      const columns = this.#frames.unpack(frame);
      if ('code' in columns) return refused(columns);
      const referred = this.#frames.places(columns);
      if ('code' in referred) return refused(referred);
      places.push(...referred);
      for (const { replica } of columns.runs) replicas.add(replica);
      this.#columns.push(columns);
    }
    return ok({ places, replicas: [...replicas], certificates: this.#ours(header.certificates, replicas, repositoryKey) });
  }

  /**
   * The change-sets of what was opened, each told to `made` as it is put together, before any of them is vouched for. Refuses `sync.packMalformed`,
   * `sync.packUnresolved`, `sync.packTooLarge`, `sync.signatureWrong`.
   */
  finish({ bodies, keys }: LookedUp, made?: (changeSet: ChangeSet) => void): Result<readonly ChangeSet[]> {
    const read = new Map<string, readonly Referent[]>();
    const held = (place: ChainPlace): readonly Referent[] => {
      const name = placeName(place);
      const known = read.get(name);
      if (known) return known;
      const body = bodies.get(name);
      const decoded = body && decodeChangeSet(body, this.#ports.hasher);
      const found = decoded?.ok ? [{ ...place, hash: decoded.value.hash, ops: decoded.value.ops }] : [];
      read.set(name, found);
      return found;
    };
    const changeSets: ChangeSet[] = [];
    for (const columns of this.#columns) {
      const frame = this.#frames.assemble(columns, held, made);
      if ('code' in frame) return refused(frame);
      changeSets.push(...frame.changeSets);
    }
    const unproven = firstUnproven(changeSets, (replica) => keys.get(replica), this.#ports);
    return unproven === null ? ok(changeSets) : refuse('sync.signatureWrong', { changeSet: unproven });
  }

  /** A header has room for thousands: only those of who wrote something here are looked at, and only ours are kept. */
  #ours(encoded: readonly Uint8Array[], replicas: ReadonlySet<ReplicaId>, repositoryKey: Uint8Array): Uint8Array[] {
    const newest = new Map<ReplicaId, { readonly issuedAt: number; readonly bytes: Uint8Array }>();
    for (const bytes of encoded) {
      const decoded = decodeCertificate(bytes);
      if (!decoded.ok || !replicas.has(decoded.value.replica)) continue;
      const { replica, issuedAt } = decoded.value;
      if ((newest.get(replica)?.issuedAt ?? -Infinity) >= issuedAt) continue;
      const { verifier, hasher } = this.#ports;
      if (verifyCertificate(decoded.value, repositoryKey, verifier, hasher)) newest.set(replica, { issuedAt, bytes });
    }
    return [...newest.values()].map(({ bytes }) => bytes);
  }
}

/** The keys of replicas from their certificates' hexadecimal text. */
export function keysOf(certified: ReadonlyMap<ReplicaId, { readonly publicKey: string }>): Map<ReplicaId, Uint8Array> {
  return new Map([...certified].map(([replica, { publicKey }]) => [replica, fromHex(publicKey)]));
}

function refused(refusal: Refusal): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal };
}
