import { EventEmitter } from 'node:events';
import type { FromEngineProcess } from '../../shared/contract/engine-process.ts';
import type { Answering } from '../../shared/node/threads/limited-thread.ts';

/** The processes in which papers are set, which the shell starts for the engine (`electron/main/presses.ts`). */
export interface ShellPresses {
  start(): Answering;
  /** The shell has started one: its end of the port. */
  receive(id: number, port: Electron.MessagePortMain): void;
}

export function shellPresses(tell: (message: FromEngineProcess) => void): ShellPresses {
  const waiting = new Map<number, ShellPress>();
  let last = 0;
  return {
    start() {
      const id = ++last;
      const press = new ShellPress(() => {
        waiting.delete(id);
        tell({ type: 'endPress', id });
      });
      waiting.set(id, press);
      tell({ type: 'startPress', id });
      return press;
    },
    receive(id, port) {
      const press = waiting.get(id);
      waiting.delete(id);
      // Ended before it was there.
      if (press) press.open(port);
      else port.close();
    },
  };
}

class ShellPress extends EventEmitter implements Answering {
  readonly #end: () => void;
  #port: Electron.MessagePortMain | null = null;
  #unsent: unknown[] = [];
  constructor(end: () => void) {
    super();
    this.#end = end;
  }
  open(port: Electron.MessagePortMain): void {
    this.#port = port;
    port.on('message', ({ data }) => this.emit('message', data));
    port.on('close', () => this.emit('exit'));
    port.start();
    for (const question of this.#unsent.splice(0)) port.postMessage(question);
  }
  postMessage(question: unknown): void {
    if (this.#port) this.#port.postMessage(question);
    else this.#unsent.push(question);
  }
  /** The engine lives as long as its shell wants it to. */
  ref(): void {}
  unref(): void {}
  terminate(): void {
    this.#end();
    this.#port?.close();
  }
}
