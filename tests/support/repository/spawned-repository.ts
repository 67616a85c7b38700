import { fork } from 'node:child_process';
import { programOfRun } from '../programs.ts';
import type { Questions } from './repository-process.ts';

/** A repository in a process of its own, which a test may see die. */
export interface SpawnedRepository {
  readonly url: string;
  ask<K extends keyof Questions>(what: K, ...args: Parameters<Questions[K]>): Promise<Awaited<ReturnType<Questions[K]>>>;
  /** Resolves when it is gone, with what ended it. */
  readonly gone: Promise<NodeJS.Signals | number | null>;
  isAlive(): boolean;
  stop(): Promise<void>;
}

/** Starts one. `killAt`: the step at which it kills itself (killing.ts). `heap`: megabytes of JavaScript's own memory. */
export async function spawnRepository(
  folder: string,
  options: { readonly port?: number; readonly killAt?: number | null; readonly heap?: number } = {},
): Promise<SpawnedRepository> {
  const { port = 0, killAt = null, heap } = options;
  const { file, env } = await programOfRun('repository-process');
  const child = fork(file, [folder, String(port), killAt === null ? '' : String(killAt)], {
    env,
    execArgv: heap === undefined ? [] : [`--max-old-space-size=${heap}`],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let alive = true;
  const gone = new Promise<NodeJS.Signals | number | null>((resolve) => {
    child.once('exit', (code, signal) => {
      alive = false;
      for (const { reject } of waiting.values()) reject(new Error(`the repository ended: ${signal ?? code}`));
      resolve(signal ?? code);
    });
  });
  let next = 0;
  const url = await new Promise<string>((resolve) => {
    child.on('message', (said: { url?: string; id?: number; value?: unknown }) => {
      if (said.url !== undefined) return resolve(said.url);
      waiting.get(said.id!)?.resolve(said.value);
      waiting.delete(said.id!);
    });
    // It may be killed before it listens.
    void gone.then(() => resolve(''));
  });
  const repository: SpawnedRepository = {
    url,
    ask: (what, ...args) =>
      new Promise((resolve, reject) => {
        const id = next++;
        waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
        // It may die between the question and here.
        if (alive && child.connected) child.send({ id, what, args }, (error) => error && reject(error));
        else reject(new Error('the repository is gone'));
      }),
    gone,
    isAlive: () => alive,
    async stop() {
      if (alive) await repository.ask('close').catch(() => undefined);
      await gone;
    },
  };
  return repository;
}
