import type { Source, SourceRefusal } from '../../kernel/source.ts';
import type { Result } from '../../kernel/result.ts';
import { refuse } from '../../kernel/result.ts';
import { LimitedThread, ThreadLimit, type ThreadLimits } from '../threads/limited-thread.ts';
import { threadFile } from '../threads/thread-file.ts';
import type { SourceOptions } from './read-source-file.ts';

/** The longest list that people have is read in two seconds on a slow laptop. */
const LIMITS: ThreadLimits = { time: 20_000, memory: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64 } };
/** A thread that is not asked for so long gives its memory back, in milliseconds. */
const IDLE = 30_000;

/** The question to the reading thread: a file by its path, or a text that was pasted. */
export type SourceQuestion = { readonly path: string; readonly options: SourceOptions } | { readonly text: string };

/**
 * The function that reads a file or a text in a thread of its own, so that what was made to be costly holds up nobody: `readSourceFile` or `sourceOfText`, and
 * `table.tooCostly`.
 */
export type SourceReader = (given: string | { readonly text: string }, options?: SourceOptions) => Promise<Result<Source, SourceRefusal>>;

/** A reader within these limits of time and memory. */
export function sourceReader(limits: ThreadLimits = LIMITS): SourceReader {
  const thread = new LimitedThread<SourceQuestion, Result<Source, SourceRefusal>>(
    () => threadFile(import.meta.url, 'source-thread'),
    limits,
  );
  let idle: NodeJS.Timeout | undefined;
  return async (given, options = {}) => {
    clearTimeout(idle);
    try {
      return await thread.ask(typeof given === 'string' ? { path: given, options } : given);
    } catch (error) {
      if (error instanceof ThreadLimit) return refuse('table.tooCostly');
      throw error;
    } finally {
      clearTimeout(idle);
      idle = setTimeout(() => thread.end(), IDLE).unref();
    }
  };
}

/** Reads people, marks or answers; one thread a process. */
export const readSource: SourceReader = sourceReader();
