import { useTranslation } from 'react-i18next';
import { monthsIn, weeksOf, type Bar } from '../../../../shared/features/calendar/calendar-views.ts';
import { textIn } from '../../../../shared/kernel/text.ts';
import { useFormats, useLanguage, useReadableTitle } from '../../../ui/formats.ts';
import { Rows } from '../../../ui/Rows.tsx';
import { useSpokenIn } from '../../../ui/fields/RecordText.tsx';
import { today } from '../../app/clock.ts';
import { ActivityLine } from './ActivityLine.tsx';
import type { Activity, ViewProps } from './CalendarPage.tsx';
import { useCalendarWords } from './use-calendar-words.ts';
import classes from './Calendar.module.css';

/** The weeks of a month, a bar for each activity; beneath them what is known of the month alone. */
export function MonthView({ activities, day, show }: ViewProps) {
  const { t } = useTranslation('calendar');
  const format = useFormats();
  const weeks = weeksOf(activities, day);
  const month = day.slice(0, 7);
  const [{ blurred } = { blurred: [] }] = monthsIn(activities, day, day);
  return (
    <>
      <div className={classes.grid}>
        <div className={classes.weekdays} aria-hidden>
          {weeks[0]?.days.map((one) => (
            <span key={one}>{format.weekdayName(one)}</span>
          ))}
        </div>
        {weeks.map(({ days, bars }) => (
          <section key={days[0]} className={classes.week} aria-label={t('week', { days: format.days(days[0]!, days[6]!) })}>
            <div className={classes.days} aria-hidden>
              {days.map((one) => (
                <span key={one} data-other={one.slice(0, 7) !== month || undefined} data-today={one === today() || undefined}>
                  {Number(one.slice(8))}
                </span>
              ))}
            </div>
            {bars.length > 0 && (
              <ul className={classes.bars}>
                {bars.map((bar) => (
                  <BarOf key={bar.activity.id} bar={bar} show={show} />
                ))}
              </ul>
            )}
          </section>
        ))}
      </div>
      {blurred.length > 0 && (
        <section className={classes.month}>
          <h3>{t('withoutDays')}</h3>
          <ul className={classes.lines}>
            <Rows of={blurred} as="li">
              {(activity) => <ActivityLine activity={activity} show={show} />}
            </Rows>
          </ul>
        </section>
      )}
    </>
  );
}

function BarOf({ bar, show }: { readonly bar: Bar<Activity>; show(activity: Activity): void }) {
  const { t } = useTranslation('activity');
  const language = useLanguage();
  const readableTitle = useReadableTitle();
  const { when } = useCalendarWords();
  const { activity, column, columns, line, before, after } = bar;
  const spoken = useSpokenIn(activity.title, { writtenIn: activity.languages });
  const title = readableTitle(activity, textIn(activity.title, language));
  const facts = [when(activity), ...(activity.dateTbc ? [t('dateTbc')] : []), ...activity.projects];
  return (
    <li style={{ gridColumn: `${column} / span ${columns}`, gridRow: line }}>
      <button
        type="button"
        className={classes.barButton}
        data-entry={activity.inCalendar || undefined}
        data-tbc={activity.dateTbc || undefined}
        data-before={before || undefined}
        data-after={after || undefined}
        title={[title, ...facts].join('\n')}
        onClick={() => show(activity)}
      >
        <span lang={spoken}>{title}</span>
        <span className={classes.hidden}>{facts.join(', ')}</span>
      </button>
    </li>
  );
}
