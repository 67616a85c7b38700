/**
 * A one-time code for enrolling a laptop, read aloud over a bad line: `7K2M-9QXR-4TBD-WH5P`. Sixteen signs of an alphabet without I, L, O and U: four that name
 * the invitation (so that tries are counted against it), eleven that are secret (55 bits), one that catches any mistyped sign and any two swapped neighbours
 * that differ by other than half the alphabet.
 */
export interface EnrolmentCode {
  readonly name: string;
  readonly secret: string;
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const NAME_LENGTH = 4;
const LENGTH = 16;
/** Random bytes that a code is made of. */
export const CODE_BYTES = LENGTH - 1;

/** A code for people, with its check sign and hyphens, from `CODE_BYTES` random bytes (five bits of each are used). */
export function formatCode(random: Uint8Array): string {
  const signs = Array.from(random.subarray(0, CODE_BYTES), (byte) => ALPHABET[byte & 31]!).join('');
  return (signs + checkSign(signs)).replace(/(.{4})(?=.)/g, '$1-');
}

/** Reads what a person typed: any case, with or without hyphens and spaces, O for 0, I and L for 1. Null: mistyped. */
export function parseCode(text: string): EnrolmentCode | null {
  const signs = text
    .toUpperCase()
    .replace(/[\s\u2010-\u2015-]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  if (signs.length !== LENGTH || [...signs].some((sign) => !ALPHABET.includes(sign))) return null;
  const body = signs.slice(0, -1);
  if (checkSign(body) !== signs.at(-1)) return null;
  return { name: body.slice(0, NAME_LENGTH), secret: body.slice(NAME_LENGTH) };
}

/** Odd weights modulo 32 change the sum whatever single sign is wrong. */
function checkSign(signs: string): string {
  let sum = 0;
  for (let i = 0; i < signs.length; i++) sum += (2 * i + 1) * ALPHABET.indexOf(signs[i]!);
  return ALPHABET[sum & 31]!;
}
