import type { Id } from '../../kernel/ids.ts';

/**
 * The number of a certificate is its record's own id in a form that is read aloud: eleven signs of it and one that checks them. Laptops that never met need no
 * list to give each its own, and a number leads back to its record without one. No year stands in it: two laptops that issue one certificate apart, before and
 * after New Year, issue it under one number.
 */

// Crockford's: no I, L, O, U, which are heard or read as others.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SIGNS = 11;
const GROUP = 4;
/** x^5 + x^2 + 1, by which products are reduced in the field of 32 elements. */
const POLYNOMIAL = 0b100101;

/** Returns the number of the certificate with this record id: `7K3M-Q9D2-XA4H`. Two ids with one number are as rare as two that begin with the same 55 random bits. */
export function awardNumber(id: Id): string {
  const bits = ownBits(id);
  const values = Array.from({ length: SIGNS }, (_, at) => Number((bits >> BigInt(5 * (SIGNS - 1 - at))) & 31n));
  return grouped([...values, checkOf(values)].map((value) => ALPHABET[value]).join(''));
}

/**
 * Returns a number as it is written, from one that was typed, read aloud or copied: in any case, with or without its hyphens, O for 0, I or L for 1. Null where its last
 * sign does not check the others: a wrong sign and two that changed places are always noticed.
 */
export function readAwardNumber(text: string): string | null {
  const signs = text
    .trim()
    .toUpperCase()
    .replace(/[\s\-\u2010-\u2013]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  if (signs.length !== SIGNS + 1) return null;
  const values = [...signs].map((sign) => ALPHABET.indexOf(sign));
  if (values.includes(-1) || checkOf(values.slice(0, SIGNS)) !== values[SIGNS]) return null;
  return grouped(signs);
}

/** Returns the beginning that the ids of a number's record share, for a search by id; several records may have it, one of them the number. */
export function idsOfNumber(number: string): string {
  const bits = [...number.replaceAll('-', '')].slice(0, SIGNS).reduce((sum, sign) => (sum << 5n) | BigInt(ALPHABET.indexOf(sign)), 0n);
  const hex = (bits >> 7n).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-`;
}

// The first 52 bits of a record's own 60 but for the digit that says its version, and three more.
function ownBits(id: Id): bigint {
  const hex = id.replaceAll('-', '');
  return BigInt(`0x${hex.slice(0, 12)}${hex.slice(13, 16)}`) >> 5n;
}

/** A sum in which each place has a weight of its own, none of them zero, so that one change and one swap always show. */
function checkOf(values: readonly number[]): number {
  let weight = 1;
  let sum = 0;
  for (const value of values) {
    weight = times(weight, 2);
    sum ^= times(weight, value);
  }
  return sum;
}

function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 0; bit < 5; bit++) if ((b >> bit) & 1) product ^= a << bit;
  for (let bit = 9; bit >= 5; bit--) if ((product >> bit) & 1) product ^= POLYNOMIAL << (bit - 5);
  return product;
}

function grouped(signs: string): string {
  return signs.match(new RegExp(`.{${GROUP}}`, 'g'))!.join('-');
}
