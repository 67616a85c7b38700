import type { Result } from '../../kernel/result.ts';
import { refuse } from '../../kernel/result.ts';
import { LimitedThread, ThreadLimit, type ThreadLimits } from '../threads/limited-thread.ts';
import { threadFile } from '../threads/thread-file.ts';

/** A paper that is to be set: which of our templates, and what it is given. */
export interface Paper {
  /** The name of a file of `resources/papers`, without its ending. */
  readonly template: string;
  /** What the template reads, each as one JSON text. Words are set as they stand, never read as markup. */
  readonly given: Readonly<Record<string, unknown>>;
  /** What the file claims to be: readable by a screen reader (left out), or that and kept for decades, with room for files within it. */
  readonly standard?: 'archived';
}

export interface SetPaper {
  readonly bytes: Uint8Array;
  readonly pages: number;
}

/** The question to the typesetting thread. */
export interface TypesettingQuestion extends Paper {
  /** The folder of templates and fonts. */
  readonly folder: string;
}

/**
 * The codes with which a paper is not set. `signMissing` (`signs`): no bundled font has a picture of them. `tooLarge`: it took more time or memory than a paper
 * may.
 */
export type SettingRefusal = 'document.signMissing' | 'document.tooLarge' | 'job.cancelled';

/** Sets papers in a thread of its own: the same bytes for the same paper, on every laptop. */
export interface Typesetter {
  /** Sets one paper, once those before it are set. Aborted by `signal` it answers at once (`job.cancelled`), and the thread is not asked again. */
  set(paper: Paper, signal: AbortSignal): Promise<Result<SetPaper, SettingRefusal>>;
  end(): void;
}

/** Sixty people on a dozen sheets take a second on a slow laptop, five hundred certificates ten. */
const LIMITS: ThreadLimits = { time: 60_000, memory: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 } };
/** A thread that is not asked for so long gives its memory back, in milliseconds. */
const IDLE = 30_000;

/** A typesetter over a folder of templates and fonts; its thread is started when it is first asked. */
export function openTypesetter(folder: string, limits: ThreadLimits = LIMITS): Typesetter {
  const thread = new LimitedThread<TypesettingQuestion, Result<SetPaper, 'document.signMissing'>>(
    () => threadFile(import.meta.url, 'typesetting-thread'),
    limits,
  );
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const setNow = async (paper: Paper, signal: AbortSignal): Promise<Result<SetPaper, SettingRefusal>> => {
    if (signal.aborted) return refuse('job.cancelled');
    clearTimeout(idle);
    const end = (): void => thread.end();
    signal.addEventListener('abort', end, { once: true });
    try {
      return await thread.ask({ ...paper, folder });
    } catch (error) {
      if (signal.aborted) return refuse('job.cancelled');
      if (error instanceof ThreadLimit) return refuse('document.tooLarge');
      throw error;
    } finally {
      signal.removeEventListener('abort', end);
      idle = setTimeout(() => thread.end(), IDLE).unref();
    }
  };

  return {
    set(paper, signal) {
      const cancelled = new Promise<Result<SetPaper, SettingRefusal>>((resolve) => {
        signal.addEventListener('abort', () => resolve(refuse('job.cancelled')), { once: true });
      });
      const answer = last.then(() => setNow(paper, signal));
      last = answer.catch(() => undefined);
      return Promise.race([answer, cancelled]);
    },
    end() {
      clearTimeout(idle);
      thread.end();
    },
  };
}
