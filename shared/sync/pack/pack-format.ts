import type { Hasher } from '../../kernel/ports.ts';
import { CAPS, encodeCanonical } from '../canonical.ts';

// What writer and reader of a pack agree on.

/** The codes with which a pack is refused; nothing of it is applied then. */
export const PACK_REFUSALS = [
  'sync.packCut',
  'sync.packDamaged',
  'sync.packMalformed',
  'sync.packNewer',
  'sync.packSignature',
  'sync.packTooLarge',
  'sync.packUnresolved',
  'sync.senderWrong',
] as const;
export type PackRefusal = (typeof PACK_REFUSALS)[number];

/** The limits of one pack. */
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
  /** A note's bytes: a position in each of the thousand spaces that one question may name. */
  noteBytes: 512 * 1024,
  /** A pack that is read as a stream, on the wire. */
  totalBytes: 256 * 1024 * 1024,
} as const;

/** The limits of all frames of one pack together: a frame of a few bytes may unpack to millions, so their sum is what counts. */
export interface PackLimits {
  /** On the wire. */
  readonly totalBytes: number;
  /** Payloads, unpacked. */
  readonly unpackedBytes: number;
  /** Change-sets as they are stored. */
  readonly storedBytes: number;
  /** Numbers, texts, lists and maps. */
  readonly parts: number;
  readonly changeSets: number;
}

/** A pack that is read whole (USB, the library). */
export const WHOLE_PACK: PackLimits = {
  totalBytes: PACK_CAPS.totalBytes,
  unpackedBytes: 64 << 20,
  storedBytes: 64 << 20,
  parts: 8 * PACK_CAPS.frameParts,
  changeSets: 1_000_000,
};

/** A pack that carries about one frame (a push, an answer in the room): all its frames together cost no more than the largest. */
export const ONE_FRAME: PackLimits = {
  totalBytes: 4 << 20,
  unpackedBytes: PACK_CAPS.frameBytes,
  storedBytes: PACK_CAPS.frameBytes,
  parts: PACK_CAPS.frameParts,
  changeSets: PACK_CAPS.frameItems,
};

/** The most places of chains outside a pack that it may refer to; a writer that is told that they are too many names what it means in full. */
export const MOST_PLACES = 4_096;

/** The magic bytes of a pack: `ITINERA` and the version of the format. */
export const MAGIC = Uint8Array.of(0x49, 0x54, 0x49, 0x4e, 0x45, 0x52, 0x41, 1);
const PACK_DOMAIN = 'itinera pack 1';

/** The types of frames. */
export const CHANGE_SETS = 1;
export const NOTE = 2;
export const TRAILER = 255;
/** The codecs of a payload. */
export const IDENTITY = 0;
export const BROTLI = 1;
/** length (4, big-endian), type (1), codec (1), SHA-256 of the payload (32). */
export const FRAME_HEADER = 38;

/** Returns the initial value of the running hash over the frames. */
export function startOf(header: Uint8Array, hasher: Hasher): Uint8Array {
  return hasher.sha256(encodeCanonical([PACK_DOMAIN, header]));
}

/** Encodes a number in four bytes, big-endian. */
export function uint32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
}

/** Reads what `uint32` wrote. */
export function readUint32(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}
