import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChosenPath } from '../../../../shared/contract/shell.ts';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../../ui/dialog/DialogFoot.tsx';
import { useFormats } from '../../../ui/formats.ts';
import { DownloadIcon, UndoIcon } from '../../../ui/theme/icons.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { JobState } from '../../../ui/JobState.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { AccountChoice } from '../../app/start/AccountChoice.tsx';
import { today } from '../../app/clock.ts';
import { useJob, useRead, type Answer } from '../../app/engine.ts';
import { say } from '../../app/frame/notices.tsx';
import { Rows } from '../../../ui/Rows.tsx';
import classes from './SettingsPage.module.css';

/** Backup now, the kept ones, and going back to one: what is here now is kept beside it first. */
export function Backups({ backups }: { readonly backups: Answer<'settings.get'>['backups'] }) {
  const { t } = useTranslation(['settings', 'app']);
  const format = useFormats();
  const backup = useJob('store.backup');
  const restore = useJob('store.restore');
  const [asking, setAsking] = useState<ChosenPath | null>(null);
  const [last, setLast] = useState('');
  const backUp = async () => {
    const chosen = await window.shell.chooseSave('backup', t('backup.fileName', { day: today() }));
    if (!chosen) return;
    const done = await backup.start({ path: chosen.path });
    if (done) say(t('backup.done', { size: format.bytes(done.bytes) }));
  };
  const goBack = async (path: string, account: 'ask' | 'keep' | 'take' = 'ask') => {
    setAsking(null);
    setLast(path);
    const done = await restore.start({ path, account });
    if (done) say(done.unproven === 0 ? t('restore.done') : t('restore.doneWithout', { count: done.unproven }));
  };
  return (
    <Stack gap="md">
      <Text c="dimmed">{t('backup.text')}</Text>
      {backups.length > 1 && <Text c="dimmed">{t('backup.order')}</Text>}
      {backups.length > 0 && (
        <ul className={classes.backups} aria-label={t('backups')}>
          <Rows of={backups} as="li" by={(kept) => kept.path}>
            {(kept) => (
              <li className={classes.backup}>
                <span>{format.instant(kept.at)}</span>
                <span className={classes.quiet}>{format.bytes(kept.bytes)}</span>
                <Button
                  variant="subtle"
                  size="compact-md"
                  onClick={() => setAsking({ path: kept.path, name: format.instant(kept.at) })}
                  aria-label={t('restore.to', { name: format.instant(kept.at) })}
                >
                  {t('restore.submit')}
                </Button>
              </li>
            )}
          </Rows>
        </ul>
      )}
      <Group>
        <Button data-spot="backUp" variant="default" leftSection={<DownloadIcon />} onClick={() => void backUp()} loading={backup.running}>
          {t('backup.now')}
        </Button>
        <Button
          data-spot="goBack"
          variant="default"
          leftSection={<UndoIcon />}
          onClick={() => void window.shell.chooseFile('backup').then(setAsking)}
          loading={restore.running}
        >
          {t('restore.open')}
        </Button>
      </Group>
      <JobState job={backup} />
      <JobState job={restore} />
      <Refusal error={backup.refusal ?? restore.refusal}>
        {restore.refusal?.code === 'store.accountForeign' && (
          <AccountChoice keep={() => void goBack(last, 'keep')} take={() => void goBack(last, 'take')} />
        )}
      </Refusal>
      {asking && (
        <Dialog help="backup" onClose={() => setAsking(null)} title={t('restore.title')}>
          <Stack gap="md">
            <Text>{t('restore.text', { name: asking.name })}</Text>
            <BackupFacts path={asking.path} />
            <DialogFoot>
              <Button variant="default" onClick={() => setAsking(null)}>
                {t('app:cancel')}
              </Button>
              <Button onClick={() => void goBack(asking.path)}>{t('restore.submit')}</Button>
            </DialogFoot>
          </Stack>
        </Dialog>
      )}
    </Stack>
  );
}

/** When a backup was made, and how much of what is here it lacks. */
function BackupFacts({ path }: { readonly path: string }) {
  const { t } = useTranslation('settings');
  const format = useFormats();
  return (
    <Loaded query={useRead('store.compareBackup', { path }, { fresh: true })}>
      {({ at, lacks }) => (
        <Text>
          {at === '' ? t('restore.madeUnknown') : t('restore.made', { at: format.instant(at) })}{' '}
          {lacks > 0 ? t('restore.lacks', { count: lacks }) : t('restore.same')}
        </Text>
      )}
    </Loaded>
  );
}
