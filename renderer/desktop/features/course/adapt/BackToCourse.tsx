import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { BackIcon } from '../../../../ui/theme/icons.tsx';
import { go } from '../../../app/view.ts';

/** The way from a comparison back to the course. */
export function BackToCourse({ id }: { readonly id: Id }) {
  const { t } = useTranslation('adaptation');
  return (
    <Button
      variant="subtle"
      size="compact-md"
      leftSection={<BackIcon size={18} />}
      onClick={() => go({ page: 'course', id })}
      px={8}
      ml={-8}
      mb={4}
    >
      {t('compare.back')}
    </Button>
  );
}
