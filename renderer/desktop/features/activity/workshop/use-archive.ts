import { useTranslation } from 'react-i18next';
import { textIn } from '../../../../../shared/kernel/text.ts';
import { useLanguage, useReadableTitle } from '../../../../ui/formats.ts';
import { call, useWrite, type Answer } from '../../../app/engine.ts';
import { offerUndo } from '../../../app/frame/notices.tsx';

/** Puts a workshop away or back, and offers to undo that. */
export function useArchive(workshop: Answer<'activity.get'>): (archived: boolean) => void {
  const { t } = useTranslation('activity');
  const language = useLanguage();
  const readableTitle = useReadableTitle();
  const write = useWrite('activity.archive');
  return (archived) =>
    write.mutate(
      { id: workshop.id, archived, seen: workshop.seen },
      {
        onSuccess: () => {
          const title = readableTitle(workshop, textIn(workshop.title, language));
          offerUndo(t(archived ? 'archive.done' : 'archive.undone', { title }), async () => {
            const { seen } = await call('activity.get', { id: workshop.id });
            return call('activity.archive', { id: workshop.id, archived: !archived, seen });
          });
        },
      },
    );
}
