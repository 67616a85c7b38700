import { useCallback, useLayoutEffect, useRef, useState, type FocusEvent, type KeyboardEvent, type RefObject } from 'react';

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

/**
 * How the keyboard goes from row to row of a list of `total`, of which only the rows on screen are in the document, in the same column. While the row that is walked to is fetched it stays where it is, and
 * each further key goes on from that row.
 */
export function useRowWalk(scroller: RefObject<HTMLElement | null>, total: number) {
  const [focused, setFocused] = useState<number | null>(null);
  const [wanted, setWanted] = useState<number | null>(null);
  /** The column that is walked in, from the control which has the keyboard in it. */
  const walk = useRef<{ readonly control: Element; readonly column: number } | null>(null);
  useLayoutEffect(() => {
    if (wanted === null) return;
    const controls = [...(scroller.current?.querySelectorAll<HTMLButtonElement>(`[data-index="${wanted}"] button`) ?? [])];
    const column = walk.current?.column ?? 0;
    // A file that is not here cannot be opened: the keyboard goes beside, and comes back to its column further on.
    const next = controls.slice(column).find(isOn) ?? controls.findLast(isOn);
    if (!next) return;
    walk.current = { control: next, column };
    next.focus({ preventScroll: true });
  });
  /** Keeps a row, or none. */
  const keep = useCallback((index: number | null): void => {
    setFocused(index);
    setWanted(null);
  }, []);
  return {
    /** Rows that stay in the document wherever the list is scrolled to: the one that has the keyboard, and the one that is walked to. */
    kept: [focused, wanted].filter((index): index is number => index !== null && index < total),
    keep,
    press(event: KeyboardEvent<HTMLElement>, scrollTo: (index: number) => void): void {
      const step = STEPS[event.key];
      const control = event.target as HTMLButtonElement;
      const row = control.closest<HTMLElement>('[data-index]');
      if (step === undefined || !row || event.ctrlKey || event.altKey || event.shiftKey) return;
      event.preventDefault();
      const here = Number(row.dataset['index']);
      const index = Math.min(Math.max(0, (wanted ?? here) + step), total - 1);
      if (walk.current?.control !== control)
        walk.current = { control, column: Math.max(0, [...row.querySelectorAll('button')].indexOf(control)) };
      scrollTo(index);
      setFocused(here);
      setWanted(index === here ? null : index);
    },
    onFocus({ target }: FocusEvent): void {
      // A menu of a row lies elsewhere in the document.
      const row = target.closest<HTMLElement>('[data-index]');
      if (!row) return;
      setFocused(Number(row.dataset['index']));
      setWanted(null);
    },
    onBlur({ relatedTarget }: FocusEvent): void {
      // Who goes elsewhere while a row is fetched stays there.
      if (relatedTarget && !scroller.current?.contains(relatedTarget)) setWanted(null);
    },
  };
}

function isOn(control: HTMLButtonElement): boolean {
  return !control.disabled;
}
