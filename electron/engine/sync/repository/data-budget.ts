import type { ExchangeRefusal } from '../../../../shared/features/sync/refusals.ts';
import { dayInRoom } from '../../../../shared/kernel/dates.ts';
import { NO_DATA_BUDGET, isSpent, usedToday, withUse, type DataBudget } from '../../../../shared/features/sync/data-budget.ts';
import type { Clock } from '../../../../shared/kernel/ports.ts';
import { refuse, ok, type Result } from '../../../../shared/kernel/result.ts';
import type { LocalSettings } from '../../local-settings.ts';
import { AUTOMATIC, DAILY_USE, DATA_BUDGET } from '../../local-state/of-sync.ts';

export function dataBudgetOf(settings: Pick<LocalSettings, 'get'>): DataBudget {
  const budget = DATA_BUDGET.read(settings) ?? NO_DATA_BUDGET;
  return AUTOMATIC.read(settings) === false ? { ...budget, pausedUntil: 'asked' } : budget;
}

export function keepDataBudget(settings: LocalSettings, budget: DataBudget): void {
  DATA_BUDGET.write(settings, budget);
  AUTOMATIC.remove(settings);
}

/** The day by this laptop's clock, where it is: the day that its user means. */
export function dayOf(clock: Clock): string {
  return dayInRoom(clock.now());
}

export function bytesToday({ settings, clock }: { readonly settings: Pick<LocalSettings, 'get'>; readonly clock: Clock }): number {
  return usedToday(DAILY_USE.read(settings), dayOf(clock));
}

/** The limit of a day's bytes, checked before each frame and each part of a file, so that it is not passed by more than one of them. */
export interface Budget {
  /** Refuses `sync.dailyLimit` once the day's bytes are used up. */
  check(): Result<null, ExchangeRefusal>;
  /** Writes down what has travelled since the last time. */
  count(): void;
}

/** The budget of a run over a link; `travelled`: bytes so far, both ways. */
export function budgetOver(
  { settings, clock }: { readonly settings: LocalSettings; readonly clock: Clock },
  travelled: () => number,
): Budget {
  let counted = 0;
  const count = (): void => {
    const now = travelled();
    if (now > counted) DAILY_USE.write(settings, withUse(DAILY_USE.read(settings), dayOf(clock), now - counted));
    counted = now;
  };
  return {
    count,
    check() {
      count();
      return isSpent(dataBudgetOf(settings), bytesToday({ settings, clock })) ? refuse('sync.dailyLimit') : ok(null);
    },
  };
}
