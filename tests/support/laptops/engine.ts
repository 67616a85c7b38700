import path from 'node:path';
import { openEngine, type Engine } from '../../../electron/engine/engine.ts';
import type { SpokenRefusal } from '../../../shared/contract/rpc.ts';
import type { Result } from '../../../shared/kernel/result.ts';
import { quietCall } from '../quiet-call.ts';
import { alwaysOpen } from '../../../electron/engine/vault/vault.ts';

export const ROOT = path.resolve(import.meta.dirname, '../../..');

export interface TestEngine {
  /** Runs a call; a refusal is an error here. */
  call<T>(name: string, args?: unknown): Promise<T>;
  try(name: string, args?: unknown): Promise<{ ok: true; result: unknown } | { ok: false; error: SpokenRefusal }>;
  readonly salvaged: number | null;
  close(): Promise<void>;
}

/** A real engine on a folder, in this process. */
export async function openTestEngine(folder: string, state?: string): Promise<TestEngine> {
  const opened = await tryOpenTestEngine(folder, state);
  if (!opened.ok) throw new Error(`openEngine: ${opened.refusal.code}`);
  const engine = opened.value;
  const attempt: TestEngine['try'] = (name, args = {}) => engine.dispatcher.dispatch(name, args, quietCall());
  return {
    try: attempt,
    async call<T>(name: string, args?: unknown) {
      const answer = await attempt(name, args);
      if (!answer.ok) throw new Error(`${name}: ${answer.error.code}`);
      return answer.result as T;
    },
    salvaged: engine.salvaged,
    close: () => engine.close(),
  };
}

/** As openTestEngine, with the refusal as a value. */
export function tryOpenTestEngine(folder: string, state?: string): Promise<Result<Engine>> {
  return openEngine({ vault: alwaysOpen(folder), resources: path.join(ROOT, 'resources'), locales: path.join(ROOT, 'locales'), state });
}
