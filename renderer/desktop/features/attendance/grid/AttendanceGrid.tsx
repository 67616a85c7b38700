import { useMemo, useRef, type CSSProperties, type KeyboardEvent } from 'react';
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
import { gridTemplate, HEAD, NAME_ROOM, ROW, TOTALS } from './grid-sizes.ts';
import { useDrawn } from './use-drawn.ts';
import { RowBoundary } from '../../../../ui/Rows.tsx';
import classes from './AttendanceGrid.module.css';

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
  const { rows, columns, behind } = useDrawn(scroller, cursor, people, halfDays, open);

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
  const template: CSSProperties & Record<'--columns', string> = { '--columns': gridTemplate(halfDays, open, behind) };
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
