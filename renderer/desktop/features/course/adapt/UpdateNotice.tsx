import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { useRead, type Answer } from '../../../app/engine.ts';
import { go } from '../../../app/view.ts';
import { useCountWords } from './use-count-words.ts';
import classes from './Versions.module.css';

/** Returns the words that say that there is something to take from a course's source. */
export function useUpdateWords(): (update: Answer<'course.updates'>[number]) => string {
  const { t } = useTranslation('adaptation');
  const countWords = useCountWords();
  return ({ to, changes }) => {
    const words = countWords(changes);
    return to === '' ? t('update.badgeUnnamed', { changes: words }) : t('update.badge', { version: to, changes: words });
  };
}

/** Says of an adaptation that there is something to take from its source, with the way to the comparison; nothing where there is not. */
export function UpdateNotice({ courseId }: { readonly courseId: Id }) {
  const { t } = useTranslation('adaptation');
  const updateWords = useUpdateWords();
  const update = useRead('course.updates', {}).data?.find((one) => one.courseId === courseId);
  if (!update) return null;
  return (
    <p className={classes.reading}>
      {updateWords(update)}{' '}
      <Button variant="subtle" size="compact-md" onClick={() => go({ page: 'comparison', id: courseId })}>
        {t('update.compare')}
      </Button>
    </p>
  );
}
