import ical, { ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { CalendarWords, ToldActivity } from '../../../../shared/features/calendar/calendar-words.ts';
import { addDays, isDay, type Day } from '../../../../shared/kernel/dates.ts';

/** How often who subscribes looks again, in seconds. */
const REFRESH_SECONDS = 86_400;
/** Behind the id of an activity in the identity of its event, the same in every export. */
const IDENTITY = '@itinera';

/**
 * Activities as iCalendar (RFC 5545): an event of whole days each, whose end is the day after the last one; tentative where its date is to be confirmed, and no occupied time where no day is known.
 * Its date as it was published is kept in `X-ITINERA-DATE`. What has no date at all is no event.
 */
export function icalOf(activities: readonly ToldActivity[], words: CalendarWords, now: number): string {
  const { say, title, when, language } = words;
  const calendar = ical({
    name: say('calendar:table.sheet'),
    prodId: { company: 'Itinera', product: 'Calendar', language: language.toUpperCase() },
    ttl: REFRESH_SECONDS,
  });
  for (const activity of activities.filter(hasDate)) {
    const { id, start, end, precision, dateTbc, projects, partners, mode, kind, place, countries, dateWording, wording } = activity;
    const said = [
      ...(projects.length > 0 ? [`${say('activity:field.projects')}: ${projects.join(', ')}`] : []),
      ...(partners.length > 0 ? [`${say('activity:field.partners')}: ${partners.join(', ')}`] : []),
      [say(`activity:kind.${kind}`), ...(mode === 'unspecified' ? [] : [say(`activity:mode.${mode}`)])].join(', '),
      ...(precision === 'day' && !dateTbc ? [] : [[when(activity), ...(dateTbc ? [say('activity:dateTbc')] : [])].join(', ')]),
      ...(wording === '' ? [] : [`${say('activity:field.wording')}: ${wording}`]),
    ];
    const event = calendar.createEvent({
      id: `${id}${IDENTITY}`,
      start: midnight(start),
      end: midnight(addDays(isDay(end) && end >= start ? end : start, 1)),
      allDay: true,
      stamp: new Date(now),
      summary: title(activity),
      description: said.join('\n'),
      location: place || countries.map(words.format.country).join(', ') || null,
      categories: projects.map((name) => ({ name })),
      status: dateTbc ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED,
      transparency: precision === 'day' ? ICalEventTransparency.OPAQUE : ICalEventTransparency.TRANSPARENT,
    });
    event.x('X-ITINERA-DATE', dateWording || when(activity));
  }
  return `${calendar.toString()}\r\n`;
}

/** Whether an activity has a day to begin on. */
export function hasDate({ start }: Pick<ToldActivity, 'start'>): boolean {
  return isDay(start);
}

function midnight(day: Day): Date {
  return new Date(`${day}T00:00:00Z`);
}
