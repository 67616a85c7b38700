import { MessageChannelMain, utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';
import type { FromEngineProcess, HandedOut, ToEngineProcess } from '../../shared/contract/engine-process.ts';
import type { FromShell, RestoredFrom, StoreRestored } from '../../shared/contract/shell.ts';
import { answerAsked, type ShellServices } from '../../shared/contract/shell-port.ts';
import type { Language } from '../../shared/kernel/text.ts';
import { handOutsBy } from './hand-outs.ts';
import type { Places } from './places.ts';
import { servePresses } from './presses.ts';

/** An engine that cannot even open its folder this often in a row stays down until the user asks for it, ... */
const FAILED_STARTS = 3;
/** ... and so does one that opens and then crashes more often than this within a minute. */
const CRASHES_A_MINUTE = 20;
const CLOSING_MS = 10_000;

type Failure = FromShell & { type: 'engineFailed' };

/** The function that tells a window of the engine: a port, or that there is none. */
export type TellWindow = (message: FromShell, ports: MessagePortMain[]) => void;

export interface EngineHost {
  /** Starts it for the first time; nothing where it was started. */
  begin(): void;
  /** Gives a window a port now, and another whenever the engine was started again. Returns what ends that. */
  connect(tell: TellWindow): () => void;
  /** The user chose this path: the engine takes it in calls once this is fulfilled. */
  grant(chosen: string): Promise<void>;
  /** Has a copy of a file written to a path of the shell's own choosing. */
  handOut(sha256: string, to: string): Promise<HandedOut>;
  /** Starts again after a failure; nothing where it runs. Fulfilled once it is open or has failed again. */
  restart(): Promise<void>;
  /** After `store.damaged`: starts again on a backup. Rejects where the store is not damaged, or a path that the user did not choose. */
  restore(from: RestoredFrom): Promise<StoreRestored>;
  /** Ends what runs and closes the store. */
  close(): Promise<void>;
}

/**
 * Starts and restarts the engine's process, and passes its ports to windows. It is started by `begin`, and again when it crashes: what was confirmed is on
 * disk, so a new one goes on from there and windows only ask again. `services`: what the shell does for the engine.
 */
export function hostEngine(places: Places, language: Language, services: ShellServices): EngineHost {
  const windows = new Set<TellWindow>();
  let child: UtilityProcess | undefined;
  let failure: Failure | undefined;
  let crashes: number[] = [];
  let failedStarts = 0;
  let begun = false;
  let closing = false;
  /** Called when a start has ended one way or the other. */
  let decided: ((outcome: StoreRestored) => void)[] = [];

  const post = (message: ToEngineProcess, ports: MessagePortMain[] = []) => child?.postMessage(message, ports);
  const grants = grantsTo(post);
  const handOuts = handOutsBy(post);

  function start(restore?: RestoredFrom): void {
    const before = failure;
    failure = undefined;
    failedStarts++;
    const started = utilityProcess.fork(places.engine, [], { serviceName: 'Itinera engine', stdio: 'inherit' });
    child = started;
    servePresses(places.press, started);
    post({ type: 'open', ...foldersOf(places), language, ...(restore !== undefined && { restore }) });
    grants.sendAll();
    started.on('message', (message: FromEngineProcess) => {
      if (message.type === 'granted') grants.answered(message.id);
      else if (message.type === 'handedOut') handOuts.answered(message.id, message.outcome);
      else if (message.type === 'ask') {
        // To the engine that asked: another one has not.
        void answerAsked(services, message).then((answer) => answer && started.postMessage(answer));
      } else if (message.type === 'locked') {
        failedStarts = 0;
        // What takes the place of a damaged store is only put there once the vault is opened.
        if (restore === undefined) decide({ ok: true, salvaged: 0 });
      } else if (message.type === 'opened') {
        failedStarts = 0;
        decide({ ok: true, salvaged: message.salvaged ?? 0 });
      } else if (message.type === 'failed') fail(message.code, message.details);
      // The backup was not taken: the store is damaged as before.
      else if (message.type === 'notRestored' && before) stay(before, message);
    });
    started.on('exit', () => {
      grants.allAnswered();
      handOuts.allFailed();
      if (child !== started) return; // given up on before
      child = undefined;
      if (!closing) recover();
    });
    for (const tell of windows) givePort(tell);
  }

  function recover(): void {
    const now = performance.now();
    crashes = [...crashes.filter((time) => now - time < 60_000), now];
    if (failedStarts >= FAILED_STARTS || crashes.length > CRASHES_A_MINUTE) fail('engine.crashed', {});
    else start();
  }

  function fail(code: string, details: Readonly<Record<string, unknown>>): void {
    stay({ type: 'engineFailed', code, details }, { code, details });
  }

  function stay(failed: Failure, { code, details }: Pick<Failure, 'code' | 'details'>): void {
    failure = failed;
    post({ type: 'close' });
    child = undefined;
    for (const tell of windows) tell(failed, []);
    decide({ ok: false, code, details });
  }

  function decide(outcome: StoreRestored): void {
    for (const resolve of decided) resolve(outcome);
    decided = [];
  }

  function startAfterFailure(restore?: RestoredFrom): Promise<StoreRestored> {
    crashes = [];
    failedStarts = 0;
    start(restore);
    return new Promise((resolve) => decided.push(resolve));
  }

  function givePort(tell: TellWindow): void {
    const { port1, port2 } = new MessageChannelMain();
    post({ type: 'window' }, [port1]);
    tell({ type: 'port' }, [port2]);
  }

  return {
    begin() {
      if (begun || closing) return;
      begun = true;
      start();
    },
    connect(tell) {
      windows.add(tell);
      if (failure !== undefined) tell(failure, []);
      else if (child) givePort(tell);
      return () => windows.delete(tell);
    },
    async grant(chosen) {
      grants.add(chosen);
      if (child) await grants.send(chosen);
    },
    handOut: (sha256, to) => (child ? handOuts.ask(sha256, to) : Promise.resolve('failed')),
    async restart() {
      if (failure !== undefined && !closing) await startAfterFailure();
    },
    async restore(from) {
      if (failure?.code !== 'store.damaged') throw new Error('the store is not damaged');
      if (typeof from === 'object' && !grants.has(from.path)) throw new Error('not chosen by the user');
      return startAfterFailure(from);
    },
    async close() {
      closing = true;
      if (child) await endOf(child, () => post({ type: 'close' }));
    },
  };
}

function foldersOf({ data, resources, locales }: Places) {
  return { folder: data, resources, locales };
}

/** The paths that the user chose: every engine that is started is told of them. */
interface Grants {
  add(chosen: string): void;
  has(chosen: string): boolean;
  /** Fulfilled when the engine has answered, or is gone. */
  send(chosen: string): Promise<void>;
  sendAll(): void;
  answered(id: number): void;
  allAnswered(): void;
}

function grantsTo(post: (message: ToEngineProcess) => void): Grants {
  const granted = new Set<string>();
  const unanswered = new Map<number, () => void>();
  let last = 0;
  const send = (chosen: string): Promise<void> =>
    new Promise<void>((resolve) => {
      unanswered.set(++last, resolve);
      post({ type: 'grant', id: last, path: chosen });
    });
  const answered = (id: number): void => {
    unanswered.get(id)?.();
    unanswered.delete(id);
  };
  return {
    add: (chosen) => void granted.add(chosen),
    has: (chosen) => granted.has(chosen),
    send,
    sendAll() {
      for (const chosen of granted) void send(chosen);
    },
    answered,
    allAnswered() {
      for (const id of unanswered.keys()) answered(id);
    },
  };
}

/** Fulfilled when the process is gone; it is told to end, and ended where it does not. */
function endOf(running: UtilityProcess, tell: () => void): Promise<void> {
  return new Promise((resolve) => {
    const limit = setTimeout(() => running.pid !== undefined && process.kill(running.pid, 'SIGKILL'), CLOSING_MS);
    running.once('exit', () => {
      clearTimeout(limit);
      resolve();
    });
    tell();
  });
}
