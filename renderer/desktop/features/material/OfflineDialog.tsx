import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { isKeptOffline } from '../../../../shared/features/material/rules.ts';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../../ui/dialog/DialogFoot.tsx';
import { useFormats } from '../../../ui/formats.ts';
import { CheckIcon, DownloadIcon } from '../../../ui/theme/icons.tsx';
import { JobState } from '../../../ui/JobState.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { useJob, useRead, useWrite, type Answer } from '../../app/engine.ts';
import { say } from '../../app/frame/notices.tsx';
import { Rows } from '../../../ui/Rows.tsx';
import { RecordTitle } from '../../../ui/fields/RecordText.tsx';
import classes from './OfflineDialog.module.css';

/** *Make available offline*: what would travel and how much, before it does; then a tick per file. */
export function OfflineDialog({ activityId, close }: { readonly activityId: Id; readonly close: () => void }) {
  const { t } = useTranslation(['material', 'app']);
  const query = useRead('material.offlinePlan', { activityId });
  return (
    <Dialog help="offline" onClose={close} title={t('offline.title')}>
      <Loaded query={query}>{(plan) => <Plan plan={plan} close={close} />}</Loaded>
    </Dialog>
  );
}

function Plan({ plan, close }: { readonly plan: Answer<'material.offlinePlan'>; readonly close: () => void }) {
  const { t } = useTranslation(['material', 'app']);
  const format = useFormats();
  const pin = useWrite('material.pin', { shownHere: true });
  const sync = useJob('sync.run');
  const [keeping, setKeeping] = useState(false);
  const missing = plan.files.filter((file) => !file.here);
  const isKept = isKeptOffline(plan.files);
  const total = plan.files.reduce((sum, file) => sum + file.size, 0);
  const keep = async () => {
    setKeeping(true);
    try {
      for (const file of plan.files) await pin.mutateAsync({ id: file.id });
      if (missing.length === 0 || (await sync.start({ files: true }))) say(t('offline.kept'));
    } catch {
      // The refusal of a pin is shown below.
    } finally {
      setKeeping(false);
    }
  };
  return (
    <Stack gap="md">
      <Text>{sentence()}</Text>
      {isKept && <Text>{t('offline.kept')}</Text>}
      {plan.files.length > 0 && (
        <ul className={classes.files}>
          <Rows of={plan.files} as="li">
            {(file) => (
              <li className={classes.file}>
                {file.here ? (
                  <CheckIcon className={classes.here} aria-hidden={false} role="img" aria-label={t('here')} />
                ) : (
                  <DownloadIcon className={classes.away} aria-hidden={false} role="img" aria-label={t('notHere')} />
                )}
                <span className={classes.name}>
                  <RecordTitle of={file} />
                  <span className={classes.quiet}>{file.name}</span>
                </span>
                <span className={classes.quiet}>{format.bytes(file.size)}</span>
              </li>
            )}
          </Rows>
        </ul>
      )}
      <JobState job={sync} />
      <Refusal error={pin.error ?? sync.refusal} />
      <DialogFoot>
        <Button variant="default" onClick={close}>
          {t('app:close')}
        </Button>
        {plan.files.length > 0 && !isKept && (
          <Button onClick={() => void keep()} loading={keeping}>
            {missing.length > 0 ? t('offline.fetch', { size: format.bytes(plan.bytesToFetch) }) : t('offline.keep')}
          </Button>
        )}
      </DialogFoot>
    </Stack>
  );

  function sentence(): string {
    if (plan.files.length === 0) return t('offline.none');
    if (missing.length === 0) return t('offline.allHere', { count: plan.files.length, size: format.bytes(total) });
    return t('offline.toFetch', { count: missing.length, size: format.bytes(plan.bytesToFetch), files: plan.files.length });
  }
}
