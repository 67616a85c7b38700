import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { textIn } from '../../../../../shared/kernel/text.ts';
import { useFormats, useLanguage } from '../../../../ui/formats.ts';
import { useRead, useWrite, type Answer } from '../../../app/engine.ts';
import { partOf } from '../spaces.ts';
import { Rows } from '../../../../ui/Rows.tsx';
import classes from './LostAccess.module.css';

/** Workshops that this laptop may no longer read: which, since when, why, what became of the work, what to do. */
export function LostAccess() {
  const list = (useRead('sync.lost', {}).data ?? []).filter(({ seen }) => !seen);
  return (
    <Rows of={list} as="div" by={({ activityId }) => activityId}>
      {(lost) => <Notice lost={lost} />}
    </Rows>
  );
}

function Notice({ lost }: { readonly lost: Answer<'sync.lost'>[number] }) {
  const { t } = useTranslation('sync');
  const format = useFormats();
  const language = useLanguage();
  const seen = useWrite('sync.lostSeen');
  const workshop = textIn(lost.title, language) || t('workshop.unknown', { number: lost.activityId.slice(0, 8) });
  return (
    <section className={classes.notice} data-testid="access-lost">
      <h2>{lost.activityId === '' ? t('lost.titleOther') : t('lost.title', { workshop })}</h2>
      <p>{t('lost.why', { when: format.instant(lost.since) })}</p>
      <ul>
        <Rows of={lost.kinds} as="li" by={(kind) => kind}>
          {(kind) => <li>{t(`space.${partOf(kind)}`)}</li>}
        </Rows>
      </ul>
      <p>{lost.removed ? t('lost.removed') : t('lost.leaving')}</p>
      {lost.setAside > 0 && <p>{t('lost.setAside', { count: lost.setAside })}</p>}
      <p>{t('lost.todo')}</p>
      {lost.removed && (
        <Button variant="default" loading={seen.isPending} onClick={() => seen.mutate({ activityId: lost.activityId })}>
          {t('lost.seen')}
        </Button>
      )}
    </section>
  );
}
