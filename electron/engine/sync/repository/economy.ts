import type { ExchangeRefusal } from '../../../../shared/features/sync/refusals.ts';
import { dayInRoom } from '../../../../shared/kernel/dates.ts';
import { NO_ECONOMY, isSpent, usedToday, withUse, type Economy } from '../../../../shared/features/sync/economy.ts';
import type { Clock } from '../../../../shared/kernel/ports.ts';
import { refuse, ok, type Result } from '../../../../shared/kernel/result.ts';
import type { LocalSettings } from '../../local-settings.ts';
import { AUTOMATIC, DAILY_USE, ECONOMY } from '../../local-state/of-sync.ts';

export function economyOf(settings: Pick<LocalSettings, 'get'>): Economy {
  const economy = ECONOMY.read(settings) ?? NO_ECONOMY;
  return AUTOMATIC.read(settings) === false ? { ...economy, pausedUntil: 'asked' } : economy;
}

export function keepEconomy(settings: LocalSettings, economy: Economy): void {
  ECONOMY.write(settings, economy);
  AUTOMATIC.remove(settings);
}

/** The day by this laptop's clock, where it is: the day that its user means. */
export function dayOf(clock: Clock): string {
  return dayInRoom(clock.now());
}

export function bytesToday({ settings, clock }: { readonly settings: Pick<LocalSettings, 'get'>; readonly clock: Clock }): number {
  return usedToday(DAILY_USE.read(settings), dayOf(clock));
}

/** Asked before each frame and each part of a file, so that a day's bytes are not passed by more than one of them. */
export interface Gate {
  /** Refuses `sync.dailyLimit` once the day's bytes are used up. */
  open(): Result<null, ExchangeRefusal>;
  /** Writes down what has travelled since the last time. */
  count(): void;
}

/** The gate of a run over a link; `travelled`: bytes so far, both ways. */
export function gateOver({ settings, clock }: { readonly settings: LocalSettings; readonly clock: Clock }, travelled: () => number): Gate {
  let counted = 0;
  const count = (): void => {
    const now = travelled();
    if (now > counted) DAILY_USE.write(settings, withUse(DAILY_USE.read(settings), dayOf(clock), now - counted));
    counted = now;
  };
  return {
    count,
    open() {
      count();
      return isSpent(economyOf(settings), bytesToday({ settings, clock })) ? refuse('sync.dailyLimit') : ok(null);
    },
  };
}
