import type { FromEngineProcess, ToEngineProcess } from '../../shared/contract/engine-process.ts';
import { serve, type Dispatcher, type FromEngine } from '../../shared/contract/rpc.ts';
import { shellPort } from '../../shared/contract/shell-port.ts';
import { confirmCalls, type Ask } from './asked-calls.ts';
import { replaceDamaged, sourceOf } from './backup/restore.ts';
import { openEngine, type Engine, type EngineOptions } from './engine.ts';
import { grantedPaths, type GrantedPaths } from './granted-paths.ts';
import { shellPresses } from './shell-presses.ts';
import { stateFolder } from './state-folder.ts';
import type { Vault } from './vault/vault.ts';

interface Running {
  readonly engine: Engine;
  readonly granted: GrantedPaths;
}

/**
 * Runs the engine as a process of the shell's: opens the data folder that the shell names (`vaultOf`: by what vault), serves each window on its port, and says to the
 * shell over `shell` how it stands. `end`: called when the shell has asked for the end and the store is closed.
 */
export function runEngineProcess(shell: Electron.ParentPort, vaultOf: (folder: string) => Vault, end: () => void): void {
  let running: Promise<Running | null> | undefined;
  const tell = (message: FromEngineProcess) => shell.postMessage(message);
  const port = shellPort(tell, (run, ms) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  });
  const presses = shellPresses(tell);
  const ask: Ask = async (question) => {
    const answer = await port.ask('confirm', question);
    return answer.ok && answer.value;
  };

  async function start(message: ToEngineProcess & { type: 'open' }): Promise<Running | null> {
    const { folder, restore } = message;
    const replacing = restoring(restore);
    const opened = await openEngine({
      vault: vaultOf(folder),
      resources: message.resources,
      locales: message.locales,
      language: message.language,
      background: true,
      state: stateFolder() ?? undefined,
      before: replacing?.replace,
      shell: port.ask,
      startPress: () => presses.start(),
    });
    const failed = (refusal: Pick<FromEngineProcess & { type: 'failed' }, 'code' | 'details'>): void =>
      tell({ type: replacing?.isRefused() ? 'notRestored' : 'failed', code: refusal.code, details: refusal.details });
    if (!opened.ok) {
      failed(opened.refusal);
      return null;
    }
    const engine = opened.value;
    if (engine.state() === 'locked') tell({ type: 'locked' });
    void engine.opened.then((done) => (done.ok ? tell({ type: 'opened', salvaged: engine.salvaged }) : failed(done.refusal)));
    return { engine, granted: grantedPaths(folder) };
  }

  /** Answers a window's calls, and tells it what changed, until its port closes. Its calls wait in the port meanwhile. */
  async function serveWindow(window: Electron.MessagePortMain): Promise<void> {
    const here = await running;
    if (!here) {
      window.close();
      return;
    }
    const { engine, granted } = here;
    const send = (message: FromEngine) => window.postMessage(message);
    // A path that was not granted is refused before anybody is asked.
    const guarded = granted.guard(confirmCalls(engine.dispatcher, ask, engine.speak), engine.speak);
    const receive = serve(lockedFirst(engine, guarded), send, engine.speak, { door: 'window' }, setImmediate);
    const stop = engine.onChanged((topics) => send({ type: 'changed', topics }));
    window.on('message', (event) => receive(event.data));
    window.on('close', stop);
    if (engine.state() === 'locked') {
      send({ type: 'vault', state: 'locked' });
      void engine.opened.then((done) => done.ok && send({ type: 'vault', state: 'opened' }));
    }
    window.start();
  }

  async function giveCopy({ id, sha256, to }: ToEngineProcess & { type: 'handOut' }): Promise<void> {
    const here = await running;
    tell({ type: 'handedOut', id, outcome: here ? await here.engine.handOut(sha256, to) : 'failed' });
  }

  async function close(): Promise<void> {
    const here = await running;
    await here?.engine.close();
    end();
  }

  // A message of the shell's own program; nothing else holds this port.
  shell.on('message', (event) => {
    const message = event.data as ToEngineProcess;
    if (message.type === 'open') running ??= start(message);
    else if (message.type === 'close') void close();
    else if (message.type === 'answer') port.receive(message);
    else if (message.type === 'window') void serveWindow(event.ports[0]!);
    else if (message.type === 'handOut') void giveCopy(message);
    else if (message.type === 'press') presses.receive(message.id, event.ports[0]!);
    else
      void running?.then((here) => {
        here?.granted.add(message.path);
        tell({ type: 'granted', id: message.id });
      });
  });
}

/** Puts the backup that the shell names in the place of a damaged store; undefined where it names none. */
function restoring(restore: (ToEngineProcess & { type: 'open' })['restore']) {
  if (restore === undefined) return undefined;
  let refused = false;
  const account = typeof restore === 'object' ? restore.account : undefined;
  const replace: NonNullable<EngineOptions['before']> = (vault) => {
    const replaced = replaceDamaged(vault, sourceOf(vault, restore), Date.now(), { account: account ?? 'ask' });
    refused = !replaced.ok;
    return replaced;
  };
  return { replace, isRefused: () => refused };
}

/** Nobody is asked about a call that a locked vault refuses. */
function lockedFirst({ state, dispatcher }: Engine, asking: Dispatcher): Dispatcher {
  return { dispatch: (name, args, context) => (state() === 'locked' ? dispatcher : asking).dispatch(name, args, context) };
}
