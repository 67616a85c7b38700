import { z } from 'zod';
import { HALF_DAY_PATTERN, isDay } from '../kernel/dates.ts';
import { ID_PATTERN } from '../kernel/ids.ts';
import { isOrderKey } from '../kernel/order.ts';
import { LONGEST_PAGE_ADDRESS, PAGE_ADDRESS } from '../kernel/page-address.ts';
import { LANGUAGES } from '../kernel/text.ts';

/** Schemas of what fields hold: the one place that says what a day, an id, a hash is. Calls and records are judged by the same. */

export const id = z.string().regex(ID_PATTERN);
/** A short text: a name, a title, a room. */
export const line = z.string().max(500);
/** The schema of a list of value ids (`<hash>:<index of the op>`). */
export const valueIds = z.array(z.string().regex(/^[0-9a-f]{64}:\d{1,6}$/)).max(500);
/** The schema of a list of labels: projects, partners. */
export const labels = z.array(line).max(100);
export const longText = z.string().max(20_000);

export const day = z.string().refine(isDay, { error: 'day' });
/** The schema of a month, `YYYY-MM`. */
export const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
export const halfDay = z
  .string()
  .regex(HALF_DAY_PATTERN)
  .refine((text) => isDay(text.slice(0, 10)), { error: 'halfDay' });
/** The schema of a time of day, `HH:MM`. */
export const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export const instant = z.iso.datetime({ offset: true });
/** The schema of when something happened: the instant, or the day alone where a list names no more. */
export const occasion = z.union([instant, day]);

export const language = z.enum(LANGUAGES);
/** The schema of a country: ISO 3166 alpha-2, and XK for Kosovo*. */
export const country = z.string().regex(/^[A-Z]{2}$/);
export const email = z.union([z.literal(''), z.string().refine(isEmail, { error: 'email' })]);

/** Whether a text is an address that can be written to: one local part, one domain with a dot, no blanks. Linear in the text's length. */
export function isEmail(text: string): boolean {
  return text.length <= 320 && /^[^\s@<>()[\],;:"\\]+@[^\s@<>()[\],;:"\\.]+(?:\.[^\s@<>()[\],;:"\\.]+)+$/.test(text);
}

export const phone = z.union([z.literal(''), z.string().refine(isPhone, { error: 'phone' })]);

/**
 * Whether a text is a telephone number as people write them: three digits at least, and hardly a word (*ext. 12*, *bureau*, *WhatsApp*). Linear in the text's
 * length.
 */
export function isPhone(text: string): boolean {
  if (text.length > 100 || /[@\p{Cc}]/u.test(text)) return false;
  return text.replace(/\D/gu, '').length >= 3 && text.replace(/[^\p{L}]/gu, '').length <= 30;
}

/** The schema of a remark of some lines. */
export const notes = z.string().max(2_000);

/** The schema of a consent: what somebody answered, to which wording of the question, on which day: `yes 1 2026-05-04`. */
export const consent = z
  .string()
  .regex(/^(?:yes|no) [1-9]\d{0,3} \d{4}-\d{2}-\d{2}$/)
  .refine((text) => isDay(text.slice(-10)), { error: 'day' });

/** The largest file, in bytes (4 GB); a larger one is refused before anything is copied. */
export const LARGEST_FILE = 4 * 1024 ** 3;
export const fileSize = z.int().min(0).max(LARGEST_FILE);
/** The schema of a SHA-256 in lower-case hex. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** The schema of half a SHA-256: tells one text from another, and is not the text. */
export const digest = z.string().regex(/^[0-9a-f]{32}$/);
/** The schema of what was chosen, by what the choice is about. */
export const choices = z.record(z.string().max(200), z.string().max(200));
/** The schema of a random text that salts derived ids. */
export const saltKey = z.string().min(1).max(100);
export const mediaType = z
  .string()
  .max(127)
  .regex(/^[a-z0-9][a-z0-9.+-]*\/[a-z0-9][a-z0-9.+-]*$/);

/** The schema of the address at which a verification page is published. */
export const pageAddress = z.string().max(LONGEST_PAGE_ADDRESS).regex(PAGE_ADDRESS);
/** The schema of a colour: `#rrggbb`, in lower case. */
export const colour = z.string().regex(/^#[0-9a-f]{6}$/);

/** The schema of a fractional key, by which entries of one list are ordered. */
export const orderKey = z.string().max(500).refine(isOrderKey, { error: 'orderKey' });
/** The schema of a placement: [half-day or parent's id, fractional key]. */
export const placementIn = (parent: z.ZodType<string>): z.ZodType<[string, string]> => z.tuple([parent, orderKey]);

const letter = z.string().regex(/^[A-Z]$/);
const letters = { present: letter, late: letter, leftEarly: letter, excused: letter, absent: letter, remote: letter };
const isOneEach = (set: Readonly<Record<string, unknown>>): boolean => new Set(Object.values(set)).size === Object.keys(set).length;
/** The schema of a set of letters: one for each status, each used once. */
export const letterSet = z.strictObject(letters).refine(isOneEach, { error: 'letters' });
/** The schema of a newer program's set of letters, which may have more statuses. */
export const newerLetterSet = z.looseObject(letters).refine(isOneEach, { error: 'letters' });

/** The schema of a text per language; languages of a newer program are let through. */
export const texts = z.record(z.string().max(40), longText);

/** The schema that a word of a newer program's list still has to fit. */
export const newerWord = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,39}$/);
