import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** The time and the memory that a process and those that it started took. */
export interface Taken {
  /** Seconds. */
  readonly wall: number;
  /** Seconds of all of them, as far as they were seen. */
  readonly cpu: number;
  /** The largest memory of each program, by what stands in its command line; MB. Empty where the system does not tell. */
  readonly peaks: ReadonlyMap<string, number>;
}

/** How often they are looked at, in milliseconds. */
const EVERY = 15;

/** Runs a program to its end; throws where that is not 0. */
export async function watch(program: string, args: readonly string[]): Promise<Taken> {
  const from = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const seen = watchTree(child.pid!);
  const code = await new Promise((resolve) => child.once('exit', resolve));
  const taken = { wall: (performance.now() - from) / 1_000, ...seen.end() };
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${String(code)}`);
  return taken;
}

/** Looks at a process and its descendants until `end`. */
export function watchTree(root: number): { end(): Omit<Taken, 'wall'> } {
  const peaks = new Map<string, number>();
  const cpu = new Map<number, number>();
  const look = (): void => {
    for (const pid of [root, ...descendants(root)]) {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024;
        const times = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
        cpu.set(pid, (Number(times[11]) + Number(times[12])) / 100);
        if (peak > (peaks.get(command) ?? 0)) peaks.set(command, peak);
      } catch {
        // It has ended, or this system does not tell.
      }
    }
  };
  const timer = setInterval(look, EVERY);
  return {
    end() {
      clearInterval(timer);
      return { cpu: [...cpu.values()].reduce((sum, one) => sum + one, 0), peaks };
    },
  };
}

/** The process ids of whatever a process started, and of what those started. */
export function descendants(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
      const children = readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
      return [...children, ...children.flatMap(descendants)];
    });
  } catch {
    return [];
  }
}
