/**
 * Columns of whole numbers as bytes: base-128 groups, least significant first, negative numbers interleaved (0, -1, 1, -2 ...). Small numbers
 * take one byte, and equal columns are equal bytes, which is what a compressor likes.
 */
export function writeVarints(numbers: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(numbers.length * LONGEST);
  let at = 0;
  for (const number of numbers) {
    if (!Number.isSafeInteger(number)) throw new RangeError('not a whole number');
    let rest = number < 0 ? -number - 1 : number;
    let low = (rest % 64) * 2 + (number < 0 ? 1 : 0);
    rest = Math.floor(rest / 64);
    while (rest > 0) {
      bytes[at++] = low | 0x80;
      low = rest % 128;
      rest = Math.floor(rest / 128);
    }
    bytes[at++] = low;
  }
  return bytes.slice(0, at);
}

/** The numbers of a column; null when the bytes are not what `writeVarints` writes. */
export function readVarints(bytes: Uint8Array): number[] | null {
  const numbers: number[] = [];
  let at = 0;
  while (at < bytes.length) {
    const first = bytes[at]!;
    let value = (first & 0x7f) >> 1;
    let unit = 64;
    let last = first;
    let length = 1;
    while (last & 0x80) {
      at++;
      if (at >= bytes.length || ++length > LONGEST) return null;
      last = bytes[at]!;
      value += (last & 0x7f) * unit;
      unit *= 128;
    }
    // A trailing zero group would be a second form of the same number.
    if ((length > 1 && last === 0) || value > Number.MAX_SAFE_INTEGER) return null;
    at++;
    numbers.push(first & 1 ? -value - 1 : value);
  }
  return numbers;
}

/** Splits bytes into pieces of one length; null when they do not divide. */
export function piecesOf(bytes: Uint8Array, length: number): Uint8Array[] | null {
  if (bytes.length % length !== 0) return null;
  return Array.from({ length: bytes.length / length }, (_, i) => bytes.slice(i * length, (i + 1) * length));
}

const LONGEST = 8;
