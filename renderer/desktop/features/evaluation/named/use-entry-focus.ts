import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';

/** Where the keyboard goes when another sheet comes, and whether it is said yet whose that is. `key`: which sheet is at hand. */
export function useEntryFocus(root: RefObject<HTMLElement | null>, key: string) {
  // While it is not said whose sheet it is, it is nobody's: least of all the one's before.
  const [unsettled, setUnsettled] = useState(false);
  const [names, setNames] = useState(0);
  const fresh = useRef(false);
  const focusSheet = useCallback(() => root.current?.querySelector<HTMLElement>('[aria-current="true"], textarea')?.focus(), [root]);
  useEffect(() => {
    if (!fresh.current) return undefined;
    fresh.current = false;
    // Not at once: Tab that left the name would go on from there.
    const timer = setTimeout(focusSheet);
    return () => clearTimeout(timer);
  }, [key, unsettled, focusSheet]);
  return {
    unsettled,
    setUnsettled,
    /** How often a name was given up: the field is another one then. */
    names,
    focusSheet,
    /** The sheet that comes next takes the keyboard, or none does. */
    expectSheet(isExpected: boolean): void {
      fresh.current = isExpected;
    },
    /** Gives up the name that was begun, and goes on with the sheet. */
    backToName(): void {
      setNames(names + 1);
      setUnsettled(false);
      fresh.current = true;
    },
  };
}
