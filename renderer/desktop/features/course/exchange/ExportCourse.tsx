import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DownloadIcon } from '../../../../ui/theme/icons.tsx';
import type { Answer } from '../../../app/engine.ts';

const ExportDialog = lazy(() => import('./ExportDialog.tsx').then((module) => ({ default: module.ExportDialog })));

/** The button that opens the ways in which a course leaves this laptop. */
export function ExportCourse({ course }: { readonly course: Answer<'course.get'> }) {
  const { t } = useTranslation('exchange');
  const [exporting, setExporting] = useState(false);
  return (
    <>
      <Button variant="default" size="sm" leftSection={<DownloadIcon size={18} />} onClick={() => setExporting(true)}>
        {t('export.open')}
      </Button>
      <Suspense>{exporting && <ExportDialog course={course} close={() => setExporting(false)} />}</Suspense>
    </>
  );
}
