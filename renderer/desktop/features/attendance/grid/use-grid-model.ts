import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { HalfDay } from '../../../../../shared/kernel/dates.ts';
import type { SheetDialog } from '../SheetDialogs.tsx';
import { changesOf } from './grid-actions.ts';
import type { GridModel } from './grid-model.ts';
import { aheadOf } from './use-open-half-day.ts';

interface Parts extends Pick<GridModel, 'marks' | 'cursor' | 'words' | 'mayMark' | 'holdsFocus'> {
  /** Each the same for as long as the sheet lives. */
  setSaid(words: string): void;
  setAhead(halfDay: HalfDay | null): void;
  setDialog(dialog: SheetDialog): void;
}

/** Returns all that the grid draws and does; the same object until a part of it changes, for every row is drawn with it. */
export function useGridModel({ marks, cursor, words, mayMark, holdsFocus, setSaid, setAhead, setDialog }: Parts): GridModel {
  const { t } = useTranslation('attendance');
  return useMemo(
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
    [marks, cursor, words, mayMark, holdsFocus, setSaid, setAhead, setDialog, t],
  );
}
