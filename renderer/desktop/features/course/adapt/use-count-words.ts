import { useTranslation } from 'react-i18next';
import type { ChangeCounts } from '../../../../../shared/features/course/version-changes.ts';
import { useFormats } from '../../../../ui/formats.ts';

/** Returns the words for how many changes there are of each kind; those of which there is none are left out. */
export function useCountWords(): (counts: ChangeCounts) => string {
  const { t } = useTranslation('adaptation');
  const format = useFormats();
  return ({ changed, moved, added, removed }) =>
    format.list([
      ...(changed > 0 ? [t('count.changed', { count: changed })] : []),
      ...(moved > 0 ? [t('count.moved', { count: moved })] : []),
      ...(added > 0 ? [t('count.added', { count: added })] : []),
      ...(removed > 0 ? [t('count.removed', { count: removed })] : []),
    ]);
}
