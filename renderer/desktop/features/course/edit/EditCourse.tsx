import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { EditIcon } from '../../../../ui/theme/icons.tsx';
import { useRead } from '../../../app/engine.ts';
import { go } from '../../../app/view.ts';
import { NotPermitted } from '../../sync/MayNot.tsx';

/** The button that opens a course for writing, or why the user may not. */
export function EditCourse({ id }: { readonly id: Id }) {
  const { t } = useTranslation('editor');
  const opened = useRead('course.open', { id }).data;
  if (!opened) return null;
  if (!opened.change.allowed) return <NotPermitted permission={opened.change} />;
  return (
    <Button
      variant="default"
      size="sm"
      leftSection={<EditIcon size={18} />}
      onClick={() => go({ page: 'course', id: opened.id, edit: true })}
    >
      {t('open')}
    </Button>
  );
}
