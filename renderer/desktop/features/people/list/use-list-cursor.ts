import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type RefObject } from 'react';
import type { Person } from '../find-people.ts';

const ROW = 56;
/** How high the headings over the rows are. */
export const HEAD = 40;

interface ListCursor {
  readonly rows: Virtualizer<HTMLDivElement, Element>;
  /** The row that Tab comes to. */
  readonly active: number;
  readonly setActive: (index: number) => void;
  /** Puts the keyboard on a row, or on the box in it; returns the row, the nearest that there is. */
  goTo(index: number, part?: 'button' | 'input'): number;
}

/** The rows that are in the document, and where the keyboard is among all. `isCurrent`: false on a list of an earlier text. */
export function useListCursor(scroller: RefObject<HTMLDivElement | null>, found: readonly Person[], isCurrent: boolean): ListCursor {
  const [active, setActive] = useState(0);
  const [, setTurn] = useState(0);
  const wanted = useRef<{ readonly index: number; readonly part: 'button' | 'input' } | null>(null);
  const rows = useVirtualizer({
    count: found.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: (index) => found[index]?.id ?? index,
    overscan: 8,
    scrollMargin: HEAD,
    scrollPaddingStart: HEAD,
  });
  // The row may have to be scrolled into the document before it can take the focus.
  useEffect(() => {
    // Not on a list of an earlier text, where somebody else stands there.
    if (wanted.current === null || !isCurrent) return;
    const { index, part } = wanted.current;
    const element = scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"] ${part}`);
    if (!element && found.length > 0) return;
    wanted.current = null;
    element?.focus({ preventScroll: true });
  });
  const goTo = (index: number, part: 'button' | 'input' = 'button'): number => {
    const next = Math.max(0, Math.min(index, found.length - 1));
    wanted.current = { index: next, part };
    rows.scrollToIndex(next, { align: 'auto' });
    // Also where the row is active already: the effect above gives it the focus.
    setActive(next);
    setTurn((turn) => turn + 1);
    return next;
  };
  return { rows, active, setActive, goTo };
}
