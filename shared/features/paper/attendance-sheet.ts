import { splitHalfDay, type Day, type HalfDay } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Hasher } from '../../kernel/ports.ts';
import { toHex } from '../../kernel/hex.ts';
import { paperText, frameIn, type Frame, type PaperWords, type PaperText } from './paper-words.ts';

/** Somebody who signs. */
export interface Signer {
  readonly id: Id;
  /** *TRAORE Moussa*. */
  readonly name: string;
  readonly institution: string;
}

export interface SignedWorkshop {
  readonly id: Id;
  readonly title: (words: PaperWords) => string;
  readonly place: string;
  readonly start: Day;
  readonly end: Day;
  readonly halfDays: readonly HalfDay[];
  readonly people: readonly Signer[];
}

export interface SheetRow {
  /** '' on a line that is left for who was not expected. */
  readonly number: string;
  readonly name: string;
  readonly institution: string;
}

export interface SheetPage {
  readonly day: PaperText;
  /** *Page 2 of 3*: which of the day's pages. */
  readonly part: PaperText;
  /** Over the boxes, one a half-day. */
  readonly halves: readonly PaperText[];
  readonly rows: readonly SheetRow[];
  /** What the page's QR code says; see `sheetCode`. */
  readonly code: string;
}

export interface AttendanceSheet {
  readonly frame: Frame;
  readonly title: PaperText;
  readonly name: PaperText;
  readonly lead: string;
  readonly headings: { readonly number: PaperText; readonly name: PaperText; readonly institution: PaperText };
  readonly trainer: PaperText;
  readonly pages: readonly SheetPage[];
}

/** Lines of a page: what stands between its corner marks at 12 mm a line, so that a signature has room. */
const LINES = 17;
/** Lines at the end of a day for people who were not expected. */
const EMPTY = 5;

/** The attendance sheet of a workshop: a page or more for each of its days, a box a half-day, in one language or two. */
export function attendanceSheet(workshop: SignedWorkshop, words: readonly [PaperWords, ...PaperWords[]], hasher: Hasher): AttendanceSheet {
  const [first] = words;
  return {
    frame: frameIn(first),
    title: paperText(words, workshop.title),
    name: paperText(words, ({ say }) => say('attendanceSheet.name')),
    lead: leadOf(workshop, first),
    headings: {
      number: paperText(words, ({ say }) => say('attendanceSheet.number')),
      name: paperText(words, ({ say }) => say('attendanceSheet.person')),
      institution: paperText(words, ({ say }) => say('attendanceSheet.institution')),
    },
    trainer: paperText(words, ({ say }) => say('attendanceSheet.trainer')),
    pages: daysIn(workshop.halfDays).flatMap((day) => pagesOf(workshop, day, words, hasher)),
  };
}

/** Returns where and when a workshop is: *Praia · 2–4 November 2026*. */
export function leadOf({ place, start, end }: Pick<SignedWorkshop, 'place' | 'start' | 'end'>, { format }: PaperWords): string {
  return [place, format.days(start, end)].filter((part) => part !== '').join(' · ');
}

function daysIn(halfDays: readonly HalfDay[]): Day[] {
  return [...new Set(halfDays.map((halfDay) => splitHalfDay(halfDay).day))].sort();
}

function pagesOf(workshop: SignedWorkshop, day: Day, words: readonly [PaperWords, ...PaperWords[]], hasher: Hasher): SheetPage[] {
  const { people } = workshop;
  // *AM* before *PM*.
  const halves = [...workshop.halfDays]
    .sort()
    .map(splitHalfDay)
    .filter((one) => one.day === day);
  const count = Math.ceil((people.length + EMPTY) / LINES);
  return Array.from({ length: count }, (_, page): SheetPage => {
    const here = people.slice(page * LINES, (page + 1) * LINES);
    const isLast = page === count - 1;
    const lines = isLast ? Math.max(here.length, people.length + EMPTY - page * LINES) : LINES;
    return {
      day: paperText(words, ({ format }) => format.longDay(day)),
      part: paperText(words, ({ say, format }) => say('page', { n: format.number(page + 1), of: format.number(count) })),
      halves: halves.map(({ half }) => paperText(words, ({ say }) => say(`attendanceSheet.half.${half}`))),
      rows: Array.from({ length: lines }, (__, line): SheetRow => {
        const person = here[line];
        return person
          ? { number: String(page * LINES + line + 1), name: person.name, institution: person.institution }
          : { number: '', name: '', institution: '' };
      }),
      code: sheetCode({ activityId: workshop.id, day, page: page + 1, people: here.map(({ id }) => id) }, hasher),
    };
  });
}

/** The identity of a printed page, which a photograph of it is recognised by. */
export interface SheetIdentity {
  readonly activityId: Id;
  readonly day: Day;
  /** From 1. */
  readonly page: number;
  /** Who stands on it, line by line. */
  readonly people: readonly Id[];
}

/**
 * Returns the QR code's text of an attendance page, `ITINERA1:<activity>:<yyyymmdd>:<page>:<people>`: the last are eight hexadecimal digits of a digest of who
 * stands on the page, line by line, so that a sheet that was printed before the list changed is not read against another order. Signs of a QR code's
 * alphanumeric mode alone.
 */
export function sheetCode({ activityId, day, page, people }: SheetIdentity, hasher: Hasher): string {
  const digest = toHex(hasher.sha256(new TextEncoder().encode(people.join('\n')))).slice(0, 8);
  return ['ITINERA1', activityId.replaceAll('-', ''), day.replaceAll('-', ''), page, digest].join(':').toUpperCase();
}
