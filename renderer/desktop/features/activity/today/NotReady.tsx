import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CheckIcon, ConflictIcon, DownloadIcon, PeopleIcon, UploadIcon } from '../../../../ui/theme/icons.tsx';
import { useRead, type Answer } from '../../../app/engine.ts';
import { go } from '../../../app/view.ts';
import classes from './TodayPage.module.css';

/** The list of what is not ready and what waits, each a way to where it is settled. */
export function NotReady({ data }: { readonly data: Answer<'activity.today'> }) {
  const { t } = useTranslation('activity');
  const enrolled = useRead('sync.status', {}).data?.enrolled ?? false;
  const { materialsMissingIn, toCompleteIn } = data;
  const lines: ReactNode[] = [];
  if (materialsMissingIn !== null) {
    lines.push(
      <Line
        key="materials"
        icon={<DownloadIcon />}
        open={() => go({ page: 'workshop', id: materialsMissingIn, tab: 'agenda', offline: true })}
      >
        {t('today.materialsMissing', { count: data.materialsMissing })}
      </Line>,
    );
  }
  if (toCompleteIn !== null) {
    lines.push(
      <Line key="people" icon={<PeopleIcon />} open={() => go({ page: 'workshop', id: toCompleteIn, tab: 'people' })}>
        {t('today.toComplete', { count: data.toComplete })}
      </Line>,
    );
  }
  const { orphansIn } = data;
  if (orphansIn !== null) {
    lines.push(
      <Line key="orphans" icon={<ConflictIcon />} open={() => go({ page: 'workshop', id: orphansIn, tab: 'attendance' })}>
        {t('today.orphans', { count: data.orphans })}
      </Line>,
    );
  }
  if (data.conflicts > 0) {
    lines.push(
      <Line key="conflicts" icon={<ConflictIcon />} open={() => go({ page: 'sync', tab: 'conflicts' })}>
        {t('today.conflicts', { count: data.conflicts })}
      </Line>,
    );
  }
  // Before this laptop is enrolled, nothing waits: there is nowhere to send it.
  if (enrolled && data.pending > 0) {
    lines.push(
      <Line key="pending" icon={<UploadIcon />} open={() => go({ page: 'sync' })}>
        {t('today.pending', { count: data.pending })}
      </Line>,
    );
  }
  return (
    <aside className={classes.aside} aria-label={t('today.preparation')}>
      {lines.length > 0 ? (
        <>
          <h2 className={classes.heading}>{t('today.notReady')}</h2>
          <ul className={classes.list}>{lines}</ul>
        </>
      ) : (
        <p className={classes.allReady}>
          <CheckIcon /> {t('today.allReady')}
        </p>
      )}
    </aside>
  );
}

function Line(props: { readonly icon: ReactNode; readonly open: () => void; readonly children: string }) {
  return (
    <li>
      <button type="button" className={classes.todo} onClick={props.open}>
        {props.icon}
        <span>{props.children}</span>
      </button>
    </li>
  );
}
