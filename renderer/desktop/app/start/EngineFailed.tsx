import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyShelf } from '../../../ui/theme/drawings.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { useEngineState } from '../connection.ts';
import { RestoreStore } from './RestoreStore.tsx';

/** There is no engine: why, in a sentence, and the way out. Nothing on disk was touched. */
export function EngineFailed() {
  const { t } = useTranslation(['app', 'errors']);
  const { code, details } = useEngineState();
  const [trying, setTrying] = useState(false);
  const again = () => {
    setTrying(true);
    void window.shell.restartEngine().finally(() => setTrying(false));
  };
  return (
    <main role="alert">
      <EmptyState drawing={<EmptyShelf />} title={t('app:engineFailed')} text={t(`errors:${code}`, { replace: details })}>
        {code === 'store.damaged' ? (
          <RestoreStore />
        ) : (
          <Button onClick={again} loading={trying}>
            {t('app:tryAgain')}
          </Button>
        )}
      </EmptyState>
    </main>
  );
}
