import { inflateRawSync } from 'node:zlib';

/** An entry of a ZIP archive, unpacked under a cap. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

/**
 * Unpacks the entries whose name `wanted` accepts, trusting no size that the archive states; null when the archive is
 * damaged, encrypted, or larger than the caps (entries in all, bytes unpacked in all).
 */
export function unzipCapped(
  archive: Buffer,
  wanted: (name: string) => boolean,
  caps: { readonly entries: number; readonly bytes: number },
): ZipEntry[] | null {
  try {
    const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
    if (end < 0 || archive.readUInt32LE(end) !== END) return null;
    const count = archive.readUInt16LE(end + 10);
    if (count > caps.entries) return null;
    const entries: ZipEntry[] = [];
    let left = caps.bytes;
    let at = archive.readUInt32LE(end + 16);
    for (let i = 0; i < count; i++) {
      if (archive.readUInt32LE(at) !== CENTRAL) return null;
      const [flags, method] = [archive.readUInt16LE(at + 8), archive.readUInt16LE(at + 10)];
      const packed = archive.readUInt32LE(at + 20);
      const nameLength = archive.readUInt16LE(at + 28);
      const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
      const local = archive.readUInt32LE(at + 42);
      at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
      if (!wanted(name)) continue;
      if ((flags & 1) !== 0 || archive.readUInt32LE(local) !== LOCAL) return null;
      const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
      if (start + packed > archive.length) return null;
      const data = archive.subarray(start, start + packed);
      if (method !== 0 && method !== 8) return null;
      if (left <= 0) return null;
      const bytes = method === 0 ? data : inflateRawSync(data, { maxOutputLength: left });
      left -= bytes.length;
      if (left < 0) return null;
      entries.push({ name, bytes });
    }
    return entries;
  } catch {
    return null;
  }
}
