import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { BoxedList, BoxedRow, RowActions, RowFacts, RowWords } from '../../../ui/BoxedList.tsx';
import { RecordTitle } from '../../../ui/fields/RecordText.tsx';
import { OpenIcon } from '../../../ui/theme/icons.tsx';
import { useRead } from '../../app/engine.ts';
import { go } from '../../app/view.ts';
import { useOwnerName } from './course-name.ts';
import classes from './WorkshopCourse.module.css';

/** The course from which a workshop was planned, and whose it is; nothing where it is not here. */
export function WorkshopCourse({ courseId }: { readonly courseId: Id }) {
  const { t } = useTranslation('adaptation');
  const ownerName = useOwnerName();
  const course = useRead('course.list', {}).data?.find(({ id }) => id === courseId);
  if (!course) return null;
  return (
    <section className={classes.root} aria-label={t('course.of')}>
      <h2 className={classes.heading}>{t('course.of')}</h2>
      <BoxedList label={t('course.of')}>
        <li>
          <BoxedRow>
            <RowWords title={<RecordTitle of={course} />}>
              <RowFacts>{ownerName(course.institution)}</RowFacts>
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
