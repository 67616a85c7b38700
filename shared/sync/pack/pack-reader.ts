import type { Compression, Hasher, Verifier } from '../../kernel/ports.ts';
import { refuse, type Refusal, type Result } from '../../kernel/result.ts';
import { decodeCanonical } from '../canonical.ts';
import { concat } from '../encode.ts';
import type { ReferentsAt } from './frame-reader.ts';
import {
  CHANGE_SETS,
  FRAME_HEADER,
  NOTE,
  PACK_CAPS,
  startOf,
  TRAILER,
  WHOLE_PACK,
  type PackLimits,
  type PackRefusal,
} from './pack-format.ts';
import { PackFrames } from './pack-frames.ts';
import { readHeader, type PackHeader } from './pack-header.ts';
import { checkSeal, frameAt, headerIn, malformed, readTrailer, tooLarge, type SealedPack } from './pack-seal.ts';
import type { ChangeSet, ReplicaId } from '../types.ts';

export interface PackReaderPorts {
  readonly hasher: Hasher;
  readonly compression: Compression;
  readonly verifier: Verifier;
  /** What is held here at a place of a chain, for packs that refer to it; left out: nothing. */
  readonly held?: ReferentsAt;
}

export type PackPart =
  | { readonly part: 'header'; readonly header: PackHeader }
  /** `end`: how many bytes of the pack lie up to the end of this frame. Digest and form are checked, signatures are not. */
  | { readonly part: 'frame'; readonly changeSets: readonly ChangeSet[]; readonly end: number }
  | { readonly part: 'note'; readonly note: Uint8Array }
  /** The pack is whole and as its sender signed it; whether the sender is to be believed is the caller's to say. */
  | { readonly part: 'trailer'; readonly publicKey: Uint8Array; readonly sender: ReplicaId };

/** Reads a pack as its bytes come in. After a refusal it answers nothing but that refusal. */
export interface PackReader {
  /** Takes the next bytes; gives the parts that they complete. */
  push(bytes: Uint8Array): Result<readonly PackPart[], PackRefusal>;
  /** Says that no more bytes come; refuses `sync.packCut` when the pack is not whole. */
  end(): Result<null, PackRefusal>;
}

/**
 * A reader that never holds more than one frame and never decodes what it has not hashed: for an answer that is applied as it comes, from the repository
 * that was asked. Codes: `sync.packMalformed`, `sync.packNewer` (a later version of the format), `sync.packTooLarge`, `sync.packDamaged` (a digest does not
 * fit), `sync.packSignature`, `sync.packCut`, `sync.packUnresolved` (it refers to what is not held here).
 */
export function packReader(ports: PackReaderPorts, totalBytes: number = PACK_CAPS.totalBytes): PackReader {
  let held: Uint8Array = new Uint8Array(0);
  let taken = 0;
  let stage: 'magic' | 'frames' | 'done' = 'magic';
  let running: Uint8Array = new Uint8Array(0);
  let refusal: Refusal<PackRefusal> | null = null;
  // What was taken over is applied and gone before the next frame: each has a frame's budget, and the wire bounds their sum.
  const frames = new PackFrames(ports, {
    totalBytes,
    unpackedBytes: Infinity,
    storedBytes: Infinity,
    parts: Infinity,
    changeSets: Infinity,
  });

  // The next part, 'more' while its bytes are not all here, or why there is none.
  const next = (): PackPart | 'more' | Refusal<PackRefusal> => {
    if (stage === 'done') return held.length === 0 ? 'more' : malformed;
    return stage === 'magic' ? nextHeader() : nextFrame();
  };

  const nextHeader = (): PackPart | 'more' | Refusal<PackRefusal> => {
    const start = headerIn(held);
    if (start === 'more' || 'code' in start) return start;
    const header = readHeader(decodeCanonical(start.header, PACK_CAPS.headerBytes));
    if (!header) return malformed;
    running = startOf(start.header, ports.hasher);
    take(start.end);
    stage = 'frames';
    return { part: 'header', header };
  };

  const nextFrame = (): PackPart | 'more' | Refusal<PackRefusal> => {
    const packed = frameAt(held, 0, ports.hasher);
    if (packed === 'more' || 'code' in packed) return packed;
    const head = held.subarray(0, FRAME_HEADER);
    take(packed.end);
    if (packed.type === TRAILER) {
      const trailer = readTrailer(packed, running, ports);
      if ('code' in trailer) return trailer;
      stage = 'done';
      return { part: 'trailer', ...trailer };
    }
    running = ports.hasher.sha256(concat([running, head]));
    if (packed.type === NOTE) return { part: 'note', note: packed.payload.slice() };
    const columns = frames.unpack(packed);
    if ('code' in columns) return columns;
    const made = frames.assemble(columns, ports.held ?? nothingHeld);
    return 'code' in made ? made : { part: 'frame', changeSets: made.changeSets, end: taken };
  };

  // A view: copying the rest after every frame would cost the square of a large pack.
  const take = (length: number): void => {
    held = held.subarray(length);
    taken += length;
  };

  return {
    push(bytes) {
      if (refusal) return { ok: false, refusal };
      if (taken + held.length + bytes.length > totalBytes) {
        refusal = tooLarge;
        return { ok: false, refusal };
      }
      held = held.length === 0 ? bytes : concat([held, bytes]);
      const parts: PackPart[] = [];
      for (;;) {
        const part = next();
        if (part === 'more') {
          // What is left is copied: the caller may use its buffer again.
          held = Uint8Array.from(held);
          return { ok: true, value: parts };
        }
        if ('code' in part) {
          refusal = part;
          held = new Uint8Array(0);
          return { ok: false, refusal };
        }
        parts.push(part);
      }
    },
    end() {
      if (refusal) return { ok: false, refusal };
      return stage === 'done' ? { ok: true, value: null } : refuse('sync.packCut', { bytes: taken });
    },
  };
}

export interface Pack {
  readonly header: PackHeader;
  readonly changeSets: readonly ChangeSet[];
  readonly publicKey: Uint8Array;
  readonly sender: ReplicaId;
}

/**
 * Reads a whole pack or refuses it whole (codes of `packReader`). Its seal is checked before anything is unpacked, and `isSender` is asked for its sender
 * then (`sync.senderWrong`); frames are unpacked one after the other under the limits of the whole. Notes are passed over.
 */
export function decodePack(
  bytes: Uint8Array,
  ports: PackReaderPorts,
  limits: PackLimits = WHOLE_PACK,
  isSender: (sender: Pick<SealedPack, 'publicKey' | 'sender'>) => boolean = () => true,
): Result<Pack, PackRefusal> {
  const sealed = checkSeal(bytes, ports, limits.totalBytes);
  if (!sealed.ok) return sealed;
  const { publicKey, sender } = sealed.value;
  if (!isSender(sealed.value)) return refuse('sync.senderWrong');
  const header = readHeader(decodeCanonical(sealed.value.header, PACK_CAPS.headerBytes));
  if (!header) return { ok: false, refusal: malformed };
  const frames = new PackFrames(ports, limits);
  const changeSets: ChangeSet[] = [];
  for (const packed of sealed.value.frames) {
    if (packed.type !== CHANGE_SETS) continue;
    const columns = frames.unpack(packed);
    if ('code' in columns) return { ok: false, refusal: columns };
    const made = frames.assemble(columns, ports.held ?? nothingHeld);
    if ('code' in made) return { ok: false, refusal: made };
    for (const changeSet of made.changeSets) changeSets.push(changeSet);
  }
  return { ok: true, value: { header, changeSets, publicKey, sender } };
}

const nothingHeld: ReferentsAt = () => [];
