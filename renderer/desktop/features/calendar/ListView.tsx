import { useTranslation } from 'react-i18next';
import { monthsIn, periodOf } from '../../../../shared/features/calendar/calendar-views.ts';
import { useFormats } from '../../../ui/formats.ts';
import { Rows } from '../../../ui/Rows.tsx';
import { ActivityLine } from './ActivityLine.tsx';
import type { ViewProps } from './CalendarPage.tsx';
import classes from './Calendar.module.css';

/** The activities of a year, by the months that they begin in or touch. */
export function ListView({ activities, day, show }: ViewProps) {
  const { t } = useTranslation('calendar');
  const format = useFormats();
  const { from, to } = periodOf('list', day);
  const months = monthsIn(activities, from, to).filter(({ exact, blurred }) => exact.length + blurred.length > 0);
  if (months.length === 0) return <p className={classes.none}>{t('nothing')}</p>;
  return months.map(({ month, exact, blurred }) => (
    <section key={month} className={classes.month}>
      <h3>{format.month(month)}</h3>
      <ul className={classes.lines}>
        <Rows of={[...exact, ...blurred]} as="li">
          {(activity) => <ActivityLine activity={activity} show={show} />}
        </Rows>
      </ul>
    </section>
  ));
}
