import { crc32, deflateSync } from 'node:zlib';

/** Pictures as programs write them, for what takes pictures of users. */

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Returns a PNG of one colour and its transparency, with a frame so that it is seen. */
export function pngOf(width: number, height: number, [red, green, blue]: readonly [number, number, number] = [122, 30, 46]): Buffer {
  const rows = Array.from({ length: height }, (_, y) => {
    const row = Buffer.alloc(1 + 4 * width);
    for (let x = 0; x < width; x++) {
      const isFrame = Math.min(x, y, width - 1 - x, height - 1 - y) < 3;
      row.set([red, green, blue, isFrame ? 255 : 60], 1 + 4 * x);
    }
    return row;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([PNG, chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.concat(rows))), chunk('IEND', Buffer.alloc(0))]);
}

/** Returns the beginning of a JPEG: a header of JFIF, and the frame that tells its sides and how many inks it has. */
export function jpegHead(width: number, height: number, inks: number, frame = 0xc0): Uint8Array {
  const app = [0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0];
  const sof = [0xff, frame, 0, 8 + 3 * inks, 8, height >> 8, height & 255, width >> 8, width & 255, inks];
  return Uint8Array.from([0xff, 0xd8, ...app, ...sof, ...Array.from({ length: 3 * inks }, () => 1), 0xff, 0xd9]);
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}
