/** The two digits of every byte. */
const PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Lower-case hexadecimal of bytes. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i++) text += PAIRS[bytes[i]!]!;
  return text;
}

/** Bytes of lower- or upper-case hexadecimal; throws a RangeError on anything else. */
export function fromHex(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length >> 1);
  let wrong = text.length & 1;
  for (let i = 0; i < bytes.length; i++) {
    const byte = (NIBBLES[text.charCodeAt(2 * i)] ?? 256) * 16 + (NIBBLES[text.charCodeAt(2 * i + 1)] ?? 256);
    wrong |= byte >> 8;
    bytes[i] = byte;
  }
  if (wrong !== 0) throw new RangeError('not hexadecimal');
  return bytes;
}

/** The value of a digit by its character code; 256 where it is none, so that it shows in the ninth bit. */
const NIBBLES = Uint16Array.from({ length: 128 }, (_, code) => {
  const digit = '0123456789abcdef'.indexOf(String.fromCharCode(code).toLowerCase());
  return digit < 0 ? 256 : digit;
});
