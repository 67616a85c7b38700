/** What a byte from 0x80 to 0x9F means in Windows-1252; five are unused and kept as they are, as browsers do. */
const WINDOWS_1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/**
 * The text of a file whose encoding nobody tells: by its byte order mark (UTF-8, UTF-16LE, UTF-16BE), else by its zero
 * bytes (UTF-16 without a mark), else UTF-8 where the bytes are valid, else Windows-1252 (Excel's *CSV* in our languages).
 * Null when it is no text: a picture, a PDF, an old binary workbook.
 */
export function decodeText(bytes: Uint8Array): string | null {
  const text = decode(bytes);
  // A text has no control characters but tab, line ends, form feed and the old end-of-file mark.
  // oxlint-disable-next-line no-control-regex
  return text === null || /[\u0000-\u0008\u000e-\u0019\u001b-\u001f]/.test(text) ? null : text;
}

function decode(bytes: Uint8Array): string | null {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return strictly('utf-8', bytes.subarray(3));
  if (startsWith(bytes, 0xff, 0xfe)) return strictly('utf-16le', bytes.subarray(2));
  if (startsWith(bytes, 0xfe, 0xff)) return strictly('utf-16le', swapped(bytes.subarray(2)));
  const [even, odd] = zeroBytes(bytes);
  if (odd > 0.3 && even < 0.05) return strictly('utf-16le', bytes);
  if (even > 0.3 && odd < 0.05) return strictly('utf-16le', swapped(bytes));
  return strictly('utf-8', bytes) ?? windows1252(bytes);
}

function startsWith(bytes: Uint8Array, ...mark: readonly number[]): boolean {
  return mark.every((byte, i) => bytes[i] === byte);
}

/** Null when the bytes are not valid in this encoding. */
function strictly(encoding: 'utf-8' | 'utf-16le', bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function swapped(bytes: Uint8Array): Uint8Array {
  if (bytes.length % 2 !== 0) return bytes;
  return Buffer.from(bytes).swap16();
}

/** The share of zero bytes at even and at odd places of the first 4 KiB; Latin letters in UTF-16 have one each. */
function zeroBytes(bytes: Uint8Array): readonly [number, number] {
  const length = Math.min(bytes.length, 4096) & ~1;
  if (length === 0) return [0, 0];
  const zeros: [number, number] = [0, 0];
  for (let i = 0; i < length; i++) if (bytes[i] === 0) zeros[i % 2 === 0 ? 0 : 1]++;
  return [zeros[0] / (length / 2), zeros[1] / (length / 2)];
}

// Node's own decoder of this encoding reads 0x80-0x9F as Latin-1 in some versions, and turns N’GUESSAN's apostrophe into a control character.
function windows1252(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1');
  return text.replace(/[\u0080-\u009f]/g, (character) => WINDOWS_1252.charAt(character.charCodeAt(0) - 0x80));
}
