import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../app/engine.ts';
import { offers, useRights } from '../../sync/MayNot.tsx';
import classes from './RemovedNotice.module.css';
import { useArchive } from './use-archive.ts';

/** Says of a workshop that it was put away, and brings it back. Nothing where it was not. */
export function ArchivedWorkshop({ workshop }: { readonly workshop: Answer<'activity.get'> }) {
  const { t } = useTranslation('activity');
  const mayChange = offers(useRights(workshop.id), 'plan');
  const archive = useArchive(workshop);
  if (!workshop.archived) return null;
  return (
    <section className={classes.root} aria-label={t('archive.flag')}>
      <p>{t('archive.told')}</p>
      {mayChange && (
        <Button variant="default" style={{ alignSelf: 'flex-start' }} onClick={() => archive(false)}>
          {t('archive.back')}
        </Button>
      )}
    </section>
  );
}
