import { useCallback, useState } from 'react';
import { isAhead, openHalfDay } from '../../../../../shared/features/attendance/half-day-at-hand.ts';
import type { HalfDay } from '../../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { today } from '../../../app/clock.ts';
import { keepOpened, momentOf, openedBefore } from '../kept-sheets.ts';
import type { MarkStore } from '../mark-store.ts';

interface OpenHalfDay {
  /** Null where a workshop has none. */
  readonly open: HalfDay | null;
  choose(halfDay: HalfDay): void;
}

/** The half-day that is wide: the one that was opened before, else the one at hand; `ids`: the people whose marks say whether one is done. */
export function useOpenHalfDay(activityId: Id, marks: MarkStore, ids: readonly Id[], halfDays: readonly HalfDay[]): OpenHalfDay {
  const [chosen, setChosen] = useState(() => {
    marks.showPeople(ids);
    const now = new Date();
    const before = openedBefore(activityId, momentOf(now));
    if (before !== undefined && halfDays.includes(before)) return before;
    return openHalfDay(halfDays, today(now), now.getHours(), (halfDay) => marks.counts(halfDay).notTaken === 0);
  });
  const choose = useCallback(
    (halfDay: HalfDay) => {
      setChosen(halfDay);
      keepOpened(activityId, halfDay, momentOf(new Date()));
    },
    [activityId],
  );
  return { open: chosen !== null && halfDays.includes(chosen) ? chosen : (halfDays[0] ?? null), choose };
}

/** The first of some half-days that has not begun yet; null where all have. */
export function aheadOf(halfDays: readonly HalfDay[]): HalfDay | null {
  const now = new Date();
  return halfDays.find((halfDay) => isAhead(halfDay, today(now), now.getHours())) ?? null;
}
