import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../app/engine.ts';

/** Which laptop something was written on, and by whom; the author is empty where nobody is known. */
export interface WrittenOn {
  readonly device: string;
  readonly author: string;
}

/**
 * *on this laptop*; *on their own laptop*, behind the author's name; *on laptop 4489f049* where nobody is known: the engine tells laptops
 * apart by the first digits of their ids, which say nothing to a reader. `here` is the id of this laptop, empty while it is not known.
 */
export function placeWords({ device, author }: WrittenOn, here: string, t: TFunction<'sync'>): string {
  if (here !== '' && here.startsWith(device)) return t('sync:device.here');
  return author === '' ? t('sync:device.other', { device }) : t('sync:device.theirs');
}

/** `placeWords` for this laptop, in the window's language. */
export function useDeviceWords(): (written: WrittenOn) => string {
  const { t } = useTranslation('sync');
  const here = useRead('sync.status', {}).data?.replica ?? '';
  return useCallback((written) => placeWords(written, here, t), [t, here]);
}
