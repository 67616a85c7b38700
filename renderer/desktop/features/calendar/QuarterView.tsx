import { useTranslation } from 'react-i18next';
import { monthsIn, periodOf } from '../../../../shared/features/calendar/calendar-views.ts';
import { useFormats } from '../../../ui/formats.ts';
import { Rows } from '../../../ui/Rows.tsx';
import { ActivityLine } from './ActivityLine.tsx';
import type { ViewProps } from './CalendarPage.tsx';
import classes from './Calendar.module.css';

/** Three months side by side. */
export function QuarterView({ activities, day, show }: ViewProps) {
  const { t } = useTranslation('calendar');
  const format = useFormats();
  const { from, to } = periodOf('quarter', day);
  return (
    <div className={classes.quarter}>
      {monthsIn(activities, from, to).map(({ month, exact, blurred }) => (
        <section key={month}>
          <h3>{format.month(month)}</h3>
          {exact.length + blurred.length === 0 ? (
            <p className={classes.none}>{t('nothing')}</p>
          ) : (
            <ul className={classes.lines}>
              <Rows of={[...exact, ...blurred]} as="li">
                {(activity) => <ActivityLine activity={activity} show={show} plain />}
              </Rows>
            </ul>
          )}
        </section>
      ))}
    </div>
  );
}
