import type { HalfDay } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import { ratioOrNull } from '../../kernel/ratio.ts';
import type { Refusal } from '../../kernel/result.ts';
import { refuse } from '../../kernel/result.ts';
import type { Status } from '../../model/vocabularies.ts';
import { attended, attendedOf, noCounts, takenOf } from './counts.ts';

/** A participant as the figures need one, in the list's order. `ref`: the list's own id, '' where it has none. */
export interface ListedPerson {
  readonly id: Id;
  readonly ref: string;
}

/** The status that one cell of the sheet shows. */
export interface CellMark {
  readonly personId: Id;
  readonly halfDay: HalfDay;
  readonly status: Status;
}

export interface Summary {
  readonly registered: number;
  readonly cells: number;
  readonly codes: Readonly<Record<Status, number>>;
  readonly presentOrLate: number;
  readonly rate: number | null;
  readonly perHalfDay: Readonly<Record<HalfDay, number>>;
  readonly full: number;
  readonly eligible: number;
  readonly eligibleWithPostTest: number;
  readonly below: string[];
  readonly exactly: string[];
  readonly threshold: number;
  /** Half-days on which somebody was marked: those that shares are of. */
  readonly held: readonly HalfDay[];
  /** Half-days of the sheet that nobody was marked on: named, and held against nobody. */
  readonly notHeld: readonly HalfDay[];
}

/** A threshold is kept to a thousandth of a percent, so that comparing stays in whole numbers. */
const STEPS = 1_000;

/** The share of half-days that a certificate needs where nobody says, in percent. */
export const USUAL_THRESHOLD = 75;

/** A threshold in percent: a share up to 1 (0.75) or a percentage (75, also what is meant when none is given). */
export function thresholdPercent(threshold = USUAL_THRESHOLD): number {
  const percent = threshold <= 1 ? threshold * 100 : threshold;
  return Math.round(percent * STEPS) / STEPS;
}

/**
 * How a person's half-days compare with the threshold (PRODUCT, journey 9: exactly 75 % gets a certificate). Whole-number
 * arithmetic: 6 of 8 is 75 % and never 74.99.
 */
export function againstThreshold(attendedHalfDays: number, halfDays: number, percent: number): 'below' | 'exactly' | 'above' {
  const difference = attendedHalfDays * 100 * STEPS - Math.round(percent * STEPS) * halfDays;
  return difference === 0 ? 'exactly' : difference < 0 ? 'below' : 'above';
}

/** How many half-days more somebody would have had to attend to be at the threshold; 0: none. By the same arithmetic as `againstThreshold`. */
export function halfDaysShort(attendedHalfDays: number, halfDays: number, percent: number): number {
  return Math.max(0, Math.ceil((Math.round(percent * STEPS) * halfDays) / (100 * STEPS)) - attendedHalfDays);
}

/** Who was there, and in which half-days anybody was marked. */
export interface Presence {
  readonly codes: Record<Status, number>;
  readonly perHalfDay: Readonly<Record<HalfDay, number>>;
  /** Half-days that somebody attended; of everybody on the list. */
  readonly attendedBy: ReadonlyMap<Id, number>;
  /** The half-days that were held: those of the sheet with a mark of somebody on the list. */
  readonly held: ReadonlySet<HalfDay>;
}

/** Counts the marks of a workshop's sheet over its live people and half-days; those of others are kept in the store and not counted. */
export function countPresence(
  people: readonly Pick<ListedPerson, 'id'>[],
  halfDays: readonly HalfDay[],
  marks: readonly CellMark[],
): Presence {
  const codes = noCounts();
  const perHalfDay: Record<HalfDay, number> = Object.fromEntries(halfDays.map((halfDay) => [halfDay, 0]));
  const attendedBy = new Map(people.map((person) => [person.id, 0]));
  const held = new Set<HalfDay>();
  for (const { personId, halfDay, status } of marks) {
    const there = attendedBy.get(personId);
    if (there === undefined || !Object.hasOwn(perHalfDay, halfDay) || status === 'notTaken') continue;
    codes[status] += 1;
    held.add(halfDay);
    if (!attended(status)) continue;
    attendedBy.set(personId, there + 1);
    perHalfDay[halfDay] = perHalfDay[halfDay]! + 1;
  }
  return { codes, perHalfDay, attendedBy, held };
}

/**
 * The figures of a workshop's sheet, by `countPresence`. A cell without a mark is not taken, which is not absent:
 * `rate` is of the marks taken. Shares are of the half-days that were held, which are those with a mark; before the first one nobody is eligible and nobody falls
 * below. `tested`: who took a post-test.
 */
export function summarise(
  people: readonly ListedPerson[],
  halfDays: readonly HalfDay[],
  marks: readonly CellMark[],
  threshold?: number,
  tested: ReadonlySet<Id> = new Set(),
): Summary {
  const percent = thresholdPercent(threshold);
  const { codes, perHalfDay, attendedBy, held } = countPresence(people, halfDays, marks);
  const cells = people.length * halfDays.length;
  const taken = takenOf(codes);
  codes.notTaken = cells - taken;
  const presentOrLate = attendedOf(codes);
  const standing = (person: ListedPerson): string => againstThreshold(attendedBy.get(person.id)!, held.size, percent);
  const judged = held.size === 0 ? [] : people;
  const below = judged.filter((person) => standing(person) === 'below');
  const eligible = judged.filter((person) => !below.includes(person));
  return {
    registered: people.length,
    cells,
    codes,
    presentOrLate,
    rate: ratioOrNull(presentOrLate * 100, taken, 1),
    perHalfDay,
    full: judged.filter((person) => attendedBy.get(person.id) === held.size).length,
    eligible: eligible.length,
    eligibleWithPostTest: eligible.filter((person) => tested.has(person.id)).length,
    below: below.map(label),
    exactly: judged.filter((person) => standing(person) === 'exactly').map(label),
    threshold: percent,
    held: halfDays.filter((halfDay) => held.has(halfDay)),
    notHeld: halfDays.filter((halfDay) => !held.has(halfDay)),
  };
}

/**
 * Returns why marks may not be written, undefined where they may: every person must be on the workshop's list, the half-day one of its own. The whole call is
 * refused otherwise (`attendance.personUnknown`, `attendance.halfDayUnknown`), for half a tap is worse than none.
 */
export function refuseMarks(
  people: ReadonlySet<Id>,
  halfDays: readonly HalfDay[],
  halfDay: HalfDay,
  personIds: readonly Id[],
): Refusal<'attendance.halfDayUnknown' | 'attendance.personUnknown'> | undefined {
  if (!halfDays.includes(halfDay)) return refuse('attendance.halfDayUnknown', { halfDay }).refusal;
  const unknown = personIds.filter((id) => !people.has(id));
  return unknown.length > 0 ? refuse('attendance.personUnknown', { count: unknown.length }).refusal : undefined;
}

function label(person: ListedPerson): string {
  return person.ref === '' ? person.id : person.ref;
}
