import { memo, useCallback, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import type { HalfDay } from '../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { GridModel } from './grid-model.ts';
import { StatusGlyph } from './StatusGlyph.tsx';
import { LETTER, MARKS } from './status-letters.ts';
import classes from './AttendanceGrid.module.css';

interface Props {
  readonly model: GridModel;
  readonly personId: Id;
  readonly name: string;
  readonly halfDay: HalfDay;
  readonly column: number;
  /** The half-day at hand: every status one tap away. */
  readonly open: boolean;
}

/** One cell. It draws itself again when its own mark or its own focus changes, and at no other time. */
export const MarkCell = memo(function MarkCell({ model, personId, name, halfDay, column, open }: Props) {
  const { marks, cursor, words } = model;
  const cell = useSyncExternalStore(
    useCallback((listener) => marks.subscribeCell(personId, halfDay, listener), [marks, personId, halfDay]),
    () => marks.cell(personId, halfDay),
  );
  const focus = useSyncExternalStore(
    useCallback((listener) => cursor.subscribeCell(personId, halfDay, listener), [cursor, personId, halfDay]),
    () => cursor.focusOf(personId, halfDay),
  );
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (focus === 'active' && model.holdsFocus()) element.current?.focus({ preventScroll: true });
  }, [focus, model]);
  const label = words.cell(name, halfDay, cell.status, cell.conflict);
  return (
    <div
      ref={element}
      role="gridcell"
      aria-colindex={column + 2}
      aria-label={label}
      aria-selected={focus !== 'none'}
      tabIndex={focus === 'active' ? 0 : -1}
      className={classes.cell}
      data-open={open || undefined}
      data-focus={focus}
      data-status={cell.status}
      data-saved={cell.saved}
      data-conflict={cell.conflict || undefined}
      onFocus={(event) => {
        if (event.target === event.currentTarget) cursor.place(personId, halfDay);
      }}
      onClick={() => {
        if (!open || cell.conflict) model.openDetails(personId, halfDay);
      }}
    >
      {open ? (
        <>
          {MARKS.map((mark) => (
            <button
              key={mark}
              type="button"
              tabIndex={-1}
              className={classes.choice}
              aria-pressed={cell.status === mark}
              aria-label={words.status(mark)}
              title={words.status(mark)}
              onClick={(event) => {
                if (cell.conflict) return;
                event.stopPropagation();
                cursor.place(personId, halfDay);
                model.mark([{ halfDay, people: [personId] }], mark);
              }}
            >
              {cell.status === mark ? <StatusGlyph status={mark} /> : LETTER[mark]}
            </button>
          ))}
          <button
            type="button"
            tabIndex={-1}
            className={classes.more}
            aria-label={words.details(name)}
            title={words.details(name)}
            onClick={(event) => {
              event.stopPropagation();
              cursor.place(personId, halfDay);
              model.openDetails(personId, halfDay);
            }}
          >
            {cell.status === 'notTaken' && !cell.conflict ? <StatusGlyph status="notTaken" /> : <span className={classes.dots}>⋯</span>}
          </button>
        </>
      ) : (
        <StatusGlyph status={cell.status} />
      )}
      {cell.conflict && <span className={classes.conflict} aria-hidden />}
    </div>
  );
});
