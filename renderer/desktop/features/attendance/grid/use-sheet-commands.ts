import type { RefObject } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { HalfDay } from '../../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import type { Status } from '../../../../../shared/model/vocabularies.ts';
import type { PlaceOfFocus, SheetCommand } from '../../../app/keyboard/key-table.ts';
import { undoNewest } from '../../../app/frame/notices.tsx';
import { firstMeant } from '../../people/find-people.ts';
import type { SheetDialog } from '../SheetDialogs.tsx';
import { markRemaining } from './grid-actions.ts';
import type { GridModel } from './grid-model.ts';
import type { Person } from './GridRow.tsx';
import { aheadOf } from './use-open-half-day.ts';

interface Sheet {
  readonly sheet: RefObject<HTMLElement | null>;
  readonly model: GridModel;
  /** Everybody in the list. */
  readonly ids: readonly Id[];
  readonly halfDays: readonly HalfDay[];
  readonly open: HalfDay | null;
  choose(halfDay: HalfDay): void;
  /** What is looked for, and who is found. */
  readonly found: string;
  readonly people: readonly Person[];
  setFound(text: string): void;
  /** Whether a mark goes on to the next person where a key leaves it to the setting. */
  readonly advance: boolean;
  setSaid(words: string): void;
  setAhead(halfDay: HalfDay | null): void;
  setDialog(dialog: SheetDialog): void;
  focusGrid(): void;
}

interface SheetCommands {
  run(command: SheetCommand, place?: PlaceOfFocus): void;
  /** Marks everybody present who has no mark in the open half-day. */
  remaining(): void;
  undo(): void;
  walkIn(typed: string): void;
}

/** Returns the commands that can be asked of the sheet, by a key or a button of its bar. */
export function useSheetCommands(of: Sheet): SheetCommands {
  const { sheet, model, ids, halfDays, open, found, people, setSaid, setAhead, setDialog, focusGrid } = of;
  const { marks, cursor, mayMark } = model;
  const { t } = useTranslation('attendance');
  const walkIn = (typed: string) => {
    if (mayMark) setDialog({ show: 'walkIn', typed });
  };
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
  const run = (asked: SheetCommand, place: PlaceOfFocus = 'grid') => {
    if (asked.type === 'mark') {
      mark(asked.status, asked.then === 'down' || (asked.then === 'asChosen' && of.advance));
      if (place !== 'grid') focusGrid();
    } else if (asked.type === 'remaining') remaining();
    else if (asked.type === 'walkIn') walkIn('');
    else if (asked.type === 'undo') undo();
    else if (asked.type === 'help') setDialog({ show: 'letters' });
    else if (asked.type === 'find') sheet.current?.querySelector<HTMLInputElement>('input[type="search"]')?.select();
    else if (asked.type === 'found') goToFound();
    else if (asked.type === 'clearSearch') of.setFound('');
    else if (asked.type === 'halfDay') {
      const next = open === null ? undefined : halfDays[halfDays.indexOf(open) + asked.by];
      if (next !== undefined) of.choose(next);
    } else if (asked.type === 'details') {
      const active = cursor.active();
      if (active) model.openDetails(active.personId, active.halfDay);
    } else if (asked.type === 'everyone') {
      if (open !== null) cursor.selectEverybody(open);
      if (place !== 'grid') focusGrid();
    } else if (asked.type === 'release') {
      if (cursor.selectedCount() > 1) cursor.collapse();
      else of.setFound('');
    }
  };
  return { run, remaining, undo, walkIn };
}
