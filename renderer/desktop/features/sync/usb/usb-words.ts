import type { TFunction } from 'i18next';
import { textIn, type Language } from '../../../../../shared/kernel/text.ts';
import { parseSpace, workshopOf } from '../../../../../shared/model/spaces.ts';
import type { Formats } from '../../../../../shared/kernel/formats.ts';
import type { Answer } from '../../../app/engine.ts';

type Translate = TFunction<['usb', 'sync', 'app']>;
type Workshops = Answer<'activity.list'>;
type Removed = Answer<'bin.list'>;

/** *12 changes and 1 file*; *nothing*. */
export function amountWords(changes: number, files: number, t: Translate, format: Formats): string {
  const parts = [...(changes > 0 ? [t('usb:changes', { count: changes })] : []), ...(files > 0 ? [t('usb:files', { count: files })] : [])];
  return parts.length > 0 ? format.list(parts) : t('usb:none');
}

/** A space as people know it: *Atelier Dakar: people and attendance*. */
export function spaceWords(space: string, workshops: Workshops, language: Language, t: Translate): string {
  const parsed = parseSpace(space);
  const part = t(`sync:space.${parsed?.kind ?? 'other'}`);
  const workshop = workshopOf(space);
  return workshop === null ? part : t('usb:part', { workshop: workshopWords(workshop, workshops, language, t), part });
}

/** A workshop by its title; `removed`: those of the bin, which are said to lie there. */
export function workshopWords(id: string, workshops: Workshops, language: Language, t: Translate, removed: Removed = []): string {
  const workshop = workshops.find((one) => one.id === id);
  if (workshop) return textIn(workshop.title, language);
  const inBin = removed.find((one) => one.id === id);
  return inBin ? t('usb:save.inBin', { title: textIn(inBin.title, language) }) : t('usb:save.unknown');
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
