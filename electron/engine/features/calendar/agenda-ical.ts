import ical from 'ical-generator';
import { addDays, splitHalfDay, type Day } from '../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { instantIn, wallTime } from '../../../../shared/kernel/time-zones.ts';
import type { CalendarWords } from '../../../../shared/features/calendar/calendar-words.ts';

/** A session as an agenda tells it to others. */
export interface ToldSession {
  readonly id: Id;
  readonly title: string;
  readonly halfDay: string;
  /** `HH:MM` on the clocks of the room; null where it is not said. */
  readonly start: string | null;
  readonly end: string | null;
  readonly room: string;
  readonly trainers: string;
  readonly mode: string;
}

export interface ToldAgenda {
  readonly title: string;
  readonly place: string;
  readonly sessions: readonly ToldSession[];
  /** Of the room. */
  readonly zone: string;
  /** Of people elsewhere, whose times are told beside the room's. */
  readonly zones: readonly string[];
}

/**
 * A workshop's agenda as iCalendar: an event a session, at an instant, so that each calendar shows its owner's time; in words stand the time in the room and in each zone that was named. A session without
 * hours is an event of its whole day. `untimed`: how many are.
 */
export function agendaIcal(agenda: ToldAgenda, words: CalendarWords, now: number): { readonly text: string; readonly untimed: number } {
  const { say, language } = words;
  const calendar = ical({ name: agenda.title, prodId: { company: 'Itinera', product: 'Agenda', language: language.toUpperCase() } });
  let untimed = 0;
  for (const session of agenda.sessions) {
    const { day, half } = splitHalfDay(session.halfDay);
    const from = instantIn(agenda.zone, day, session.start ?? '');
    const to = instantIn(agenda.zone, day, session.end ?? '');
    const isTimed = from !== null && to !== null && to > from;
    if (!isTimed) untimed += 1;
    const told = isTimed
      ? [
          say('calendar:agenda.room', { time: spanIn(agenda.zone, from, to, day, words), zone: nameOf(agenda.zone) }),
          ...agenda.zones.map((zone) => say('calendar:agenda.zone', { time: spanIn(zone, from, to, day, words), zone: nameOf(zone) })),
        ]
      : [say(`app:half.${half}`)];
    calendar.createEvent({
      id: `${session.id}@itinera`,
      start: isTimed ? new Date(from) : new Date(`${day}T00:00:00Z`),
      end: isTimed ? new Date(to) : new Date(`${addDays(day, 1)}T00:00:00Z`),
      allDay: !isTimed,
      stamp: new Date(now),
      summary: session.title,
      location: [session.room, agenda.place].filter((text) => text !== '').join(', ') || null,
      description: [
        agenda.title,
        ...told,
        say(`activity:mode.${session.mode}`),
        ...(session.trainers === '' ? [] : [session.trainers]),
      ].join('\n'),
    });
  }
  return { text: `${calendar.toString()}\r\n`, untimed };
}

/** `09:00-10:30`, with the day where clocks of the zone show another one than the room's. */
function spanIn(zone: string, from: number, to: number, inRoom: Day, { format }: CalendarWords): string {
  const [start, end] = [wallTime(zone, from), wallTime(zone, to)];
  const hours = `${format.hour(start.clock)}–${format.hour(end.clock)}`;
  return start.day === inRoom ? hours : `${format.weekday(start.day)}, ${hours}`;
}

/** `Port Moresby` of `Pacific/Port_Moresby`. */
function nameOf(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
}
