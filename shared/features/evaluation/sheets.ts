import type { Id } from '../../kernel/ids.ts';
import { sameAnswers, type Answers } from './answers.ts';
import type { Wave } from '../../model/vocabularies.ts';

/** Points that somebody reached in a test whose answers are not told. */
export interface Points {
  readonly points: number;
  readonly of: number;
}

/** The content of a sheet: answers, or the points of a test whose answers are not told. */
export interface Content {
  readonly answers: Answers;
  readonly points: Points | null;
}

/** A sheet as stored: written once. `corrects`: the sheet it takes the place of. */
export interface StoredSheet {
  readonly id: Id;
  readonly personId: Id | null;
  readonly wave: Wave | null;
  readonly answers: Answers;
  readonly points: Points | null;
  readonly day: string;
  readonly corrects: Id | null;
  /** The version that it answers; null: the items that came with the program. */
  readonly version?: Id | null;
  /** The country whose answers these are, where they are no person's. */
  readonly country?: string | null;
}

/** A sheet that counts, with the id of the first one of its line of corrections. */
export interface EffectiveSheet extends StoredSheet {
  readonly first: Id;
}

/**
 * The sheets that count: of each line of corrections its end, and only that one. Where two laptops corrected one sheet
 * apart, the longer line counts, then the later day, then the greater id: the same on every laptop. A correction of a
 * sheet that is not here yet counts by itself.
 */
export function effectiveSheets(sheets: readonly StoredSheet[]): EffectiveSheet[] {
  const byId = new Map(sheets.map((sheet) => [sheet.id, sheet]));
  const best = new Map<Id, { readonly sheet: StoredSheet; readonly depth: number }>();
  for (const sheet of sheets) {
    const { first, depth } = lineOf(sheet, byId);
    const other = best.get(first);
    if (!other || later({ sheet, depth }, other)) best.set(first, { sheet, depth });
  }
  return [...best].map(([first, { sheet }]) => ({ ...sheet, first }));
}

/** Returns the test sheet that counts of each person and wave, by `<wave>/<person>`. */
export function testSheets(sheets: readonly StoredSheet[]): Map<string, EffectiveSheet> {
  const counted = new Map<string, EffectiveSheet>();
  for (const sheet of effectiveSheets(sheets).toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    if (sheet.personId !== null) counted.set(testKey(sheet.wave, sheet.personId), sheet);
  }
  return counted;
}

/**
 * Returns the sheets of a person and wave that say something else than the one that counts, by `testKey`: two records that are one person may have one each.
 */
export function sheetsApart(sheets: readonly StoredSheet[]): Map<string, EffectiveSheet[]> {
  const counted = testSheets(sheets);
  const apart = new Map<string, EffectiveSheet[]>();
  for (const sheet of effectiveSheets(sheets).toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    if (sheet.personId === null) continue;
    const key = testKey(sheet.wave, sheet.personId);
    if (!sameContent(sheet, counted.get(key)!)) apart.set(key, [...(apart.get(key) ?? []), sheet]);
  }
  return apart;
}

/** Returns the sheets without those of tests over which another one was chosen; where that would leave none of a test, all of it count. */
export function withoutPassedOver(sheets: readonly StoredSheet[], isPassedOver: (sheet: StoredSheet) => boolean): StoredSheet[] {
  const keyOf = ({ wave, personId }: StoredSheet): string => testKey(wave, personId ?? '');
  const counting = new Set(sheets.filter((sheet) => !isPassedOver(sheet)).map(keyOf));
  return sheets.filter((sheet) => sheet.personId === null || !counting.has(keyOf(sheet)) || !isPassedOver(sheet));
}

/** A sheet with all that stand in one line of corrections with it. */
export function lineOfSheet(sheets: readonly StoredSheet[], id: Id): StoredSheet[] {
  const byId = new Map(sheets.map((sheet) => [sheet.id, sheet]));
  const own = byId.get(id);
  return own ? sheets.filter((sheet) => lineOf(sheet, byId).first === lineOf(own, byId).first) : [];
}

export function sameContent(one: Content, other: Content): boolean {
  return sameAnswers(one.answers, other.answers) && one.points?.points === other.points?.points && one.points?.of === other.points?.of;
}

/** The key of a person's sheet in `testSheets`. */
export function testKey(wave: Wave | null, personId: Id): string {
  return `${wave ?? ''}/${personId}`;
}

function lineOf(sheet: StoredSheet, byId: ReadonlyMap<Id, StoredSheet>): { first: Id; depth: number } {
  const passed = new Set<Id>([sheet.id]);
  let current = sheet;
  while (current.corrects !== null) {
    const earlier = byId.get(current.corrects);
    // A ring cannot come from this program; it is cut rather than followed for ever.
    if (!earlier || passed.has(earlier.id)) return { first: current.corrects, depth: passed.size };
    passed.add(earlier.id);
    current = earlier;
  }
  return { first: current.id, depth: passed.size - 1 };
}

type Candidate = { readonly sheet: StoredSheet; readonly depth: number };

function later(a: Candidate, b: Candidate): boolean {
  if (a.depth !== b.depth) return a.depth > b.depth;
  if (a.sheet.day !== b.sheet.day) return a.sheet.day > b.sheet.day;
  return a.sheet.id > b.sheet.id;
}
