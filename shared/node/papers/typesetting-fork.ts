import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { Answering } from '../threads/limited-thread.ts';
import { threadFile } from '../threads/thread-file.ts';

/** Starts the process in which papers are set from plain Node; in the app its shell does (`electron/main/presses.ts`). */
export function forkTypesetting(): Answering {
  return new Forked(
    fork(threadFile(import.meta.url, 'typesetting-process'), [], {
      // A PDF is answered as bytes.
      serialization: 'advanced',
      execArgv: ['--max-old-space-size=256'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    }),
  );
}

class Forked extends EventEmitter implements Answering {
  readonly #child: ChildProcess;
  constructor(child: ChildProcess) {
    super();
    this.#child = child;
    for (const event of ['message', 'error', 'exit']) child.on(event, (...said: unknown[]) => this.emit(event, ...said));
  }
  postMessage(question: unknown): void {
    // One that is gone says so by its exit.
    this.#child.send(question as object, () => undefined);
  }
  ref(): void {
    this.#child.ref();
    this.#child.channel?.ref();
  }
  unref(): void {
    this.#child.unref();
    this.#child.channel?.unref();
  }
  terminate(): void {
    this.#child.kill('SIGKILL');
  }
}
