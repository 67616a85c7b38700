import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { useFormats } from '../../../ui/formats.ts';
import { useRead } from '../../app/engine.ts';
import { Rows } from '../../../ui/Rows.tsx';
import classes from './Erasures.module.css';

/** Who was erased is gone; that it was done, by whom and why, and that nothing is left here, stays to be shown. */
export function Erasures({ activityId }: { readonly activityId: Id }) {
  const { t } = useTranslation('people');
  const format = useFormats();
  const erasures = useRead('people.erasures', { activityId }).data ?? [];
  if (erasures.length === 0) return null;
  return (
    <details className={classes.erasures}>
      <summary>{t('erasures.title', { count: erasures.length })}</summary>
      <ul>
        <Rows of={erasures} as="li">
          {({ at, author, reason, record, ruled, refused, remaining }) => (
            <li>
              <p>
                {t('erasures.row', {
                  when: format.instant(at),
                  author: author || t('erasures.unknownAuthor'),
                  reason: t(`erase.reasons.${reason ?? 'asked'}`),
                })}
              </p>
              <p className={classes.quiet}>{ruled ? t('erasures.ruled') : refused ? t('erasures.refused') : t('erasures.waiting')}</p>
              <p className={classes.quiet}>{t('erasures.remaining', { values: remaining })}</p>
              <p className={classes.quiet}>{t('erasures.record', { record: record.slice(0, 16) })}</p>
            </li>
          )}
        </Rows>
      </ul>
    </details>
  );
}
