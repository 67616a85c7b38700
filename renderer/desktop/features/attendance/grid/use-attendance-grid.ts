import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Topic } from '../../../../../shared/contract/call.ts';
import { CallRefused } from '../../../../../shared/contract/rpc.ts';
import type { HalfDay } from '../../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { call, ENGINE_LOST, onRestart, onTopics } from '../../../app/connection.ts';
import { keepSaid, keptSheet } from '../kept-sheets.ts';
import { MarkStore, Unanswered, type SendMarks, type SentMark } from '../mark-store.ts';

/** The topics that make the grid stale (the contract of `attendance.grid`). */
const TOPICS: ReadonlySet<Topic> = new Set<Topic>(['attendance', 'people', 'activity']);
/** After a change by somebody else: soon. */
const SOON = 300;
/**
 * In milliseconds; what is marked here is known here, so while somebody marks the whole grid is not asked for again after every key, but when they
 * pause, or after a while, for what a sync may have brought meanwhile.
 */
const PAUSE = 1_500;
const LATEST = 10_000;

export interface AttendanceGrid {
  readonly marks: MarkStore;
  /** undefined until the engine has answered. */
  readonly halfDays: readonly HalfDay[] | undefined;
  /** How many marks were taken out. */
  readonly gone: number;
  readonly refusal: CallRefused | undefined;
  readonly reload: () => void;
}

/**
 * A workshop's marks, kept outside React and fresh by topic. Not through the query cache: a grid that was asked for before a
 * tap must not paint over it, and only the one who asks knows when that was.
 */
export function useAttendanceGrid(activityId: Id): AttendanceGrid {
  const { marks, said } = useMemo(
    () => keptSheet(activityId, () => new MarkStore((halfDay, sent) => send(activityId, halfDay, sent))),
    [activityId],
  );
  const [state, setState] = useState<{ readonly halfDays?: readonly HalfDay[]; readonly gone?: number; readonly refusal?: CallRefused }>(
    said ?? {},
  );
  const load = useCallback(async () => {
    const askedAt = marks.version;
    try {
      const grid = await call('attendance.grid', { activityId });
      marks.load(grid.marks, askedAt);
      keepSaid(activityId, { halfDays: grid.halfDays, gone: grid.gone });
      setState(({ halfDays }) => ({ halfDays: halfDays && same(halfDays, grid.halfDays) ? halfDays : grid.halfDays, gone: grid.gone }));
    } catch (error) {
      if (!(error instanceof CallRefused)) throw error;
      // The next engine is asked when it is there.
      if (error.code === ENGINE_LOST) return;
      setState(({ refusal: _before, ...known }) => ({ ...known, refusal: error }));
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
    const stopRestart = onRestart(() => void load());
    return () => {
      clearTimeout(timer);
      stopTaps();
      stopTopics();
      whenSaved(marks, stopRestart);
    };
  }, [load, marks]);
  const reload = useCallback(() => void load(), [load]);
  return { marks, halfDays: state.halfDays, gone: state.gone ?? 0, refusal: state.refusal, reload };
}

/** A mark that waits for the next engine is sent to it even when the sheet is no longer on screen. */
function whenSaved(marks: MarkStore, then: () => void): void {
  if (marks.saving.waiting === 0) return then();
  const stop = marks.subscribeSaving(() => {
    if (marks.saving.waiting > 0) return;
    stop();
    then();
  });
}

async function send(activityId: Id, halfDay: HalfDay, marks: SentMark[]): ReturnType<SendMarks> {
  try {
    return (await call('attendance.mark', { activityId, halfDay, marks })).cells;
  } catch (error) {
    if (error instanceof CallRefused && error.code === ENGINE_LOST) throw new Unanswered();
    throw error;
  }
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
