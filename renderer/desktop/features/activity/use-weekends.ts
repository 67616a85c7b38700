import { useState } from 'react';
import { usesFreeDays } from '../../../../shared/features/activity/move-days.ts';
import type { Day } from '../../../../shared/kernel/dates.ts';
import { freeDays, weekendOf } from '../../../../shared/kernel/weekends.ts';
import type { Answer } from '../../app/engine.ts';

/** Whether the sessions of a workshop that comes to stand on other dates may stand on free days: as they did, until somebody says otherwise. */
export function useWeekends(workshop: Answer<'activity.get'>, start: Day, end: Day) {
  const weekend = weekendOf(workshop.countries);
  const [weekends, setWeekends] = useState(() => usesFreeDays(workshop.agenda, weekend));
  // Where the first day stays, so do the sessions.
  const isAsked = workshop.agenda.length > 0 && start !== workshop.start;
  return {
    weekends,
    setWeekends,
    /** The days of the week that do not count while the period is moved. */
    off: weekends ? [] : weekend,
    /** The free days that are asked about. */
    asked: isAsked ? freeDays(start, end, weekend) : [],
  };
}
