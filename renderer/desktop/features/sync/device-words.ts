import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../app/engine.ts';

/** *on this laptop*, *on laptop 4489f049*: the engine tells laptops apart by the first digits of their ids. */
export function useDeviceWords(): (device: string) => string {
  const { t } = useTranslation('sync');
  const here = useRead('sync.status', {}).data?.replica ?? '';
  return useCallback(
    (device) => (here !== '' && here.startsWith(device) ? t('sync:device.here') : t('sync:device.other', { device })),
    [t, here],
  );
}
