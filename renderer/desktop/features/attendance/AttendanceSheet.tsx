import { Button } from '@mantine/core';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { isAhead, openHalfDay } from '../../../../shared/features/attendance/half-day-at-hand.ts';
import { type HalfDay } from '../../../../shared/kernel/dates.ts';
import { halfDayParts } from '../../../../shared/kernel/formats.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { STATUSES, type Status } from '../../../../shared/model/vocabularies.ts';
import { formatsIn, useLanguage } from '../../../ui/formats.ts';
import { today } from '../../app/clock.ts';
import { useRead, useWrite } from '../../app/engine.ts';
import { isUnclaimed } from '../../app/keyboard/held-focus.ts';
import type { PlaceOfFocus, SheetCommand } from '../../app/keyboard/key-table.ts';
import { undoNewest } from '../../app/frame/notices.tsx';
import { DropHint } from '../../import/DropHint.tsx';
import { useGiven } from '../../import/use-given.ts';
import type { GivenSources } from '../../import/use-plan.ts';
import { firstMeant, useFoundPeople } from '../people/find-people.ts';
import { nameShown } from '../people/person/person-words.ts';
import { AttendanceBar } from './AttendanceBar.tsx';
import { AttendanceGrid } from './grid/AttendanceGrid.tsx';
import { CellDetails } from './CellDetails.tsx';
import { changesOf, markRemaining } from './grid/grid-actions.ts';
import { GridCursor } from './grid/grid-cursor.ts';
import type { GridModel } from './grid/grid-model.ts';
import type { Person } from './grid/GridRow.tsx';
import { ImportMarks } from './ImportMarks.tsx';
import { SaveMarks } from './SaveMarks.tsx';
import { LettersHelp } from './letters/LettersHelp.tsx';

import type { MarkStore } from './mark-store.ts';
import { SheetFoot } from './SheetFoot.tsx';
import { WalkIn } from './WalkIn.tsx';
import { keepOpened, momentOf, openedBefore } from './kept-sheets.ts';
import { useSheetKeys } from './grid/use-sheet-keys.ts';
import { useGridFocus } from './grid/use-grid-focus.ts';
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

type Dialog =
  | { readonly show: 'details'; readonly personId: Id; readonly halfDay: HalfDay }
  | { readonly show: 'letters' | 'save' }
  | { readonly show: 'walkIn'; readonly typed: string }
  | { readonly show: 'import'; readonly given?: GivenSources };

/** The bar and the grid. The half-day at hand is wide; any other opens by its head. */
export function AttendanceSheet({ activityId, mayMark, marks, halfDays, everybody, children }: Props) {
  const { t } = useTranslation('attendance');
  const [found, setFound] = useState('');
  const people = useFoundPeople(everybody, found);
  const ids = useMemo(() => everybody.map(({ id }) => id), [everybody]);
  const [chosen, setChosen] = useState(() => {
    marks.showPeople(ids);
    const now = new Date();
    const before = openedBefore(activityId, momentOf(now));
    if (before !== undefined && halfDays.includes(before)) return before;
    return openHalfDay(halfDays, today(now), now.getHours(), (halfDay) => marks.counts(halfDay).notTaken === 0);
  });
  const choose = useCallback(
    (halfDay: HalfDay) => {
      setChosen(halfDay);
      keepOpened(activityId, halfDay, momentOf(new Date()));
    },
    [activityId],
  );
  const open = chosen !== null && halfDays.includes(chosen) ? chosen : (halfDays[0] ?? null);
  const [cursor] = useState(() => {
    const first = new GridCursor();
    first.show(ids, halfDays);
    return first;
  });
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const [said, setSaid] = useState('');
  const [ahead, setAhead] = useState<HalfDay | null>(null);
  // What was not stored is not claimed, now or once the refusal is put away.
  useEffect(() => marks.subscribeSaving(() => marks.saving.failure !== null && setSaid('')), [marks]);
  const setSettings = useWrite('settings.set');
  // At once, for the next key may be a letter; the setting follows.
  const [advanceNow, setAdvanceNow] = useState<boolean>();
  const stored = useRead('settings.get', {}).data?.advance ?? true;
  const advance = advanceNow ?? stored;
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
  const model = useMemo<GridModel>(
    () => ({
      marks,
      cursor,
      words,
      mayMark,
      holdsFocus,
      mark: (selected, status) => {
        if (!mayMark) return;
        const count = marks.set(changesOf(selected, status));
        setAhead(status === 'notTaken' ? null : aheadOf(selected.map(({ halfDay }) => halfDay)));
        setSaid(count > 1 ? t('said.marked', { count, status: t(`status.${status}`) }) : '');
      },
      openDetails: (personId, halfDay) => setDialog({ show: 'details', personId, halfDay }),
    }),
    [marks, cursor, words, mayMark, holdsFocus, t],
  );
  const focusGrid = useCallback(() => {
    const before = document.activeElement;
    const wasUnclaimed = isUnclaimed();
    const focus = (): boolean => {
      const cell = sheet.current?.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]');
      cell?.focus();
      return cell !== null && cell === document.activeElement;
    };
    if (focus()) return;
    // A grid that is drawn only now is there with the next frame; who has put the keyboard elsewhere by then keeps it there.
    requestAnimationFrame(() => {
      if (document.activeElement === before || (wasUnclaimed && isUnclaimed())) focus();
    });
  }, []);
  useEffect(() => {
    if (open !== null) cursor.turnTo(open);
  }, [cursor, open]);
  // A click on a tab keeps the focus there; arriving from another page puts the keyboard where the work is.
  useEffect(() => {
    if (isUnclaimed()) focusGrid();
  }, [focusGrid]);

  const walkIn = (typed: string) => mayMark && setDialog({ show: 'walkIn', typed });
  const remaining = () => {
    if (open === null || !mayMark) return;
    const count = markRemaining(marks, ids, open, 'present');
    setAhead(count > 0 ? aheadOf([open]) : null);
    setSaid(count > 0 ? t('said.marked', { count, status: t('status.present') }) : t('said.nobodyLeft'));
  };
  const undo = () => {
    // What a notice offers to take back comes first where it is the newer: a person who was added.
    if (undoNewest(marks.actedAt)) return;
    const count = marks.undo();
    setAhead(null);
    setSaid(count > 0 ? t('said.undone', { count }) : t('said.nothingToUndo'));
  };
  const mark = (status: Status, isNext: boolean) => {
    const isAlone = cursor.selectedCount() === 1;
    model.mark(cursor.selected(), status);
    if (!isAlone || !isNext) return;
    if (cursor.selection.cursor.row + 1 === cursor.rows.length) setSaid(t('said.lastPerson'));
    else cursor.run({ type: 'move', rows: 1, columns: 0, extend: false });
  };
  const goToFound = () => {
    const first = firstMeant(people, found)?.id;
    // Whoever is looked for and not in the list has come in.
    if (first === undefined || open === null) return walkIn(found.trim());
    // At once, for the next key may be a mark.
    flushSync(() => cursor.place(first, open));
    focusGrid();
  };
  const command = (asked: SheetCommand, place: PlaceOfFocus = 'grid') => {
    if (asked.type === 'mark') {
      mark(asked.status, asked.then === 'down' || (asked.then === 'asChosen' && advance));
      if (place !== 'grid') focusGrid();
    } else if (asked.type === 'remaining') remaining();
    else if (asked.type === 'walkIn') walkIn('');
    else if (asked.type === 'undo') undo();
    else if (asked.type === 'help') setDialog({ show: 'letters' });
    else if (asked.type === 'find') sheet.current?.querySelector<HTMLInputElement>('input[type="search"]')?.select();
    else if (asked.type === 'found') goToFound();
    else if (asked.type === 'clearSearch') setFound('');
    else if (asked.type === 'halfDay') {
      const next = open === null ? undefined : halfDays[halfDays.indexOf(open) + asked.by];
      if (next !== undefined) choose(next);
    } else if (asked.type === 'details') {
      const active = cursor.active();
      if (active) model.openDetails(active.personId, active.halfDay);
    } else if (asked.type === 'everyone') {
      if (open !== null) cursor.selectEverybody(open);
      if (place !== 'grid') focusGrid();
    } else if (asked.type === 'release') {
      if (cursor.selectedCount() > 1) cursor.collapse();
      else setFound('');
    }
  };
  useSheetKeys(sheet, command);
  const shown = dialog?.show === 'details' ? everybody.find(({ id }) => id === dialog.personId) : undefined;
  return (
    <div ref={sheet} className={classes.root}>
      {open !== null && (
        <AttendanceBar
          marks={marks}
          mayMark={mayMark}
          open={open}
          found={found}
          onFind={setFound}
          onRemaining={remaining}
          advance={advance}
          onAdvance={(next) => {
            setAdvanceNow(next);
            setSettings.mutate({ advance: next });
          }}
          onWalkIn={() => walkIn('')}
          onUndo={undo}
          onLetters={() => setDialog({ show: 'letters' })}
          onImport={() => setDialog({ show: 'import' })}
          onSave={() => setDialog({ show: 'save' })}
        />
      )}
      {people.length === 0 ? (
        <div className={classes.nobody}>
          <p>{t('nobodyFound', { text: found })}</p>
          {mayMark && <Button onClick={() => walkIn(found.trim())}>{t('walkIn.addFound', { name: found.trim() })}</Button>}
          <Button variant="default" onClick={() => setFound('')}>
            {t('showEverybody')}
          </Button>
        </div>
      ) : (
        <AttendanceGrid
          model={model}
          people={people}
          halfDays={halfDays}
          open={mayMark ? open : null}
          label={t('grid.label')}
          onOpen={choose}
          onCommand={command}
        />
      )}
      <SheetFoot marks={marks} cursor={cursor} mayMark={mayMark} said={said} ahead={ahead}>
        {children}
      </SheetFoot>
      {dialog?.show === 'details' && shown && (
        <CellDetails activityId={activityId} model={model} person={shown} halfDay={dialog.halfDay} onClose={() => setDialog(null)} />
      )}
      {dialog?.show === 'walkIn' && open !== null && (
        <WalkIn
          activityId={activityId}
          model={model}
          halfDay={open}
          typed={dialog.typed}
          onClose={() => {
            setDialog(null);
            setFound('');
          }}
        />
      )}
      {dialog?.show === 'letters' && <LettersHelp activityId={activityId} onClose={() => setDialog(null)} />}
      {dialog?.show === 'save' && <SaveMarks activityId={activityId} onClose={() => setDialog(null)} />}
      <DropHint shown={over} />
      {dialog?.show === 'import' && (
        <ImportMarks activityId={activityId} halfDays={halfDays} given={dialog.given} onClose={() => setDialog(null)} />
      )}
    </div>
  );
}

/** The first of some half-days that has not begun yet; null where all have. */
function aheadOf(halfDays: readonly HalfDay[]): HalfDay | null {
  const now = new Date();
  return halfDays.find((halfDay) => isAhead(halfDay, today(now), now.getHours())) ?? null;
}

function useGridWords(): GridModel['words'] {
  const { t } = useTranslation(['attendance', 'app']);
  const language = useLanguage();
  return useMemo(() => {
    const format = formatsIn(language);
    const spoken = new Map<HalfDay, string>();
    const halfDayWords = (halfDay: HalfDay): string => {
      const known = spoken.get(halfDay);
      if (known !== undefined) return known;
      const { day, half } = halfDayParts(halfDay, format);
      const words = t('grid.halfDay', { day, half: half === null ? '' : t(`app:half.${half}`) });
      spoken.set(halfDay, words);
      return words;
    };
    // A cell's words are put together thousands of times: each sentence is asked for once, with signs that no sentence holds where its values go.
    const sentences = { plain: parts('grid.cell'), conflict: parts('grid.cellConflict') };
    const notReadable = t('app:notReadable');
    const statuses = Object.fromEntries(STATUSES.map((status) => [status, t(`status.${status}`)])) as Record<Status, string>;
    return {
      name: (person) => nameShown(person, notReadable),
      status: (status) => statuses[status],
      cell(name, halfDay, { status, conflict, unreadable }) {
        const words = unreadable ? notReadable : statuses[status];
        const values: Readonly<Record<string, string>> = { '\uE001': name, '\uE002': halfDayWords(halfDay), '\uE003': words };
        return sentences[conflict ? 'conflict' : 'plain'].map((part) => values[part] ?? part).join('');
      },
      details: (name) => t('grid.details', { name }),
    };
    function parts(key: 'grid.cell' | 'grid.cellConflict'): string[] {
      return t(key, { name: '\uE001', halfDay: '\uE002', status: '\uE003' }).split(/([\uE001-\uE003])/);
    }
  }, [t, language]);
}
