import { fold } from '../../kernel/text.ts';
import type { Mode } from '../../model/vocabularies.ts';
import { FULL_MONTHS, MONTHS, TO_BE_CONFIRMED } from './date-words.ts';
import { isBesideMode, modeSaid } from './mode-words.ts';
import { isNear } from './project-names.ts';
import { readDate, type SaidDate } from './said-date.ts';

/** The reading of an entry's text behind its projects. */
export interface EntryText {
  readonly title: string;
  /** The date as it is written, with what says that it is to be confirmed; empty: none is. */
  readonly dateText: string;
  readonly date: SaidDate | null;
  readonly toBeConfirmed: boolean;
  readonly mode: Mode | null;
  readonly faults: readonly ('dateUnreadable' | 'severalDates' | 'noTitle')[];
}

/** The longest text in which a date is looked for. */
const REACH = 160;
const TRAILING = /(?:[\s,;–—|•-]|(?<!\.\p{L})\.)+$/u;
/** Commas, dashes with blanks, columns: where a date or a mode begins. */
const SEPARATOR = /\s*[,;|•\t]\s*|\s+[–—-]\s+|\s*:\s+/gu;

/** Reads an entry from its end: mode, date, and what is left as its title in its own words. */
export function readEntryText(text: string): EntryText {
  const tail = new Tail(plainOf(text));
  while (tail.takeMode() || tail.takeDate() || tail.takeBrackets());
  if (tail.date === null) tail.takeInside();
  if (tail.date === null && tail.takeWithoutComma()) while (tail.takeDate() || tail.takeMode());
  const title = tail.rest.replace(/\s+/gu, ' ').trim();
  const faults: EntryText['faults'][number][] = [];
  if (tail.date === null && !tail.toBeConfirmed && isNearlyDate(lastSegment(title))) faults.push('dateUnreadable');
  if (tail.date !== null && segmentsOf(title).some(isDated)) faults.push('severalDates');
  if (!/\p{L}/u.test(title)) faults.push('noTitle');
  return {
    title,
    dateText: tail.dateTexts.toReversed().join(', '),
    date: tail.date,
    toBeConfirmed: tail.toBeConfirmed || tail.date?.toBeConfirmed === true,
    mode: tail.mode,
    faults,
  };
}

/** Whether a text ends as an entry does: with a date or a mode, and nothing that goes on. */
export function isFinished(text: string): boolean {
  if (/[,;:–—-]\s*$/u.test(plainOf(text))) return false;
  const { date, mode, toBeConfirmed } = readEntryText(text);
  return date !== null || mode !== null || toBeConfirmed;
}

/** Whether a line only goes on with the date or the mode of the entry above it. */
export function isTailAlone(line: string): boolean {
  const segments = plainOf(line)
    .split(SEPARATOR)
    .map((segment) => segment.trim());
  return segments.every((segment) => segment === '' || /^\d{4}$/u.test(segment) || saysWhenOrHow(segment));
}

/** A text without its tags, as inventories have them for slanted words. */
export function plainOf(text: string): string {
  return text
    .replace(/<\/?[a-z][^<>]{0,200}>/giu, '')
    .replace(/&nbsp;/gu, ' ')
    .replace(/&amp;/gu, '&');
}

function saysWhenOrHow(segment: string): boolean {
  return modeSaid(segment) !== null || isBesideMode(segment) || readDate(segment) !== null;
}

/** The end of an entry, from which is taken what is understood. */
class Tail {
  rest: string;
  date: SaidDate | null = null;
  toBeConfirmed = false;
  mode: Mode | null = null;
  readonly dateTexts: string[] = [];

  constructor(text: string) {
    this.rest = trimmed(text);
  }

  takeMode(): boolean {
    for (const start of starts(this.rest).toReversed().slice(0, 2)) {
      const segment = this.rest.slice(start);
      const said = modeSaid(segment);
      if (this.mode === null && (said !== null || this.isSelfPaced(segment))) {
        this.mode = said ?? 'online';
        return this.leave(start);
      }
    }
    return false;
  }

  /** *Online, self-paced*. */
  private isSelfPaced(segment: string): boolean {
    const [first = '', ...more] = segment.split(',');
    return more.length > 0 && modeSaid(first) === 'online' && more.every(isBesideMode);
  }

  takeDate(): boolean {
    if (this.date !== null) return false;
    for (const start of starts(this.rest)) {
      if (this.hear(this.rest.slice(start))) return this.leave(start);
    }
    return false;
  }

  /** *Workshop (5 July, online)*. */
  takeBrackets(): boolean {
    const found = /\(([^()]{1,120})\)$/u.exec(this.rest);
    if (!found) return false;
    const inside = new Tail(found[1]!);
    while (inside.takeMode() || inside.takeDate());
    const collides = (inside.mode !== null && this.mode !== null) || (inside.date !== null && this.date !== null);
    if (inside.rest !== '' || collides) return false;
    this.mode ??= inside.mode;
    this.date ??= inside.date;
    this.toBeConfirmed ||= inside.toBeConfirmed;
    this.dateTexts.push(...inside.dateTexts);
    return this.leave(found.index);
  }

  /** *Workshop, 5 July, Accra, Ghana*: the place stays with the title. */
  takeInside(): boolean {
    const cuts = starts(this.rest);
    for (let at = cuts.length - 2; at >= Math.max(1, cuts.length - 5); at -= 1) {
      const segment = trimmed(this.rest.slice(cuts[at], cuts[at + 1]));
      if (isDated(segment) && this.hear(segment)) {
        const behind = this.rest.slice(cuts[at + 1]);
        this.rest = `${trimmed(this.rest.slice(0, cuts[at]))}, ${behind}`;
        return true;
      }
    }
    return false;
  }

  /** *Second webinar 5 July*. */
  takeWithoutComma(): boolean {
    const from = Math.max(0, this.rest.length - REACH);
    for (const { index, 0: blank } of this.rest.slice(from).matchAll(/\s+/gu)) {
      const start = from + index + blank.length;
      if (isDated(this.rest.slice(start)) && this.hear(this.rest.slice(start))) return this.leave(start);
    }
    return false;
  }

  private hear(said: string): boolean {
    const reading = readDate(said);
    if (reading === null || (reading === 'toBeConfirmed' && this.toBeConfirmed)) return false;
    if (reading === 'toBeConfirmed') this.toBeConfirmed = true;
    else this.date = reading;
    this.dateTexts.push(trimmed(said.replace(/^\(([^()]*)\)$/u, '$1')).replace(/\s+/gu, ' '));
    return true;
  }

  private leave(start: number): true {
    this.rest = trimmed(this.rest.slice(0, start));
    return true;
  }
}

/** Where a segment at the end of a text may begin, the longest first. */
function starts(text: string): number[] {
  const from = Math.max(0, text.length - REACH);
  const cuts = [...text.slice(from).matchAll(SEPARATOR)].map(({ index, 0: separator }) => from + index + separator.length);
  return from === 0 ? [0, ...cuts] : cuts;
}

function trimmed(text: string): string {
  return text.replace(TRAILING, '').trim();
}

function segmentsOf(text: string): string[] {
  const cuts = starts(text);
  return cuts.map((start, at) => trimmed(text.slice(start, cuts[at + 1])));
}

function lastSegment(text: string): string {
  return segmentsOf(text).at(-1) ?? text;
}

/** Whether a text is a date with a day or a week, and not only a month, which a title may well name. */
function isDated(text: string): boolean {
  const reading = readDate(text);
  return reading !== null && reading !== 'toBeConfirmed' && reading.precision !== 'month';
}

/** Whether a segment is meant as a date and cannot be read as one: *5-7 Setpember*, *?? July*, *5-7*. */
function isNearlyDate(segment: string): boolean {
  if (segment.length > 40) return false;
  const folded = fold(segment).replace(TO_BE_CONFIRMED, ' ').trim();
  if (/^\d{1,2}\s*[-/]\s*\d{1,2}$/u.test(folded)) return true;
  const words = folded.match(/\p{L}+/gu) ?? [];
  const hasCount = /[\d?]|\bx{1,2}\b/u.test(folded);
  if (!hasCount || words.length > 5) return false;
  const nearly = (word: string): boolean =>
    word.length >= 4 && FULL_MONTHS.some((month) => month.length >= 4 && isNear(word, month, word.length > 5 ? 2 : 1));
  return words.some((word) => MONTHS.has(word) && word.length > 2) || (words.length <= 2 && words.some(nearly));
}
