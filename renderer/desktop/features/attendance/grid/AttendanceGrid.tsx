import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent } from 'react';
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useTranslation } from 'react-i18next';
import type { HalfDay } from '../../../../../shared/kernel/dates.ts';
import { distinctNames } from '../../../../../shared/features/people/distinct-names.ts';
import { useLetters } from '../letters/letters-shown.tsx';
import { useFillHeight } from '../../../../ui/fill-height.ts';
import { fullName } from '../../people/person/person-words.ts';
import { Totals } from './Totals.tsx';
import { extend } from './grid-actions.ts';
import { sheetCommand, type SheetCommand } from '../../../app/keyboard/key-table.ts';
import { useSingleKeys } from '../../../app/keyboard/single-keys.tsx';
import type { GridModel } from './grid-model.ts';
import { GridName, GridRow, type Person } from './GridRow.tsx';
import { HalfDayHeader } from './HalfDayHeader.tsx';
import { COLUMN, gridTemplate, HEAD, leftOf, NAME_ROOM, NAMES, ROW, TOTALS } from './grid-sizes.ts';
import { RowBoundary } from '../../../../ui/Rows.tsx';
import classes from './AttendanceGrid.module.css';

/** How much of the room shows what comes next, after a scroll. */
const AHEAD = 0.6;

interface Props {
  readonly model: GridModel;
  /** People on screen: all, or those found. */
  readonly people: readonly Person[];
  readonly halfDays: readonly HalfDay[];
  readonly open: HalfDay | null;
  readonly label: string;
  onOpen(halfDay: HalfDay): void;
  /** Keys that ask for more than a move. */
  onCommand(command: SheetCommand): void;
}

/** People down, half-days across; only the rows on screen are in the document, however many people there are. */
export function AttendanceGrid({ model, people, halfDays, open, label, onOpen, onCommand }: Props) {
  const { t } = useTranslation('attendance');
  const letters = useLetters();
  const singleKeys = useSingleKeys();
  const { cursor, marks } = model;
  const scroller = useRef<HTMLDivElement>(null);
  // First, or every row would be drawn before the height is known.
  useFillHeight(scroller);
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
    [cursor, rows, halfDays, open],
  );
  useEffect(() => showColumn(scroller.current, halfDays, open, open === null ? 0 : halfDays.indexOf(open)), [halfDays, open]);

  const press = (event: KeyboardEvent) => {
    if (!(event.target instanceof Element) || !event.target.closest('[role="gridcell"]')) return;
    const asked = sheetCommand(event, 'grid', letters, singleKeys);
    if (!asked) return;
    event.preventDefault();
    const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - HEAD - TOTALS) / ROW));
    const command: SheetCommand = asked.type === 'page' ? { ...asked, type: 'move', rows: asked.pages * page, columns: 0 } : asked;
    if (command.type === 'move' || command.type === 'jump') {
      if (command.extend) extend(marks, cursor, command);
      else cursor.run(command);
    } else onCommand(command);
  };

  const names = useMemo(() => distinctNames(people.map(fullName), NAME_ROOM), [people]);
  const template: CSSProperties & Record<'--columns', string> = { '--columns': gridTemplate(halfDays, open) };
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={people.length + 2}
      aria-colcount={halfDays.length + 1}
      aria-multiselectable
      className={classes.scroller}
      style={template}
      onKeyDown={press}
    >
      <div role="rowgroup" className={classes.head}>
        <div role="row" aria-rowindex={1} className={classes.headRow}>
          <div role="columnheader" aria-colindex={1} className={classes.corner}>
            {t('grid.name')}
          </div>
          {halfDays.map((halfDay, column) => (
            <HalfDayHeader key={halfDay} halfDay={halfDay} column={column} open={halfDay === open} onOpen={onOpen} />
          ))}
        </div>
      </div>
      <div className={classes.body} style={{ height: rows.getTotalSize() }}>
        <div className={classes.names} aria-hidden>
          {rows.getVirtualItems().map((item) => {
            const person = people[item.index];
            return (
              person && (
                <RowBoundary key={item.key} of={person} as="row" style={{ top: item.start - HEAD }}>
                  <GridName
                    model={model}
                    person={person}
                    shown={names[item.index] ?? ''}
                    top={item.start - HEAD}
                    toComplete={t('grid.toComplete')}
                  />
                </RowBoundary>
              )
            );
          })}
        </div>
        <div className={classes.marks} role="rowgroup">
          {rows.getVirtualItems().map((item) => {
            const person = people[item.index];
            return (
              person && (
                <RowBoundary key={item.key} of={person} as="row" style={{ top: item.start - HEAD }}>
                  <GridRow
                    model={model}
                    person={person}
                    index={item.index}
                    top={item.start - HEAD}
                    halfDays={halfDays}
                    columns={columns}
                    open={open}
                    toComplete={t('grid.toComplete')}
                  />
                </RowBoundary>
              )
            );
          })}
        </div>
      </div>
      <Totals marks={marks} halfDays={halfDays} open={open} rowIndex={people.length + 2} />
    </div>
  );
}

/** What is on screen, and the cursor's place, which stays in the document when it is scrolled away, or the keyboard would lose it. */
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
  const left = leftOf(halfDays, open, column);
  const width = halfDays[column] === open ? COLUMN.open : COLUMN.closed;
  if (left < element.scrollLeft) element.scrollLeft = left;
  else if (left + width > element.scrollLeft + element.clientWidth - NAMES) element.scrollLeft = left + width - element.clientWidth + NAMES;
}
