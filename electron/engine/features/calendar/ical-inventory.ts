import ICAL from 'ical.js';
import type { Inventory, InventoryEntry } from '../../../../shared/features/calendar/read-inventory.ts';
import { readDate } from '../../../../shared/features/calendar/said-date.ts';
import { nameIndex, PUBLISHED_NAMES, readNames, type KnownNames } from '../../../../shared/features/calendar/project-names.ts';
import { addDays, type Day } from '../../../../shared/kernel/dates.ts';

/** Whether a text is an iCalendar file. */
export function isIcal(text: string): boolean {
  return /^\uFEFF?\s*BEGIN:VCALENDAR\b/iu.test(text);
}

/**
 * The events of an iCalendar file as entries of an inventory, or null where it cannot be read. The end of whole days is the day before; what is tentative is to be confirmed; the wording that another
 * export kept comes back. An event without a project is taken as it is: calendars know none.
 */
export function readIcal(text: string, known: KnownNames): Inventory | null {
  const index = nameIndex(known, PUBLISHED_NAMES);
  try {
    const calendar = new ICAL.Component(ICAL.parse(text.replace(/^\uFEFF/u, '')) as unknown[]);
    const understood: InventoryEntry[] = [];
    const doubtful: Inventory['doubtful'][number][] = [];
    calendar.getAllSubcomponents('vevent').forEach((component, at) => {
      const line = at + 1;
      const said = component.toString();
      const title = textOf(component, 'summary');
      const days = daysOf(component);
      if (title === '' || days === null) {
        doubtful.push({ line, text: said, reasons: title === '' ? ['noTitle'] : ['dateUnreadable'], unknown: [] });
        return;
      }
      const wording = textOf(component, 'x-itinera-date');
      const reading = readDate(wording);
      const precision = reading === null || reading === 'toBeConfirmed' ? 'day' : reading.precision;
      const names = readNames(
        component
          .getAllProperties('categories')
          .flatMap((property) => property.getValues())
          .join(', '),
        index,
      );
      understood.push({
        ...{ line, text: said, heading: null, title, dateText: wording, precision, ...days, mode: 'unspecified', repeats: null },
        ...{ projects: names.projects, partners: names.partners, dateTbc: textOf(component, 'status').toUpperCase() === 'TENTATIVE' },
      });
    });
    return { understood, doubtful, skipped: [] };
  } catch {
    return null;
  }
}

function textOf(component: ICAL.Component, name: string): string {
  const value: unknown = component.getFirstPropertyValue(name);
  return typeof value === 'string' ? value.replace(/\s+/gu, ' ').trim() : '';
}

/** The days of an event on the clocks that it names. */
function daysOf(component: ICAL.Component): { start: Day; end: Day } | null {
  if (!component.hasProperty('dtstart')) return null;
  const { startDate, endDate } = new ICAL.Event(component);
  const dayOf = ({ year, month, day }: ICAL.Time): Day =>
    `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const start = dayOf(startDate);
  const last = endDate.isDate ? addDays(dayOf(endDate), -1) : dayOf(endDate);
  return { start, end: last < start ? start : last };
}
