import { addDays, dayCount, isDay, type Day } from '../../kernel/dates.ts';
import { fromHex, toHex } from '../../kernel/hex.ts';
import type { Hasher, Verifier } from '../../kernel/ports.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { readAwardNumber } from './award-number.ts';
import { awardIssuer, readAwardToken, type AwardClaims } from './award-token.ts';

/**
 * The page that verifies certificates where there is no Itinera and no network: one file, made of a template that the build makes and of the data of a repository on a
 * day. It says what was true on that day, and no more.
 */

/** The data of a page. */
export interface AwardPageData {
  /** The name of the repository, as people know it. */
  readonly repository: string;
  /** The laptops that sign here: the public key of each, and whose certificates it signs. */
  readonly issuers: readonly { readonly key: Uint8Array; readonly name: string }[];
  /** The certificates that were revoked, by number, and when. */
  readonly revoked: readonly { readonly number: string; readonly on: Day }[];
  /** The day of which all this is. */
  readonly asOf: Day;
}

/** The answer of a page to a token. `by`: whose certificates its signer signs. */
export type PageVerdict =
  | { readonly is: 'valid'; readonly claims: AwardClaims; readonly by: string }
  | { readonly is: 'revoked'; readonly claims: AwardClaims; readonly by: string; readonly on: Day }
  /** The signature is right; whether it was revoked meanwhile a page of an earlier day cannot know. */
  | { readonly is: 'later'; readonly claims: AwardClaims; readonly by: string }
  | { readonly is: 'issuerUnknown' }
  | { readonly is: 'forged' };

/** The most bytes that a page has: what a phone takes at once over a poor link, and any server keeps. */
export const PAGE_BYTES = 60_000;
/** Stands in the template where the data go. */
export const PAGE_DATA_MARK = '"award page data"';

const FIRST_DAY: Day = '2000-01-01';
/** The signs of a number that are its own; the last one follows from them. */
const OWN_SIGNS = 11;
const KEY_BYTES = 32;

/**
 * Returns the page of a repository. Refuses `certificate.pageFull` where it would be longer than `PAGE_BYTES`; `room` is how many revocations it has room for. Throws
 * on a template that has no place for data, and on a number that is none.
 */
export function awardPage(template: string, data: AwardPageData): Result<string, 'certificate.pageFull'> {
  const parts = template.split(PAGE_DATA_MARK);
  if (parts.length !== 2) throw new Error('the template of the page has no place for data');
  const page = parts.join(writePageData(data));
  if (byteLength(page) <= PAGE_BYTES) return ok(page);
  const left = PAGE_BYTES - byteLength(parts.join(writePageData({ ...data, revoked: [] })));
  return refuse('certificate.pageFull', { count: data.revoked.length, room: Math.max(0, mostRevoked(data, left)) });
}

/** How many of the revocations of `data`, the latest first, take at most so many bytes. */
function mostRevoked(data: AwardPageData, bytes: number): number {
  const empty = byteLength(writePageData({ ...data, revoked: [] }));
  const latest = data.revoked.toSorted((a, b) => (a.on < b.on ? 1 : -1));
  let [fits, tooMany] = [0, latest.length];
  while (fits + 1 < tooMany) {
    const middle = (fits + tooMany) >> 1;
    const takes = byteLength(writePageData({ ...data, revoked: latest.slice(0, middle) })) - empty;
    if (takes <= bytes) fits = middle;
    else tooMany = middle;
  }
  return fits;
}

/**
 * The data as JSON that may stand in a script of a page: `{repository, asOf, issuers: {key: name}, revoked: {day: numbers}}`, keys in hex, days as their count since
 * 2000, the numbers of a day sorted and run together without hyphens and without the sign that follows from the others.
 */
function writePageData({ repository, issuers, revoked, asOf }: AwardPageData): string {
  const byDay = new Map<number, string[]>();
  for (const { number, on } of revoked) {
    const signs = readAwardNumber(number)?.replaceAll('-', '').slice(0, OWN_SIGNS);
    if (signs === undefined || !isDay(on)) throw new RangeError('no number of a certificate, or no day');
    const day = dayCount(FIRST_DAY, on);
    const known = byDay.get(day);
    if (known) known.push(signs);
    else byDay.set(day, [signs]);
  }
  const written = {
    repository,
    asOf,
    issuers: Object.fromEntries(issuers.map(({ key, name }) => [toHex(key), name])),
    revoked: Object.fromEntries([...byDay].map(([day, numbers]) => [day, numbers.sort().join('')])),
  };
  // Neither the end of a script nor the beginning of a comment can then stand in it.
  return JSON.stringify(written).replaceAll('<', '\\u003c');
}

/** The data of a page, ready to be asked. */
export interface ReadPageData {
  readonly repository: string;
  readonly asOf: Day;
  readonly issuers: readonly { readonly key: Uint8Array; readonly name: string }[];
  /** The day on which a number was revoked; null where it was not. */
  revokedOn(number: string): Day | null;
}

/** Reads the data that `awardPage` put into a page; null for anything else. */
export function readPageData(text: string): ReadPageData | null {
  const { repository, asOf, issuers, revoked } = objectIn(text);
  if (typeof repository !== 'string' || typeof asOf !== 'string' || !isDay(asOf)) return null;
  const keys = Object.entries(textsOf(issuers));
  if (keys.some(([key]) => key.length !== 2 * KEY_BYTES || !/^[0-9a-f]*$/.test(key))) return null;
  const days = Object.entries(textsOf(revoked));
  return {
    repository,
    asOf,
    issuers: keys.map(([key, name]) => ({ key: fromHex(key), name })),
    revokedOn(number) {
      const signs = number.replaceAll('-', '').slice(0, OWN_SIGNS);
      for (const [day, numbers] of days)
        for (let at = 0; at < numbers.length; at += OWN_SIGNS)
          if (numbers.startsWith(signs, at)) return addDays(FIRST_DAY, Number(day) - 1);
      return null;
    },
  };
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** Returns the verdict of a page on a token, as it was scanned, typed or pasted. */
export function judgeOnPage(text: string, data: ReadPageData, verifier: Verifier, hasher: Hasher): PageVerdict {
  const ofIssuer = (issuer: string) => data.issuers.find(({ key }) => awardIssuer(key, hasher) === issuer);
  const read = readAwardToken(text, (issuer) => ofIssuer(issuer)?.key ?? null, verifier);
  if (read.is !== 'signed') return { is: read.is };
  const { claims } = read;
  const by = ofIssuer(read.issuer)?.name ?? '';
  const on = data.revokedOn(claims.number);
  if (on !== null) return { is: 'revoked', claims, by, on };
  return { is: claims.issuedOn > data.asOf ? 'later' : 'valid', claims, by };
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
