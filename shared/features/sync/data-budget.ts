/** The user's decision about a connection that is paid for by the byte. */
export interface DataBudget {
  /** Records only; files wait until they are asked for. */
  readonly metered: boolean;
  /** Bytes a day, both ways together; null: as many as it takes. */
  readonly dailyCap: number | null;
  /** Nothing by itself until then: a day (`YYYY-MM-DD`), or `asked` until the user resumes; null: not paused. */
  readonly pausedUntil: string | null;
}

export const NO_DATA_BUDGET: DataBudget = { metered: false, dailyCap: null, pausedUntil: null };

/** The times at which this laptop may sync: by itself with its files, by itself without them, by itself from tomorrow on, or when it is asked to. */
export const SYNC_TIMES = ['all', 'records', 'tomorrow', 'asked'] as const;
export type SyncTime = (typeof SYNC_TIMES)[number];

/** Returns the time of syncing that a user has decided on, on this day. */
export function syncTimeOf(budget: DataBudget, today: string): SyncTime {
  if (budget.pausedUntil === 'asked') return 'asked';
  if (isPaused(budget, today)) return 'tomorrow';
  return budget.metered ? 'records' : 'all';
}

/** Returns the decisions once one of the times is chosen. Until tomorrow it stays open whether files go then; who asks each time says that each time. */
export function withSyncTime(budget: DataBudget, when: SyncTime, today: string): DataBudget {
  const pausedUntil = { all: null, records: null, tomorrow: dayAfter(today), asked: 'asked' }[when];
  return { ...budget, metered: when === 'tomorrow' ? budget.metered : when === 'records', pausedUntil };
}

/** The bytes used on a day, by this laptop's clock. */
export interface DailyUse {
  readonly day: string;
  readonly bytes: number;
}

/** Whether automatic runs are put off on this day. */
export function isPaused({ pausedUntil }: DataBudget, today: string): boolean {
  return pausedUntil !== null && (pausedUntil === 'asked' || today < pausedUntil);
}

/** Bytes used today; what was used on another day does not count, also where the clock went back. */
export function usedToday(use: DailyUse | undefined, today: string): number {
  return use?.day === today ? use.bytes : 0;
}

/** Use after so many more bytes. */
export function withUse(use: DailyUse | undefined, today: string, bytes: number): DailyUse {
  return { day: today, bytes: usedToday(use, today) + bytes };
}

/** Whether the day's bytes are used up; a frame under way is let through, the next one is not begun. */
export function isSpent({ dailyCap }: DataBudget, used: number): boolean {
  return dailyCap !== null && used >= dailyCap;
}

/** The day after a day, both `YYYY-MM-DD`. */
export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
