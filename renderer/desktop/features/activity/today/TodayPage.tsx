import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { OpenRoad } from '../../../../ui/theme/drawings.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { useFormats } from '../../../../ui/formats.ts';
import { Loaded } from '../../../../ui/Loaded.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { today, useNow } from '../../../app/clock.ts';
import { Boundary } from '../../../app/Boundary.tsx';
import { useRead, type Answer } from '../../../app/engine.ts';
import { lastDay } from '../../../app/last-days.ts';
import { go } from '../../../app/view.ts';
import { LostAccess } from '../../sync/review/LostAccess.tsx';
import { FirstSteps } from './FirstSteps.tsx';
import { NextWorkshop } from './NextWorkshop.tsx';
import { NotReady } from './NotReady.tsx';
import { RemovedFlag } from '../workshop/RemovedNotice.tsx';
import { SampleFlag } from './SampleFlag.tsx';
import { useLoadSample } from './sample.ts';
import { RowBoundary, Rows } from '../../../../ui/Rows.tsx';
import { offers, useRights } from '../../sync/MayNot.tsx';
import { RecordTitle } from '../../../../ui/fields/RecordText.tsx';
import classes from './TodayPage.module.css';

/** The page of the day: what is next, what is not ready, what waits to be synced. */
export function TodayPage() {
  const { t } = useTranslation('activity');
  const format = useFormats();
  const now = useNow();
  const day = today(now);
  const query = useRead('activity.today', { day }, { keep: true, before: lastDay(day) });
  return (
    <>
      <PageHeader title={t('today.title')}>
        <time dateTime={day}>{format.longDay(day)}</time>
      </PageHeader>
      <LostAccess />
      <Boundary key={query.isPlaceholderData ? 'last' : 'now'}>
        <Loaded query={query}>{(data) => (isEmpty(data) ? <NothingPlanned /> : <Day data={data} now={now} />)}</Loaded>
      </Boundary>
    </>
  );
}

type TodayData = Answer<'activity.today'>;

function isEmpty(data: TodayData): boolean {
  return data.underWay.length === 0 && data.upcoming.length === 0 && data.recent.length === 0;
}

function Day({ data, now }: { readonly data: TodayData; readonly now: Date }) {
  const { t } = useTranslation('activity');
  const [next] = data.underWay.length > 0 ? [] : data.upcoming;
  return (
    <div className={classes.columns}>
      <div className={classes.main}>
        {data.underWay.map((workshop) => (
          <RowBoundary key={workshop.id} of={workshop} as="div">
            <NextWorkshop workshop={workshop} sessions={workshop.agendaToday} now={now} />
          </RowBoundary>
        ))}
        {next && (
          <RowBoundary of={next} as="div">
            <NextWorkshop workshop={next} sessions={[]} now={now} />
          </RowBoundary>
        )}
        {data.underWay.length === 0 && !next && <NoneAhead />}
        <Others title={t('today.upcoming')} workshops={data.upcoming.filter((workshop) => workshop !== next)} />
        <Others title={t('today.recent')} workshops={data.recent} />
      </div>
      <div className={classes.side}>
        <RowBoundary of={data} as="div">
          <NotReady data={data} />
        </RowBoundary>
        <FirstSteps />
      </div>
    </div>
  );
}

function NoneAhead() {
  const mayCreate = offers(useRights(), 'plan');
  const { t } = useTranslation('activity');
  return (
    <section className={classes.card}>
      <h2 className={classes.heading}>{t('today.noneAhead')}</h2>
      <p className={classes.quiet}>{t('today.noneAheadText')}</p>
      {mayCreate && <Button onClick={() => go({ page: 'workshops', create: true })}>{t('create.open')}</Button>}
    </section>
  );
}

function Others({ title, workshops }: { readonly title: string; readonly workshops: TodayData['upcoming'] }) {
  const format = useFormats();
  if (workshops.length === 0) return null;
  return (
    <section>
      <h2 className={classes.heading}>{title}</h2>
      <ul className={classes.list}>
        <Rows of={workshops} as="li">
          {(workshop) => (
            <li>
              <button type="button" className={classes.row} onClick={() => go({ page: 'workshop', id: workshop.id, tab: 'agenda' })}>
                <span>
                  <RecordTitle of={workshop} writtenIn={workshop.languages} /> <SampleFlag sample={workshop.sample} />
                  <RemovedFlag removed={workshop.removed} />
                </span>
                <span className={classes.quiet}>{format.days(workshop.start, workshop.end)}</span>
              </button>
            </li>
          )}
        </Rows>
      </ul>
    </section>
  );
}

function NothingPlanned() {
  const mayCreate = offers(useRights(), 'plan');
  const { t } = useTranslation('activity');
  const sample = useLoadSample();
  return (
    <EmptyState drawing={<OpenRoad />} title={t('today.emptyTitle')} text={t('today.emptyText')}>
      {mayCreate && <Button onClick={() => go({ page: 'workshops', create: true })}>{t('create.open')}</Button>}
      <Button variant="default" onClick={sample.load} loading={sample.loading}>
        {t('sample')}
      </Button>
    </EmptyState>
  );
}
