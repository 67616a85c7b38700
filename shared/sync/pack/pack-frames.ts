import type { Compression, Hasher } from '../../kernel/ports.ts';
import type { Refusal } from '../../kernel/result.ts';
import { decodeCanonical, type ItemsLeft } from '../canonical.ts';
import { columnsOf, type Columns } from './frame-columns.ts';
import type { ChainPlace } from './frame-layout.ts';
import { assemble, placesReferred, type ReferentsAt } from './frame-reader.ts';
import { BROTLI, IDENTITY, MOST_PLACES, PACK_CAPS, type PackLimits, type PackRefusal } from './pack-format.ts';
import { PackMemory } from './pack-memory.ts';
import { malformed, tooLarge, type PackedFrame } from './pack-seal.ts';
import type { ChangeSet } from '../types.ts';

/** A frame's change-sets, and how many bytes they are as they are stored. */
export interface Assembled {
  readonly changeSets: readonly ChangeSet[];
  readonly storedBytes: number;
}

/** The limits, which shrink as frames are unpacked. */
interface Left extends ItemsLeft {
  unpackedBytes: number;
  storedBytes: number;
  changeSets: number;
}

/**
 * Unpacks and reads the frames of one pack, each once and in order, under one budget for all of them. The first frame that is refused is the last that is
 * looked at: whoever gets a Refusal stops there.
 */
export class PackFrames {
  readonly #compression: Compression;
  readonly #hasher: Hasher;
  readonly #left: Left;
  readonly #memory = new PackMemory();
  /** Places of chains that the pack itself holds, and what it refers to beside them. */
  readonly #inside = new Set<string>();
  #places = 0;

  constructor(ports: { readonly compression: Compression; readonly hasher: Hasher }, limits: PackLimits) {
    this.#compression = ports.compression;
    this.#hasher = ports.hasher;
    const { unpackedBytes, storedBytes, parts, changeSets } = limits;
    this.#left = { unpackedBytes, storedBytes, items: parts, changeSets };
  }

  /** Unpacks a frame's payload and takes it apart: `sync.packMalformed`, or `sync.packTooLarge` where the pack's budget is used up. */
  unpack({ codec, payload }: Pick<PackedFrame, 'codec' | 'payload'>): Columns | Refusal<PackRefusal> {
    const left = this.#left;
    const most = Math.min(PACK_CAPS.frameBytes, left.unpackedBytes);
    const spent = most < PACK_CAPS.frameBytes ? tooLarge : malformed;
    const plain = most > 0 ? this.#decompressed(payload, codec, most) : null;
    if (!plain || plain.length > most) return spent;
    left.unpackedBytes -= plain.length;
    const parts: ItemsLeft = { items: Math.min(PACK_CAPS.frameParts, left.items) };
    const before = parts.items;
    const columns = columnsOf(decodeCanonical(plain, PACK_CAPS.frameBytes, parts), PACK_CAPS.frameItems);
    left.items -= before - parts.items;
    if (!columns) return parts.items < 0 && before < PACK_CAPS.frameParts ? tooLarge : malformed;
    left.changeSets -= columns.each.run.length;
    return left.changeSets < 0 ? tooLarge : columns;
  }

  /** The places outside the pack that a frame refers to, so that a store that answers later can be asked first; frames in their order. */
  places(columns: Columns): ChainPlace[] | Refusal<PackRefusal> {
    const places = placesReferred(columns, this.#inside, MOST_PLACES - this.#places);
    if (places === 'many') return { code: 'sync.packUnresolved', details: {} };
    if (!places) return malformed;
    this.#places += places.length;
    return places;
  }

  /** A frame's change-sets, each told to `made` before the frame is known to be right: `sync.packMalformed`, `sync.packUnresolved`, `sync.packTooLarge`. */
  assemble(columns: Columns, held: ReferentsAt, made?: (changeSet: ChangeSet) => void): Assembled | Refusal<PackRefusal> {
    const earlier = this.#memory.frame();
    const most = Math.min(PACK_CAPS.frameBytes, this.#left.storedBytes);
    const all = assemble(columns, { held, earlier, hasher: this.#hasher, mostBytes: most, ...(made && { made }) });
    if (all === 'unresolved') return { code: 'sync.packUnresolved', details: {} };
    if (all === 'tooLarge') return most < PACK_CAPS.frameBytes ? tooLarge : malformed;
    if (!all) return malformed;
    earlier.keep();
    this.#left.storedBytes -= all.storedBytes;
    return all;
  }

  // A bomb ends at the limit, inside the decompressor; damage that slipped past the digest is the sender's own.
  #decompressed(payload: Uint8Array, codec: number, most: number): Uint8Array | null {
    if (codec === IDENTITY) return payload;
    if (codec !== BROTLI) return null;
    try {
      return this.#compression.decompress(payload, most);
    } catch {
      return null;
    }
  }
}
