import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Asks what to do with the account of somebody else's backup: nothing of it is taken over before this is said. */
export function AccountChoice({ keep, take }: { readonly keep: () => void; readonly take: () => void }) {
  const { t } = useTranslation('settings');
  return (
    <Group gap="sm">
      <Button variant="default" size="compact-md" onClick={keep}>
        {t('restore.keepAccount')}
      </Button>
      <Button variant="default" size="compact-md" onClick={take}>
        {t('restore.takeAccount')}
      </Button>
    </Group>
  );
}
