import type { Compression, Hasher, Verifier } from '../kernel/ports.ts';
import { refuse, type Refusal, type Result } from '../kernel/result.ts';
import { decodeCanonical, equalBytes } from './canonical.ts';
import { encodeChangeSet, replicaIdOf } from './change-set.ts';
import { concat } from './encode.ts';
import { columnsOf, type Columns } from './frame-columns.ts';
import type { Place } from './frame-layout.ts';
import { assemble, placesReferred, type Held } from './frame-reader.ts';
import { BROTLI, CHANGE_SETS, FRAME_HEADER, IDENTITY, MAGIC, NOTE, PACK_CAPS, readUint32, startOf, TRAILER } from './pack-format.ts';
import { readHeader, type PackHeader } from './pack-header.ts';
import { PackMemory } from './pack-memory.ts';
import type { ChangeSet, ReplicaId } from './types.ts';

export interface PackReaderPorts {
  readonly hasher: Hasher;
  readonly compression: Compression;
  readonly verifier: Verifier;
  /** What is held here at a place of a chain, for packs that refer to it; left out: nothing. */
  readonly held?: Held;
}

/** Room for a position in each of the thousand spaces that one question may name. */
const NOTE_BYTES = 512 * 1024;

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
