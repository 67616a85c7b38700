import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { HalfDay } from '../../../../../shared/kernel/dates.ts';
import { halfDayParts } from '../../../../../shared/kernel/formats.ts';
import { MARKS } from '../../../../../shared/model/vocabularies.ts';
import { useFormats, useHalfDay } from '../../../../ui/formats.ts';
import classes from './AttendanceGrid.module.css';

interface Props {
  readonly halfDay: HalfDay;
  readonly column: number;
  readonly open: boolean;
  onOpen(halfDay: HalfDay): void;
}

/** A half-day's head; choosing it opens its column wide, with a word over each letter. */
export const HalfDayHeader = memo(function HalfDayHeader({ halfDay, column, open, onOpen }: Props) {
  const { t } = useTranslation('attendance');
  const format = useFormats();
  const words = useHalfDay()(halfDay);
  const { half } = halfDayParts(halfDay, format);
  return (
    <div role="columnheader" aria-colindex={column + 2} className={classes.halfDay} data-open={open || undefined}>
      <button
        type="button"
        aria-pressed={open}
        title={open ? undefined : t('grid.open', { halfDay: t('grid.halfDay', words) })}
        onClick={() => onOpen(halfDay)}
      >
        {open ? (
          <>
            <span className={classes.date}>{t('grid.halfDay', words)}</span>
            <span className={classes.legend} aria-hidden data-testid="letters-legend">
              {MARKS.map((mark) => (
                <span key={mark}>{t(`short.${mark}`)}</span>
              ))}
            </span>
          </>
        ) : (
          <>
            <span className={classes.date}>{format.shortDay(halfDay.slice(0, 10))}</span>
            <span className={classes.half}>{half === 'AM' ? t('grid.am') : t('grid.pm')}</span>
          </>
        )}
        {!open && <span className="unseen">{t('grid.halfDay', words)}</span>}
      </button>
    </div>
  );
});
