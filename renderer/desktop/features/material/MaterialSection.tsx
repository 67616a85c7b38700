import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { PlusIcon } from '../../../ui/theme/icons.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { useRead } from '../../app/engine.ts';
import type { Adding } from './AddDialog.tsx';
import { MaterialList } from './MaterialList.tsx';
import { offers, useRights } from '../sync/MayNot.tsx';
import classes from './MaterialList.module.css';

const AddDialog = lazy(() => import('./AddDialog.tsx').then((module) => ({ default: module.AddDialog })));

/** The materials of a workshop (its own first, then its course's) or of a course, and the way to add one. */
export function MaterialSection({ activityId, courseId }: { readonly activityId?: Id; readonly courseId: Id | null }) {
  const { t } = useTranslation('material');
  const [adding, setAdding] = useState<Adding | undefined>();
  const mayAdd = offers(useRights(activityId), activityId ? 'materials' : 'library');
  const own = useRead('material.list', activityId ? { activityId } : {}, { enabled: activityId !== undefined });
  const ofCourse = useRead('material.list', courseId ? { courseId } : {}, { enabled: courseId !== null });
  const target: Adding = activityId ? { activityId } : courseId ? { courseId } : {};
  return (
    <section className={classes.section} aria-label={t('section')}>
      <div className={classes.head}>
        <h2 className={classes.heading}>{t('section')}</h2>
        {mayAdd && (
          <Button variant="default" size="sm" leftSection={<PlusIcon size={18} />} onClick={() => setAdding(target)}>
            {t('add')}
          </Button>
        )}
      </div>
      <Loaded query={activityId ? own : ofCourse}>
        {(first) => {
          const rest = activityId && courseId ? (ofCourse.data ?? []) : [];
          const all = [...first, ...rest.filter((material) => first.every((known) => known.id !== material.id))];
          return all.length > 0 ? (
            <MaterialList materials={all} label={t('section')} />
          ) : (
            <p className={classes.none}>{activityId ? t('noneInWorkshop') : t('noneInCourse')}</p>
          );
        }}
      </Loaded>
      <Suspense>{adding && <AddDialog adding={adding} close={() => setAdding(undefined)} />}</Suspense>
    </section>
  );
}
