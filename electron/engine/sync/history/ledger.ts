import { LEDGER_LENGTH } from '../../../../shared/features/sync/rules.ts';
import type { ReplicaId } from '../../../../shared/sync/types.ts';
import type { LocalSettings } from '../../local-settings.ts';

/** What a run moved. */
export interface Moved {
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
export interface Run extends Moved {
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

const LAST = 'sync/last';
const COUNT = 'sync/runs';
const RUNS = 'sync/run/';

/** The last run that ended; undefined: never. */
export function lastRun(settings: Pick<LocalSettings, 'get'>): Run | undefined {
  return settings.get<Run>(LAST);
}

/** The runs that moved something or failed, newest first. Numbered, for a laptop's clock may go backwards. */
export function runs(settings: Pick<LocalSettings, 'list'>): Run[] {
  return settings
    .list<Run>(RUNS)
    .map(({ value }) => value)
    .reverse();
}

/** Writes a run down. A run by itself that found no network, or nothing to do, is only the last one; the ledger tells what happened. */
export function keepRun(settings: LocalSettings, run: Run, asked: boolean): void {
  const moved = run.pushed + run.pulled + run.refused + run.filesUp + run.filesDown > 0;
  if (moved || asked) write(settings, run, null);
  settings.set(LAST, run, 'sync');
}

/** Writes an exchange in the room down; `number`: over an earlier line, for a visit that goes on. Returns the line's number. */
export function keepLanRun(settings: LocalSettings, run: Run, number: number | null): number {
  return write(settings, { ...run, way: 'lan' }, number);
}

function write(settings: LocalSettings, run: Run, line: number | null): number {
  const number = line ?? (settings.get<number>(COUNT) ?? 0) + 1;
  if (line === null) settings.set(COUNT, number);
  settings.set(RUNS + String(number).padStart(12, '0'), run);
  const kept = settings.list(RUNS);
  for (const { key } of kept.slice(0, Math.max(0, kept.length - LEDGER_LENGTH))) settings.set(key, null);
  return number;
}
