import type { CallContext } from '../../../../shared/contract/rpc.ts';
import { networkInterfaces } from 'node:os';
import { nextAutomaticRun } from '../../../../shared/features/sync/rules.ts';
import { isPaused, isSpent } from '../../../../shared/features/sync/data-budget.ts';
import { accountOf, isHeld } from './account.ts';
import type { SyncPorts } from '../context.ts';
import type { Driver } from './driver.ts';
import { bytesToday, dayOf, dataBudgetOf } from './data-budget.ts';
import { isAnythingWaiting } from '../waiting.ts';

export interface Automatic {
  /** To be called when enrolment or the user's wish has changed. */
  replan(): void;
  stop(): void;
}

/** How often a laptop without a network looks whether it has one again; asking the system costs nothing and sends nothing. */
const LOOK_EVERY = 5_000;

/**
 * Runs by itself: soon after a change, now and then without one, ever more rarely while nobody answers, and at once when a network comes
 * back.
 */
export function runAutomatically(ports: SyncPorts, driver: Driver): Automatic {
  const { store, settings, random } = ports;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  let online = hasNetwork();
  let stopped = false;

  let due = Infinity;

  // Held since the enrolment, paused, or the day's bytes used up: looked at again now and then, for a day ends by itself.
  const isPutOff = (): boolean => {
    const budget = dataBudgetOf(settings);
    return isHeld(settings) || isPaused(budget, dayOf(ports.clock)) || isSpent(budget, bytesToday(ports));
  };

  const cancel = (): void => {
    clearTimeout(timer);
    due = Infinity;
  };
  const plan = (): void => {
    if (stopped || !accountOf(settings) || isPutOff()) return cancel();
    const waiting = isAnythingWaiting(ports);
    const wait = nextAutomaticRun({ failures, waiting, jitter: random.bytes(1)[0]! / 255 });
    // A planned run is never put off: taps all morning long would keep it away.
    if (performance.now() + wait >= due) return;
    cancel();
    due = performance.now() + wait;
    timer = setTimeout(() => void run(), wait);
    timer.unref();
  };
  const run = async (): Promise<void> => {
    cancel();
    if (stopped || driver.isRunning() || !accountOf(settings) || isPutOff()) return;
    try {
      const quiet: CallContext = { caller: { door: 'engine' }, progress: () => undefined, signal: new AbortController().signal };
      const done = await driver.run({ spaces: null, files: !dataBudgetOf(settings).metered }, quiet, false);
      failures = done.ok ? 0 : failures + 1;
    } catch {
      // The run has written its own failure down; the next one may find the disk in a better state.
      failures++;
    }
    plan();
  };
  const look = setInterval(() => {
    const now = hasNetwork();
    if (now && !online) {
      failures = 0;
      void run();
    }
    online = now;
    // A pause ended with its day.
    if (due === Infinity && !driver.isRunning()) plan();
  }, LOOK_EVERY);
  look.unref();

  // A first run soon after the start; later ones follow from what changes.
  const forget = store.onChanged(({ received }) => {
    if (!received && failures === 0 && !driver.isRunning()) plan();
  });
  plan();
  return {
    replan() {
      failures = 0;
      cancel();
      plan();
    },
    stop() {
      stopped = true;
      cancel();
      clearInterval(look);
      forget();
    },
  };
}

function hasNetwork(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal));
}
