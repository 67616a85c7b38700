import { useTranslation } from 'react-i18next';
import { NextIcon } from '../../../ui/theme/icons.tsx';
import { useRead } from '../../app/engine.ts';
import { go } from '../../app/view.ts';
import classes from './FormsEntry.module.css';

/** The way from the library to the questionnaires, with how many there are. */
export function FormsEntry() {
  const { t } = useTranslation('form');
  const total = useRead('form.list', { limit: 1 }).data?.total;
  return (
    <section className={classes.section}>
      <h2 className={classes.heading}>{t('forms')}</h2>
      <button type="button" className={classes.entry} onClick={() => go({ page: 'forms' })}>
        <span className={classes.words}>
          <span className={classes.title}>{t('entry')}</span>
          {total !== undefined && <span className={classes.quiet}>{t('count', { count: total })}</span>}
        </span>
        <NextIcon size={18} />
      </button>
    </section>
  );
}
