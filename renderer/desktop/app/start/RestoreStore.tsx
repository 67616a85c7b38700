import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RestoredFrom } from '../../../../shared/contract/shell.ts';
import { useFormats } from '../../../ui/formats.ts';
import { UndoIcon } from '../../../ui/theme/icons.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { AccountChoice } from './AccountChoice.tsx';
import { restoreStore, useEngineState } from '../connection.ts';
import { say } from '../frame/notices.tsx';
import classes from './RestoreStore.module.css';

/** The ways on from a store that does not open: the newest good backup, another one, or what can be read without any. The damaged one is kept. */
export function RestoreStore() {
  const { t } = useTranslation(['app', 'errors']);
  const format = useFormats();
  const [last, setLast] = useState('');
  const { details, restoring, notRestored } = useEngineState();
  const { backupAt, backupBytes } = details as { readonly backupAt?: string; readonly backupBytes?: number };
  const hasBackup = backupAt !== undefined && backupAt !== '';
  const restore = async (from: RestoredFrom) => {
    const salvaged = await restoreStore(from);
    if (salvaged !== null) say(salvaged === 0 ? t('app:restore.done') : t('app:restore.doneWith', { count: salvaged }));
  };
  const choose = async () => {
    const chosen = await window.shell.chooseFile('backup');
    if (!chosen) return;
    setLast(chosen.path);
    await restore({ path: chosen.path });
  };
  const under = typeof restoring === 'string' || restoring === null ? restoring : 'chosen';
  const waiting = (way: typeof under) => ({ loading: under === way, disabled: under !== null && under !== way });
  return (
    <div className={classes.root}>
      <p className={classes.text}>{t(hasBackup ? 'app:restore.text' : 'app:restore.noBackup')}</p>
      {notRestored && (
        <Refusal error={{ message: t(`errors:${notRestored.code}`, { replace: notRestored.details }) }}>
          {notRestored.code === 'store.accountForeign' && (
            <AccountChoice
              keep={() => void restore({ path: last, account: 'keep' })}
              take={() => void restore({ path: last, account: 'take' })}
            />
          )}
        </Refusal>
      )}
      <div className={classes.ways}>
        {hasBackup && (
          <Button leftSection={<UndoIcon />} onClick={() => void restore('newest')} {...waiting('newest')}>
            {t('app:restore.newest', { when: format.instant(backupAt), size: format.bytes(backupBytes ?? 0) })}
          </Button>
        )}
        <Button variant={hasBackup ? 'default' : 'filled'} onClick={() => void choose()} {...waiting('chosen')}>
          {t(hasBackup ? 'app:restore.other' : 'app:restore.choose')}
        </Button>
        {!hasBackup && (
          <Button variant="default" onClick={() => void restore('nothing')} {...waiting('nothing')}>
            {t('app:restore.nothing')}
          </Button>
        )}
      </div>
    </div>
  );
}
