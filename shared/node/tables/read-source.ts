import type { Source } from '../../kernel/source.ts';
import type { Result } from '../../kernel/result.ts';
import { refuse } from '../../kernel/result.ts';
import { LimitedThread, ThreadLimit, type ThreadLimits } from '../threads/limited-thread.ts';
import { threadFile } from '../threads/thread-file.ts';
import type { SourceOptions } from './read-source-file.ts';

/** The longest list that people have is read in two seconds on a slow laptop. */
const LIMITS: ThreadLimits = { time: 20_000, memory: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64 } };
/** A thread that is not asked for so long gives its memory back, in milliseconds. */
const IDLE = 30_000;

/** What the thread is asked. */
export interface SourceQuestion {
  readonly path: string;
  readonly options: SourceOptions;
}

/** Reads a file in a thread of its own, so that a file which was made to be costly holds up nobody: `readSourceFile`, and `table.tooCostly`. */
export type SourceReader = (path: string, options?: SourceOptions) => Promise<Result<Source>>;

/** A reader within these limits of time and memory. */
export function sourceReader(limits: ThreadLimits = LIMITS): SourceReader {
  const thread = new LimitedThread<SourceQuestion, Result<Source>>(() => threadFile(import.meta.url, 'source-thread'), limits);
  let idle: NodeJS.Timeout | undefined;
  return async (path, options = {}) => {
    clearTimeout(idle);
    try {
      return await thread.ask({ path, options });
    } catch (error) {
      if (error instanceof ThreadLimit) return refuse('table.tooCostly');
      throw error;
    } finally {
      clearTimeout(idle);
      idle = setTimeout(() => thread.end(), IDLE).unref();
    }
  };
}

/** Reads a file of people, marks or answers; one thread a process. */
export const readSource: SourceReader = sourceReader();
