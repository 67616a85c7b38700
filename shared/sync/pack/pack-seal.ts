import type { Hasher, Verifier } from '../../kernel/ports.ts';
import { refuse, type Refusal, type Result } from '../../kernel/result.ts';
import { decodeCanonical, equalBytes } from '../canonical.ts';
import { replicaIdOf } from '../change-set.ts';
import { concat } from '../encode.ts';
import {
  CHANGE_SETS,
  FRAME_HEADER,
  IDENTITY,
  MAGIC,
  NOTE,
  PACK_CAPS,
  readUint32,
  startOf,
  TRAILER,
  type PackRefusal,
} from './pack-format.ts';
import type { ReplicaId } from '../types.ts';

// What can be said of a pack before anything in it is unpacked: its parts, whether each arrived as it was sent, and who signed it.

export interface SealPorts {
  readonly hasher: Hasher;
  readonly verifier: Verifier;
}

/** A frame as it lies in a pack. */
export interface PackedFrame {
  /** `CHANGE_SETS` or `NOTE`. */
  readonly type: number;
  readonly codec: number;
  readonly payload: Uint8Array;
  /** How many bytes of the pack lie up to its end. */
  readonly end: number;
}

/** A pack that is as its sender signed it; nothing of it was unpacked or decoded but the trailer. */
export interface SealedPack {
  /** CBOR, not decoded. */
  readonly header: Uint8Array;
  readonly frames: readonly PackedFrame[];
  readonly publicKey: Uint8Array;
  readonly sender: ReplicaId;
}

/**
 * Checks the digests and the signature of a pack that is here whole. It costs one pass over bytes that were sent, whatever they unpack to. Refuses
 * `sync.packTooLarge`, `sync.packMalformed`, `sync.packNewer`, `sync.packDamaged`, `sync.packSignature`, `sync.packCut`.
 */
export function checkSeal(bytes: Uint8Array, ports: SealPorts, totalBytes: number): Result<SealedPack, PackRefusal> {
  if (bytes.length > totalBytes) return refused(tooLarge);
  const start = headerIn(bytes);
  if (start === 'more') return refuse('sync.packCut', { bytes: bytes.length });
  if ('code' in start) return refused(start);
  const frames: PackedFrame[] = [];
  let running = startOf(start.header, ports.hasher);
  for (let at = start.end; ;) {
    const next = frameAt(bytes, at, ports.hasher);
    if (next === 'more') return refuse('sync.packCut', { bytes: bytes.length });
    if ('code' in next) return refused(next);
    if (next.type === TRAILER) {
      const trailer = readTrailer(next, running, ports);
      if ('code' in trailer) return refused(trailer);
      if (next.end < bytes.length) return refused(malformed);
      return { ok: true, value: { header: start.header, frames, ...trailer } };
    }
    running = ports.hasher.sha256(concat([running, bytes.subarray(at, at + FRAME_HEADER)]));
    frames.push(next);
    at = next.end;
  }
}

/** The header at the start of a pack; 'more' while its bytes are not all here, or why there is none. */
export function headerIn(bytes: Uint8Array): { readonly header: Uint8Array; readonly end: number } | 'more' | Refusal<PackRefusal> {
  const start = bytes.subarray(0, MAGIC.length - 1);
  if (!equalBytes(start, MAGIC.subarray(0, start.length))) return malformed;
  if (bytes.length < MAGIC.length + 4) return 'more';
  if (bytes[MAGIC.length - 1] !== MAGIC[MAGIC.length - 1]) return { code: 'sync.packNewer', details: {} };
  const length = readUint32(bytes, MAGIC.length);
  if (length > PACK_CAPS.headerBytes) return tooLarge;
  const end = MAGIC.length + 4 + length;
  return bytes.length < end ? 'more' : { header: bytes.subarray(MAGIC.length + 4, end), end };
}

/** The frame (or trailer) at a place, its digest checked; 'more' while its bytes are not all here, or why there is none. */
export function frameAt(bytes: Uint8Array, at: number, hasher: Hasher): PackedFrame | 'more' | Refusal<PackRefusal> {
  if (bytes.length < at + FRAME_HEADER) return 'more';
  const length = readUint32(bytes, at);
  if (length > PACK_CAPS.frameBytes) return tooLarge;
  const end = at + FRAME_HEADER + length;
  if (bytes.length < end) return 'more';
  const payload = bytes.subarray(at + FRAME_HEADER, end);
  if (!equalBytes(hasher.sha256(payload), bytes.subarray(at + 6, at + FRAME_HEADER))) return { code: 'sync.packDamaged', details: {} };
  const [type, codec] = [bytes[at + 4]!, bytes[at + 5]!];
  const isNote = type === NOTE && codec === IDENTITY && length <= PACK_CAPS.noteBytes;
  return type === CHANGE_SETS || type === TRAILER || isNote ? { type, codec, payload, end } : malformed;
}

/** Returns the signer of a pack, where the signature fits what came before. */
export function readTrailer(
  { payload, codec }: PackedFrame,
  running: Uint8Array,
  { hasher, verifier }: SealPorts,
): { readonly publicKey: Uint8Array; readonly sender: ReplicaId } | Refusal<PackRefusal> {
  const content = codec === IDENTITY ? decodeCanonical(payload, 200) : null;
  if (!Array.isArray(content) || content.length !== 2) return malformed;
  const [publicKey, signature] = content as unknown[];
  if (!(publicKey instanceof Uint8Array) || !(signature instanceof Uint8Array)) return malformed;
  if (!verifier.verify(publicKey, running, signature)) return { code: 'sync.packSignature', details: {} };
  return { publicKey, sender: replicaIdOf(publicKey, hasher) };
}

export const malformed: Refusal<PackRefusal> = { code: 'sync.packMalformed', details: {} };
export const tooLarge: Refusal<PackRefusal> = { code: 'sync.packTooLarge', details: {} };

function refused(refusal: Refusal<PackRefusal>): { readonly ok: false; readonly refusal: Refusal<PackRefusal> } {
  return { ok: false, refusal };
}
