import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Topic } from '../../../../shared/contract/call.ts';
import { CallRefused } from '../../../../shared/contract/rpc.ts';
import type { HalfDay } from '../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { call, ENGINE_LOST, onRestart, onTopics } from '../../app/connection.ts';
import { MarkStore } from './mark-store.ts';

/** What makes the grid stale (the contract of `attendance.grid`). */
const TOPICS: ReadonlySet<Topic> = new Set<Topic>(['attendance', 'people', 'activity']);
/** After a change by somebody else: soon. */
const SOON = 300;
/**
 * What is marked here is known here: while somebody marks, the whole grid is not asked for again after every key, but when they
 * pause, or after a while, for what a sync may have brought meanwhile.
 */
const PAUSE = 1_500;
const LATEST = 10_000;

export interface AttendanceGrid {
  readonly marks: MarkStore;
  /** undefined until the engine has answered. */
  readonly halfDays: readonly HalfDay[] | undefined;
  readonly refusal: CallRefused | undefined;
  readonly reload: () => void;
}

/**
 * A workshop's marks, kept outside React and fresh by topic. Not through the query cache: a grid that was asked for before a
 * tap must not paint over it, and only the one who asks knows when that was.
 */
export function useAttendanceGrid(activityId: Id): AttendanceGrid {
  const marks = useMemo(
    () => new MarkStore(async (halfDay, sent) => (await call('attendance.mark', { activityId, halfDay, marks: sent })).cells),
    [activityId],
  );
  const [state, setState] = useState<{ readonly halfDays?: readonly HalfDay[]; readonly refusal?: CallRefused }>({});
  const load = useCallback(async () => {
    const askedAt = marks.version;
    try {
      const grid = await call('attendance.grid', { activityId });
      marks.load(grid.marks, askedAt);
      setState(({ halfDays }) => ({ halfDays: halfDays && same(halfDays, grid.halfDays) ? halfDays : grid.halfDays }));
    } catch (error) {
      if (!(error instanceof CallRefused)) throw error;
      // The next engine is asked when it is there.
      if (error.code === ENGINE_LOST) return;
      setState(({ halfDays }) => ({ ...(halfDays ? { halfDays } : {}), refusal: error }));
    }
  }, [activityId, marks]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stale: number | undefined;
    let tapped = -PAUSE;
    const soon = () => {
      stale ??= performance.now();
      timer ??= setTimeout(() => {
        timer = undefined;
        const now = performance.now();
        const busy = marks.saving.waiting > 0 || now - tapped < PAUSE;
        if (busy && now - (stale ?? now) < LATEST) return soon();
        stale = undefined;
        void load();
      }, SOON);
    };
    const stopTaps = marks.subscribeSaving(() => {
      if (marks.saving.waiting > 0) tapped = performance.now();
    });
    void load();
    const stopTopics = onTopics((topics) => {
      if (topics.some((topic) => TOPICS.has(topic))) soon();
    });
    const stopRestart = onRestart(soon);
    return () => {
      clearTimeout(timer);
      stopTaps();
      stopTopics();
      stopRestart();
    };
  }, [load, marks]);
  const reload = useCallback(() => void load(), [load]);
  return { marks, halfDays: state.halfDays, refusal: state.refusal, reload };
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
