import {
  addDays,
  dayCount,
  halfDaysBetween,
  isDay,
  isSpan,
  LONGEST_DAYS,
  splitHalfDay,
  type Day,
  type HalfDay,
} from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import { byKey, keysAfter } from '../../kernel/order.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { LocalisedText } from '../../kernel/text.ts';
import { minutesOf, timesOf } from './agenda.ts';
import { halfDaysOf } from './half-days.ts';

/** An agenda item as far as its place goes. */
export interface AgendaEntry {
  readonly id: Id;
  readonly title: LocalisedText;
  readonly halfDay: HalfDay;
  readonly key: string;
  readonly start: string | null;
  readonly end: string | null;
  readonly counts: boolean;
}

export interface Delivery {
  readonly start: Day;
  readonly end: Day;
  readonly items: readonly AgendaEntry[];
  /** Half-days that have attendance marks. */
  readonly marked: readonly HalfDay[];
}

export interface Rescheduled {
  readonly deleted: readonly Id[];
  /** Items whose place or time changed. */
  readonly moved: readonly {
    readonly id: Id;
    readonly placement: readonly [HalfDay, string];
    readonly start: string | null;
    readonly end: string | null;
  }[];
  readonly halfDays: readonly HalfDay[];
}

/** The minutes that a half-day has room for, where items move together. */
const ROOM = 4 * 60;

/** The codes with which a workshop is not given other days. */
export const RESCHEDULE_REFUSALS = ['activity.dates', 'agenda.itemUnknown', 'agenda.marked', 'agenda.overflow'] as const;
export type RescheduleRefusal = (typeof RESCHEDULE_REFUSALS)[number];

/** Refuses `activity.dates` when the end is before the start or the workshop too long. */
export function checkDates(start: Day, end: Day): Result<null, 'activity.dates'> {
  return isSpan(start, end) ? ok(null) : refuse('activity.dates', { days: LONGEST_DAYS });
}

/**
 * Moves a workshop to other dates; its course is not touched.
 *
 * - Items move with the start: what stood on the second day stands on the second day. Once attendance was taken, they stay on their dates: days are then added
 *   or taken away around what was held.
 * - Items beyond the new end are refused as `agenda.overflow` {items, days, count} unless `drop` says what to leave out.
 *   With `drop`, those items go, whichever day they stand on, and what is left beyond the end moves up in its order: to the
 *   last half-day, and while that has more than four hours, the first of its items move on to the half-day before, and so
 *   on. A half-day that took nothing in is left as it is, and so is everything up to the last half-day with marks.
 * - Half-days with attendance marks neither vanish nor move: `agenda.marked` {halfDays, count}.
 */
export function reschedule(
  now: Delivery,
  to: { readonly start: Day; readonly end: Day; readonly drop?: readonly Id[] | undefined },
): Result<Rescheduled, RescheduleRefusal> {
  const dates = checkDates(to.start, to.end);
  if (!dates.ok) return dates;
  const span = halfDaysBetween(to.start, to.end);
  // Nothing is asked about a change that cannot be made.
  const outside = now.marked.filter((halfDay) => !span.includes(halfDay));
  if (outside.length > 0) return refuse('agenda.marked', { halfDays: outside, count: outside.length });
  const items = [...now.items].sort(inAgendaOrder);
  const dropped = new Set(to.drop ?? []);
  if ([...dropped].some((id) => !items.some((item) => item.id === id))) return refuse('agenda.itemUnknown');
  const days = dayCount(to.start, to.end);
  // From dates that are none, the items stay where they stand.
  const shift = isDay(now.start) && now.marked.length === 0 ? dayCount(now.start, to.start) - 1 : 0;
  const kept = items.filter((item) => !dropped.has(item.id));
  // What was not held yet would be pushed in front of what was: the start cannot be later than sessions that stay.
  if (now.marked.length > 0 && kept.some(({ halfDay }) => splitHalfDay(halfDay).day < to.start)) {
    return refuse('agenda.marked', { halfDays: now.marked, count: now.marked.length });
  }
  const slots = new Slots(to.start, days);
  const overflow = kept.filter((item) => !slots.put(item, shift));
  if (overflow.length > 0 && !to.drop) {
    const named = overflow.map(({ id, title, halfDay }) => ({ id, title, halfDay }));
    return refuse('agenda.overflow', { items: named, days, count: named.length });
  }
  slots.moveUp(overflow, now.marked);
  const placed = slots.entries();
  const halfDays = halfDaysOf(to.start, to.end, placed);
  const lost = now.marked.filter((halfDay) => !halfDays.includes(halfDay));
  if (lost.length > 0) return refuse('agenda.marked', { halfDays: lost, count: lost.length });
  const before = new Map(items.map((item) => [item.id, item]));
  return ok({
    deleted: [...dropped],
    moved: placed
      .filter((item) => differs(item, before.get(item.id)!))
      .map(({ id, halfDay, key, start, end }) => ({ id, placement: [halfDay, key] as const, start, end })),
    halfDays,
  });
}

/** Half-days that have marks and that the agenda, changed like this, would no longer count. */
export function marksLost(delivery: Delivery, items: readonly AgendaEntry[]): HalfDay[] {
  const halfDays = halfDaysOf(delivery.start, delivery.end, items);
  return delivery.marked.filter((halfDay) => !halfDays.includes(halfDay));
}

/** Compares agenda items by half-day, then by fractional key, then by id. */
export function inAgendaOrder(a: AgendaEntry, b: AgendaEntry): number {
  if (a.halfDay !== b.halfDay) return a.halfDay < b.halfDay ? -1 : 1;
  return byKey(a, b);
}

class Slots {
  readonly #halfDays: readonly HalfDay[];
  readonly #slots: AgendaEntry[][];

  constructor(start: Day, days: number) {
    this.#halfDays = Array.from({ length: 2 * days }, (_, index) => `${addDays(start, index >> 1)}-${index % 2 === 0 ? 'AM' : 'PM'}`);
    this.#slots = this.#halfDays.map(() => []);
  }

  /** Puts an item where it stands after the shift; false when that is beyond the end. */
  put(item: AgendaEntry, shift: number): boolean {
    const { day, half } = splitHalfDay(item.halfDay);
    const halfDay = `${addDays(day, shift)}-${half}`;
    const index = this.#halfDays.indexOf(halfDay);
    // An item before the start can only come from elsewhere; it stands on the first day rather than nowhere.
    const place = index < 0 && halfDay < this.#halfDays[0]! ? 0 : index;
    if (place < 0) return false;
    this.#slots[place]!.push({ ...item, halfDay: this.#halfDays[place]! });
    return true;
  }

  moveUp(overflow: readonly AgendaEntry[], marked: readonly HalfDay[]): void {
    if (overflow.length === 0) return;
    const last = this.#slots.length - 1;
    const floor = Math.min(last, 1 + Math.max(-1, ...marked.map((halfDay) => this.#halfDays.indexOf(halfDay))));
    let arriving = overflow;
    for (let index = last; arriving.length > 0; index--) {
      const all = [...this.#slots[index]!, ...arriving];
      const leaving = index > floor ? tooMany(all) : 0;
      this.#settle(index, all.slice(leaving));
      arriving = all.slice(0, leaving);
    }
  }

  entries(): AgendaEntry[] {
    return this.#slots.flat();
  }

  /** What stays keeps its key; what came from elsewhere follows it. All of the half-day is timed anew. */
  #settle(index: number, items: readonly AgendaEntry[]): void {
    const halfDay = this.#halfDays[index]!;
    const staying = items.filter((item) => this.#slots[index]!.includes(item));
    const keys = keysAfter(staying.at(-1)?.key ?? null, items.length - staying.length);
    const times = timesOf(
      halfDay,
      items.map((item) => minutesOf(item.start, item.end)),
    );
    this.#slots[index] = items.map((item, at) => ({
      ...item,
      halfDay,
      key: at < staying.length ? item.key : keys[at - staying.length]!,
      ...times[at]!,
    }));
  }
}

/** How many of the first items must leave for the rest to fit; one item always stays. */
function tooMany(items: readonly AgendaEntry[]): number {
  const lengths = items.map((item) => minutesOf(item.start, item.end));
  let minutes = lengths.reduce((sum, length) => sum + length, 0);
  let leaving = 0;
  while (minutes > ROOM && leaving < items.length - 1) minutes -= lengths[leaving++]!;
  return leaving;
}

function differs(a: AgendaEntry, b: AgendaEntry): boolean {
  return a.halfDay !== b.halfDay || a.key !== b.key || a.start !== b.start || a.end !== b.end;
}
