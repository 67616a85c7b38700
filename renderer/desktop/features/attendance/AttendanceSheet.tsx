import { Button } from '@mantine/core';
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { HalfDay } from '../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { isUnclaimed } from '../../app/keyboard/held-focus.ts';
import { useGiven } from '../../import/use-given.ts';
import { useFoundPeople } from '../people/find-people.ts';
import { AttendanceBar } from './AttendanceBar.tsx';
import { useAdvance } from './grid/use-advance.ts';
import { AttendanceGrid } from './grid/AttendanceGrid.tsx';
import { GridCursor } from './grid/grid-cursor.ts';
import type { Person } from './grid/GridRow.tsx';
import { useFocusGrid, useGridFocus } from './grid/use-grid-focus.ts';
import { useGridWords } from './grid/use-grid-words.ts';
import { useGridModel } from './grid/use-grid-model.ts';
import { useOpenHalfDay } from './grid/use-open-half-day.ts';
import { useSheetCommands } from './grid/use-sheet-commands.ts';
import { useSheetKeys } from './grid/use-sheet-keys.ts';
import type { MarkStore } from './mark-store.ts';
import { SheetDialogs, type SheetDialog } from './SheetDialogs.tsx';
import { SheetFoot } from './SheetFoot.tsx';
import classes from './AttendanceSheet.module.css';

interface Props {
  readonly activityId: Id;
  readonly mayMark: boolean;
  readonly marks: MarkStore;
  readonly halfDays: readonly HalfDay[];
  readonly everybody: readonly Person[];
  /** What waits for a decision; it stands beneath the grid. */
  readonly children?: ReactNode;
}

/** The bar and the grid. The half-day at hand is wide; any other opens by its head. */
export function AttendanceSheet({ activityId, mayMark, marks, halfDays, everybody, children }: Props) {
  const { t } = useTranslation('attendance');
  const [found, setFound] = useState('');
  const people = useFoundPeople(everybody, found);
  const ids = useMemo(() => everybody.map(({ id }) => id), [everybody]);
  const { open, choose } = useOpenHalfDay(activityId, marks, ids, halfDays);
  const [cursor] = useState(() => {
    const first = new GridCursor();
    first.show(ids, halfDays);
    return first;
  });
  const [dialog, setDialog] = useState<SheetDialog | null>(null);
  const [said, setSaid] = useState('');
  const [ahead, setAhead] = useState<HalfDay | null>(null);
  // What was not stored is not claimed, now or once the refusal is put away.
  useEffect(() => marks.subscribeSaving(() => marks.saving.failure !== null && setSaid('')), [marks]);
  const [advance, setAdvance] = useAdvance();
  const over = useGiven(mayMark, (given) => setDialog({ show: 'import', given }));
  const sheet = useRef<HTMLDivElement>(null);
  useEffect(() => marks.showPeople(ids), [marks, ids]);
  useLayoutEffect(
    () =>
      cursor.show(
        people.map(({ id }) => id),
        halfDays,
      ),
    [cursor, people, halfDays],
  );

  const words = useGridWords();
  const holdsFocus = useGridFocus(sheet);
  const model = useGridModel({ marks, cursor, words, mayMark, holdsFocus, setSaid, setAhead, setDialog });
  const focusGrid = useFocusGrid(sheet);
  useEffect(() => {
    if (open !== null) cursor.turnTo(open);
  }, [cursor, open]);
  // A click on a tab keeps the focus there; arriving from another page puts the keyboard where the work is.
  useEffect(() => {
    if (isUnclaimed()) focusGrid();
  }, [focusGrid]);

  const commands = useSheetCommands({
    sheet,
    model,
    ids,
    halfDays,
    open,
    choose,
    found,
    people,
    setFound,
    advance,
    setSaid,
    setAhead,
    setDialog,
    focusGrid,
  });
  useSheetKeys(sheet, commands.run);
  return (
    <div ref={sheet} className={classes.root}>
      {open !== null && (
        <AttendanceBar
          marks={marks}
          mayMark={mayMark}
          open={open}
          found={found}
          onFind={setFound}
          onRemaining={commands.remaining}
          advance={advance}
          onAdvance={setAdvance}
          onWalkIn={() => commands.walkIn('')}
          onUndo={commands.undo}
          onLetters={() => setDialog({ show: 'letters' })}
          onImport={() => setDialog({ show: 'import' })}
          onSave={() => setDialog({ show: 'save' })}
        />
      )}
      {people.length === 0 ? (
        <Nobody found={found} onAdd={mayMark ? () => commands.walkIn(found.trim()) : undefined} onEverybody={() => setFound('')} />
      ) : (
        <AttendanceGrid
          model={model}
          people={people}
          halfDays={halfDays}
          open={mayMark ? open : null}
          label={t('grid.label')}
          onOpen={choose}
          onCommand={commands.run}
        />
      )}
      <SheetFoot marks={marks} cursor={cursor} mayMark={mayMark} said={said} ahead={ahead}>
        {children}
      </SheetFoot>
      <SheetDialogs
        activityId={activityId}
        model={model}
        halfDays={halfDays}
        open={open}
        everybody={everybody}
        dialog={dialog}
        over={over}
        onClose={() => setDialog(null)}
        onWalkedIn={() => {
          setDialog(null);
          setFound('');
        }}
      />
    </div>
  );
}

/** Where nobody is found: adds whom was looked for, or shows everybody again. */
function Nobody(props: { readonly found: string; readonly onAdd: (() => void) | undefined; readonly onEverybody: () => void }) {
  const { t } = useTranslation('attendance');
  return (
    <div className={classes.nobody}>
      <p>{t('nobodyFound', { text: props.found })}</p>
      {props.onAdd && <Button onClick={props.onAdd}>{t('walkIn.addFound', { name: props.found.trim() })}</Button>}
      <Button variant="default" onClick={props.onEverybody}>
        {t('showEverybody')}
      </Button>
    </div>
  );
}
