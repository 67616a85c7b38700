import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { ROOT } from './engine.ts';

/** A network of its own for one program, as one laptop has it. */
export interface Place {
  /** Its address on the cable. */
  readonly host: string;
  /** Runs `ip ...` there. */
  ip(...args: string[]): Promise<void>;
  /** Starts the program's command line there, one call a line. */
  engine(data: string): PlacedEngine;
}

export interface PlacedEngine {
  call<T>(name: string, args?: unknown): Promise<T>;
  stop(): Promise<void>;
}

export interface Cable {
  readonly places: readonly [Place, Place];
  /** Ends what was started in them; the networks go with it. */
  cut(): Promise<void>;
}

/**
 * Two network namespaces joined by a pair of virtual cards, with no other way out: two laptops on one cable. As root or, where the system lets an
 * ordinary user have namespaces, as one. Throws, saying why, where neither is possible.
 */
export async function joinByCable(): Promise<Cable> {
  const user = process.getuid?.() !== 0;
  const holders: ChildProcess[] = [];
  const hold = async (command: string, args: readonly string[]): Promise<number> => {
    const holder = spawn(command, [...args, 'sh', '-c', 'echo here; exec cat'], { stdio: ['pipe', 'pipe', 'pipe'] });
    holders.push(holder);
    let said = '';
    holder.stderr!.setEncoding('utf8').on('data', (text: string) => (said += text));
    const began = await Promise.race([
      once(holder.stdout!, 'data').then(() => true),
      once(holder, 'exit').then(() => false),
      once(holder, 'error').then(([error]) => ((said += String(error)), false)),
    ]);
    if (!began) throw new Error(`this test needs network namespaces, and cannot have them (${command} ${args.join(' ')}): ${said.trim()}`);
    return holder.pid!;
  };
  const cut = async (): Promise<void> => {
    for (const holder of holders) {
      if (holder.exitCode !== null || holder.signalCode !== null) continue;
      const gone = once(holder, 'exit');
      holder.stdin!.end();
      await gone;
    }
  };
  try {
    const first = await hold('unshare', user ? ['-r', '-n'] : ['-n']);
    const inside = (pid: number, net: boolean): string[] => [
      '-t',
      String(pid),
      ...(user ? ['-U', '--preserve-credentials'] : []),
      ...(net ? ['-n'] : []),
    ];
    // An ordinary user's second network lies in the same user namespace, or the cable could not reach it.
    const second = user ? await hold('nsenter', [...inside(first, false), 'unshare', '-n']) : await hold('unshare', ['-n']);
    const place = (pid: number, host: string): Place => ({
      host,
      async ip(...args) {
        await promisify(execFile)('nsenter', [...inside(pid, true), 'ip', ...args]);
      },
      engine: (data) => placedEngine(['nsenter', ...inside(pid, true)], data),
    });
    const places = [place(first, '10.77.0.1'), place(second, '10.77.0.2')] as const;
    await places[0].ip('link', 'add', 'cable0', 'type', 'veth', 'peer', 'name', 'cable1', 'netns', String(second));
    for (const [number, one] of places.entries()) {
      await one.ip('addr', 'add', `${one.host}/24`, 'dev', `cable${number}`);
      await one.ip('link', 'set', `cable${number}`, 'up');
      await one.ip('link', 'set', 'lo', 'up');
    }
    return { places: [...places], cut };
  } catch (error) {
    await cut();
    throw error;
  }
}

function placedEngine(into: readonly string[], data: string): PlacedEngine {
  const [command, ...args] = [...into, process.execPath, path.join(ROOT, 'electron/cli.ts'), '--data', data, 'batch', '--continue'];
  const child = spawn(command!, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async call<T>(name: string, callArgs: unknown = {}) {
      child.stdin.write(`${JSON.stringify({ call: name, args: callArgs })}\n`);
      const line = await lines.next();
      if (line.done) throw new Error(`the program ended: ${said}`);
      const answer = JSON.parse(line.value) as { ok: boolean; result?: unknown; error?: { code: string } };
      if (!answer.ok) throw new Error(`${name}: ${answer.error?.code}`);
      return answer.result as T;
    },
    async stop() {
      if (child.exitCode !== null) return;
      const gone = once(child, 'exit');
      child.stdin.end();
      await gone;
    },
  };
}
