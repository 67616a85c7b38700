import { fromHex, toHex } from '../kernel/hex.ts';
import { decodeCanonical, encodeCanonical, equalBytes } from './canonical.ts';
import { concat } from './encode.ts';
import { readHeader, wireHeader, type PackSpace } from './pack/pack-header.ts';
import type { ReplicaId } from './types.ts';

/**
 * The file that travels on a USB stick: a small envelope around packs and files of materials (docs/usb.md). One signature over every byte
 * before it; nothing is read beyond the fixed start before that signature was verified.
 *
 *     "ITINUSB" 0x01, length of the file (8), sender's public key (32), length (4) and CBOR of the head, body, signature (64)
 */

/** The limits of a bundle. */
export const BUNDLE_CAPS = {
  headBytes: 1 << 20,
  manifestBytes: 8 << 20,
  /** One pack of a bundle, and all of them: they are held in memory until all are applied at once. */
  packBytes: 32 << 20,
  recordBytes: 64 << 20,
  files: 100_000,
  /** A piece of a file. */
  pieceBytes: 1 << 20,
  recipients: 1_000,
} as const;

const MAGIC = Uint8Array.of(0x49, 0x54, 0x49, 0x4e, 0x55, 0x53, 0x42, 1);
/** The offset in bytes at which the head of a bundle begins. */
export const BUNDLE_START = 48;
export const SIGNATURE_BYTES = 64;
/** The domain separator that enters the signed digest before the bytes of the file. */
export const BUNDLE_DOMAIN = encodeCanonical('itinera bundle 1');

/** The head of a bundle: in clear, readable by anyone. */
export interface BundleHead {
  /** 16 bytes, hex: names this bundle. */
  readonly id: string;
  /** The sender's clock, milliseconds. */
  readonly createdAt: number;
  /** The sender's name where no repository vouches for one. */
  readonly name: string;
  /** The sender's certificate and the repository that issued it; null: enrolled nowhere. */
  readonly certificate: Uint8Array | null;
  readonly repositoryKey: Uint8Array | null;
  /** For whom the body is sealed; null: for anyone. */
  readonly sealed: SealedFor | null;
}

/** The key of a sealed body, wrapped for each recipient (docs/usb.md, *Sealing*). */
export interface SealedFor {
  readonly ephemeral: Uint8Array;
  readonly recipients: readonly { readonly replica: ReplicaId; readonly wrapped: Uint8Array }[];
}

/** The contents of a bundle; the first thing in its body. */
export interface Manifest {
  readonly spaces: readonly PackSpace[];
  /** Of the authors whose work is in it. */
  readonly certificates: readonly Uint8Array[];
  readonly changeSets: number;
  readonly files: readonly { readonly sha256: string; readonly size: number }[];
  /** Public keys of authors whom no certificate names. */
  readonly keys: readonly Uint8Array[];
}

/** The types of segments of a body, in their order; each segment comes after its length (4 bytes) and type (1). */
export const SEGMENT = { manifest: 1, pack: 2, file: 3, piece: 4, end: 255 } as const;
export const SEGMENT_HEAD = 5;

/** The bytes before the body. `bodyBytes`: its length as it lies in the file. */
export function bundleStart(head: BundleHead, bodyBytes: number, publicKey: Uint8Array): Uint8Array {
  const encoded = encodeCanonical(wireHead(head));
  if (encoded.length > BUNDLE_CAPS.headBytes) throw new RangeError('the head of a bundle is too long');
  const length = BUNDLE_START + 4 + encoded.length + bodyBytes + SIGNATURE_BYTES;
  return concat([MAGIC, uint64(length), publicKey, uint32(encoded.length), encoded]);
}

/** Reads the fixed start: how long the file says it is and who is to have signed it; or that it is none of ours, or of a newer program. */
export function readStart(bytes: Uint8Array): { readonly length: number; readonly publicKey: Uint8Array } | 'notOurs' | 'newer' {
  const name = MAGIC.length - 1;
  if (bytes.length < BUNDLE_START || !equalBytes(bytes.subarray(0, name), MAGIC.subarray(0, name))) return 'notOurs';
  if (bytes[name] !== MAGIC[name]) return 'newer';
  return { length: readUint32(bytes, 8) * 2 ** 32 + readUint32(bytes, 12), publicKey: bytes.slice(16, BUNDLE_START) };
}

/** Reads a head; null for anything that `bundleStart` would not have written. */
export function readHead(bytes: Uint8Array): BundleHead | null {
  const item = decodeCanonical(bytes, BUNDLE_CAPS.headBytes);
  if (!isList(item, 7) || item[0] !== 1) return null;
  const [, id, createdAt, name, certificate, repositoryKey, sealed] = item;
  if (!isBytes(id, 16) || typeof createdAt !== 'number' || !Number.isSafeInteger(createdAt)) return null;
  if (typeof name !== 'string' || name.length > 500) return null;
  if (!(certificate === null || (certificate instanceof Uint8Array && certificate.length <= 8_192))) return null;
  if (!(repositoryKey === null || isBytes(repositoryKey, 32)) || (certificate === null) !== (repositoryKey === null)) return null;
  const sealedFor = sealed === null ? null : readSealed(sealed);
  return sealedFor === undefined ? null : { id: toHex(id), createdAt, name, certificate, repositoryKey, sealed: sealedFor };
}

/** The bytes of a manifest. */
export function encodeManifest({ spaces, certificates, changeSets, files, keys }: Manifest): Uint8Array {
  return encodeCanonical([
    wireHeader({ spaces, certificates }),
    changeSets,
    files.map(({ sha256, size }) => [fromHex(sha256), size]),
    keys,
  ]);
}

/** Reads a manifest; null for anything that `encodeManifest` would not have written. */
export function readManifest(bytes: Uint8Array): Manifest | null {
  const item = decodeCanonical(bytes, BUNDLE_CAPS.manifestBytes);
  if (!isList(item, 4)) return null;
  const [wire, changeSets, fileList, keyList] = item;
  const header = readHeader(wire);
  if (!header || !isCount(changeSets) || !Array.isArray(fileList) || !Array.isArray(keyList)) return null;
  if (fileList.length > BUNDLE_CAPS.files || keyList.length > 10_000) return null;
  const files: { sha256: string; size: number }[] = [];
  for (const entry of fileList as unknown[]) {
    if (!isList(entry, 2) || !isBytes(entry[0], 32) || !isCount(entry[1])) return null;
    files.push({ sha256: toHex(entry[0]), size: entry[1] });
  }
  const keys = (keyList as unknown[]).filter((key) => isBytes(key, 32));
  return keys.length === keyList.length ? { ...header, changeSets, files, keys } : null;
}

/** A part of a body with its length and type before it. */
export function segment(type: number, payload: Uint8Array): Uint8Array {
  return concat([segmentHead(type, payload.length), payload]);
}

export function segmentHead(type: number, length: number): Uint8Array {
  return concat([uint32(length), Uint8Array.of(type)]);
}

export function readSegmentHead(bytes: Uint8Array): { readonly length: number; readonly type: number } {
  return { length: readUint32(bytes, 0), type: bytes[4]! };
}

/** Encodes the head of a file segment: which file, and its length. */
export function fileSegment(sha256: string, size: number): Uint8Array {
  return segment(SEGMENT.file, concat([fromHex(sha256), uint64(size)]));
}

/** Reads the payload of a file segment; null when it is none. */
export function readFileSegment(payload: Uint8Array): { readonly sha256: string; readonly size: number } | null {
  if (payload.length !== 40) return null;
  return { sha256: toHex(payload.subarray(0, 32)), size: readUint32(payload, 32) * 2 ** 32 + readUint32(payload, 36) };
}

/** The bytes that a file takes in a body, segment heads included. */
export function fileBytesInBody(size: number): number {
  return SEGMENT_HEAD + 40 + size + SEGMENT_HEAD * Math.ceil(size / BUNDLE_CAPS.pieceBytes);
}

function wireHead({ id, createdAt, name, certificate, repositoryKey, sealed }: BundleHead): unknown[] {
  const recipients = sealed && [sealed.ephemeral, sealed.recipients.map(({ replica, wrapped }) => [fromHex(replica), wrapped])];
  return [1, fromHex(id), createdAt, name, certificate, repositoryKey, recipients];
}

/** Undefined: not what a head holds there. */
function readSealed(item: unknown): SealedFor | undefined {
  if (!isList(item, 2) || !isBytes(item[0], 32) || !Array.isArray(item[1]) || item[1].length > BUNDLE_CAPS.recipients) return undefined;
  const recipients: { replica: ReplicaId; wrapped: Uint8Array }[] = [];
  for (const entry of item[1] as unknown[]) {
    if (!isList(entry, 2) || !isBytes(entry[0], 16) || !isBytes(entry[1], 48)) return undefined;
    recipients.push({ replica: toHex(entry[0]), wrapped: entry[1] });
  }
  return { ephemeral: item[0], recipients };
}

function isList(item: unknown, length: number): item is unknown[] {
  return Array.isArray(item) && item.length === length;
}

function isBytes(item: unknown, length: number): item is Uint8Array {
  return item instanceof Uint8Array && item.length === length;
}

function isCount(item: unknown): item is number {
  return typeof item === 'number' && Number.isSafeInteger(item) && item >= 0;
}

function uint32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
}

function uint64(value: number): Uint8Array {
  return concat([uint32(Math.floor(value / 2 ** 32)), uint32(value >>> 0)]);
}

function readUint32(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}
