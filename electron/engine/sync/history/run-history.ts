import { HISTORY_LENGTH } from '../../../../shared/features/sync/rules.ts';
import type { ReplicaId } from '../../../../shared/sync/types.ts';
import type { LocalSettings } from '../../local-settings.ts';
import { LAST_RUN, RUN_COUNT, RUNS } from '../../local-state/of-sync.ts';

/** The counts of what a run moved. */
export interface TransferCounts {
  readonly pushed: number;
  readonly pulled: number;
  readonly refused: number;
  readonly filesUp: number;
  readonly filesDown: number;
  readonly bytesUp: number;
  readonly bytesDown: number;
  readonly requests: number;
}

/** A run that ended. */
export interface Run extends TransferCounts {
  /** When it ended, ISO 8601, by this laptop's clock. */
  readonly at: string;
  readonly ok: boolean;
  /** Why it did not end well; '' when it did. */
  readonly code: string;
  readonly milliseconds: number;
  /** Left out in what an earlier program wrote: the repository. */
  readonly way?: 'lan';
  /** Replica of the laptop in the room. */
  readonly peer?: ReplicaId;
}

/** The last run that ended; undefined: never. */
export function lastRun(settings: Pick<LocalSettings, 'get'>): Run | undefined {
  return LAST_RUN.read(settings);
}

/** The last run with the repository that ended well, as far as the history reaches; undefined: none. */
export function lastSync(settings: Pick<LocalSettings, 'get' | 'list'>): Run | undefined {
  const last = lastRun(settings);
  return last?.ok === true ? last : runs(settings).find(({ ok, way }) => ok && way === undefined);
}

/** The runs that moved something or failed, newest first. Numbered, for a laptop's clock may go backwards. */
export function runs(settings: Pick<LocalSettings, 'list'>): Run[] {
  return RUNS.list(settings)
    .map(({ value }) => value)
    .reverse();
}

/** Records a run. A run by itself that found no network, or nothing to do, is only the last one; the history tells what happened. */
export function recordRun(settings: LocalSettings, run: Run, asked: boolean): void {
  const moved = run.pushed + run.pulled + run.refused + run.filesUp + run.filesDown > 0;
  if (moved || asked) write(settings, run, null);
  LAST_RUN.write(settings, run);
}

/** Writes an exchange in the room down; `number`: over an earlier line, for a visit that goes on. Returns the line's number. */
export function recordLanRun(settings: LocalSettings, run: Run, number: number | null): number {
  return write(settings, { ...run, way: 'lan' }, number);
}

function write(settings: LocalSettings, run: Run, line: number | null): number {
  const number = line ?? (RUN_COUNT.read(settings) ?? 0) + 1;
  if (line === null) RUN_COUNT.write(settings, number);
  RUNS.write(settings, String(number).padStart(12, '0'), run);
  const kept = RUNS.ids(settings);
  for (const old of kept.slice(0, Math.max(0, kept.length - HISTORY_LENGTH))) RUNS.remove(settings, old);
  return number;
}
