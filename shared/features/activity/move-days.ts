import { addDays, dayCount, daysBetween, isSpan, splitHalfDay, type Day, type HalfDay } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import { ok, refuse, type Refusal, type Result } from '../../kernel/result.ts';
import { isOn, sessionDays } from '../../kernel/weekends.ts';
import { halfDaysOf } from './half-days.ts';
import { checkDates, reschedule, type AgendaEntry, type Delivery, type Rescheduled, type RescheduleRefusal } from './reschedule.ts';

/**
 * The dates that a workshop is moved to. `free`: days of the week (0 is Sunday) that are free; `weekends`: whether sessions may stand on these; left out, only
 * where they did before, or where the dates leave no other way.
 */
export interface NewDates {
  readonly start: Day;
  readonly end: Day;
  readonly drop?: readonly Id[] | undefined;
  readonly free?: readonly number[];
  readonly weekends?: boolean | undefined;
}

/** Whether a session stands on a free day of the week. */
export function usesFreeDays(items: readonly Pick<AgendaEntry, 'halfDay'>[], free: readonly number[]): boolean {
  return items.some(({ halfDay }) => isOn(splitHalfDay(halfDay).day, free));
}

/**
 * Gives a workshop other dates as `reschedule` does, but that a first day on another day of the week takes no session to a free one: what stood on its second working day
 * stands on the second working day. Sessions that do not move (the first day is the same, attendance was taken) are left where they are.
 */
export function moveDays(now: Delivery, to: NewDates): Result<Rescheduled, RescheduleRefusal> {
  const { start, end, drop, free = [], weekends } = to;
  const stays = now.marked.length > 0 || now.start === start || !isSpan(now.start, now.end);
  if (stays || free.length === 0 || (weekends ?? usesFreeDays(now.items, free))) return reschedule(now, { start, end, drop });
  const dates = checkDates(start, end);
  if (!dates.ok) return dates;
  const before = daysBetween(now.start, now.end).filter(
    (day) => !isOn(day, free) || now.items.some(({ halfDay }) => splitHalfDay(halfDay).day === day),
  );
  const needed = 1 + Math.max(-1, ...now.items.map(({ halfDay }) => before.indexOf(splitHalfDay(halfDay).day)));
  const days = sessionDays(needed, to);
  // It is moved as if the days followed each other; each session is then put on the day that this one stands for.
  const squeezed = now.items.map((item) => ({ ...item, halfDay: onto(item.halfDay, (day) => addDays(start, placeIn(before, day))) }));
  const moved = reschedule(
    { start, end: addDays(start, Math.max(before.length, 1) - 1), items: squeezed, marked: [] },
    { start, end: addDays(start, days.length - 1), drop },
  );
  if (!moved.ok) return asked(moved.refusal, now.items);
  const places = new Map(moved.value.moved.map((item) => [item.id, item]));
  const dropped = new Set(moved.value.deleted);
  const placed = squeezed
    .filter(({ id }) => !dropped.has(id))
    .map((item) => {
      const { placement, ...times } = places.get(item.id) ?? {
        placement: [item.halfDay, item.key] as const,
        start: item.start,
        end: item.end,
      };
      const [halfDay, key] = placement;
      return { ...item, halfDay: onto(halfDay, (day) => days[dayCount(start, day) - 1]!), key, start: times.start, end: times.end };
    });
  const was = new Map(now.items.map((item) => [item.id, item]));
  return ok({
    deleted: moved.value.deleted,
    moved: placed
      .filter((item) => differs(item, was.get(item.id)!))
      .map(({ id, halfDay, key, start: from, end: until }) => ({ id, placement: [halfDay, key] as const, start: from, end: until })),
    halfDays: halfDaysOf(start, end, placed),
  });
}

/** Which of some days a day is; one before the first is the first, one behind the last as far behind. */
function placeIn(days: readonly Day[], day: Day): number {
  const at = days.findIndex((one) => one >= day);
  return at >= 0 ? at : days.length - 1 + dayCount(days.at(-1) ?? day, day) - 1;
}

/** Returns the refusal with its sessions named by the days on which they stand now. */
function asked<R extends string>({ code, details }: Refusal<R>, items: readonly AgendaEntry[]): Result<never, R> {
  const was = new Map(items.map(({ id, halfDay }) => [id, halfDay]));
  const named = details['items'] as readonly { readonly id: Id }[] | undefined;
  return refuse(code, { ...details, ...(named && { items: named.map((one) => ({ ...one, halfDay: was.get(one.id) })) }) });
}

function onto(halfDay: HalfDay, place: (day: Day) => Day): HalfDay {
  const { day, half } = splitHalfDay(halfDay);
  return `${place(day)}-${half}`;
}

function differs(a: AgendaEntry, b: AgendaEntry): boolean {
  return a.halfDay !== b.halfDay || a.key !== b.key || a.start !== b.start || a.end !== b.end;
}
