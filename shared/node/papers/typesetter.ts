import type { Result } from '../../kernel/result.ts';
import { refuse } from '../../kernel/result.ts';
import { LimitedThread, ThreadLimit, type Answering } from '../threads/limited-thread.ts';
import { forkTypesetting } from './typesetting-fork.ts';

/** A paper that is to be set: which of our templates, and what it is given. */
export interface Paper {
  /** The name of a file of `resources/papers`, without its ending. */
  readonly template: string;
  /** What the template reads, each as one JSON text. Words are set as they stand, never read as markup. */
  readonly given: Readonly<Record<string, unknown>>;
  /** What its QR codes say; the template reads each as a picture, in this order (`codes`). */
  readonly codes?: readonly string[];
  /** What the file claims to be: readable by a screen reader (left out), or that and kept for decades, with room for files within it. */
  readonly standard?: 'archived';
  /** What is asked beside the pages: where its boxes lie on them. */
  readonly asks?: 'lies';
  /** Pictures that the template opens as `/given/<name>`, by name. */
  readonly pictures?: Readonly<Record<string, Uint8Array>>;
  /** Left out: a PDF. `picture`: its one page as SVG, as UTF-8, to be looked at. */
  readonly as?: 'picture';
  /** Files that lie in the paper's file as they are; only in one that is `archived`, and only where its template attaches them. */
  readonly attached?: readonly AttachedFile[];
}

export interface AttachedFile {
  readonly name: string;
  readonly text: string;
}

export interface SetPaper {
  readonly bytes: Uint8Array;
  readonly pages: number;
  /** What the template says of where its boxes lie (`lies` of `house.typ`); asked for by `asks`. */
  readonly lies: unknown;
}

/** The question to the typesetting process. */
export interface TypesettingQuestion extends Paper {
  /** The folder of templates and fonts. */
  readonly folder: string;
}

/**
 * The codes with which a paper is not set. `signMissing` (`signs`): no bundled font has a picture of them. `pictureDamaged`: a picture that it is given cannot be decoded.
 * `tooLarge`: it took more time or memory than a paper may.
 */
export type SettingRefusal = PaperFault | 'document.tooLarge' | 'job.cancelled';
/** The codes of a `SettingRefusal` that follow from the paper alone. */
export type PaperFault = 'document.pictureDamaged' | 'document.signMissing';

/** Sets papers in a process of its own: the same bytes for the same paper, on every laptop. */
export interface Typesetter {
  /** Sets one paper, once those before it are set. Aborted by `signal` it answers at once (`job.cancelled`), and the process is ended. */
  set(paper: Paper, signal: AbortSignal): Promise<Result<SetPaper, SettingRefusal>>;
  end(): void;
}

export interface TypesetterOptions {
  /** Starts the process; left out: from plain Node. */
  readonly start?: (() => Answering) | undefined;
  /** How long a paper may take, in milliseconds. */
  readonly time?: number;
}

/** Sixty people on a dozen sheets take a second on a slow laptop, five hundred certificates ten. */
const TIME = 60_000;
/** A process that is not asked for so long gives its memory back, in milliseconds; another starts in a few tenths of a second. */
const IDLE = 10_000;

/** The pages of a paper after which the process is ended at once: the compiler keeps hundreds of megabytes of it, for papers that are seldom asked for again. */
const LARGE = 100;

/** A typesetter over a folder of templates and fonts. Its process, which can be ended whatever the compiler is at, is started when it is first asked. */
export function openTypesetter(folder: string, { start = forkTypesetting, time = TIME }: TypesetterOptions = {}): Typesetter {
  const press = new LimitedThread<TypesettingQuestion, Result<SetPaper, PaperFault>>(start, { time, memory: {} });
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const setNow = async (paper: Paper, signal: AbortSignal): Promise<Result<SetPaper, SettingRefusal>> => {
    if (signal.aborted) return refuse('job.cancelled');
    clearTimeout(idle);
    const end = (): void => press.end();
    signal.addEventListener('abort', end, { once: true });
    try {
      const set = await press.ask({ ...paper, folder });
      if (set.ok && set.value.pages >= LARGE) press.end();
      return set;
    } catch (error) {
      if (signal.aborted) return refuse('job.cancelled');
      if (error instanceof ThreadLimit) return refuse('document.tooLarge');
      throw error;
    } finally {
      signal.removeEventListener('abort', end);
      idle = setTimeout(() => press.end(), IDLE).unref();
    }
  };

  return {
    set(paper, signal) {
      const answer = last.then(() => setNow(paper, signal));
      last = answer.catch(() => undefined);
      return new Promise((resolve, reject) => {
        const cancel = (): void => resolve(refuse('job.cancelled'));
        signal.addEventListener('abort', cancel, { once: true });
        void answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel));
      });
    },
    end() {
      clearTimeout(idle);
      press.end();
    },
  };
}
