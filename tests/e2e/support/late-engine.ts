// The engine's process on a vault that the test opens, and that asks the shell what the test wants asked. Built by `late-window.ts`.
import { runEngineProcess } from '../../../electron/engine/engine-process.ts';
import { shellPort } from '../../../shared/contract/shell-port.ts';
import type { ServiceArgs, ShellService } from '../../../shared/contract/shell-services.ts';
import { writeForOwnerOnly } from '../../../shared/node/files/private-folder.ts';
import { lateVault, type LateVault } from '../../support/late-vault.ts';

type ToTest = { readonly type: 'test'; readonly service?: ShellService; readonly args?: Readonly<Record<string, unknown>> };

writeForOwnerOnly();
const outer = process.parentPort;
let late: LateVault | undefined;
/** Beside those of the engine's own questions. */
const OFFSET = 1_000_000;
const port = shellPort(
  (message) => outer.postMessage({ ...message, id: message.id + OFFSET }),
  (run, ms) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
);

const inner = {
  postMessage: (message: unknown) => outer.postMessage(message),
  on: (_name: 'message', listener: (event: Electron.MessageEvent) => void) =>
    outer.on('message', (event) => {
      const message = event.data as { readonly type: string; readonly id?: number };
      if (message.type === 'test') void answerTest(message as ToTest);
      else if (message.type === 'answer' && message.id! > OFFSET) port.receive({ ...message, id: message.id! - OFFSET });
      else listener(event);
    }),
} as unknown as Electron.ParentPort;

/** Opens the vault, or asks the shell. */
async function answerTest({ service, args = {} }: ToTest): Promise<void> {
  if (service === undefined) return late?.open();
  outer.postMessage({ type: 'tested', outcome: await port.ask(service, args as unknown as ServiceArgs<ShellService>) });
}

runEngineProcess(
  inner,
  (folder) => {
    late = lateVault(folder);
    return late.vault;
  },
  () => process.exit(0),
);
