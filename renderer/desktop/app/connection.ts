import i18next from 'i18next';
import { create } from 'zustand';
import type { ArgsOf, ResultOf, Topic } from '../../../shared/contract/call.ts';
import type { DesktopCall, DesktopContract } from '../../../shared/contract/desktop.ts';
import { CallRefused, client, type CallOptions, type Client, type FromEngine } from '../../../shared/contract/rpc.ts';
import type { FromShell, RestoredFrom, StoreRestored } from '../../../shared/contract/shell.ts';
import { VAULT_LOCKED, type VaultState } from '../../../shared/contract/vault-state.ts';

/** The arguments that a screen passes. Where a call takes `seen` the window always says it: only a terminal may leave it out. */
export type Args<K extends DesktopCall> = SayingSeen<ArgsOf<DesktopContract[K]>>;
type SayingSeen<A> = string extends keyof A ? A : 'seen' extends keyof A ? Omit<A, 'seen'> & { readonly seen: NonNullable<A['seen']> } : A;
export type Answer<K extends DesktopCall> = ResultOf<DesktopContract[K]>;
/** A call that is answered while the vault is locked. */
export type LockedCall = { [K in DesktopCall]: DesktopContract[K] extends { readonly whileLocked: true } ? K : never }[DesktopCall];

/** The code of a call that was under way when the engine went away; a read is asked again, a write is said to the user. */
export const ENGINE_LOST = 'window.engineLost';

interface Connection {
  readonly client: Client<DesktopContract>;
  /** What rejects the calls under way. */
  readonly open: Set<(lost: CallRefused) => void>;
  /** As the engine said last; of a vault that was never locked it says nothing. */
  vault: VaultState;
}

/**
 * Whether the engine answers; `locked`: it does, but has nothing open before its vault is opened. `failed` with the code of the sentence that says why there is none. `restoring`: a damaged store is being replaced, and by what; `notRestored`: why
 * that was not done.
 */
export const useEngineState = create<{
  readonly state: 'starting' | 'ready' | 'locked' | 'lost' | 'failed';
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly restoring: RestoredFrom | null;
  readonly notRestored: (StoreRestored & { readonly ok: false }) | null;
}>(() => ({
  state: 'starting',
  code: '',
  details: {},
  restoring: null,
  notRestored: null,
}));

const topicListeners = new Set<(topics: readonly Topic[]) => void>();
const restartListeners = new Set<() => void>();
let started = false;
let waiting: ((connection: Connection) => void)[] = [];
let current: Connection | undefined;

/** Waits for the port that the preload hands over, and for a new one each time the engine is started again. */
export function listenForEngine(): void {
  window.addEventListener('message', (event) => {
    if (event.source !== window || event.origin !== window.location.origin) return;
    const message = event.data as FromShell;
    const port = event.ports[0];
    if (message.type === 'port' && port) connect(port);
    if (message.type === 'engineFailed') useEngineState.setState({ state: 'failed', code: message.code, details: message.details });
  });
}

/** Has a damaged store replaced; how many change-sets were read from it, or null where nothing was replaced. */
export async function restoreStore(from: RestoredFrom): Promise<number | null> {
  useEngineState.setState({ restoring: from, notRestored: null });
  const outcome = await window.shell.restoreStore(from).finally(() => useEngineState.setState({ restoring: null }));
  if (outcome.ok) return outcome.salvaged;
  useEngineState.setState({ notRestored: outcome });
  return null;
}

function connect(port: MessagePort): void {
  if (current) lose(current);
  const connection: Connection = {
    client: client<DesktopContract>(
      (message) => port.postMessage(message),
      (receive) => {
        port.onmessage = (event: MessageEvent<FromEngine>) => receive(event.data);
      },
    ),
    open: new Set(),
    vault: 'opened',
  };
  port.addEventListener('close', () => {
    if (current !== connection) return;
    current = undefined;
    // The port of an engine that could not start closes too.
    useEngineState.setState((engine) => (engine.state === 'failed' ? engine : { state: 'lost' }));
    lose(connection);
  });
  connection.client.onChanged((topics) => topicListeners.forEach((listener) => listener(topics)));
  connection.client.onVault((state) => heardOfVault(connection, state));
  current = connection;
  useEngineState.setState({ state: 'ready' });
  serveWaiting(connection);
  if (started) restartListeners.forEach((listener) => listener());
  started = true;
}

function serveWaiting(connection: Connection): void {
  waiting.forEach((resolve) => resolve(connection));
  waiting = [];
}

function heardOfVault(connection: Connection, state: VaultState): void {
  if (current !== connection) return;
  connection.vault = state;
  useEngineState.setState({ state: state === 'locked' ? 'locked' : 'ready' });
  if (state === 'opened') serveWaiting(connection);
}

function lose(connection: Connection): void {
  const lost = new CallRefused({ code: ENGINE_LOST, message: i18next.t('app:engineLost'), details: {} });
  connection.open.forEach((reject) => reject(lost));
  connection.open.clear();
}

/** One call to the engine; waits for it while it starts, or is locked. Rejects with a `CallRefused`. */
export async function call<K extends DesktopCall>(name: K, args: Args<K>, options: CallOptions = {}): Promise<Answer<K>> {
  for (;;) {
    const open = current?.vault === 'opened' ? current : undefined;
    const connection = open ?? (await new Promise<Connection>((resolve) => waiting.push(resolve)));
    try {
      return await callOn(connection, name, args, options);
    } catch (error) {
      // It was on its way before the engine had said so, and did nothing.
      if (!(error instanceof CallRefused && error.code === VAULT_LOCKED)) throw error;
    }
  }
}

/** One call that is answered while the vault is locked. Rejects with a `CallRefused`. */
export async function callWhileLocked<K extends LockedCall>(name: K, args: Args<K>): Promise<Answer<K>> {
  return callOn(current ?? (await new Promise<Connection>((resolve) => waiting.push(resolve))), name, args, {});
}

function callOn<K extends DesktopCall>(connection: Connection, name: K, args: Args<K>, options: CallOptions): Promise<Answer<K>> {
  return new Promise((resolve, reject) => {
    connection.open.add(reject);
    connection.client
      .call(name, args as ArgsOf<DesktopContract[K]>, options)
      .then(resolve, reject)
      .finally(() => connection.open.delete(reject));
  });
}

/** Tells `listener` which topics changed, whoever changed them; returns what stops it. */
export function onTopics(listener: (topics: readonly Topic[]) => void): () => void {
  topicListeners.add(listener);
  return () => topicListeners.delete(listener);
}

/** Tells `listener` when another engine answers than before; returns what stops it. */
export function onRestart(listener: () => void): () => void {
  restartListeners.add(listener);
  return () => restartListeners.delete(listener);
}
