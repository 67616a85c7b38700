import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { textIn, type Language, type LocalisedText } from '../../../../shared/kernel/text.ts';
import { parseSpace, workshopOf } from '../../../../shared/model/spaces.ts';
import { useLanguage } from '../../../ui/formats.ts';
import { useRead } from '../../app/engine.ts';

interface Titled {
  readonly title: LocalisedText | string;
}

/** The workshops that are known here: those that are here, those that were removed, those that are no longer open to this laptop. */
export interface KnownWorkshops {
  readonly here: readonly (Titled & { readonly id: Id })[];
  readonly removed: readonly (Titled & { readonly id: Id })[];
  readonly lost: readonly (Titled & { readonly activityId: Id })[];
}

/** A workshop as well as it can be named: by its title, and where it lies if not in the list; else by the first digits of its id, so that two are not taken for one. */
export function workshopWords(id: Id, { here, removed, lost }: KnownWorkshops, language: Language, t: TFunction<'sync'>): string {
  const titled = (one: Titled | undefined): string => (one ? textIn(one.title, language) : '');
  const title = titled(here.find((one) => one.id === id));
  if (title !== '') return title;
  const inBin = titled(removed.find((one) => one.id === id));
  if (inBin !== '') return t('sync:workshop.inBin', { title: inBin });
  const gone = titled(lost.find(({ activityId }) => activityId === id));
  return gone === '' ? t('sync:workshop.unknown', { number: id.slice(0, 8) }) : t('sync:workshop.lost', { title: gone });
}

/** `workshopWords` in the window's language. */
export function useWorkshopWords(): (id: Id) => string {
  const { t } = useTranslation('sync');
  const language = useLanguage();
  const here = useRead('activity.list', { inCalendar: false }).data;
  const removed = useRead('bin.list', {}).data;
  const lost = useRead('sync.lost', {}).data;
  return useCallback(
    (id) => workshopWords(id, { here: here ?? [], removed: removed ?? [], lost: lost ?? [] }, language, t),
    [here, removed, lost, language, t],
  );
}

/** A space as people know it: *Atelier Dakar: people and attendance*. */
export function useSpaceWords(): (space: string) => string {
  const { t } = useTranslation('sync');
  const named = useWorkshopWords();
  return useCallback(
    (space) => {
      const part = t(`space.${parseSpace(space)?.kind ?? 'other'}`);
      const workshop = workshopOf(space);
      return workshop === null ? part : t('waiting.part', { workshop: named(workshop), part });
    },
    [t, named],
  );
}
