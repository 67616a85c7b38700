import { spawn } from 'node:child_process';
import { programIn } from '../../support/programs.ts';

export interface Terminal {
  /** One call of the desktop, as `npx itinera` makes it; a refusal is an error here. */
  call<T = unknown>(name: string, args?: unknown): Promise<T>;
  close(): Promise<void>;
}

/** A terminal on a data folder: what a test needs to be there before its journey begins, and a laptop without a window. */
export function openTerminal(data: string): Terminal {
  const { file, env } = programIn(process.env['ITINERA_PROGRAMS'], 'cli');
  const child = spawn(process.execPath, [file, '--data', data, 'batch', '--continue'], { stdio: ['pipe', 'pipe', 'inherit'], env });
  const waiting: ((line: string) => void)[] = [];
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) waiting.shift()?.(line);
  });
  const closed = new Promise<void>((resolve) => child.on('close', () => resolve()));
  void closed.then(() => waiting.splice(0).forEach((answer) => answer('{"ok":false,"error":{"code":"terminal.closed","message":""}}')));
  return {
    async call<T>(name: string, args: unknown = {}) {
      const line = await new Promise<string>((resolve) => {
        waiting.push(resolve);
        child.stdin.write(`${JSON.stringify({ call: name, args })}\n`);
      });
      const answer = JSON.parse(line) as { ok: true; result: T } | { ok: false; error: { code: string; message: string } };
      if (!answer.ok) throw new Error(`${name}: ${answer.error.code} ${answer.error.message}`);
      return answer.result;
    },
    async close() {
      child.stdin.end();
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
