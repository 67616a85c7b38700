import type { Hasher } from '../kernel/ports.ts';
import { CAPS, encodeCanonical } from './canonical.ts';

// What writer and reader of a pack agree on.

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
export const MAGIC = Uint8Array.of(0x49, 0x54, 0x49, 0x4e, 0x45, 0x52, 0x41, 1);
const PACK_DOMAIN = 'itinera pack 1';

/** Types of frames. */
export const CHANGE_SETS = 1;
export const NOTE = 2;
export const TRAILER = 255;
/** How a payload is packed. */
export const IDENTITY = 0;
export const BROTLI = 1;
/** length (4, big-endian), type (1), codec (1), SHA-256 of the payload (32). */
export const FRAME_HEADER = 38;

/** What the running hash over the frames begins with. */
export function startOf(header: Uint8Array, hasher: Hasher): Uint8Array {
  return hasher.sha256(encodeCanonical([PACK_DOMAIN, header]));
}

/** A number in four bytes, big-endian. */
export function uint32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
}

/** Reads what `uint32` wrote. */
export function readUint32(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}
