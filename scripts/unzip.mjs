// A zip of known origin (its hash was checked) unpacked with what Node has.
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { fail } from './setup-tools.mjs';

const inflateRaw = promisify(zlib.inflateRaw);

/** Unpacks the entries of a zip for which `rename` returns a path (no zip64, no encryption, no links). */
export async function unzip(file, dir, rename) {
  const zip = await fs.open(file);
  try {
    const { size } = await zip.stat();
    const tail = Buffer.alloc(Math.min(size, 65_557));
    await zip.read(tail, 0, tail.length, size - tail.length);
    const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
    if (end < 0) fail(`${file} is not a zip`);
    const directory = Buffer.alloc(tail.readUInt32LE(end + 12));
    await zip.read(directory, 0, directory.length, tail.readUInt32LE(end + 16));
    for (let at = 0, left = tail.readUInt16LE(end + 10); left > 0; left--) {
      const method = directory.readUInt16LE(at + 10);
      const packed = directory.readUInt32LE(at + 20);
      const nameLength = directory.readUInt16LE(at + 28);
      const offset = directory.readUInt32LE(at + 42);
      const name = directory.toString('utf8', at + 46, at + 46 + nameLength);
      at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
      const to = name.endsWith('/') ? null : rename(name);
      if (!to) continue;
      const target = path.join(dir, to);
      if (!target.startsWith(dir + path.sep)) fail(`${name}: outside the folder`);
      const header = Buffer.alloc(30);
      await zip.read(header, 0, 30, offset);
      const data = Buffer.alloc(packed);
      await zip.read(data, 0, packed, offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28));
      await fs.mkdir(path.dirname(target), { recursive: true });
      await fs.writeFile(target, method === 8 ? await inflateRaw(data) : data);
    }
  } finally {
    await zip.close();
  }
}
