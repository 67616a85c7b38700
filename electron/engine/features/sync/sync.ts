import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { usbContract } from '../../../../shared/features/sync/usb-contract.ts';
import type { syncContract } from '../../../../shared/features/sync/contract.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { brotli, nodeVerifier } from '../../../../shared/node/crypto.ts';
import type { Signer } from '../../../../shared/kernel/ports.ts';
import { countsOf, spaces as storedSpaces } from '../../../../shared/node/store/sqlite/change-log.ts';
import type { SqliteStore } from '../../../../shared/node/store/sqlite/sqlite-store.ts';
import type { EngineContext } from '../../context.ts';
import { accountOf, isHeld, setHeld } from '../../sync/repository/account.ts';
import { isSpent, syncTimeOf, withSyncTime } from '../../../../shared/features/sync/data-budget.ts';
import { bytesToday, dayOf, dataBudgetOf, keepDataBudget } from '../../sync/repository/data-budget.ts';
import { runAutomatically, type Automatic } from '../../sync/repository/automatic.ts';
import { countConflicts } from '../../sync/review/conflicts.ts';
import type { SyncPorts } from '../../sync/context.ts';
import { syncDriver } from '../../sync/repository/driver.ts';
import { protectionOf } from '../../../../shared/features/sync/repository-address.ts';
import { enrolLaptop } from '../../sync/repository/enrol.ts';
import { filesLeft, filesToSend } from '../../sync/repository/files.ts';
import { moveToken } from '../../sync/repository/repository-token.ts';
import { lastRun } from '../../sync/history/run-history.ts';
import { waitingHere } from '../../sync/waiting.ts';
import { usbHandlers } from './sync-usb.ts';
import { laptopHandlers } from './sync-laptop.ts';
import { reviewHandlers, trayOf } from './sync-review.ts';
import type { laptopContract } from '../../../../shared/features/sync/laptop-contract.ts';
import { USER_NAME } from '../../local-state/of-this-laptop.ts';

/** The sync of an engine: its calls, what other features show of it, and its work in the background. */
export interface SyncFeature {
  readonly handlers: Handlers<typeof syncContract & typeof usbContract & typeof laptopContract>;
  /** Change-sets made here that the repository has not confirmed. */
  pending(): number;
  conflicts(): number;
  /** Cancels what is under way and waits for it; to be called before the store is closed. */
  close(): Promise<void>;
}

/**
 * Makes the sync of an engine. `background`: runs by itself when the network is there (the app does; a command that does what it was asked
 * and ends does not).
 */
export function syncFeature(
  context: EngineContext,
  options: { readonly store: SqliteStore; readonly signer: Signer; readonly background: boolean; readonly pause?: number },
): SyncFeature {
  const { store, signer } = options;
  const memory = { session: null };
  const ports: SyncPorts = {
    ...context,
    store,
    signer,
    verifier: nodeVerifier(),
    compression: brotli,
    memory,
    pause: options.pause ?? 300,
  };
  const { settings } = ports;
  moveToken(ports);
  const driver = syncDriver(ports);
  const automatic: Automatic | null = options.background ? runAutomatically(ports, driver) : null;
  const pending = (): number => waitingHere(ports).own.reduce((sum, { changeSets }) => sum + changeSets, 0);
  const conflicts = (): number => countConflicts(ports);

  const schedule = () => {
    const budget = dataBudgetOf(settings);
    const usedToday = bytesToday(ports);
    const { metered, dailyCap } = budget;
    return { when: syncTimeOf(budget, dayOf(ports.clock)), metered, dailyCap, usedToday, spent: isSpent(budget, usedToday) };
  };

  const handlers: SyncFeature['handlers'] = {
    ...usbHandlers(ports),
    ...laptopHandlers(ports),
    ...reviewHandlers(ports),
    async 'sync.enrol'(asked, call) {
      const enrolled = await enrolLaptop(ports, asked, call.signal);
      if (!enrolled.ok) return enrolled;
      setHeld(settings, asked.held);
      automatic?.replan();
      return ok({ replica: store.replica, spaces: [...enrolled.value.spaces] });
    },
    async 'sync.run'({ spaces, files }, call) {
      setHeld(settings, false);
      const done = await driver.run({ spaces: spaces ? new Set(spaces) : null, files }, call, true);
      automatic?.replan();
      return done.ok ? ok({ ...done.value, conflicts: conflicts() }) : done;
    },
    'sync.status': () => {
      const account = accountOf(settings);
      const { own, brought } = waitingHere(ports);
      const bySpace = new Map(own.map(({ space, changeSets }) => [space, changeSets]));
      const files = account ? filesToSend(ports) : [];
      const ownFiles = files.filter((file) => file.own);
      const counts = countsOf(store.db);
      const last = lastRun(settings);
      return ok({
        enrolled: account !== undefined,
        url: account?.url ?? '',
        protection: account ? (protectionOf(account.url) ?? 'public') : '',
        user: account?.name ?? USER_NAME.read(settings) ?? '',
        last: last
          ? {
              at: last.at,
              ok: last.ok,
              code: last.code,
              pushed: last.pushed,
              pulled: last.pulled,
              bytesUp: last.bytesUp,
              bytesDown: last.bytesDown,
            }
          : null,
        pending: own.reduce((sum, { changeSets }) => sum + changeSets, 0),
        pendingFiles: ownFiles.length,
        filesLeft: account ? filesLeft(ports) : [],
        pendingBytes: [...own.map(({ bytes }) => bytes), ...ownFiles.map(({ left }) => left)].reduce((sum, size) => sum + size, 0),
        pendingFileBytes: ownFiles.reduce((sum, { left }) => sum + left, 0),
        held: isHeld(settings),
        brought: {
          changeSets: brought.reduce((sum, { changeSets }) => sum + changeSets, 0),
          files: files.length - ownFiles.length,
        },
        refused: trayOf(ports, false).filter(({ leftAside, reissued }) => !leftAside && reissued === '').length,
        conflicts: conflicts(),
        spaces: storedSpaces(store.db).map((id) => ({ id, changeSets: counts.get(id) ?? 0, pending: bySpace.get(id) ?? 0 })),
        replica: store.replica,
        running: driver.isRunning(),
        schedule: schedule(),
      });
    },
    async 'sync.setSchedule'({ when, dailyCap }) {
      const before = dataBudgetOf(settings);
      const chosen = when === undefined ? before : withSyncTime(before, when, dayOf(ports.clock));
      keepDataBudget(settings, { ...chosen, dailyCap: dailyCap === undefined ? before.dailyCap : dailyCap });
      if (when === 'tomorrow' || when === 'asked') await driver.stop();
      automatic?.replan();
      return ok({});
    },
  };
  return {
    handlers,
    pending,
    conflicts,
    async close() {
      automatic?.stop();
      await driver.stop();
    },
  };
}
