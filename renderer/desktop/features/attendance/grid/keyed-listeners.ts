/** Listeners by key, so that one tap in a grid of thousands of cells wakes only the cells that it changes. */
export class KeyedListeners {
  readonly #listeners = new Map<string, Set<() => void>>();

  /** Calls `listener` whenever `key` is woken; returns what stops it. */
  subscribe(key: string, listener: () => void): () => void {
    const existing = this.#listeners.get(key);
    const listeners = existing ?? new Set();
    if (!existing) this.#listeners.set(key, listeners);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(key);
    };
  }

  wake(keys: Iterable<string>): void {
    for (const key of keys) {
      const listeners = this.#listeners.get(key);
      if (listeners) for (const listener of [...listeners]) listener();
    }
  }
}
