import { useCallback, useEffect, useRef, type CSSProperties, type KeyboardEvent } from 'react';
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useTranslation } from 'react-i18next';
import type { HalfDay } from '../../../../shared/kernel/dates.ts';
import { useFillHeight } from '../../../ui/fill-height.ts';
import { Totals } from './Totals.tsx';
import { extend } from './grid-actions.ts';
import { commandOf, type GridCommand } from './grid-keys.ts';
import type { GridModel } from './grid-model.ts';
import { GridRow, type Person } from './GridRow.tsx';
import { HalfDayHeader } from './HalfDayHeader.tsx';
import { COLUMN, gridTemplate, HEAD, leftOf, NAMES, ROW, TOTALS } from './grid-sizes.ts';
import classes from './AttendanceGrid.module.css';

interface Props {
  readonly model: GridModel;
  /** People on screen: all, or those found. */
  readonly people: readonly Person[];
  readonly halfDays: readonly HalfDay[];
  readonly open: HalfDay | null;
  readonly label: string;
  onOpen(halfDay: HalfDay): void;
  /** Keys that ask for more than a move or a mark. */
  onCommand(command: GridCommand): void;
}

/** People down, half-days across; only the rows on screen are in the document, however many people there are. */
export function AttendanceGrid({ model, people, halfDays, open, label, onOpen, onCommand }: Props) {
  const { t } = useTranslation('attendance');
  const { cursor, marks } = model;
  const scroller = useRef<HTMLDivElement>(null);
  useFillHeight(scroller);
  const rows = useVirtualizer({
    count: people.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: (index) => people[index]?.id ?? index,
    overscan: 6,
    scrollMargin: HEAD,
    // The row with the cursor stays in the document when it is scrolled away, or the keyboard would lose its place.
    rangeExtractor: useCallback(
      (range: Range) => {
        const indexes = defaultRangeExtractor(range);
        const { row } = cursor.selection.cursor;
        return row >= range.count || indexes.includes(row) ? indexes : [...indexes, row].sort((a, b) => a - b);
      },
      [cursor],
    ),
  });
  useEffect(
    () =>
      cursor.subscribe(() => {
        const { row, column } = cursor.selection.cursor;
        showRow(scroller.current, rows.scrollOffset ?? 0, rows.scrollRect?.height ?? 0, row);
        showColumn(scroller.current, halfDays, open, column);
      }),
    [cursor, rows, halfDays, open],
  );
  useEffect(() => showColumn(scroller.current, halfDays, open, open === null ? 0 : halfDays.indexOf(open)), [halfDays, open]);

  const press = (event: KeyboardEvent) => {
    if (!(event.target instanceof Element) || !event.target.closest('[role="gridcell"]')) return;
    const page = Math.floor(((scroller.current?.clientHeight ?? 0) - HEAD - TOTALS) / ROW);
    const command = commandOf(event, page);
    if (!command) return;
    event.preventDefault();
    if (command.type === 'move' || command.type === 'jump') {
      if (command.extend) extend(marks, cursor, command);
      else cursor.run(command);
    } else if (command.type === 'mark') {
      model.mark(cursor.selected(), command.status);
      if (command.then === 'down') cursor.run({ type: 'move', rows: 1, columns: 0, extend: false });
    } else onCommand(command);
  };

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
      <div role="rowgroup" className={classes.body} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((item) => {
          const person = people[item.index];
          return (
            person && (
              <GridRow
                key={item.key}
                model={model}
                person={person}
                index={item.index}
                top={item.start - HEAD}
                halfDays={halfDays}
                open={open}
                toComplete={t('grid.toComplete')}
              />
            )
          );
        })}
      </div>
      <Totals marks={marks} halfDays={halfDays} open={open} rowIndex={people.length + 2} />
    </div>
  );
}

/**
 * Scrolls until a row stands clear of the head and the totals. From what the list remembers of its size, not from the document:
 * to ask it between a key and its frame would lay the page out once more.
 */
function showRow(element: HTMLElement | null, offset: number, height: number, row: number): void {
  if (!element || height === 0) return;
  const top = row * ROW;
  const lowest = top + ROW - (height - HEAD - TOTALS);
  if (top < offset) element.scrollTop = top;
  else if (lowest > offset) element.scrollTop = lowest;
}

/** Scrolls sideways until a column stands clear of the names. */
function showColumn(element: HTMLElement | null, halfDays: readonly HalfDay[], open: HalfDay | null, column: number): void {
  if (!element || column < 0) return;
  const left = leftOf(halfDays, open, column);
  const width = halfDays[column] === open ? COLUMN.open : COLUMN.closed;
  if (left < element.scrollLeft) element.scrollLeft = left;
  else if (left + width > element.scrollLeft + element.clientWidth - NAMES) element.scrollLeft = left + width - element.clientWidth + NAMES;
}
