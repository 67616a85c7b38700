import type { Day } from '../../kernel/dates.ts';
import type { ActivityMode, Precision } from '../../model/vocabularies.ts';
import { readEntryText } from './entry-text.ts';
import { cutInventory, type InventoryPart } from './inventory-lines.ts';
import { nameIndex, PUBLISHED_NAMES, readNames, type KnownNames } from './project-names.ts';
import { resolveDate, type DateFault, type Section, type YearMonth } from './resolved-date.ts';
import type { SaidDate } from './said-date.ts';

/** The reasons for which a line of an inventory is not taken as it is. */
export const DOUBTS = [
  'projectUnknown',
  'noProject',
  'noTitle',
  'tooLong',
  'dateUnreadable',
  'severalDates',
  'noSuchDay',
  'endBeforeStart',
  'otherWeekday',
  'outsideSection',
  'noYear',
] as const;
export type Doubt = (typeof DOUBTS)[number];

/** An activity as an inventory tells it. */
export interface InventoryEntry {
  /** The number of its first line, from 1. */
  readonly line: number;
  /** The line, or lines, as they stand. */
  readonly text: string;
  /** `2021-07`: the month under which it stands; null where no heading names one. */
  readonly heading: string | null;
  readonly projects: readonly string[];
  readonly partners: readonly string[];
  readonly title: string;
  /** The date as it is written; empty: none. */
  readonly dateText: string;
  readonly precision: Precision;
  readonly start: Day | null;
  readonly end: Day | null;
  readonly dateTbc: boolean;
  readonly mode: ActivityMode;
  /** The line of an entry above that says the same; null: none does. */
  readonly repeats: number | null;
}

export interface DoubtfulEntry {
  readonly line: number;
  readonly text: string;
  readonly reasons: readonly Doubt[];
  /** The names that are known for no project and no partner. */
  readonly unknown: readonly string[];
}

/** The entries of an inventory, each in the order of its lines. */
export interface Inventory {
  readonly understood: readonly InventoryEntry[];
  readonly doubtful: readonly DoubtfulEntry[];
  /** Headings, rules, page numbers: lines that are no activity. */
  readonly skipped: readonly { readonly line: number; readonly text: string }[];
}

export interface InventoryOptions {
  /** The year of dates for which neither they nor a heading name one. */
  readonly year?: number | undefined;
  /** Names beside those of published inventories. */
  readonly known?: KnownNames | undefined;
}

/** Reads a published inventory of activities. Each entry is understood or doubtful, with the reasons; nothing in it is put right. */
export function readInventory(text: string, { year, known = { projects: [], partners: [] } }: InventoryOptions = {}): Inventory {
  const index = nameIndex(known, PUBLISHED_NAMES);
  const understood: InventoryEntry[] = [];
  const doubtful: DoubtfulEntry[] = [];
  const skipped: { line: number; text: string }[] = [];
  const firstOf = new Map<string, number>();
  let place = beginning(year ?? null);
  for (const part of cutInventory(text, index)) {
    if (part.is === 'entry') {
      const read = readPart(part, place, (names) => readNames(names, index));
      if ('reasons' in read) doubtful.push(read);
      else {
        const key = sameAs(read);
        understood.push({ ...read, repeats: firstOf.get(key) ?? null });
        if (!firstOf.has(key)) firstOf.set(key, read.line);
      }
    } else {
      skipped.push({ line: part.line, text: part.text });
      if (part.is === 'heading') place = under(place, part);
    }
  }
  return { understood, doubtful, skipped };
}

/** Returns the text that tells two activities of inventories from each other: names, title, dates as they are meant. An undated one stands for itself wherever it is listed. */
export function sameAs({ projects, partners, title, precision, start, end }: Omit<InventoryEntry, 'repeats'>): string {
  return JSON.stringify([[...projects].sort(), [...partners].sort(), title, precision, start, end]);
}

/** The longest texts that an activity can hold. */
const LONGEST = { title: 500, text: 20_000 } as const;

/** Where a line stands: the inventory's months, and the month of the heading above it. */
interface Place {
  readonly inventory: Section;
  readonly section: Section;
  readonly heading: string | null;
}

function beginning(year: number | null): Place {
  const section = { from: null, to: null, year };
  return { inventory: section, section, heading: null };
}

/** The place below a heading. A month is one of the inventory's; without them it follows on the month before. */
function under(place: Place, { months, year }: Extract<InventoryPart, { is: 'heading' }>): Place {
  if (months === null) return beginning(year);
  const [first, last] = [months.from.month!, months.to.month!];
  const from = monthAt(months, place);
  if (from === null) return { ...place, section: { from: null, to: null, year: null }, heading: null };
  const to = { year: from.year + (last < first ? 1 : 0), month: last };
  const section = { from, to, year: from.year };
  return first === last
    ? { inventory: place.inventory, section, heading: `${from.year}-${String(first).padStart(2, '0')}` }
    : { inventory: section, section, heading: null };
}

/** The first month that a heading names, with its year; null where nothing tells that. */
function monthAt({ from, to }: SaidDate, { inventory, section }: Place): YearMonth | null {
  const month = from.month!;
  const said = from.year ?? (to.year === null ? null : to.year - (to.month! < month ? 1 : 0));
  if (said !== null) return { year: said, month };
  if (inventory.from && inventory.to)
    return {
      year: inventory.to.month >= month && inventory.to.year > inventory.from.year ? inventory.to.year : inventory.from.year,
      month,
    };
  if (section.from) return { year: section.from.year + (month < section.from.month ? 1 : 0), month };
  return inventory.year === null ? null : { year: inventory.year, month };
}

function readPart(
  part: Extract<InventoryPart, { is: 'entry' }>,
  { section, heading }: Place,
  namesIn: (names: string) => ReturnType<typeof readNames>,
): Omit<InventoryEntry, 'repeats'> | DoubtfulEntry {
  const { line, text, names: column, said } = part;
  const names = namesIn(column ?? '');
  const entry = readEntryText(said);
  const date = entry.date && resolveDate(entry.date, section);
  const reasons: Doubt[] = [...entry.faults];
  if (names.unknown.length > 0) reasons.push('projectUnknown');
  else if (names.projects.length + names.partners.length === 0) reasons.push('noProject');
  const days = date && 'start' in date ? date : null;
  if (date && 'faults' in date) reasons.push(...(date.faults satisfies readonly DateFault[]));
  if (entry.title.length > LONGEST.title || text.length > LONGEST.text) reasons.push('tooLong');
  if (reasons.length > 0) return { line, text, reasons: DOUBTS.filter((doubt) => reasons.includes(doubt)), unknown: names.unknown };
  return {
    line,
    text,
    heading,
    projects: names.projects,
    partners: names.partners,
    title: entry.title,
    dateText: entry.dateText,
    precision: entry.date?.precision ?? 'none',
    start: days?.start ?? null,
    end: days?.end ?? null,
    dateTbc: entry.toBeConfirmed,
    mode: entry.mode ?? 'unspecified',
  };
}
