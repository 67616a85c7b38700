import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './ChangedMeanwhile.module.css';

interface Props<F extends string> {
  /** Fields that somebody else changed while they were being changed here, with what stands there now. */
  readonly changed: readonly { readonly field: F; readonly label: string; readonly value: string }[];
  take(field: F): void;
}

/** Says in an open form what arrived meanwhile and offers to take it; what was typed stays, and saving keeps both. */
export function ChangedMeanwhile<F extends string>({ changed, take }: Props<F>) {
  const { t } = useTranslation('app');
  if (changed.length === 0) return null;
  return (
    <div className={classes.root} role="status" data-testid="changed-meanwhile">
      <p>{t('changed.title')}</p>
      <ul>
        {changed.map(({ field, label, value }) => (
          <li key={field}>
            <span>{t('changed.field', { field: label, value: value === '' ? t('changed.empty') : value })}</span>
            <Button variant="default" size="compact-md" onClick={() => take(field)} aria-label={t('changed.takeNamed', { field: label })}>
              {t('changed.take')}
            </Button>
          </li>
        ))}
      </ul>
      <p>{t('changed.both')}</p>
    </div>
  );
}
