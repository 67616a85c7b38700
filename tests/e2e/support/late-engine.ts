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

/** Opens the vault, or asks the shell; bytes go to the test and come from it as base64. */
async function answerTest({ service, args = {} }: ToTest): Promise<void> {
  if (service === undefined) return late?.open();
  const bytes = (value: unknown, key: string) =>
    ['secret', 'sealed'].includes(key) ? Uint8Array.from(Buffer.from(String(value), 'base64')) : value;
  const given = Object.fromEntries(Object.entries(args).map(([key, value]) => [key, bytes(value, key)]));
  const outcome = await port.ask(service, given as unknown as ServiceArgs<ShellService>);
  const text = JSON.stringify(outcome, (_key, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
  );
  outer.postMessage({ type: 'tested', outcome: JSON.parse(text) as unknown });
}

runEngineProcess(
  inner,
  (folder) => {
    late = lateVault(folder);
    return late.vault;
  },
  () => process.exit(0),
);
