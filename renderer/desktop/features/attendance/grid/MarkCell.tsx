import { memo, useCallback, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import type { HalfDay } from '../../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import type { CellFocus } from './grid-cursor.ts';
import type { GridModel } from './grid-model.ts';
import type { Cell } from '../mark-store.ts';
import { StatusGlyph } from './StatusGlyph.tsx';
import { useLetters } from '../letters/letters-shown.tsx';
import { MARKS } from '../../../../../shared/model/vocabularies.ts';
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
  const letters = useLetters();
  const state = useSyncExternalStore(
    useCallback(
      (listener) => {
        const stopMarks = marks.subscribeCell(personId, halfDay, listener);
        const stopCursor = cursor.subscribeCell(personId, halfDay, listener);
        return () => {
          stopMarks();
          stopCursor();
        };
      },
      [marks, cursor, personId, halfDay],
    ),
    () => stateOf(marks.cell(personId, halfDay), cursor.focusOf(personId, halfDay)),
  );
  const { cell, focus } = state;
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (focus === 'active' && model.holdsFocus()) element.current?.focus({ preventScroll: true });
  }, [focus, model]);
  return (
    <div
      ref={element}
      role="gridcell"
      aria-colindex={column + 2}
      style={{ gridColumn: column + 1 }}
      aria-label={words.cell(name, halfDay, cell)}
      aria-selected={focus !== 'none'}
      tabIndex={focus === 'active' ? 0 : -1}
      className={classes.cell}
      data-open={open || undefined}
      data-focus={focus}
      data-status={cell.status}
      data-saved={cell.saved}
      data-conflict={cell.conflict || undefined}
      onFocus={(event) => {
        if (event.target === event.currentTarget) cursor.enter(personId, halfDay);
      }}
      onClick={() => {
        cursor.place(personId, halfDay);
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
              data-letter={cell.status === mark ? undefined : letters[mark]}
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
              {cell.status === mark && <StatusGlyph status={mark} />}
            </button>
          ))}
          <button
            type="button"
            tabIndex={-1}
            className={classes.more}
            data-letter={cell.status === 'notTaken' && !cell.conflict && !cell.unreadable ? undefined : '⋯'}
            aria-label={words.details(name)}
            title={words.details(name)}
            onClick={(event) => {
              event.stopPropagation();
              cursor.place(personId, halfDay);
              model.openDetails(personId, halfDay);
            }}
          >
            {cell.status === 'notTaken' && !cell.conflict && !cell.unreadable && <StatusGlyph status="notTaken" />}
          </button>
        </>
      ) : (
        <StatusGlyph status={cell.unreadable ? 'unreadable' : cell.status} />
      )}
      {cell.conflict && <span className={classes.conflict} aria-hidden />}
    </div>
  );
});

interface State {
  readonly cell: Cell;
  readonly focus: CellFocus;
}

const STATES = new WeakMap<Cell, Map<CellFocus, State>>();

/** The same object for the same cell and focus, so that one subscription serves for both. */
function stateOf(cell: Cell, focus: CellFocus): State {
  const byFocus = STATES.get(cell) ?? new Map<CellFocus, State>();
  if (byFocus.size === 0) STATES.set(cell, byFocus);
  const known = byFocus.get(focus);
  if (known) return known;
  const state = { cell, focus };
  byFocus.set(focus, state);
  return state;
}
