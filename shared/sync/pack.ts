import type { Compression, Hasher, Signer, Verifier } from '../kernel/ports.ts';
import { refuse, type Refusal, type Result } from '../kernel/result.ts';
import { CAPS, decodeCanonical, encodeCanonical, equalBytes } from './canonical.ts';
import { concat } from './encode.ts';
import { encodeChangeSet, replicaIdOf } from './change-set.ts';
import { columnsOf, type Columns } from './frame-columns.ts';
import type { Place } from './frame-layout.ts';
import { assemble, placesReferred, type Held } from './frame-reader.ts';
import type { FrameWriterPorts } from './frame-writer.ts';
import { framesFor } from './framing.ts';
import { PackMemory } from './pack-memory.ts';
import { readHeader, wireHeader, type PackHeader } from './pack-header.ts';
import type { ChangeSet, ReplicaId } from './types.ts';

/** What a pack may cost at most. */
export const PACK_CAPS = {
  /** What a frame aims at on the wire: the smallest and the largest. */
  frameTarget: { least: 4 * 1024, most: 256 * 1024 },
  /** One frame's payload, on the wire and decoded. */
  frameBytes: 8 * 1024 * 1024,
  /** Change-sets in one frame. */
  frameItems: 4096,
  /** Numbers, texts, lists and maps in one frame: twice those of the largest change-set. */
  frameParts: 2 * CAPS.items,
  headerBytes: 1024 * 1024,
  /** A whole pack on the wire, where the caller does not say otherwise. */
  totalBytes: 256 * 1024 * 1024,
  /** A pack that is decoded whole, all frames together; a larger one is read frame by frame. */
  wholeBytes: 64 * 1024 * 1024,
} as const;

/** `ITINERA` and the version of the format. */
const MAGIC = Uint8Array.of(0x49, 0x54, 0x49, 0x4e, 0x45, 0x52, 0x41, 1);
const PACK_DOMAIN = 'itinera pack 1';

const CHANGE_SETS = 1;
const NOTE = 2;
const TRAILER = 255;
const IDENTITY = 0;
const BROTLI = 1;
/** length (4, big-endian), type (1), codec (1), SHA-256 of the payload (32). */
const FRAME_HEADER = 38;

export interface PackWriterPorts extends Partial<Pick<FrameWriterPorts, 'derivations' | 'locate'>> {
  readonly hasher: Hasher;
  readonly compression: Compression;
  readonly signer: Signer;
}

export interface PackReaderPorts {
  readonly hasher: Hasher;
  readonly compression: Compression;
  readonly verifier: Verifier;
  /** What is held here at a place of a chain, for packs that refer to it; left out: nothing. */
  readonly held?: Held;
}

/** Something said between frames, for whoever asked for the pack (how far it led, say); its bytes mean nothing here. */
export interface PackNote {
  readonly note: Uint8Array;
}

/** Room for a position in each of the thousand spaces that one question may name. */
const NOTE_BYTES = 512 * 1024;

/**
 * Writes a pack piece by piece: first the header, then frames of about `frameBytes` on the wire, at the end the signed trailer. The pieces put
 * together are the pack. `changeSets`: bytes as `encodeChangeSet` wrote them; a note ends the frame before it. Without `locate` the pack is
 * complete in itself and may be read by anyone. Throws a RangeError where a chain's run has no signature at its end.
 */
export function* packPieces(
  header: PackHeader,
  changeSets: Iterable<Uint8Array | PackNote>,
  ports: PackWriterPorts,
  frameBytes: number = PACK_CAPS.frameTarget.most,
): Generator<Uint8Array, void> {
  const writer = packWriter(header, ports, frameBytes);
  yield writer.head;
  let open: Uint8Array[] = [];
  let size = 0;
  const flush = function* (whole: boolean): Generator<Uint8Array, void> {
    while (open.length > 0 && (whole || size > LOOKAHEAD)) {
      const { bytes, count } = writer.frame(open);
      // The signature that vouches for these is still to come.
      if (count === 0 && !whole) return;
      if (count === 0) throw new RangeError('the run of a chain has no signature at its end');
      yield bytes;
      for (const sent of open.slice(0, count)) size -= sent.length;
      open = open.slice(count);
    }
  };
  for (const item of changeSets) {
    if ('note' in item) {
      yield* flush(true);
      yield writer.note(item.note);
      continue;
    }
    open.push(item);
    size += item.length;
    if (size > LOOKAHEAD) yield* flush(false);
  }
  yield* flush(true);
  yield writer.end();
}

/** Bytes of change-sets looked at before a frame is cut: compressed they are seldom a tenth. */
const LOOKAHEAD = 3 << 20;

/** Writes the parts of one pack, as its caller has them. */
export interface PackWriter {
  /** What every pack begins with. */
  readonly head: Uint8Array;
  /**
   * The next frame: the first `count` of these change-sets, about as many as the frame's target on the wire holds and never past a signature
   * that vouches for them. 0, and no bytes, where that signature is not among them.
   */
  frame(changeSets: readonly Uint8Array[]): { readonly bytes: Uint8Array; readonly count: number };
  note(note: Uint8Array): Uint8Array;
  end(): Uint8Array;
}

/**
 * A whole pack of one frame: the first `count` of these change-sets, about as many as `frameBytes` on the wire hold. `headerFor` gives its header.
 * 0 where no signature among them vouches for the first.
 */
export function packOfFirst(
  changeSets: readonly Uint8Array[],
  headerFor: (count: number) => PackHeader,
  ports: PackWriterPorts,
  frameBytes: number,
): { readonly pack: Uint8Array; readonly count: number } {
  // The header depends on what fits, and the signature on the header: the frame is cut first.
  const { count } = framesFor(ports, frameBytes).next(changeSets);
  if (count === 0) return { pack: new Uint8Array(0), count };
  const writer = packWriter(headerFor(count), ports, frameBytes);
  const frame = writer.frame(changeSets.slice(0, count));
  return { pack: concat([writer.head, frame.bytes, writer.end()]), count: frame.count };
}

/** A writer of one pack; see `packPieces`. */
export function packWriter(header: PackHeader, ports: PackWriterPorts, frameBytes: number = PACK_CAPS.frameTarget.most): PackWriter {
  const encoded = encodeCanonical(wireHeader(header));
  if (encoded.length > PACK_CAPS.headerBytes) throw new RangeError('the header of a pack is too long');
  let running = startOf(encoded, ports.hasher);
  const framed = (payload: Uint8Array, type: number, codec: number): Uint8Array => {
    const head = concat([uint32(payload.length), Uint8Array.of(type, codec), ports.hasher.sha256(payload)]);
    if (type !== TRAILER) running = ports.hasher.sha256(concat([running, head]));
    return concat([head, payload]);
  };
  const framing = framesFor(ports, frameBytes);
  return {
    head: concat([MAGIC, uint32(encoded.length), encoded]),
    frame(changeSets) {
      const { plain, small, count } = framing.next(changeSets);
      if (count === 0) return { bytes: new Uint8Array(0), count };
      return { bytes: small.length < plain.length ? framed(small, CHANGE_SETS, BROTLI) : framed(plain, CHANGE_SETS, IDENTITY), count };
    },
    note: (note) => framed(note, NOTE, IDENTITY),
    end: () => framed(encodeCanonical([ports.signer.publicKey, ports.signer.sign(running)]), TRAILER, IDENTITY),
  };
}

/** A whole pack in one piece. */
export function encodePack(header: PackHeader, changeSets: Iterable<Uint8Array>, ports: PackWriterPorts, frameBytes?: number): Uint8Array {
  return concat([...packPieces(header, changeSets, ports, frameBytes)]);
}

export type PackPart =
  | { readonly part: 'header'; readonly header: PackHeader }
  /** `end`: how many bytes of the pack lie up to the end of this frame; `decodedBytes`: of its change-sets as they are stored. Digest and form are checked, signatures are not. */
  | { readonly part: 'frame'; readonly changeSets: readonly ChangeSet[]; readonly end: number; readonly decodedBytes: number }
  | { readonly part: 'note'; readonly note: Uint8Array }
  /** The pack is whole and as its sender signed it; whether the sender is to be believed is the caller's to say. */
  | { readonly part: 'trailer'; readonly publicKey: Uint8Array; readonly sender: ReplicaId };

/** Reads a pack as its bytes come in. After a refusal it answers nothing but that refusal. */
export interface PackReader {
  /** Takes the next bytes; gives the parts that they complete. */
  push(bytes: Uint8Array): Result<readonly PackPart[]>;
  /** Says that no more bytes come; refuses `sync.packCut` when the pack is not whole. */
  end(): Result<null>;
}

/**
 * A reader that never holds more than one frame and never decodes what it has not hashed. Codes: `sync.packMalformed`, `sync.packNewer` (a later
 * version of the format), `sync.packTooLarge`, `sync.packDamaged` (a digest does not fit), `sync.packSignature`, `sync.packCut`,
 * `sync.packUnresolved` (it refers to what is not held here).
 */
export function packReader(ports: PackReaderPorts, totalBytes: number = PACK_CAPS.totalBytes): PackReader {
  let held: Uint8Array = new Uint8Array(0);
  let taken = 0;
  let stage: 'magic' | 'frames' | 'done' = 'magic';
  let running: Uint8Array = new Uint8Array(0);
  let refusal: Refusal | null = null;
  const memory = new PackMemory();

  // The next part, 'more' while its bytes are not all here, or why there is none.
  const next = (): PackPart | 'more' | Refusal => {
    if (stage === 'done') return held.length === 0 ? 'more' : malformed;
    return stage === 'magic' ? nextHeader() : nextFrame();
  };

  const nextHeader = (): PackPart | 'more' | Refusal => {
    const start = held.subarray(0, MAGIC.length - 1);
    if (!equalBytes(start, MAGIC.subarray(0, start.length))) return malformed;
    if (held.length < MAGIC.length + 4) return 'more';
    if (held[MAGIC.length - 1] !== MAGIC[MAGIC.length - 1]) return { code: 'sync.packNewer', details: {} };
    const length = readUint32(held, MAGIC.length);
    if (length > PACK_CAPS.headerBytes) return tooLarge;
    const end = MAGIC.length + 4 + length;
    if (held.length < end) return 'more';
    const bytes = held.subarray(MAGIC.length + 4, end);
    const header = readHeader(decodeCanonical(bytes, PACK_CAPS.headerBytes));
    if (!header) return malformed;
    running = startOf(bytes, ports.hasher);
    take(end);
    stage = 'frames';
    return { part: 'header', header };
  };

  const nextFrame = (): PackPart | 'more' | Refusal => {
    if (held.length < FRAME_HEADER) return 'more';
    const length = readUint32(held, 0);
    if (length > PACK_CAPS.frameBytes) return tooLarge;
    if (held.length < FRAME_HEADER + length) return 'more';
    const head = held.slice(0, FRAME_HEADER);
    const payload = held.slice(FRAME_HEADER, FRAME_HEADER + length);
    if (!equalBytes(ports.hasher.sha256(payload), head.subarray(6))) return { code: 'sync.packDamaged', details: {} };
    take(FRAME_HEADER + length);
    const type = head[4];
    if (type === TRAILER) return trailer(payload, head[5]!);
    if (type !== CHANGE_SETS && type !== NOTE) return malformed;
    running = ports.hasher.sha256(concat([running, head]));
    if (type === NOTE) return length <= NOTE_BYTES && head[5] === IDENTITY ? { part: 'note', note: payload } : malformed;
    const plain = decompressed(payload, head[5]!, ports.compression);
    const columns = plain && readColumns(plain);
    if (!columns) return malformed;
    const earlier = memory.frame();
    const { hasher } = ports;
    const changeSets = assemble(columns, { held: ports.held ?? nothingHeld, earlier, hasher, mostBytes: PACK_CAPS.frameBytes });
    if (changeSets === 'unresolved') return { code: 'sync.packUnresolved', details: {} };
    if (!changeSets) return malformed;
    earlier.keep();
    return { part: 'frame', changeSets, end: taken, decodedBytes: storedBytes(changeSets) };
  };

  const trailer = (payload: Uint8Array, codec: number): PackPart | Refusal => {
    const content = codec === IDENTITY ? decodeCanonical(payload, 200) : null;
    if (!Array.isArray(content) || content.length !== 2) return malformed;
    const [publicKey, signature] = content as unknown[];
    if (!(publicKey instanceof Uint8Array) || !(signature instanceof Uint8Array)) return malformed;
    if (!ports.verifier.verify(publicKey, running, signature)) return { code: 'sync.packSignature', details: {} };
    stage = 'done';
    return { part: 'trailer', publicKey, sender: replicaIdOf(publicKey, ports.hasher) };
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

/** Reads a whole pack or refuses it whole (codes of `packReader`). Notes are passed over. */
export function decodePack(bytes: Uint8Array, ports: PackReaderPorts, totalBytes?: number): Result<Pack> {
  const reader = packReader(ports, totalBytes);
  const changeSets: ChangeSet[] = [];
  let header: PackHeader | null = null;
  let trailer: (PackPart & { part: 'trailer' }) | null = null;
  let decoded = 0;
  // In pieces, so that a bomb is met before all of it is decoded.
  for (let at = 0; at < bytes.length; at += PIECE) {
    const parts = reader.push(bytes.subarray(at, at + PIECE));
    if (!parts.ok) return parts;
    for (const part of parts.value) {
      if (part.part === 'header') header = part.header;
      else if (part.part === 'trailer') trailer = part;
      else if (part.part === 'frame') {
        decoded += part.decodedBytes;
        if (decoded > PACK_CAPS.wholeBytes) return { ok: false, refusal: tooLarge };
        for (const changeSet of part.changeSets) changeSets.push(changeSet);
      }
    }
  }
  const end = reader.end();
  if (!end.ok) return end;
  if (!header || !trailer) return { ok: false, refusal: malformed };
  return { ok: true, value: { header, changeSets, publicKey: trailer.publicKey, sender: trailer.sender } };
}

const PIECE = 64 * 1024;

const nothingHeld: Held = () => [];

const malformed: Refusal = { code: 'sync.packMalformed', details: {} };
const tooLarge: Refusal = { code: 'sync.packTooLarge', details: {} };

function readColumns(plain: Uint8Array): Columns | null {
  return columnsOf(decodeCanonical(plain, PACK_CAPS.frameBytes, PACK_CAPS.frameParts), PACK_CAPS.frameItems);
}

function storedBytes(changeSets: readonly ChangeSet[]): number {
  return changeSets.reduce((sum, changeSet) => sum + encodeChangeSet(changeSet).length, 0);
}

/**
 * The places of chains outside a pack that it refers to, so that a reader whose store answers later can look them up first. None where the pack
 * is damaged: reading it says how.
 */
export function placesInPack(bytes: Uint8Array, ports: Pick<PackReaderPorts, 'compression'>): Place[] {
  const places: Place[] = [];
  const inside = new Set<string>();
  if (bytes.length < MAGIC.length + 4) return places;
  for (let at = MAGIC.length + 4 + readUint32(bytes, MAGIC.length); at + FRAME_HEADER <= bytes.length;) {
    const length = readUint32(bytes, at);
    const payload = bytes.subarray(at + FRAME_HEADER, at + FRAME_HEADER + length);
    const plain = bytes[at + 4] === CHANGE_SETS ? decompressed(payload, bytes[at + 5]!, ports.compression) : null;
    const columns = plain && readColumns(plain);
    if (columns) places.push(...placesReferred(columns, inside));
    at += FRAME_HEADER + length;
  }
  return places;
}

// A bomb ends at the limit, inside the decompressor; damage that slipped past the digest is the sender's own.
function decompressed(payload: Uint8Array, codec: number, compression: Compression): Uint8Array | null {
  if (codec === IDENTITY) return payload;
  if (codec !== BROTLI) return null;
  try {
    return compression.decompress(payload, PACK_CAPS.frameBytes);
  } catch {
    return null;
  }
}

function startOf(header: Uint8Array, hasher: Hasher): Uint8Array {
  return hasher.sha256(encodeCanonical([PACK_DOMAIN, header]));
}

function uint32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
}

function readUint32(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}
