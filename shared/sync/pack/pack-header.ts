import { fromHex, toHex } from '../../kernel/hex.ts';
import type { SpaceId, Tip } from '../types.ts';

/** The header of a pack, before its first frame. */
export interface PackHeader {
  readonly spaces: readonly PackSpace[];
  /** Device certificates as they were signed, of the replicas whose change-sets are in it. */
  readonly certificates: readonly Uint8Array[];
}

export interface PackSpace {
  readonly space: SpaceId;
  /** What the receiver must already hold: the tips that the pack builds on. Empty: it is whole. */
  readonly from: readonly Tip[];
  /** What the receiver holds afterwards. */
  readonly to: readonly Tip[];
}

const SPACES = 10_000;
const TIPS = 10_000;
const CERTIFICATES = 10_000;
const CERTIFICATE_BYTES = 8192;
const SPACE_PATTERN = /^[\x21-\x7e]{1,200}$/;

/** The header as CBOR holds it: `[1, [[space, from, to], ...], [certificate, ...]]`, a tip being `[replica, seq, hash]`. */
export function wireHeader(header: PackHeader): unknown[] {
  return [1, header.spaces.map(({ space, from, to }) => [space, from.map(wireTip), to.map(wireTip)]), header.certificates];
}

/** The header of a decoded item; null when it is none. */
export function readHeader(item: unknown): PackHeader | null {
  if (!isList(item, 3) || item[0] !== 1) return null;
  const spaces = readList(item[1], SPACES, readSpace);
  const certificates = readList(item[2], CERTIFICATES, readCertificate);
  return spaces && certificates ? { spaces, certificates } : null;
}

function wireTip(tip: Tip): unknown[] {
  return [fromHex(tip.replica), tip.seq, fromHex(tip.hash)];
}

function readSpace(item: unknown): PackSpace | null {
  if (!isList(item, 3) || typeof item[0] !== 'string' || !SPACE_PATTERN.test(item[0])) return null;
  const from = readList(item[1], TIPS, readTip);
  const to = readList(item[2], TIPS, readTip);
  return from && to ? { space: item[0], from, to } : null;
}

function readTip(item: unknown): Tip | null {
  if (!isList(item, 3)) return null;
  const [replica, seq, hash] = item;
  if (!(replica instanceof Uint8Array) || replica.length !== 16 || !(hash instanceof Uint8Array) || hash.length !== 32) return null;
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 1) return null;
  return { replica: toHex(replica), seq, hash: toHex(hash) };
}

function readCertificate(item: unknown): Uint8Array | null {
  return item instanceof Uint8Array && item.length > 0 && item.length <= CERTIFICATE_BYTES ? item : null;
}

function readList<T>(item: unknown, most: number, read: (item: unknown) => T | null): T[] | null {
  if (!Array.isArray(item) || item.length > most) return null;
  const list: T[] = [];
  for (const element of item as unknown[]) {
    const value = read(element);
    if (value === null) return null;
    list.push(value);
  }
  return list;
}

function isList(item: unknown, length: number): item is unknown[] {
  return Array.isArray(item) && item.length === length;
}
