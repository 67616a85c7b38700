import { create } from 'zustand';
import type { CalendarChoice, CalendarView } from '../../../../shared/features/calendar/calendar-views.ts';
import type { Day } from '../../../../shared/kernel/dates.ts';
import { today } from '../../app/clock.ts';

interface CalendarPlace {
  readonly view: CalendarView;
  /** A day of the period that is shown. */
  readonly day: Day;
  readonly choice: CalendarChoice;
  look(view: CalendarView, day?: Day): void;
  narrow(part: Partial<CalendarChoice>): void;
}

/** The place in the calendar that is looked at, kept in memory while other pages are. */
export const useCalendarPlace = create<CalendarPlace>((set) => ({
  view: 'month',
  day: today(),
  choice: { text: '', project: null, kind: null },
  look: (view, day) => set(day === undefined ? { view } : { view, day }),
  narrow: (part) => set(({ choice }) => ({ choice: { ...choice, ...part } })),
}));
