import { useTranslation } from 'react-i18next';
import classes from './SampleFlag.module.css';

/** Says of a workshop of invented people what it is. */
export function SampleFlag({ sample }: { readonly sample: boolean }) {
  const { t } = useTranslation('activity');
  return sample && <span className={classes.flag}>{t('sampleFlag')}</span>;
}
