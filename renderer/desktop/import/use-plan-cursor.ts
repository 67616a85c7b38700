import { defaultRangeExtractor, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type RefObject } from 'react';
import type { ShownRow } from './plan-view.ts';

const ROW = 48;
/** How high the headings over the rows are. */
export const HEAD = 36;

interface PlanCursor {
  readonly view: Virtualizer<HTMLDivElement, Element>;
  /** The row that the keyboard is at. */
  readonly active: number;
  readonly setActive: (index: number) => void;
  /** Puts the keyboard on a row, the nearest that there is. */
  goTo(index: number): void;
}

/** The rows that are in the document, and which of all of them the keyboard is at; at first the first of `rows` that is taken. `shown`: those that a filter leaves. */
export function usePlanCursor(
  scroller: RefObject<HTMLDivElement | null>,
  rows: readonly ShownRow[],
  shown: readonly ShownRow[],
): PlanCursor {
  // Titles over the list are nothing to begin with.
  const [chosen, setChosen] = useState(() =>
    Math.max(
      0,
      rows.findIndex(({ does }) => does !== 'leave'),
    ),
  );
  const active = Math.min(chosen, Math.max(0, shown.length - 1));
  const wanted = useRef<number | null>(null);
  const [, setTurn] = useState(0);
  const view = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: (index) => shown[index]?.key ?? index,
    overscan: 8,
    // The row that the keyboard is at stays in the document however far the list is scrolled, or Tab would pass the list by.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), active])].filter((at) => at < shown.length).sort((a, b) => a - b),
    scrollMargin: HEAD,
    scrollPaddingStart: HEAD,
  });
  // The row may have to be scrolled into the document before it can take the focus.
  useEffect(() => {
    if (wanted.current === null) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"]`);
    if (!row) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  });
  const goTo = (index: number) => {
    const next = Math.max(0, Math.min(index, shown.length - 1));
    wanted.current = next;
    view.scrollToIndex(next, { align: 'auto' });
    setChosen(next);
    setTurn((turn) => turn + 1);
  };
  return { view, active, setActive: setChosen, goTo };
}
