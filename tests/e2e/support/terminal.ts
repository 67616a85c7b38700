import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { programIn } from '../../support/programs.ts';

export interface Terminal {
  /** One call of the desktop, as `npx itinera` makes it; a refusal is an error here. */
  call<T = unknown>(name: string, args?: unknown): Promise<T>;
  close(): Promise<void>;
}

/** What is said to the process behind all terminals (terminals-program.ts). */
export type ToTerminals =
  | { readonly is: 'open'; readonly terminal: number; readonly data: string }
  | { readonly is: 'line'; readonly terminal: number; readonly line: string }
  | { readonly is: 'close'; readonly terminal: number };

/** What it says: what a terminal answers to a line, and that it is closed. */
export type FromTerminals = { readonly terminal: number } & ({ readonly answer: string } | { readonly closed: true });

interface Open {
  answered(answer: string): void;
  closed(): void;
}

interface Terminals {
  say(message: ToTerminals): void;
  /** Keeps this program from ending as long as a terminal is open, and no longer. */
  hold(): void;
  readonly open: Map<number, Open>;
}

let terminals: Terminals | null = null;
let opened = 0;

/** The process behind the terminals of this worker: to start one for each costs as much as what most are asked to do. It ends with the worker. */
function startTerminals(): Terminals {
  const { file, env } = programIn(process.env['ITINERA_PROGRAMS'], 'terminals');
  const child = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'inherit'], env });
  const open = new Map<number, Open>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const said = JSON.parse(line) as FromTerminals;
    if ('answer' in said) open.get(said.terminal)?.answered(said.answer);
    else open.get(said.terminal)?.closed();
  });
  child.on('close', () => {
    terminals = null;
    for (const { closed } of [...open.values()]) closed();
  });
  const held = [child, child.stdin, child.stdout] as unknown as readonly { ref(): void; unref(): void }[];
  const hold = () => held.forEach((one) => (open.size > 0 ? one.ref() : one.unref()));
  return { say: (message) => void child.stdin.write(`${JSON.stringify(message)}\n`), hold, open };
}

/** A terminal on a data folder: what a test needs to be there before its journey begins, and a laptop without a window. */
export function openTerminal(data: string): Terminal {
  const { say, hold, open } = (terminals ??= startTerminals());
  const terminal = ++opened;
  const waiting: ((answer: string) => void)[] = [];
  const closed = new Promise<void>((resolve) => {
    open.set(terminal, {
      answered: (answer) => waiting.shift()?.(answer),
      closed() {
        open.delete(terminal);
        hold();
        for (const answer of waiting.splice(0)) answer('{"ok":false,"error":{"code":"terminal.closed","message":""}}');
        resolve();
      },
    });
  });
  hold();
  say({ is: 'open', terminal, data });
  return {
    async call<T>(name: string, args: unknown = {}) {
      const text = await new Promise<string>((resolve) => {
        waiting.push(resolve);
        say({ is: 'line', terminal, line: JSON.stringify({ call: name, args }) });
      });
      const answer = JSON.parse(text) as { ok: true; result: T } | { ok: false; error: { code: string; message: string } };
      if (!answer.ok) throw new Error(`${name}: ${answer.error.code} ${answer.error.message}`);
      return answer.result;
    },
    async close() {
      say({ is: 'close', terminal });
      await closed;
    },
  };
}

/** Does something at a terminal and leaves it, so that a window can open the folder. */
export async function atTerminal<T>(data: string, work: (terminal: Terminal) => Promise<T>): Promise<T> {
  const terminal = openTerminal(data);
  try {
    return await work(terminal);
  } finally {
    await terminal.close();
  }
}
