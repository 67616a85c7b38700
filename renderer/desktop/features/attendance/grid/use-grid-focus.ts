import { useCallback, useEffect, useRef, type RefObject } from 'react';
import { isUnclaimed } from '../../../app/keyboard/held-focus.ts';

/**
 * Whether the keyboard is in the grid. Not a matter of what has the focus now: a jump far down takes the row with the focus out of
 * the document before the next one is in it. It ends when something else takes the focus or is pressed, and when a cell that is
 * still there has lost it.
 */
export function useGridFocus(within: RefObject<HTMLElement | null>): () => boolean {
  const here = useRef(false);
  useEffect(() => {
    const look = (event: Event) => {
      const cell = event.target instanceof Element ? event.target.closest('[role="gridcell"]') : null;
      here.current = cell !== null && within.current?.contains(cell) === true;
    };
    const leave = ({ target }: FocusEvent) =>
      queueMicrotask(() => {
        const isHere = target instanceof Element && target.isConnected;
        if (isHere && document.activeElement === document.body) here.current = false;
      });
    document.addEventListener('focusin', look);
    document.addEventListener('focusout', leave);
    document.addEventListener('pointerdown', look);
    return () => {
      document.removeEventListener('focusin', look);
      document.removeEventListener('focusout', leave);
      document.removeEventListener('pointerdown', look);
    };
  }, [within]);
  return useCallback(() => here.current, []);
}

/** Puts the keyboard where the cursor is in the grid. */
export function useFocusGrid(within: RefObject<HTMLElement | null>): () => void {
  return useCallback(() => {
    const before = document.activeElement;
    const wasUnclaimed = isUnclaimed();
    const focus = (): boolean => {
      const cell = within.current?.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]');
      cell?.focus();
      return cell !== null && cell === document.activeElement;
    };
    if (focus()) return;
    // A grid that is drawn only now is there with the next frame; who has put the keyboard elsewhere by then keeps it there.
    requestAnimationFrame(() => {
      if (document.activeElement === before || (wasUnclaimed && isUnclaimed())) focus();
    });
  }, [within]);
}
