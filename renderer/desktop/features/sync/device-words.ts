import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../app/engine.ts';

/** Which laptop something was written on, and by whom; the author is empty where nobody is known. */
export interface WrittenOn {
  readonly device: string;
  readonly author: string;
  /** The laptop's own name, or its number where its author has several; else empty. */
  readonly laptop: string;
}

/**
 * *on this laptop*; *on “Bureau de Thiès”*, a laptop by its name; *on their own laptop*, behind the author's name; *on laptop 4489f049* where nobody is known or the author has several without
 * a name: the engine tells laptops apart by the first digits of their ids, which say little to a reader. `here` is the id of this laptop, empty while it is not known.
 */
export function placeWords({ device, author, laptop }: WrittenOn, here: string, t: TFunction<'sync'>): string {
  if (here !== '' && here.startsWith(device)) return t('sync:device.here');
  if (isName({ device, laptop })) return t('sync:device.named', { name: laptop });
  return author === '' || laptop !== '' ? t('sync:device.other', { device }) : t('sync:device.theirs');
}

/** *Awa Diop, “Bureau de Thiès”*; *Awa Diop, laptop 4489f049*: one person may have several laptops. The author is empty where nobody is known. */
export function laptopWords({ author, device, laptop }: WrittenOn, t: TFunction<'sync'>): string {
  if (isName({ device, laptop }))
    return author === '' ? t('sync:laptop.named', { name: laptop }) : t('sync:laptop.ofNamed', { author, name: laptop });
  return author === '' ? t('sync:laptop.numbered', { device }) : t('sync:laptop.of', { author, device });
}

/** *Bento Lima, “Salle 2”*: whom a laptop in the room belongs to, and its name where that is known here. */
export function peerWords({ name, laptop }: { readonly name: string; readonly laptop: string }, t: TFunction<['lan', 'sync']>): string {
  const author = name.trim() === '' ? t('lan:someone') : name;
  if (laptop === '') return author;
  return name.trim() === '' ? t('sync:laptop.named', { name: laptop }) : t('sync:laptop.ofNamed', { author, name: laptop });
}

/** `placeWords` for this laptop, in the window's language. */
export function useDeviceWords(): (written: WrittenOn) => string {
  const { t } = useTranslation('sync');
  const here = useRead('sync.status', {}).data?.replica ?? '';
  return useCallback((written) => placeWords(written, here, t), [t, here]);
}

function isName({ device, laptop }: Pick<WrittenOn, 'device' | 'laptop'>): boolean {
  return laptop !== '' && laptop !== device;
}
