/** Runs what must happen before records leave this laptop, by whatever door: features register it, sync calls it and knows no feature. */
export interface Departures {
  /** Adds work that is done before each departure; it must not wait for anything. */
  register(work: () => void): void;
  /** Does what was registered; called before positions are compared or records are read for anybody else. */
  prepare(): void;
}

export function departures(): Departures {
  const registered: (() => void)[] = [];
  return {
    register: (work) => void registered.push(work),
    prepare: () => registered.forEach((work) => work()),
  };
}
