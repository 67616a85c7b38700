import { useTranslation } from 'react-i18next';
import { CheckIcon } from '../theme/icons.tsx';
import classes from './SaveState.module.css';

/** Where what was entered is: not yet saved, saved on this laptop, or synced. Said only after the commit returned. */
export function SaveState(props: { readonly state: 'idle' | 'saving' | 'saved' | 'synced' }) {
  const { t } = useTranslation('app');
  return (
    <span className={classes.root} role="status" data-state={props.state}>
      {(props.state === 'saved' || props.state === 'synced') && <CheckIcon size={16} />}
      {props.state === 'saving' && t('save.saving')}
      {props.state === 'saved' && t('save.saved')}
      {props.state === 'synced' && t('save.synced')}
    </span>
  );
}
