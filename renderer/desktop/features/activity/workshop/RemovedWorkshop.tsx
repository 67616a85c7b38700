import { useTranslation } from 'react-i18next';
import { textIn } from '../../../../../shared/kernel/text.ts';
import { useLanguage, useReadableTitle } from '../../../../ui/formats.ts';
import { call, useRead, useWrite, type Answer } from '../../../app/engine.ts';
import { offerUndo } from '../../../app/frame/notices.tsx';
import { go } from '../../../app/view.ts';
import { offers, useRights } from '../../sync/MayNot.tsx';
import { RemovedNotice } from './RemovedNotice.tsx';

/** Somebody removed this workshop while others wrote to it: kept, or removed after all with what is seen now. Nothing where nobody did. */
export function RemovedWorkshop({ workshop }: { readonly workshop: Answer<'activity.get'> }) {
  const { t } = useTranslation('activity');
  const contents = useRead('activity.contents', { id: workshop.id }).data;
  const language = useLanguage();
  const readableTitle = useReadableTitle();
  const mayDecide = offers(useRights(workshop.id), 'plan');
  const keep = useWrite('activity.restore');
  const remove = useWrite('activity.remove');
  if (!workshop.removed) return null;
  return (
    <RemovedNotice
      removed={workshop.removed}
      mayDecide={mayDecide}
      busy={keep.isPending || remove.isPending || !contents}
      keep={() => keep.mutate({ id: workshop.id })}
      remove={() =>
        remove.mutate(
          { id: workshop.id, seen: contents?.seen ?? {} },
          {
            onSuccess: () => {
              go({ page: 'workshops' }, { replace: true });
              offerUndo(t('removed', { title: readableTitle(workshop, textIn(workshop.title, language)) }), () =>
                call('activity.restore', { id: workshop.id }),
              );
            },
          },
        )
      }
    />
  );
}
