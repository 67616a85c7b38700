import { useEffect, useState } from 'react';
import type { GivenSources, IntakeSource } from './use-plan.ts';

interface Waiting {
  readonly waiting: readonly IntakeSource[];
  /** Opens the source that has waited longest; false where none waits. */
  openNext(): boolean;
}

/** Returns the sources that wait to be read, of those pasted or dropped; the first of what is given last is opened at once. */
export function useWaiting(given: GivenSources | undefined, open: (source: IntakeSource) => void): Waiting {
  const [waiting, setWaiting] = useState<readonly IntakeSource[]>([]);
  // What was dropped last comes first; what waited before waits on.
  const [taken, setTaken] = useState<GivenSources | undefined>();
  if (given && given !== taken) {
    setTaken(given);
    setWaiting([...given.sources.slice(1), ...waiting]);
  }
  useEffect(() => {
    if (given) open(given.sources[0]);
  }, [given, open]);
  const openNext = (): boolean => {
    const [next, ...rest] = waiting;
    if (!next) return false;
    setWaiting(rest);
    open(next);
    return true;
  };
  return { waiting, openNext };
}
