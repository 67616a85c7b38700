import type { EventEmitter } from 'node:events';
import { Worker, type ResourceLimits } from 'node:worker_threads';

/** The limits of a thread in time and memory for one answer. */
export interface ThreadLimits {
  /** Milliseconds; loading the thread's program is not in it. */
  readonly time: number;
  readonly memory: ResourceLimits;
}

/** The causes that end a thread without an answer. */
export type ThreadEnd = 'time' | 'memory';

/** Thrown by `ask` where a question cost more than it may; the thread that was asked is gone. */
export class ThreadLimit extends Error {
  readonly reason: ThreadEnd;
  constructor(reason: ThreadEnd) {
    super(`a thread came to the end of its ${reason}`);
    this.name = 'ThreadLimit';
    this.reason = reason;
  }
}

type Message<Answer, Part> = { readonly answer?: Answer; readonly fault?: string } | { readonly part: Part } | typeof READY;

/** The message of a thread's program once it is loaded, before its first answer. */
export const READY = { ready: true } as const;

/** The one that answers: a thread of this process, or a process of its own that is spoken to alike. It emits `message`, `error` and, once it is gone, `exit`. */
export interface Answering extends EventEmitter {
  postMessage(question: unknown): void;
  /** Keeps this process alive, or does no more. */
  ref(): void;
  unref(): void;
  /** Ends it at once. */
  terminate(): unknown;
}

/** However slow or busy a machine is, a program that is not loaded by then never will be; milliseconds. */
const LOADING = 120_000;

/**
 * A thread that answers one question at a time, each within limits of time and memory. It is started when it is first asked; one that came to the end of its
 * limits is ended and another started for the next question. It keeps no process alive while nothing is asked. Its program says `READY` when it is loaded.
 * `program`: the file of a thread, or what starts a process of its own, whose memory is its own concern.
 */
export class LimitedThread<Question, Answer, Part = never> {
  readonly #program: () => URL | Answering;
  readonly #limits: ThreadLimits;
  #worker: Answering | null = null;
  #loaded = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(program: () => URL | Answering, limits: ThreadLimits) {
    this.#program = program;
    this.#limits = limits;
  }

  /**
   * The thread's answer, once what was asked before is answered; `part` is told of what the thread says (`{part}`) on its way there. Throws a ThreadLimit, or
   * the error of a fault inside.
   */
  ask(question: Question, part: (part: Part) => void = () => undefined): Promise<Answer> {
    const answer = this.#last.then(() => this.#askNow(question, part));
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  #askNow(question: Question, part: (part: Part) => void): Promise<Answer> {
    const worker = (this.#worker ??= this.#start());
    worker.ref();
    return new Promise<Answer>((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        worker.off('message', onMessage);
        worker.off('error', onError);
        worker.off('exit', onExit);
        worker.unref();
        act();
      };
      const fail = (error: Error): void => {
        this.#drop(worker);
        settle(() => reject(error));
      };
      const onMessage = (message: Message<Answer, Part>): void => {
        if ('ready' in message) {
          this.#loaded = true;
          clearTimeout(timer);
          timer = limit();
        } else if ('part' in message) part(message.part);
        else settle(() => (message.fault === undefined ? resolve(message.answer as Answer) : reject(new Error(message.fault))));
      };
      const onError = (error: NodeJS.ErrnoException): void =>
        fail(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new ThreadLimit('memory') : error);
      const onExit = (): void => fail(new ThreadLimit('memory'));
      const limit = (): NodeJS.Timeout => setTimeout(() => fail(new ThreadLimit('time')), this.#loaded ? this.#limits.time : LOADING);
      let timer = limit();
      worker.on('message', onMessage);
      worker.on('error', onError);
      worker.on('exit', onExit);
      worker.postMessage(question);
    });
  }

  /** Ends the thread; the next question starts another. What the thread kept between questions is gone. */
  end(): void {
    if (this.#worker) this.#drop(this.#worker);
  }

  #start(): Answering {
    this.#loaded = false;
    const program = this.#program();
    const worker = program instanceof URL ? new Worker(program, { resourceLimits: this.#limits.memory }) : program;
    // Between questions nobody listens: one that breaks then is replaced at the next.
    worker.on('error', () => this.#drop(worker));
    worker.on('exit', () => this.#drop(worker));
    return worker;
  }

  #drop(worker: Answering): void {
    if (this.#worker === worker) this.#worker = null;
    worker.terminate();
  }
}
