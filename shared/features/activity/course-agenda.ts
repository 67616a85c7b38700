import { addDays, dayCount, splitHalfDay, type Day, type HalfDay } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { sessionDays } from '../../kernel/weekends.ts';
import type { LocalisedText } from '../../kernel/text.ts';
import { layoutFor, type CourseOutline, type LaidOutSession } from '../course/rules.ts';
import { agendaOf, type PlannedItem } from './agenda.ts';
import { reschedule, type RescheduleRefusal } from './reschedule.ts';

interface TitledSession extends LaidOutSession {
  readonly title: LocalisedText;
  readonly minutes: number;
}

/**
 * When a course is delivered. `free`: days of the week (0 is Sunday) that are free; `weekends`: whether sessions are laid on these too; left out, only where the
 * course does not fit otherwise, for whoever chose such dates meant the weekend.
 */
interface CourseDelivery {
  readonly start: Day;
  readonly end: Day;
  readonly drop?: readonly Id[] | undefined;
  readonly free?: readonly number[];
  readonly weekends?: boolean | undefined;
}

/**
 * The agenda of a delivery of a course from `start` to `end`. Where the shortest layout is longer than that, the sessions
 * that do not fit are refused as `agenda.overflow` {items: [{id: the session's, title, halfDay}], days, count} unless `drop`
 * says which to leave out; the others then move up as in `reschedule`.
 */
export function courseAgenda(course: CourseOutline<TitledSession>, delivery: CourseDelivery): Result<PlannedItem[], RescheduleRefusal> {
  const { start, drop } = delivery;
  const days = sessionDays(Math.min(...course.variants), delivery);
  // It is laid as if the days followed each other; each session is then put on the day that this one stands for.
  const end = addDays(start, days.length - 1);
  const onDay = (halfDay: HalfDay): HalfDay => {
    const { day, half } = splitHalfDay(halfDay);
    return `${days[dayCount(start, day) - 1]!}-${half}`;
  };
  const { variant } = layoutFor(course, dayCount(start, end));
  const { placed } = layoutFor(course, Math.max(variant, dayCount(start, end)));
  const items = agendaOf(
    placed.map(({ session, day, half }) => ({ id: session.id, title: session.title, minutes: session.minutes, day, half })),
    start,
  );
  const entries = items.map(({ sessionId, title, placement: [halfDay, key], start: from, end: to }) => ({
    id: sessionId,
    title,
    halfDay,
    key,
    start: from,
    end: to,
    counts: true,
  }));
  const fitted = reschedule({ start, end: addDays(start, Math.max(variant, 1) - 1), items: entries, marked: [] }, { start, end, drop });
  if (!fitted.ok) return fitted;
  const moved = new Map(fitted.value.moved.map((item) => [item.id, item]));
  return ok(
    items
      .filter(({ sessionId }) => !fitted.value.deleted.includes(sessionId))
      .map((item) => {
        const place = moved.get(item.sessionId);
        const [halfDay, key] = place?.placement ?? item.placement;
        return { ...item, placement: [onDay(halfDay), key], start: place?.start ?? item.start, end: place?.end ?? item.end };
      }),
  );
}
