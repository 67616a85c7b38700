import { useTranslation } from 'react-i18next';
import { monthsIn, periodOf, projectsOf } from '../../../../shared/features/calendar/calendar-views.ts';
import { useFormats } from '../../../ui/formats.ts';
import type { ViewProps } from './CalendarPage.tsx';
import { useCalendarPlace } from './calendar-place.ts';
import classes from './Calendar.module.css';

/** So many projects are named of a month. */
const NAMED = 4;

/** Twelve months with how much is in each; one of them opens it. */
export function YearView({ activities, day }: ViewProps) {
  const { t } = useTranslation('calendar');
  const format = useFormats();
  const look = useCalendarPlace((place) => place.look);
  const { from, to } = periodOf('year', day);
  return (
    <ul className={classes.year} aria-label={from.slice(0, 4)}>
      {monthsIn(activities, from, to).map(({ month, exact, blurred }) => {
        const projects = projectsOf([...exact, ...blurred]);
        return (
          <li key={month}>
            <button type="button" className={classes.monthCard} onClick={() => look('month', month)}>
              <span className={classes.monthName}>{format.month(month)}</span>
              <span className={classes.monthCount}>{t('count', { count: exact.length + blurred.length })}</span>
              <span className={classes.facts}>
                {projects
                  .slice(0, NAMED)
                  .map(({ project, count }) => t('ofProject', { project, number: format.number(count) }))
                  .join(' · ')}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
