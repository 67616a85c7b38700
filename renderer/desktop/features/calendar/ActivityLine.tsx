import { useTranslation } from 'react-i18next';
import { RecordTitle } from '../../../ui/fields/RecordText.tsx';
import { useReadable } from '../../../ui/formats.ts';
import type { Activity } from './CalendarPage.tsx';
import { useCalendarWords } from './use-calendar-words.ts';
import classes from './Calendar.module.css';

/** An activity as a line of a list: when, what, of whom; `plain`: in a narrow column, without the rest. */
export function ActivityLine({
  activity,
  plain,
  show,
}: {
  readonly activity: Activity;
  readonly plain?: boolean;
  show(activity: Activity): void;
}) {
  const { t } = useTranslation(['calendar', 'activity']);
  const { when } = useCalendarWords();
  const readable = useReadable();
  return (
    <li>
      <button type="button" className={classes.line} data-plain={plain || undefined} onClick={() => show(activity)}>
        <span className={classes.when}>
          {when(activity)}
          {activity.dateTbc && <span className={classes.tbc}>{t('activity:dateTbc')}</span>}
        </span>
        <span className={classes.lineTitle}>
          <RecordTitle of={activity} writtenIn={activity.languages} />
        </span>
        <span className={classes.facts}>
          {[
            ...activity.projects,
            ...activity.partners,
            ...(plain ? [] : [t(`activity:kind.${activity.kind}`)]),
            ...(plain || activity.mode === 'unspecified' ? [] : [readable(activity, 'mode', t(`activity:mode.${activity.mode}`))]),
          ].join(' · ')}
        </span>
      </button>
    </li>
  );
}
