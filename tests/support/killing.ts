import type { Db } from '../../shared/node/store/sqlite/opening/open-database.ts';
import { open } from 'node:fs/promises';

/**
 * Kills this process by SIGKILL at its n-th step from now on: a statement that writes, the beginning and end of a transaction among them, or a
 * write to a file. Returns what says how many steps were made, for a run that is to reach its end (`at` null).
 */
export async function killAtStep(db: Db, at: number | null): Promise<() => number> {
  let steps = 0;
  const step = (): void => {
    if (++steps === at) process.kill(process.pid, 'SIGKILL');
  };
  const statement = Object.getPrototypeOf(db.prepare('select 1')) as { run: (...params: unknown[]) => unknown };
  const { run } = statement;
  statement.run = function stepping(this: unknown, ...params: unknown[]) {
    step();
    return run.apply(this, params);
  };
  const probe = await open(import.meta.filename, 'r');
  const handle = Object.getPrototypeOf(probe) as { write: (...args: unknown[]) => unknown; sync: () => unknown };
  await probe.close();
  const { write, sync } = handle;
  handle.write = function stepping(this: unknown, ...args: unknown[]) {
    step();
    return write.apply(this, args);
  };
  handle.sync = function stepping(this: unknown) {
    step();
    return sync.apply(this);
  };
  return () => steps;
}
