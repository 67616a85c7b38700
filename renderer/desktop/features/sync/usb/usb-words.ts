import type { TFunction } from 'i18next';
import { parseSpace, workshopOf } from '../../../../../shared/model/spaces.ts';
import type { Formats } from '../../../../../shared/kernel/formats.ts';

type Translate = TFunction<['usb', 'sync', 'app']>;

/** *12 changes and 1 file*; *nothing*. */
export function amountWords(changes: number, files: number, t: Translate, format: Formats): string {
  const parts = [...(changes > 0 ? [t('usb:changes', { count: changes })] : []), ...(files > 0 ? [t('usb:files', { count: files })] : [])];
  return parts.length > 0 ? format.list(parts) : t('usb:none');
}

/** The spaces that may be shared, by workshop; what belongs to none stands under ''. The directory is never offered. */
export function byWorkshop(spaces: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const space of spaces) {
    if (parseSpace(space)?.kind === 'directory') continue;
    const key = workshopOf(space) ?? '';
    found.set(key, [...(found.get(key) ?? []), space]);
  }
  return found;
}
