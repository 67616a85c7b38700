import { useTranslation } from 'react-i18next';
import { useRead, type Answer } from '../../app/engine.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Devices } from './Devices.tsx';
import { Storage } from './Storage.tsx';
import classes from './Sync.module.css';

/** This laptop: who it is to others, and what it keeps. */
export function Laptop({ status }: { readonly status: Answer<'sync.status'> }) {
  const { t } = useTranslation('sync');
  return (
    <div className={classes.now}>
      <section aria-label={t('laptop.title')}>
        <Loaded query={useRead('sync.devices', {})}>{(devices) => <Devices devices={devices} status={status} />}</Loaded>
      </section>
      <section aria-label={t('storage.title')}>
        <Loaded query={useRead('store.usage', {})}>{(usage) => <Storage usage={usage} />}</Loaded>
      </section>
    </div>
  );
}
