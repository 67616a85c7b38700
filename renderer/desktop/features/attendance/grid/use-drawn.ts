import { useCallback, useEffect, useLayoutEffect, useMemo, useState, type RefObject } from 'react';
import { defaultRangeExtractor, useVirtualizer, type Range, type Virtualizer } from '@tanstack/react-virtual';
import type { HalfDay } from '../../../../../shared/kernel/dates.ts';
import type { GridCursor } from './grid-cursor.ts';
import type { Person } from './GridRow.tsx';
import { COLUMN, HEAD, NAMES, ROW, roomBehind, scrolledTo, TOTALS } from './grid-sizes.ts';

/** How much of the room shows what comes next, after a scroll. */
const AHEAD = 0.6;

interface Drawn {
  readonly rows: Virtualizer<HTMLDivElement, Element>;
  /** The places of half-days; the same list while they are the same. */
  readonly columns: readonly number[];
  /** In pixels, behind the last half-day. */
  readonly behind: number;
}

/** The rows and columns that are in the document: those on screen, and where the cursor is. The list scrolls with the cursor. */
export function useDrawn(
  scroller: RefObject<HTMLDivElement | null>,
  cursor: GridCursor,
  people: readonly Person[],
  halfDays: readonly HalfDay[],
  open: HalfDay | null,
): Drawn {
  // Before the rows: both hear of a scroll, and to read it after the rows have changed would lay the page out twice.
  const across = useVirtualizer({
    horizontal: true,
    count: halfDays.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (halfDays[index] === open ? COLUMN.open : COLUMN.closed),
    getItemKey: (index) => `${halfDays[index]} ${halfDays[index] === open}`,
    overscan: 2,
    scrollMargin: NAMES,
    rangeExtractor: useCallback(
      (range: Range) => within(defaultRangeExtractor(range), cursor.selection.cursor.column, range.count),
      [cursor],
    ),
  });
  // Where the cursor went last of what was not drawn: it is drawn at once, for the next key may be a mark there.
  const [jump, setJump] = useState({ to: 0 });
  const rows = useVirtualizer({
    count: people.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: (index) => people[index]?.id ?? index,
    overscan: 6,
    scrollMargin: HEAD,
    rangeExtractor: useCallback(
      (range: Range) => within(within(defaultRangeExtractor(range), cursor.selection.cursor.row, range.count), jump.to, range.count),
      [cursor, jump],
    ),
  });
  // The same columns are the same list, or every row would draw itself again.
  const shown = across
    .getVirtualItems()
    .map(({ index }) => index)
    .join(' ');
  const columns = useMemo(() => shown.split(' ').filter(Boolean).map(Number), [shown]);
  useLayoutEffect(() => across.measure(), [across, halfDays, open]);
  useEffect(
    () =>
      cursor.subscribe(() => {
        const { row, column } = cursor.selection.cursor;
        if (!rows.getVirtualItems().some(({ index }) => index === row)) setJump({ to: row });
        showRow(scroller.current, rows.scrollOffset ?? 0, rows.scrollRect?.height ?? 0, row);
        showColumn(scroller.current, halfDays, open, column);
      }),
    [scroller, cursor, rows, halfDays, open],
  );
  const behind = roomBehind(halfDays, open, (across.scrollRect?.width ?? 0) - NAMES);
  // Once the room behind is there.
  useEffect(
    () => showColumn(scroller.current, halfDays, open, open === null ? 0 : halfDays.indexOf(open)),
    [scroller, halfDays, open, behind],
  );
  return { rows, columns, behind };
}

/** Returns the rows on screen, and the cursor's place, which stays in the document when it is scrolled away, or the keyboard would lose it. */
function within(indexes: number[], cursor: number, count: number): number[] {
  return cursor >= count || indexes.includes(cursor) ? indexes : [...indexes, cursor].sort((a, b) => a - b);
}

/**
 * Keeps the people who come next in sight: when the cursor is on the last row but a few pixels, the list scrolls on by a good
 * part of what is in sight, and does so after the frame that shows the key, for new rows cost more than a mark. Only a jump out of
 * sight scrolls at once. From what the list remembers of its size, not from the document: to ask it between a key and its frame
 * would lay the page out twice.
 */
function showRow(element: HTMLElement | null, offset: number, height: number, row: number): void {
  // What an earlier key asked for is out of date.
  afterwards = undefined;
  const room = height - HEAD - TOTALS;
  if (!element || room <= 0) return;
  const top = row * ROW;
  const up = top + ROW - Math.max(ROW, room * AHEAD);
  const down = top - Math.max(0, room * (1 - AHEAD) - ROW);
  if (top < offset) element.scrollTop = up;
  else if (top + ROW > offset + room) element.scrollTop = down;
  else if (top - ROW < offset && offset > 0) afterFrame(() => (element.scrollTop = up));
  else if (top + 2 * ROW > offset + room) afterFrame(() => (element.scrollTop = down));
}

let afterwards: (() => void) | undefined;

/** Runs the last thing asked for once the next frame is on screen. */
function afterFrame(run: () => void): void {
  if (!afterwards) {
    requestAnimationFrame(() =>
      setTimeout(() => {
        const last = afterwards;
        afterwards = undefined;
        last?.();
      }),
    );
  }
  afterwards = run;
}

/** Scrolls sideways until a column stands clear of the names. */
function showColumn(element: HTMLElement | null, halfDays: readonly HalfDay[], open: HalfDay | null, column: number): void {
  if (!element || column < 0) return;
  const at = element.scrollLeft;
  const to = scrolledTo(halfDays, open, column, { at, room: element.clientWidth - NAMES });
  if (to !== at) element.scrollLeft = to;
}
