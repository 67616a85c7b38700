import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { UploadIcon } from '../../../../ui/theme/icons.tsx';
import { useRead } from '../../../app/engine.ts';

const CourseImportDialog = lazy(() => import('./CourseImportDialog.tsx').then((module) => ({ default: module.CourseImportDialog })));

/** The button that takes a course or its translated texts from a file, where the user may write courses somewhere. */
export function ImportCourses() {
  const { t } = useTranslation('exchange');
  const spaces = useRead('course.writableSpaces', {}).data ?? [];
  const [importing, setImporting] = useState(false);
  if (spaces.length === 0) return null;
  return (
    <>
      <Button variant="default" size="sm" mt="sm" ml="sm" leftSection={<UploadIcon size={18} />} onClick={() => setImporting(true)}>
        {t('import.open')}
      </Button>
      <Suspense>{importing && <CourseImportDialog close={() => setImporting(false)} />}</Suspense>
    </>
  );
}
