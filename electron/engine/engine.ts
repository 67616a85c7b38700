import { setTimeout } from 'node:timers/promises';
import type { Topic } from '../../shared/contract/call.ts';
import { TOPICS } from '../../shared/contract/call.ts';
import type { Dispatcher, Speak } from '../../shared/contract/rpc.ts';
import { askHere, NO_SHELL, type AskShell } from '../../shared/contract/shell-port.ts';
import type { VaultState } from '../../shared/contract/vault-state.ts';
import type { Clock, Random } from '../../shared/kernel/ports.ts';
import { ok, type Result } from '../../shared/kernel/result.ts';
import type { Language } from '../../shared/kernel/text.ts';
import type { HandedOut } from '../../shared/contract/engine-process.ts';
import { nodeClock, nodeRandom } from '../../shared/node/crypto.ts';
import { handOut } from './files/hand-out.ts';
import { storeRefusal } from '../../shared/node/store/sqlite/refusals.ts';
import type { Answering } from '../../shared/node/threads/limited-thread.ts';
import type { SqliteStore } from '../../shared/node/store/sqlite/sqlite-store.ts';
import { prepareRestore } from './backup/restore.ts';
import { changeTopics } from './change-topics.ts';
import { faultLog } from './faults.ts';
import type { Restore } from './features/store.ts';
import { openSentences } from './sentences.ts';
import { openSession, type Session, type Surroundings } from './session.ts';
import { callGate } from './call-gate.ts';
import { lockedCalls } from './vault/locked-calls.ts';
import type { OpenedVault, Vault } from './vault/vault.ts';

export interface EngineOptions {
  /** What opens the data folder, which is made when it is not there. */
  readonly vault: Vault;
  /** Bundled courses, questionnaires, the sample workshop. */
  readonly resources: string;
  /** `locales/`. */
  readonly locales: string;
  readonly clock?: Clock;
  readonly random?: Random;
  /** What the computer speaks; counts until the user has chosen. */
  readonly language?: Language;
  /** Where this machine's tokens lie (`stateFolder`); left out: a copied data folder is not told from the one it was copied from. */
  readonly state?: string | undefined;
  /** Sync and back up by itself, as the app does; a command does what it was asked and ends. */
  readonly background?: boolean;
  /** Asks the shell for its services; left out: there is none, and each is refused (`shell.notHere`). */
  readonly shell?: AskShell;
  /** Starts a process that sets papers; left out: from plain Node. */
  readonly startPress?: (() => Answering) | undefined;
  /** Done once the vault is opened, before its store is; what it refuses, the opening does. */
  readonly before?: ((vault: OpenedVault) => Result<unknown>) | undefined;
}

/** All data, behind the calls of the desktop contract. */
export interface Engine {
  readonly dispatcher: Dispatcher;
  /** A refusal as a sentence in the user's language. */
  readonly speak: Speak;
  /** While it is locked nothing of the data folder is open, and calls are refused (`vault.locked`) but for those that need no store. */
  state(): VaultState;
  /** Fulfilled once the vault was opened and its store with it, or with why the store does not open. */
  readonly opened: Promise<Result<null>>;
  /** How many change-sets were brought over from a damaged store when this one took its place; null: none waited. */
  readonly salvaged: number | null;
  onChanged(listener: (topics: readonly Topic[]) => void): () => void;
  /** Writes a copy of a file to a path that the shell chose. */
  handOut(sha256: string, to: string): Promise<HandedOut>;
  close(): Promise<void>;
}

/** A store that could not be opened again (a full disk) is tried again. */
const REOPENED_EVERY_MS = 1_000;

/**
 * Opens the engine on a vault: its store, its files, the bundled library. Where the vault is locked the engine is there all the same, and opens all of that once the
 * vault is opened. Refuses as `openStore` and `ingestLibrary` do (`store.inUse`, `store.newer`, `store.damaged`, `storage.readOnly`, `storage.full`,
 * `library.missing` ...); nothing is then open.
 */
export async function openEngine(options: EngineOptions): Promise<Result<Engine>> {
  const { vault, resources, locales, clock = nodeClock, random = nodeRandom, language = 'en', background = false, state } = options;
  const { shell = askHere(NO_SHELL) } = options;
  const topics = changeTopics();
  const sentences = openSentences(locales);
  const gate = callGate('store.restore');
  let session: Session | null = null;
  let closing = false;

  const openIn = (opened: OpenedVault): ReturnType<typeof openSession> => {
    const surroundings: Surroundings = {
      ...{ vault: opened, resources, clock, random, language, background, state, sentences, topics, onTwin, shell },
      startPress: options.startPress,
      restore: (source, account) => restore(opened, source, account),
    };
    return openSession(surroundings);
  };

  const restore = async (opened: OpenedVault, ...[source, account]: Parameters<Restore>): ReturnType<Restore> => {
    const before = present(session);
    signWhereWhole(before.store);
    const prepared = await prepareRestore(opened, before.store.db, source, clock.now(), { account });
    if (!prepared.ok) return prepared;
    await before.close().catch(unlessDamaged);
    prepared.value.swap();
    let after = await openIn(opened);
    const refused = after.ok ? null : after;
    if (refused) {
      prepared.value.swapBack();
      after = await openIn(opened);
    }
    if (!after.ok) return after;
    session = after.value;
    topics.touch(...TOPICS);
    if (refused) return refused;
    const { store, salvaged } = after.value;
    const { changeSets } = store.reader.get<{ changeSets: number }>('select count(*) as changeSets from change_set') ?? { changeSets: 0 };
    const { kept, unproven, account: became } = prepared.value;
    return ok({ kept, unproven, account: became, changeSets, salvaged: salvaged ?? 0 });
  };

  // Closed and opened again it is another replica; what was asked meanwhile waits, and nothing is lost.
  const takeAnotherName = async (): Promise<void> => {
    await present(session).close();
    const opened = await vault.whenOpened();
    for (;;) {
      const again = await openIn(opened);
      if (again.ok) {
        session = again.value;
        break;
      }
      await setTimeout(REOPENED_EVERY_MS);
    }
    topics.touch(...TOPICS);
  };
  const onTwin = (): void => {
    if (!closing) void gate.exclusive(async () => (closing ? undefined : takeAnotherName()));
  };

  const begin = async (opened: OpenedVault): Promise<Result<null>> => {
    // Closed while it was locked.
    if (closing) return ok(null);
    const done = options.before?.(opened);
    if (done?.ok === false) return done;
    const first = await openIn(opened);
    if (!first.ok) return first;
    session = first.value;
    return ok(null);
  };
  const beginLater = async (opened: OpenedVault): Promise<Result<null>> => {
    let begun: Result<null> = ok(null);
    // What is asked meanwhile waits for it.
    await gate.exclusive(async () => {
      begun = await begin(opened);
    });
    return begun;
  };

  let opened: Promise<Result<null>>;
  if (vault.opened) {
    const begun = await begin(vault.opened);
    if (!begun.ok) return begun;
    opened = Promise.resolve(begun);
  } else opened = vault.whenOpened().then(beginLater);

  const speak: Speak = (refusal) => sentences.speak(session?.language() ?? language, refusal);
  const locked = lockedCalls(
    language,
    speak,
    faultLog(vault.folder, () => clock.now()),
  );
  return ok({
    speak,
    opened,
    state: () => (session ? 'opened' : 'locked'),
    get salvaged() {
      return session?.salvaged ?? null;
    },
    dispatcher: gate.wrap((name, args, context) => (session?.dispatcher ?? locked).dispatch(name, args, context)),
    onChanged: (listener) => topics.onChanged(listener),
    handOut: (sha256, to) => (session ? handOut(session.handedOut, sha256, to) : Promise.resolve('failed')),
    async close() {
      closing = true;
      await gate.exclusive(() => Promise.resolve());
      await gate.idle();
      await session?.close();
      topics.close();
    },
  });
}

/** The session that runs; what closes or replaces one comes from within it. */
function present(session: Session | null): Session {
  if (!session) throw new Error('the vault is locked');
  return session;
}

/** Before a backup is put in its place; a store that is too damaged for that goes without. */
function signWhereWhole(store: SqliteStore): void {
  try {
    store.signRuns();
  } catch (error) {
    unlessDamaged(error);
  }
}

function unlessDamaged(error: unknown): void {
  if (storeRefusal(error)?.code !== 'store.damaged') throw error;
}
