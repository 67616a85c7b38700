import { MessageChannelMain, utilityProcess, type UtilityProcess } from 'electron';
import type { ToEngineProcess } from '../../shared/contract/engine-process.ts';

/** The processes in which papers are set, of one engine: it can start none itself. It speaks to each on a port of its own. */
export interface Presses {
  start(id: number): void;
  end(id: number): void;
  endAll(): void;
}

/** `program`: what such a process runs. `engine`: whom they are started for. */
export function pressesFor(program: string, engine: UtilityProcess): Presses {
  const running = new Map<number, UtilityProcess>();
  const end = (id: number): void => {
    const press = running.get(id);
    running.delete(id);
    if (press) kill(press);
  };
  return {
    start(id) {
      const press = utilityProcess.fork(program, [], { serviceName: 'Itinera papers', stdio: 'ignore' });
      running.set(id, press);
      // One that was to end before it had begun.
      press.once('spawn', () => running.has(id) || kill(press));
      press.once('exit', () => running.delete(id));
      const { port1, port2 } = new MessageChannelMain();
      press.postMessage(null, [port1]);
      engine.postMessage({ type: 'press', id } satisfies ToEngineProcess, [port2]);
    },
    end,
    endAll() {
      for (const id of running.keys()) end(id);
    },
  };
}

/** It hears nothing while the compiler works. */
function kill({ pid }: UtilityProcess): void {
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
}
