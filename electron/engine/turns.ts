import type { Dispatcher } from '../../shared/contract/rpc.ts';

/** Lets calls run side by side, but one kind alone: it waits for those that run, and later ones wait for it. */
export interface Turns {
  around(dispatch: Dispatcher['dispatch']): Dispatcher;
  /** Runs something of the engine's own as the call that is alone: after what runs, before what comes. */
  alone(work: () => Promise<void>): Promise<void>;
  /** When nothing runs any more. */
  quiet(): Promise<void>;
}

/** `alone`: the call that takes the store away from under all the others. */
export function takeTurns(alone: string): Turns {
  const running = new Set<Promise<unknown>>();
  let gate: Promise<unknown> = Promise.resolve();
  const track = <T>(work: Promise<T>): Promise<T> => {
    running.add(work);
    void work.finally(() => running.delete(work));
    return work;
  };
  const quiet = async (): Promise<void> => {
    while (running.size > 0) await Promise.allSettled(running);
  };
  return {
    quiet,
    alone(work) {
      const done = gate.then(quiet).then(work);
      gate = done.catch(() => undefined);
      return done;
    },
    around: (dispatch) => ({
      async dispatch(name, args, context) {
        const before = gate;
        if (name !== alone) {
          await before;
          return track(dispatch(name, args, context));
        }
        const work = before.then(quiet).then(() => dispatch(name, args, context));
        gate = work.catch(() => undefined);
        return work;
      },
    }),
  };
}
