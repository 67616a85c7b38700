import type { Dispatcher } from '../../shared/contract/rpc.ts';

/** Runs calls side by side but for one kind, which runs exclusively: it waits for those that run, and later ones wait for it. */
export interface CallGate {
  /** The same dispatcher, each call held until it may run. */
  wrap(dispatch: Dispatcher['dispatch']): Dispatcher;
  /** Runs something of the engine's own exclusively: after what runs, before what comes. */
  exclusive(work: () => Promise<void>): Promise<void>;
  /** Resolves when nothing runs any more. */
  idle(): Promise<void>;
}

/** Returns the gate before the calls of an engine. `exclusiveCall`: the one that takes the store away from under all the others. */
export function callGate(exclusiveCall: string): CallGate {
  const running = new Set<Promise<unknown>>();
  let gate: Promise<unknown> = Promise.resolve();
  const track = <T>(work: Promise<T>): Promise<T> => {
    running.add(work);
    void work.finally(() => running.delete(work));
    return work;
  };
  const idle = async (): Promise<void> => {
    while (running.size > 0) await Promise.allSettled(running);
  };
  return {
    idle,
    exclusive(work) {
      const done = gate.then(idle).then(work);
      gate = done.catch(() => undefined);
      return done;
    },
    wrap: (dispatch) => ({
      async dispatch(name, args, context) {
        const before = gate;
        if (name !== exclusiveCall) {
          await before;
          return track(dispatch(name, args, context));
        }
        const work = before.then(idle).then(() => dispatch(name, args, context));
        gate = work.catch(() => undefined);
        return work;
      },
    }),
  };
}
