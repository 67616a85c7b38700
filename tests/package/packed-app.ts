import { spawn, type ChildProcess } from 'node:child_process';
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';

const PACKED = path.resolve(import.meta.dirname, '../../dist/linux-unpacked');
const PROGRAM = 'itinera';

/** The packed program while it runs. */
export interface PackedApp {
  /** Runs a script in its window, and returns what that fulfils; undefined while there is none. */
  inWindow<T>(script: string): Promise<T | undefined>;
  close(): Promise<void>;
}

/**
 * Makes a copy of the packed program, beside it, that takes a debugger of Node's and is the same otherwise: the one that is packed takes none, and drops the switch of the browser's
 * (`electron/main/lockdown.ts`), so that no test could look into it.
 */
export async function debuggableCopy(): Promise<string> {
  const packed = path.join(PACKED, PROGRAM);
  if (!existsSync(packed)) throw new Error('nothing is packed: npm run package');
  const program = `${packed}-debugged`;
  copyFileSync(packed, program);
  await flipFuses(program, { version: FuseVersion.V1, [FuseV1Options.EnableNodeCliInspectArguments]: true });
  return program;
}

/** Starts a program that takes a debugger. `programs`: the folder in which the system's own are looked for first. */
export async function startPacked(program: string, data: string, programs: string): Promise<PackedApp> {
  const sandbox = process.env['NO_SANDBOX'] ? ['--no-sandbox'] : [];
  const app = spawn(program, ['--inspect=0', ...sandbox, '--log-level=3', '--data', data], {
    env: { ...process.env, PATH: `${programs}:${process.env['PATH']}` },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const debug = await openDebugger(await debuggerAddress(app));
  return {
    inWindow: (script) =>
      debug.evaluate(`(() => {
        try {
          const { BrowserWindow } = process.getBuiltinModule('module').createRequire('/')('electron');
          return BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(${JSON.stringify(script)});
        } catch {}
      })()`),
    async close() {
      const ended = new Promise((resolve) => app.once('exit', resolve));
      // A program that is looked into waits for that to end.
      debug.close();
      app.kill();
      await ended;
      rmSync(program);
    },
  };
}

function debuggerAddress(app: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    app.once('error', reject);
    app.once('exit', () => reject(new Error('the packed program ended')));
    createInterface({ input: app.stderr! }).on('line', (line) => {
      const address = /^Debugger listening on (ws:.*)$/.exec(line)?.[1];
      if (address !== undefined) resolve(address);
    });
  });
}

interface Evaluated {
  readonly id: number;
  /** Left out: the program was elsewhere by then, at its start for example. */
  readonly result?: { readonly result: { readonly value: unknown }; readonly exceptionDetails?: unknown };
}

interface Debugger {
  /** Returns what an expression fulfils in the program’s first process. */
  evaluate<T>(expression: string): Promise<T>;
  close(): void;
}

async function openDebugger(address: string): Promise<Debugger> {
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', reject, { once: true });
  });
  let asked = 0;
  const evaluate = <T>(expression: string) =>
    new Promise<T>((resolve, reject) => {
      const id = ++asked;
      const hear = ({ data }: MessageEvent<string>): void => {
        const answer = JSON.parse(data) as Evaluated;
        if (answer.id !== id) return;
        socket.removeEventListener('message', hear);
        if (answer.result?.exceptionDetails) reject(new Error(JSON.stringify(answer.result.exceptionDetails)));
        else resolve(answer.result?.result.value as T);
      };
      socket.addEventListener('message', hear);
      const params = { expression, awaitPromise: true, returnByValue: true };
      socket.send(JSON.stringify({ id, method: 'Runtime.evaluate', params }));
    });
  return { evaluate, close: () => socket.close() };
}
