import { useState } from 'react';
import { usesFreeDays } from '../../../../shared/features/activity/move-days.ts';
import type { Day } from '../../../../shared/kernel/dates.ts';
import { freeDays, weekendOf } from '../../../../shared/kernel/weekends.ts';
import type { Answer } from '../../app/engine.ts';

export interface Weekends {
  /** Whether sessions may stand on free days too. */
  readonly also: boolean;
  setAlso(also: boolean): void;
  /** The days of the week that do not count while the period is moved. */
  readonly off: readonly number[];
  /** The free days that are asked about. */
  readonly asked: readonly Day[];
}

/** Whether the sessions of a workshop that comes to stand on other dates may stand on free days: as they did, until somebody says otherwise. */
export function useWeekends(workshop: Answer<'activity.get'>, start: Day, end: Day): Weekends {
  const weekend = weekendOf(workshop.countries);
  const [also, setAlso] = useState(() => usesFreeDays(workshop.agenda, weekend));
  // Where the first day stays, so do the sessions.
  const isAsked = workshop.agenda.length > 0 && start !== workshop.start;
  return {
    also,
    setAlso,
    off: also ? [] : weekend,
    asked: isAsked ? freeDays(start, end, weekend) : [],
  };
}
