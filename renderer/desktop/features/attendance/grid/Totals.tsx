import { memo, useCallback, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { attendedOf, takenOf, type Counts } from '../../../../../shared/features/attendance/counts.ts';
import type { HalfDay } from '../../../../../shared/kernel/dates.ts';
import type { MarkStore } from '../mark-store.ts';
import classes from './AttendanceGrid.module.css';

/** Subscribes to a half-day's counts. */
export function useCounts(marks: MarkStore, halfDay: HalfDay): Counts {
  return useSyncExternalStore(
    useCallback((listener) => marks.subscribeCounts(halfDay, listener), [marks, halfDay]),
    () => marks.counts(halfDay),
  );
}

interface Props {
  readonly marks: MarkStore;
  readonly halfDays: readonly HalfDay[];
  readonly open: HalfDay | null;
  readonly rowIndex: number;
}

/** The foot of the grid: how many attended, of how many marked. */
export function Totals({ marks, halfDays, open, rowIndex }: Props) {
  const { t } = useTranslation('attendance');
  return (
    <div role="rowgroup" className={classes.foot}>
      <div role="row" aria-rowindex={rowIndex} className={classes.footRow}>
        <div role="rowheader" aria-colindex={1} className={classes.footName}>
          {t('grid.attended')}
          <span className={classes.ofMarked}>{t('grid.ofMarked')}</span>
        </div>
        {halfDays.map((halfDay, column) => (
          <Total key={halfDay} marks={marks} halfDay={halfDay} column={column} open={halfDay === open} />
        ))}
      </div>
    </div>
  );
}

const Total = memo(function Total(props: {
  readonly marks: MarkStore;
  readonly halfDay: HalfDay;
  readonly column: number;
  readonly open: boolean;
}) {
  const { t } = useTranslation('attendance');
  const counts = useCounts(props.marks, props.halfDay);
  const of = takenOf(counts);
  return (
    <div
      role="gridcell"
      aria-colindex={props.column + 2}
      className={classes.total}
      data-open={props.open || undefined}
      data-testid={`total-${props.halfDay}`}
    >
      {of === 0 ? (
        <>
          <span className={classes.none} aria-hidden>
            –
          </span>
          <span className="unseen">{t('grid.noneTaken')}</span>
        </>
      ) : (
        <>
          <strong>{attendedOf(counts)}</strong> <span>{t('grid.of', { of })}</span>
        </>
      )}
    </div>
  );
});
