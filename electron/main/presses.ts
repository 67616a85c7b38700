import { MessageChannelMain, utilityProcess, type UtilityProcess } from 'electron';
import type { FromEngineProcess, ToEngineProcess } from '../../shared/contract/engine-process.ts';

/**
 * Starts and ends the processes in which papers are set, as an engine asks for them: it can start none itself. It speaks to each on a port of its own; none outlives
 * it. `program`: what such a process runs.
 */
export function servePresses(program: string, engine: UtilityProcess): void {
  const running = new Map<number, UtilityProcess>();
  const start = (id: number): void => {
    const press = utilityProcess.fork(program, [], { serviceName: 'Itinera papers', stdio: 'ignore' });
    running.set(id, press);
    // One that was to end before it had begun.
    press.once('spawn', () => running.has(id) || kill(press));
    press.once('exit', () => running.delete(id));
    const { port1, port2 } = new MessageChannelMain();
    press.postMessage(null, [port1]);
    engine.postMessage({ type: 'press', id } satisfies ToEngineProcess, [port2]);
  };
  const end = (id: number): void => {
    const press = running.get(id);
    running.delete(id);
    if (press) kill(press);
  };
  engine.on('message', (message: FromEngineProcess) => {
    if (message.type === 'startPress') start(message.id);
    else if (message.type === 'endPress') end(message.id);
  });
  engine.on('exit', () => {
    for (const id of running.keys()) end(id);
  });
}

/** It hears nothing while the compiler works. */
function kill({ pid }: UtilityProcess): void {
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
}
