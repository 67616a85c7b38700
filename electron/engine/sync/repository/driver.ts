import type { ExchangeRefusal } from '../../../../shared/features/sync/refusals.ts';
import type { CallContext, Progress } from '../../../../shared/contract/rpc.ts';
import { refuse, ok, type Result } from '../../../../shared/kernel/result.ts';
import { protectionOf } from '../../../../shared/features/sync/repository-address.ts';
import { accountOf } from './account.ts';
import type { Exchanging, SyncPorts, Tally } from '../context.ts';
import { doorOf } from './door.ts';
import { certifyEarlier, readmitLaptop, renewLaptop } from './enrol.ts';
import { dataBudgetOf, budgetOver } from './data-budget.ts';
import { recordRun, type TransferCounts } from '../history/run-history.ts';
import { remoteAt } from './remote.ts';
import { exchange, type RunOptions } from './run.ts';

/** A link that breaks is tried again at once; one that stays away is for the next run. */
const ATTEMPTS = 3;

/**
 * Runs exchanges, one at a time: a request during a run sees its progress and then gets a run of its own, for the one under way may have passed what it means.
 */
export interface Driver {
  run(options: RunOptions, call: CallContext, asked: boolean): Promise<Result<TransferCounts, ExchangeRefusal>>;
  isRunning(): boolean;
  /** Waits for the run under way after cancelling it. */
  stop(): Promise<void>;
}

/** The driver of an engine's exchanges. */
export function syncDriver(ports: SyncPorts): Driver {
  let current: Promise<Result<TransferCounts, ExchangeRefusal>> | null = null;
  let controller = new AbortController();
  const watching = new Set<(progress: Progress) => void>();

  const begin = (options: RunOptions, asked: boolean): Promise<Result<TransferCounts, ExchangeRefusal>> => {
    controller = new AbortController();
    const progress = (said: Progress): void => watching.forEach((watch) => watch(said));
    const running = oneRun(ports, options, asked, progress, controller.signal).finally(() => {
      current = null;
      // Only now is it over for whoever looks at the status.
      ports.store.announce(['sync']);
    });
    current = running;
    ports.store.announce(['sync']);
    return running;
  };

  return {
    async run(options, call, asked) {
      if (!accountOf(ports.settings)) return refuse('sync.notEnrolled');
      const watch = (progress: Progress): void => call.progress(progress);
      const cancel = (): void => controller.abort();
      watching.add(watch);
      try {
        call.signal.addEventListener('abort', cancel, { once: true });
        while (current) await current.catch(() => undefined);
        if (call.signal.aborted) return refuse('job.cancelled');
        return await begin(options, asked);
      } finally {
        watching.delete(watch);
        call.signal.removeEventListener('abort', cancel);
      }
    },
    isRunning: () => current !== null,
    async stop() {
      controller.abort();
      await current?.catch(() => undefined);
    },
  };
}

async function oneRun(
  ports: SyncPorts,
  options: RunOptions,
  asked: boolean,
  progress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Result<TransferCounts, ExchangeRefusal>> {
  const { metered } = dataBudgetOf(ports.settings);
  const mayCarryFiles = (): boolean => metered || !dataBudgetOf(ports.settings).metered;
  const tally: Tally = { pushed: 0, pulled: 0, refused: 0, filesUp: 0, filesDown: 0 };
  const traffic = { up: 0, down: 0, requests: 0 };
  const started = performance.now();
  let result: Result<null, ExchangeRefusal> = refuse('sync.notEnrolled');
  let fault: { readonly error: unknown } | null = null;
  try {
    ports.departures.prepare();
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const moved = { ...tally };
      result = await attemptRun({ ...ports, mayCarryFiles }, { ...options, asked }, tally, traffic, progress, signal);
      if (result.ok || result.refusal.code !== 'sync.interrupted') break;
      // A link that brings something each time is worth going on with.
      if (JSON.stringify(moved) !== JSON.stringify(tally)) attempt = 0;
      await new Promise((resolve) => setTimeout(resolve, ports.pause));
    }
  } catch (error) {
    fault = { error };
  }
  const moved: TransferCounts = { ...tally, bytesUp: traffic.up, bytesDown: traffic.down, requests: traffic.requests };
  const code = fault ? 'sync.failed' : result.ok ? '' : result.refusal.code;
  const at = new Date(ports.clock.now()).toISOString();
  recordRun(ports.settings, { ...moved, at, ok: code === '', code, milliseconds: Math.round(performance.now() - started) }, asked);
  if (fault) throw fault.error;
  return result.ok ? ok(moved) : result;
}

async function attemptRun(
  ports: SyncPorts & Pick<Exchanging, 'mayCarryFiles'>,
  options: RunOptions,
  tally: Tally,
  traffic: { up: number; down: number; requests: number },
  progress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Result<null, ExchangeRefusal>> {
  let account = accountOf(ports.settings)!;
  // Enrolled by a program that took any address.
  if ((protectionOf(account.url) ?? 'public') === 'public') return refuse('sync.plainHttp');
  let remote = remoteAt(account.url, doorOf(ports, account), signal);
  const before = { bytes: 0 };
  const budget = budgetOver(ports, () => {
    const { up, down } = remote.traffic();
    return before.bytes + up + down;
  });
  const close = (): void => {
    const { up, down, requests } = remote.traffic();
    budget.count();
    before.bytes += up + down;
    traffic.up += up;
    traffic.down += down;
    traffic.requests += requests;
    remote.close();
  };
  try {
    if (account.replica !== ports.store.replica) {
      const renewed = await renewLaptop(ports, account, remote);
      if (!renewed.ok) return renewed;
      close();
      account = renewed.value;
      remote = remoteAt(account.url, doorOf(ports, account), signal);
    }
    const certified = await certifyEarlier(ports, account, remote);
    if (!certified.ok && certified.refusal.code !== 'sync.credentialUnknown') return certified;
    const exchanged = await exchange({ ...ports, account, remote, budget, progress, signal, tally }, options);
    if (exchanged.ok || exchanged.refusal.code !== 'sync.credentialUnknown') return exchanged;
    // The repository was put back from an older copy and has lost this laptop: the certificate speaks for it.
    const readmitted = await readmitLaptop(ports, account, remote);
    if (!readmitted.ok) return readmitted;
    close();
    account = readmitted.value;
    remote = remoteAt(account.url, doorOf(ports, account), signal);
    return await exchange({ ...ports, account, remote, budget, progress, signal, tally }, options);
  } finally {
    close();
  }
}
