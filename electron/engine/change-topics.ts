import { TOPICS, type Topic } from '../../shared/contract/call.ts';
import { entityOf } from '../../shared/model/entities.ts';
import type { Changed } from '../../shared/node/store/store.ts';

/** Gathers what changed within a tick into one event per listener. */
export interface ChangeTopics {
  /** A commit or an ingest: the topics of what it touched, and *sync*, for something now waits to travel. */
  stored(changed: Changed): void;
  touch(...topics: readonly Topic[]): void;
  onChanged(listener: (topics: readonly Topic[]) => void): () => void;
  /** Tells what is still to be told, and no more after that. */
  close(): void;
}

/** Returns the change topics of an engine: listeners hear topics in the contract's order, after the call that changed them has been answered. */
export function changeTopics(): ChangeTopics {
  const listeners = new Set<(topics: readonly Topic[]) => void>();
  const gathered = new Set<Topic>();
  let timer: NodeJS.Immediate | undefined;
  const tell = (): void => {
    timer = undefined;
    const topics = TOPICS.filter((topic) => gathered.has(topic));
    gathered.clear();
    if (topics.length > 0) for (const listener of listeners) listener(topics);
  };
  const touch = (...topics: readonly Topic[]): void => {
    for (const topic of topics) gathered.add(topic);
    timer ??= setImmediate(tell);
  };
  return {
    touch,
    stored({ entityTypes }) {
      const known = [...entityTypes].map((type) => entityOf(type)?.topic ?? TOPICS.find((topic) => topic === type));
      touch('sync', ...known.filter((topic) => topic !== undefined));
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    close() {
      if (timer) clearImmediate(timer);
      tell();
      listeners.clear();
    },
  };
}
