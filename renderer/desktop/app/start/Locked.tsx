import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { EmptyShelf } from '../../../ui/theme/drawings.tsx';
import { callWhileLocked } from '../connection.ts';

/** The records are locked: what that is, and what to do. It gives way by itself once they are opened. */
export function Locked() {
  const { t } = useTranslation('app');
  const status = useQuery({ queryKey: ['vault.status', 'locked'], queryFn: () => callWhileLocked('vault.status', {}) });
  return (
    <main role="status">
      <EmptyState drawing={<EmptyShelf />} title={t('locked.title')} text={t('locked.text')}>
        <Text size="sm" c="dimmed">
          {status.data === undefined ? '' : t('locked.version', { version: status.data.version })}
        </Text>
      </EmptyState>
    </main>
  );
}
