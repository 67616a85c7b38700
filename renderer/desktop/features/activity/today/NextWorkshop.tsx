import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { sessionAt } from '../../../../../shared/features/activity/agenda.ts';
import { dayCount } from '../../../../../shared/kernel/dates.ts';
import { textIn } from '../../../../../shared/kernel/text.ts';
import { useFormats, useLanguage, useReadableTitle } from '../../../../ui/formats.ts';
import { CalendarIcon, PlaceIcon, StartIcon } from '../../../../ui/theme/icons.tsx';
import { timeNow, today } from '../../../app/clock.ts';
import type { Answer } from '../../../app/engine.ts';
import { go } from '../../../app/view.ts';
import { keepOpened, momentOf } from '../../attendance/kept-sheets.ts';
import { Rows } from '../../../../ui/Rows.tsx';
import { SampleFlag } from './SampleFlag.tsx';
import { RecordTitle } from '../../../../ui/fields/RecordText.tsx';
import classes from './TodayPage.module.css';

type Workshop = Answer<'activity.today'>['upcoming'][number];
type Item = NonNullable<Answer<'activity.today'>['current']>['agendaToday'][number];

interface Props {
  readonly workshop: Workshop;
  /** Today's sessions, while it is under way. */
  readonly sessions: readonly Item[];
  readonly now: Date;
}

/** The workshop under way, with today's sessions and the one button; or the next one. */
export function NextWorkshop({ workshop, sessions: items, now }: Props) {
  const { t } = useTranslation('activity');
  const language = useLanguage();
  const readableTitle = useReadableTitle();
  const format = useFormats();
  const title = readableTitle(workshop, textIn(workshop.title, language));
  const day = today(now);
  const underWay = workshop.start <= day && day <= workshop.end;
  const next = underWay ? sessionAt(items, timeNow(now)) : undefined;
  const start = () => {
    // Of the session that is meant, whatever the clock says of the half of the day.
    if (next) keepOpened(workshop.id, next.item.halfDay, momentOf(now));
    go({ page: 'workshop', id: workshop.id, tab: 'attendance' });
  };
  return (
    <section className={classes.card} aria-label={t(underWay ? 'today.underWay' : 'today.next', { title })}>
      <p className={classes.when}>
        {underWay
          ? t('today.dayOf', { day: dayCount(workshop.start, day), days: dayCount(workshop.start, workshop.end) })
          : t('today.startsIn', { count: dayCount(day, workshop.start) - 1 })}{' '}
        <SampleFlag sample={workshop.sample} />
      </p>
      <h2 className={classes.workshop}>
        <RecordTitle of={workshop} writtenIn={workshop.languages} />
      </h2>
      <p className={classes.facts}>
        <span>
          <CalendarIcon size={18} /> {format.days(workshop.start, workshop.end)}
        </span>
        {workshop.place && (
          <span>
            <PlaceIcon size={18} /> {workshop.place}
          </span>
        )}
      </p>
      {underWay && items.length > 0 && (
        <ol className={classes.sessions} aria-label={t('today.sessions')}>
          <Rows of={items} as="li">
            {(item) => (
              <li className={classes.session} aria-current={item === next?.item ? 'time' : undefined}>
                <time className={classes.time}>{format.hour(item.start)}</time>
                <span className={classes.sessionTitle}>
                  <RecordTitle of={item} prefer={workshop.languages[0]} />
                  {item === next?.item && <span className={classes.tag}>{next.runs ? t('today.now') : t('today.nextSession')}</span>}
                </span>
                {item.room && <span className={classes.quiet}>{item.room}</span>}
              </li>
            )}
          </Rows>
        </ol>
      )}
      {underWay && items.length === 0 && <p className={classes.quiet}>{t('today.noSessions')}</p>}
      <div className={classes.act}>
        {underWay ? (
          <Button size="lg" leftSection={<StartIcon />} onClick={start}>
            {t('today.start')}
          </Button>
        ) : (
          <Button onClick={() => go({ page: 'workshop', id: workshop.id, tab: 'agenda' })}>{t('today.open')}</Button>
        )}
      </div>
    </section>
  );
}
