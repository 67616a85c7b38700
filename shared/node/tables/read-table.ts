import type { Result } from '../../kernel/result.ts';
import { refuse } from '../../kernel/result.ts';
import type { Table } from '../../kernel/table.ts';
import { LimitedThread, ThreadLimit, type ThreadLimits } from '../threads/limited-thread.ts';
import { threadFile } from '../threads/thread-file.ts';

/** The longest list that people have is read in two seconds on a slow laptop. */
const LIMITS: ThreadLimits = { time: 20_000, memory: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64 } };
/** A thread that is not asked for so long gives its memory back, in milliseconds. */
const IDLE = 30_000;

/** Reads a file in a thread of its own, so that a file which was made to be costly holds up nobody: `readTableFile`, and `table.tooCostly`. */
export type TableReader = (path: string) => Promise<Result<Table>>;

/** A reader within these limits of time and memory. */
export function tableReader(limits: ThreadLimits = LIMITS): TableReader {
  const thread = new LimitedThread<string, Result<Table>>(() => threadFile(import.meta.url, 'table-thread'), limits);
  let idle: NodeJS.Timeout | undefined;
  return async (path) => {
    clearTimeout(idle);
    try {
      return await thread.ask(path);
    } catch (error) {
      if (error instanceof ThreadLimit) return refuse('table.tooCostly');
      throw error;
    } finally {
      clearTimeout(idle);
      idle = setTimeout(() => thread.end(), IDLE).unref();
    }
  };
}

/** Reads a list of people or marks; one thread a process. */
export const readTable: TableReader = tableReader();
