import { Button } from '@mantine/core';
import { useCallback, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { HalfDay } from '../../../../shared/kernel/dates.ts';
import { useHalfDay } from '../../../ui/formats.ts';
import { CloseIcon } from '../../../ui/theme/icons.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { SaveState } from '../../../ui/fields/SaveState.tsx';
import type { GridCursor } from './grid/grid-cursor.ts';
import type { MarkStore, Saving } from './mark-store.ts';
import classes from './SheetFoot.module.css';

interface Props {
  readonly marks: MarkStore;
  readonly cursor: GridCursor;
  readonly mayMark: boolean;
  /** What the last action on several people did. */
  readonly said: string;
  /** The half-day of the last mark, where it has not begun yet. */
  readonly ahead: HalfDay | null;
  /** What waits for a decision. */
  readonly children?: ReactNode;
}

/** Longer than a mark takes to be on disk: *Saving* is said only where it is worth a word. */
const NOTICEABLE = 250;

/**
 * Beneath the grid, where nothing that comes or goes moves a row: what is selected or was done, where what was marked is, and what waits for a decision. The grid leaves
 * it its room (`data-beneath`); a refusal lies over the grid's end.
 */
export function SheetFoot({ marks, cursor, mayMark, said, ahead, children }: Props) {
  return (
    <div className={classes.root} data-beneath>
      <Failure marks={marks} />
      <div className={classes.line}>
        <LastAction marks={marks} cursor={cursor} mayMark={mayMark} said={said} />
        <Ahead halfDay={ahead} />
        <Saved marks={marks} />
      </div>
      {children}
    </div>
  );
}

/** One fact of how saving stands; draws anew only when that fact changes. */
export function useSaving<T extends string | number | boolean | null>(marks: MarkStore, fact: (saving: Saving) => T): T {
  return useSyncExternalStore(
    useCallback((listener) => marks.subscribeSaving(listener), [marks]),
    () => fact(marks.saving),
  );
}

/** How many cells are selected while that is more than one, else what the last action did, once that is on disk. */
function LastAction({ marks, cursor, mayMark, said }: Pick<Props, 'marks' | 'cursor' | 'mayMark' | 'said'>) {
  const { t } = useTranslation('attendance');
  const selected = useSyncExternalStore(
    useCallback((listener) => cursor.subscribe(listener), [cursor]),
    () => cursor.selectedCount(),
  );
  const isStored = useSaving(marks, ({ waiting, failure }) => waiting === 0 && failure === null);
  const done = isStored ? said : '';
  const words = selected > 1 ? t(mayMark ? 'said.selected' : 'said.selectedAlone', { count: selected }) : done;
  return (
    <p className={classes.said} role="status" data-testid="attendance-said">
      {words}
    </p>
  );
}

/** That a half-day is marked before it has begun. */
function Ahead({ halfDay }: { readonly halfDay: HalfDay | null }) {
  const { t } = useTranslation('attendance');
  const words = useHalfDay();
  return (
    <p className={classes.ahead} role="status" data-testid="attendance-ahead">
      {halfDay !== null && t('said.ahead', { halfDay: t('grid.halfDay', words(halfDay)) })}
    </p>
  );
}

function Saved({ marks }: Pick<Props, 'marks'>) {
  const waiting = useSaving(marks, (saving) => saving.waiting > 0);
  const saved = useSaving(marks, (saving) => saving.savedOnce && saving.failure === null);
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!waiting) return setLate(false);
    const timer = setTimeout(() => setLate(true), NOTICEABLE);
    return () => clearTimeout(timer);
  }, [waiting]);
  // Between a tap and its answer nothing is claimed; the cell itself is drawn as not saved yet.
  return (
    <span className={classes.saved}>
      <SaveState state={waiting ? (late ? 'saving' : 'idle') : saved ? 'saved' : 'idle'} />
    </span>
  );
}

function Failure({ marks }: Pick<Props, 'marks'>) {
  const { t } = useTranslation('attendance');
  const failure = useSaving(marks, (saving) => saving.failure);
  if (failure === null) return null;
  return (
    <div className={classes.failure}>
      <Refusal error={{ message: failure }}>
        <p className={classes.kept}>{t('bar.putBack')}</p>
        <Button variant="default" leftSection={<CloseIcon />} onClick={() => marks.putFailureAway()}>
          {t('bar.close')}
        </Button>
      </Refusal>
    </div>
  );
}
