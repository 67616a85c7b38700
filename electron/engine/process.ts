// The engine as a process of its own: what the shell starts. It opens the data folder, and serves each window on its port.
import type { FromEngineProcess, ToEngineProcess } from '../../shared/contract/engine-process.ts';
import { serve, type FromEngine } from '../../shared/contract/rpc.ts';
import { askFirst, type Ask } from './asked-calls.ts';
import { openEngine, type Engine } from './engine.ts';
import { stateFolder } from './state-folder.ts';
import { grantedPaths, type GrantedPaths } from './granted-paths.ts';
import { writeForOwnerOnly } from '../../shared/node/files/private-folder.ts';
import { replaceDamaged, sourceOf } from './backup/restore.ts';

writeForOwnerOnly();

interface Opened {
  readonly engine: Engine;
  readonly granted: GrantedPaths;
}

let opening: Promise<Opened | null> | undefined;

const tell = (message: FromEngineProcess) => process.parentPort.postMessage(message);

/** Questions that the shell has put to the user and not yet answered. */
const questions = new Map<number, (yes: boolean) => void>();
let lastQuestion = 0;

const ask: Ask = (question) =>
  new Promise((resolve) => {
    questions.set(++lastQuestion, resolve);
    tell({ type: 'ask', id: lastQuestion, question });
  });

async function open(message: ToEngineProcess & { type: 'open' }): Promise<Opened | null> {
  const { folder, restore } = message;
  if (restore !== undefined) {
    const account = typeof restore === 'object' ? restore.account : undefined;
    const replaced = replaceDamaged(folder, sourceOf(folder, restore), Date.now(), { account: account ?? 'ask' });
    if (!replaced.ok) {
      tell({ type: 'notRestored', ...replaced.refusal });
      return null;
    }
  }
  const opened = await openEngine({
    folder,
    resources: message.resources,
    locales: message.locales,
    language: message.language,
    background: true,
    state: stateFolder() ?? undefined,
  });
  tell(opened.ok ? { type: 'opened', salvaged: opened.value.salvaged } : { type: 'failed', ...opened.refusal });
  return opened.ok ? { engine: opened.value, granted: grantedPaths(folder) } : null;
}

/** Answers a window's calls, and tells it what changed, until its port closes. Its calls wait in the port meanwhile. */
async function serveWindow(port: Electron.MessagePortMain): Promise<void> {
  const opened = await opening;
  if (!opened) {
    port.close();
    return;
  }
  const { engine, granted } = opened;
  const send = (message: FromEngine) => port.postMessage(message);
  // A path that was not granted is refused before anybody is asked.
  const guarded = granted.guard(askFirst(engine.dispatcher, ask, engine.speak), engine.speak);
  const receive = serve(guarded, send, engine.speak, { door: 'window' }, setImmediate);
  const stop = engine.onChanged((topics) => send({ type: 'changed', topics }));
  port.on('message', (event) => receive(event.data));
  port.on('close', stop);
  port.start();
}

async function giveCopy({ id, sha256, to }: ToEngineProcess & { type: 'handOut' }): Promise<void> {
  const opened = await opening;
  tell({ type: 'handedOut', id, outcome: opened ? await opened.engine.handOut(sha256, to) : 'failed' });
}

async function close(): Promise<void> {
  const opened = await opening;
  await opened?.engine.close();
  process.exit(0);
}

// A message of the shell's own program; nothing else holds this port.
process.parentPort.on('message', (event) => {
  const message = event.data as ToEngineProcess;
  if (message.type === 'open') opening ??= open(message);
  else if (message.type === 'close') void close();
  else if (message.type === 'answer') {
    questions.get(message.id)?.(message.yes);
    questions.delete(message.id);
  } else if (message.type === 'window') void serveWindow(event.ports[0]!);
  else if (message.type === 'handOut') void giveCopy(message);
  else
    void opening?.then((opened) => {
      opened?.granted.add(message.path);
      tell({ type: 'granted', id: message.id });
    });
});

// A terminal's Ctrl+C reaches every process; the shell decides when this one closes, and it cannot outlive the shell.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

// A bug ends the process, and the shell starts another. What is said of it holds no text of a person: the message may.
process.on('uncaughtException', (error) => {
  console.error(
    `engine: ${error.name}\n${(error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .join('\n')}`,
  );
  process.exit(1);
});
