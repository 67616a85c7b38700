import { ok, refuse, type Result } from '../../kernel/result.ts';

/** The facts of a picture that may stand on a certificate. */
export interface Picture {
  readonly type: 'image/png' | 'image/jpeg';
  readonly width: number;
  readonly height: number;
}

/** The most bytes that a picture has: it lies in every certificate that is a file of its own, and travels to every laptop of the institution. */
export const LARGEST_PICTURE = 400_000;
/** The least and the most of a side, and the most of both together, in pixels: 3000 are 250 mm at 300 a inch. */
export const SMALLEST_SIDE = 16;
export const LONGEST_SIDE = 3_000;
export const MOST_PIXELS = 6_000_000;

export type PictureRefusal =
  'certificate.pictureBytes' | 'certificate.pictureColours' | 'certificate.pictureKind' | 'certificate.pictureSides';

/**
 * Judges the bytes of a picture by what they are, whatever the file is called: PNG or JPEG, in grey or in red, green and blue. Refuses `certificate.pictureBytes`
 * {kilobytes: the most}, `certificate.pictureKind` (drawings such as SVG are programs, in part, and are none of these), `certificate.pictureColours` (the colours
 * of a printing press), `certificate.pictureSides` {width, height, least, most}.
 */
export function judgePicture(bytes: Uint8Array): Result<Picture, PictureRefusal> {
  if (bytes.length > LARGEST_PICTURE) return refuse('certificate.pictureBytes', { kilobytes: LARGEST_PICTURE / 1_000 });
  const found = pngIn(bytes) ?? jpegIn(bytes);
  if (!found) return refuse('certificate.pictureKind');
  if (found === 'press') return refuse('certificate.pictureColours');
  const { width, height } = found;
  const isTooSmall = Math.min(width, height) < SMALLEST_SIDE;
  if (isTooSmall || Math.max(width, height) > LONGEST_SIDE || width * height > MOST_PIXELS)
    return refuse('certificate.pictureSides', { width, height, least: SMALLEST_SIDE, most: LONGEST_SIDE });
  return ok(found);
}

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const HEADER = [0x49, 0x48, 0x44, 0x52];

function pngIn(bytes: Uint8Array): Picture | null {
  const begins = [...PNG, 0, 0, 0, 13, ...HEADER].every((byte, at) => bytes[at] === byte);
  if (!begins || bytes.length < 33) return null;
  const view = viewOf(bytes);
  return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
}

/** Goes from marker to marker up to the frame that tells the sides (ITU T.81, B.1.1.3). `press`: four inks. */
function jpegIn(bytes: Uint8Array): Picture | 'press' | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  const view = viewOf(bytes);
  for (let at = 2; at + 9 < bytes.length;) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    // Of the frames the baseline and the progressive one: what else there is no program of ours reads.
    if (marker >= 0xc0 && marker <= 0xc2) {
      const inks = bytes[at + 9]!;
      if (inks !== 1 && inks !== 3) return 'press';
      return { type: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    }
    if (marker === 0xd9 || marker === 0xda) return null;
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
