import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

/** An entry of a ZIP archive, unpacked under a cap. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface ZipCaps {
  readonly entries: number;
  /** Of all entries together, unpacked; those that are not wanted count by what the archive says of them. */
  readonly bytes: number;
}

interface Listed {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly local: number;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;

/**
 * Unpacks the entries whose name `wanted` accepts, each once. All entries are judged by the archive's own list before any is unpacked, and none may unpack to
 * more than it says there. Null when the archive is damaged, encrypted, names an entry twice, or is larger than the caps.
 */
export function unzipCapped(archive: Buffer, wanted: (name: string) => boolean, caps: ZipCaps): ZipEntry[] | null {
  try {
    const listed = entriesOf(archive, caps.entries);
    if (!listed) return null;
    if (listed.reduce((sum, { unpacked }) => sum + unpacked, 0) > caps.bytes) return null;
    const entries: ZipEntry[] = [];
    for (const entry of listed) {
      if (!wanted(entry.name)) continue;
      const bytes = unpackedOf(archive, entry);
      if (!bytes) return null;
      entries.push({ name: entry.name, bytes });
    }
    return entries;
  } catch {
    return null;
  }
}

function entriesOf(archive: Buffer, most: number): Listed[] | null {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || archive.readUInt32LE(end) !== END) return null;
  const count = archive.readUInt16LE(end + 10);
  if (count > most) return null;
  const listed: Listed[] = [];
  // A program that takes no notice of case would read the other of two.
  const names = new Set<string>();
  let at = archive.readUInt32LE(end + 16);
  for (let i = 0; i < count; i++) {
    if (archive.readUInt32LE(at) !== CENTRAL) return null;
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    if (names.has(name.toLowerCase())) return null;
    names.add(name.toLowerCase());
    listed.push({
      name,
      flags: archive.readUInt16LE(at + 8),
      method: archive.readUInt16LE(at + 10),
      packed: archive.readUInt32LE(at + 20),
      unpacked: archive.readUInt32LE(at + 24),
      local: archive.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return listed;
}

function unpackedOf(archive: Buffer, { flags, method, packed, unpacked, local }: Listed): Uint8Array | null {
  if ((flags & 1) !== 0 || archive.readUInt32LE(local) !== LOCAL) return null;
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  if (start + packed > archive.length) return null;
  const data = archive.subarray(start, start + packed);
  if (method === STORED) return packed === unpacked ? data : null;
  if (method !== DEFLATED) return null;
  // One byte more than it says would end it: an empty entry must be let be empty.
  const bytes = inflateRawSync(data, { maxOutputLength: Math.max(1, unpacked) });
  return bytes.length === unpacked ? bytes : null;
}

/** An archive of these entries as they are, for a reader that takes nothing but archives. It states no checksums. */
export function zipStored(entries: readonly ZipEntry[]): ArrayBuffer {
  const parts: Uint8Array[] = [];
  const list: Uint8Array[] = [];
  let at = 0;
  for (const { name, bytes } of entries) {
    const named = Buffer.from(name, 'utf8');
    const local = Buffer.alloc(30);
    local.writeUInt32LE(LOCAL, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt32LE(bytes.length, 18);
    local.writeUInt32LE(bytes.length, 22);
    local.writeUInt16LE(named.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(CENTRAL, 0);
    central.writeUInt16LE(20, 4);
    central.writeUInt16LE(20, 6);
    central.writeUInt32LE(bytes.length, 20);
    central.writeUInt32LE(bytes.length, 24);
    central.writeUInt16LE(named.length, 28);
    central.writeUInt32LE(at, 42);
    parts.push(local, named, bytes);
    list.push(central, named);
    at += local.length + named.length + bytes.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(
    list.reduce((sum, { length }) => sum + length, 0),
    12,
  );
  end.writeUInt32LE(at, 16);
  const whole = Buffer.concat([...parts, ...list, end]);
  return whole.buffer.slice(whole.byteOffset, whole.byteOffset + whole.byteLength) as ArrayBuffer;
}

/** The most that a file of ours may unpack to. */
const OWN: ZipCaps = { entries: 20_000, bytes: 1024 ** 3 };
/** The first day that the format knows (1 January 1980, midnight). */
const FIRST_DAY = 0x0021;

/**
 * Returns an archive of ours packed anew, and workbooks in it: without the time at which it was packed, each part as `rewritten` gives it. Throws for what is no
 * archive.
 */
export function zipAnew(archive: Uint8Array, rewritten: (part: ZipEntry) => Uint8Array): Uint8Array {
  const entries = unzipCapped(Buffer.from(archive), () => true, OWN);
  if (!entries) throw new Error('no archive');
  return zipDeflated(
    entries.map((part) => ({ name: part.name, bytes: part.name.endsWith('.xlsx') ? zipAnew(part.bytes, rewritten) : rewritten(part) })),
  );
}

/** An archive of these entries, packed, in their order, each of the first day that the format knows. */
export function zipDeflated(entries: readonly ZipEntry[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const list: Uint8Array[] = [];
  let at = 0;
  for (const { name, bytes } of entries) {
    const named = Buffer.from(name, 'utf8');
    const packed = deflateRawSync(bytes);
    // What both heads of an entry say alike; names are UTF-8.
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(0x0800, 2);
    head.writeUInt16LE(DEFLATED, 4);
    head.writeUInt16LE(FIRST_DAY, 8);
    head.writeUInt32LE(crc32(bytes), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(bytes.length, 18);
    head.writeUInt16LE(named.length, 22);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(CENTRAL, 0);
    central.writeUInt16LE(20, 4);
    head.copy(central, 6);
    central.writeUInt32LE(at, 42);
    const local = Buffer.alloc(4);
    local.writeUInt32LE(LOCAL, 0);
    parts.push(local, head, named, packed);
    list.push(central, named);
    at += 30 + named.length + packed.length;
  }
  const length = list.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...list, end]);
}
