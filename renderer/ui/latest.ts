import { useLayoutEffect, useRef, type RefObject } from 'react';

/**
 * Returns a reference to the value that was given at the last drawing, for listeners and callbacks that outlive it. It is exchanged before the drawing is painted: a key that answers what has
 * just appeared must not meet what was there before.
 */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useLayoutEffect(() => {
    latest.current = value;
  });
  return latest;
}
