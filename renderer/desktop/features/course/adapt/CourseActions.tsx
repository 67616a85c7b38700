import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead, useWrite, type Answer } from '../../../app/engine.ts';
import { say } from '../../../app/frame/notices.tsx';
import { go } from '../../../app/view.ts';
import { useOwnerName } from '../course-name.ts';
import { EditCourse } from '../edit/EditCourse.tsx';
import { ExportCourse } from '../exchange/ExportCourse.tsx';
import classes from './CourseActions.module.css';

const PublishDialog = lazy(() => import('./PublishDialog.tsx').then((module) => ({ default: module.PublishDialog })));

/** The buttons of a course beside planning from it: writing in it, adapting it for an institution of the user, publishing it, suggesting it to its source, and taking it along. */
export function CourseActions({ course }: { readonly course: Answer<'course.get'> }) {
  const { t } = useTranslation('adaptation');
  const [publishing, setPublishing] = useState(false);
  const mayChange = useRead('course.open', { id: course.id }).data?.change.allowed ?? false;
  return (
    <div className={classes.root}>
      <EditCourse id={course.id} />
      <Adapt course={course} />
      {mayChange && (
        <Button variant="default" size="sm" onClick={() => setPublishing(true)}>
          {t('publish.open')}
        </Button>
      )}
      {mayChange && course.origin !== null && (
        <Button variant="default" size="sm" onClick={() => go({ page: 'suggest', id: course.id })}>
          {t('suggestion.open')}
        </Button>
      )}
      <ExportCourse course={course} />
      <Suspense>{publishing && <PublishDialog course={course} close={() => setPublishing(false)} />}</Suspense>
    </div>
  );
}

/** A button for each institution for which the user writes: its adaptation of the course is opened, or made. */
function Adapt({ course }: { readonly course: Answer<'course.get'> }) {
  const { t } = useTranslation('adaptation');
  const ownerName = useOwnerName();
  const institutions = useRead('institution.list', {}).data ?? [];
  const courses = useRead('course.list', {}).data ?? [];
  const fork = useWrite('course.fork');
  const mine = institutions.filter(({ id, change }) => change.allowed && id !== course.institution?.id);
  return mine.map((one) => {
    const institution = ownerName(one);
    const own = courses.find(({ origin, institution: owner }) => origin === course.id && owner?.id === one.id);
    if (own)
      return (
        <Button key={one.id} variant="default" size="sm" onClick={() => go({ page: 'course', id: own.id })}>
          {t('openOf', { institution })}
        </Button>
      );
    const adapt = () =>
      fork.mutate(
        { courseId: course.id, institutionId: one.id },
        {
          onSuccess: ({ id }) => {
            go({ page: 'course', id });
            say(t('adapted', { institution }));
          },
        },
      );
    return (
      <Button key={one.id} variant="default" size="sm" disabled={fork.isPending} onClick={adapt}>
        {mine.length === 1 ? t('adapt') : t('adaptFor', { institution })}
      </Button>
    );
  });
}
