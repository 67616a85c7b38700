import { useTranslation } from 'react-i18next';
import classes from './ImportDialog.module.css';

/** Says over the whole window that a file may be dropped. */
export function DropHint({ shown }: { readonly shown: boolean }) {
  const { t } = useTranslation('intake');
  return shown ? (
    <div className={classes.drop} role="status">
      <p>{t('drop')}</p>
    </div>
  ) : null;
}
