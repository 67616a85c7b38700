import { addDays, dayCount, isDay, type Day } from '../../kernel/dates.ts';
import { fromHex, toHex } from '../../kernel/hex.ts';
import type { Hasher, Signer, Verifier } from '../../kernel/ports.ts';
import { AWARD_KINDS, type AwardKind } from '../../model/vocabularies.ts';
import { decodeCanonical, encodeCanonical } from '../../sync/canonical.ts';
import { replicaIdOf } from '../../sync/change-set.ts';
import { concat } from '../../sync/encode.ts';
import { readAwardNumber } from './award-number.ts';

/**
 * The token of a certificate, as its QR code says it: `version (1), issuer (8), what it certifies (CBOR), signature (64)` as one decimal number. Everything before the
 * signature is signed, and nothing of it is read before the signature holds; one certificate has one form, so that no change of a sign passes.
 *
 * Digits, for a QR code holds more of them than of anything else, and they may stand behind the `#` of an address, which no server is sent.
 */

/** The claims of a certificate. */
export interface AwardClaims {
  /** As `awardNumber` writes it. */
  readonly number: string;
  readonly kind: AwardKind;
  /** The name as it is printed. */
  readonly name: string;
  /** What it is of: the title of the workshop. */
  readonly title: string;
  readonly issuedOn: Day;
}

/** The answer to a token. `issuer`: the first 8 bytes of the id of the replica that says it signed, in hex. */
export type ReadToken =
  | { readonly is: 'signed'; readonly issuer: string; readonly claims: AwardClaims }
  /** Nobody here knows the key of its issuer: nothing is known of what it says. */
  | { readonly is: 'issuerUnknown'; readonly issuer: string }
  | { readonly is: 'forged' };

const DOMAIN = new TextEncoder().encode('itinera award 1\0');
const VERSION = 1;
const ISSUER = 8;
const SIGNATURE = 64;
const FIRST_DAY: Day = '2000-01-01';
const MAX_BYTES = 2_048;
/** The digits that so many bytes take; longer texts are not reckoned with. */
const MAX_DIGITS = 4_940;
/** A title that is longer is cut: the code has to be read from paper. */
const LONGEST_TITLE = 90;

/** Returns the digits that certify `claims`, signed by the key of a laptop; its replica is named as the issuer. */
export function signAwardToken(claims: AwardClaims, signer: Signer, hasher: Hasher): string {
  const { number, kind, name, title, issuedOn } = claims;
  const content = encodeCanonical([
    number.replaceAll('-', ''),
    AWARD_KINDS.indexOf(kind),
    name,
    shortened(title),
    dayCount(FIRST_DAY, issuedOn),
  ]);
  const signed = concat([Uint8Array.of(VERSION), issuerBytes(signer.publicKey, hasher), content]);
  return toDigits(concat([signed, signer.sign(concat([DOMAIN, signed]))]));
}

/** The issuer that a token of this key names, in hex. */
export function awardIssuer(publicKey: Uint8Array, hasher: Hasher): string {
  return toHex(issuerBytes(publicKey, hasher));
}

/**
 * Reads a token: digits, in groups or not, alone or behind the `#` of an address. `keyOf`: the public key of the replica whose id begins so, null where nobody here
 * knows it. What this program would not have written is forged.
 */
export function readAwardToken(text: string, keyOf: (issuer: string) => Uint8Array | null, verifier: Verifier): ReadToken {
  const bytes = fromDigits(tokenIn(text));
  if (!bytes || bytes.length <= 1 + ISSUER + SIGNATURE || bytes[0] !== VERSION) return FORGED;
  const issuer = toHex(bytes.subarray(1, 1 + ISSUER));
  const key = keyOf(issuer);
  if (!key) return { is: 'issuerUnknown', issuer };
  const signed = bytes.subarray(0, -SIGNATURE);
  if (!verifier.verify(key, concat([DOMAIN, signed]), bytes.subarray(-SIGNATURE))) return FORGED;
  const claims = claimsIn(signed.subarray(1 + ISSUER));
  return claims ? { is: 'signed', issuer, claims } : FORGED;
}

const FORGED: ReadToken = { is: 'forged' };

/** The part of a text that may be a token: what stands behind its last `#`, without the blanks that grouping or line breaks put in. */
function tokenIn(text: string): string {
  return text.length > 3 * MAX_DIGITS ? '' : text.slice(text.lastIndexOf('#') + 1).replace(/\s/gu, '');
}

function claimsIn(content: Uint8Array): AwardClaims | null {
  const item = decodeCanonical(content, MAX_BYTES);
  if (!Array.isArray(item) || item.length !== 5) return null;
  const [signs, at, name, title, days] = item as unknown[];
  const number = typeof signs === 'string' && signs.length === 12 ? readAwardNumber(signs) : null;
  const kind = typeof at === 'number' ? AWARD_KINDS[at] : undefined;
  if (number === null || number.replaceAll('-', '') !== signs || kind === undefined) return null;
  if (typeof name !== 'string' || typeof title !== 'string' || !isDayNumber(days)) return null;
  const issuedOn = addDays(FIRST_DAY, days - 1);
  return isDay(issuedOn) ? { number, kind, name, title, issuedOn } : null;
}

function isDayNumber(days: unknown): days is number {
  return typeof days === 'number' && Number.isSafeInteger(days) && days > 0 && days < 40_000;
}

function issuerBytes(publicKey: Uint8Array, hasher: Hasher): Uint8Array {
  return fromHex(replicaIdOf(publicKey, hasher)).subarray(0, ISSUER);
}

/** A title of at most `LONGEST_TITLE` bytes, cut behind a word. */
function shortened(title: string): string {
  const encoder = new TextEncoder();
  if (encoder.encode(title).length <= LONGEST_TITLE) return title;
  const words = title.split(' ');
  while (words.length > 1 && encoder.encode(`${words.join(' ')}…`).length > LONGEST_TITLE) words.pop();
  let cut = words.join(' ');
  // By whole signs, where one word is longer than all there is room for.
  while (encoder.encode(`${cut}…`).length > LONGEST_TITLE) cut = [...cut].slice(0, -1).join('');
  return `${cut}…`;
}

/** The bytes as one number; their first is never zero, so that they and the digits are one thing in two forms. */
function toDigits(bytes: Uint8Array): string {
  return BigInt(`0x${toHex(bytes)}`).toString();
}

function fromDigits(digits: string): Uint8Array | null {
  if (digits.length > MAX_DIGITS || !/^[1-9]\d*$/.test(digits)) return null;
  const hex = BigInt(digits).toString(16);
  return fromHex(hex.length % 2 === 0 ? hex : `0${hex}`);
}
