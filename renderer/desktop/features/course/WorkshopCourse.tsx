import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { BoxedList, BoxedRow, RowActions, RowFacts, RowWords } from '../../../ui/BoxedList.tsx';
import { RecordText, RecordTitle } from '../../../ui/fields/RecordText.tsx';
import { OpenIcon } from '../../../ui/theme/icons.tsx';
import { useRead } from '../../app/engine.ts';
import { go } from '../../app/view.ts';
import { useCountWords } from './adapt/use-count-words.ts';
import { useOwnerName } from './course-name.ts';
import classes from './WorkshopCourse.module.css';

/** The course from which a workshop was planned, whose it is, and whether a newer version was published since; nothing where it is not here. */
export function WorkshopCourse({ activityId, courseId }: { readonly activityId: Id; readonly courseId: Id }) {
  const { t } = useTranslation('adaptation');
  const ownerName = useOwnerName();
  const course = useRead('course.list', {}).data?.find(({ id }) => id === courseId);
  const { planned, newer } = useRead('course.planned', { activityId }).data ?? { planned: null, newer: null };
  const countWords = useCountWords();
  if (!course) return null;
  const facts = [ownerName(course.institution), ...(planned ? [t('workshop.planned', { version: planned.version })] : [])];
  return (
    <section className={classes.root} aria-label={t('course.of')}>
      <h2 className={classes.heading}>{t('course.of')}</h2>
      <BoxedList label={t('course.of')}>
        <li>
          <BoxedRow>
            <RowWords title={<RecordTitle of={course} />}>
              <RowFacts>{facts.join(' · ')}</RowFacts>
              {newer && (
                <span>
                  {t('workshop.newer', { version: newer.version, changes: countWords(newer.changes) })} <RecordText text={newer.notes} />
                </span>
              )}
            </RowWords>
            <RowActions>
              <Button
                variant="subtle"
                size="compact-md"
                leftSection={<OpenIcon size={18} />}
                onClick={() => go({ page: 'course', id: course.id })}
              >
                {t('course.open')}
              </Button>
            </RowActions>
          </BoxedRow>
        </li>
      </BoxedList>
    </section>
  );
}
