import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../../../ui/dialog/DialogFoot.tsx';
import type { Answer, Job } from '../../../app/engine.ts';
import { peerWords } from '../device-words.ts';
import { LanWorkshops } from './LanWorkshops.tsx';
import classes from './Lan.module.css';

interface Props {
  readonly pairing: NonNullable<Answer<'sync.lanStatus'>['pairing']>;
  readonly confirm: Job<'sync.lanConfirm'>;
  readonly decide: (equal: boolean, workshops: readonly string[]) => void;
}

/** Both screens show six digits; two people look, and say whether they are the same. */
export function LanPairing({ pairing, confirm, decide }: Props) {
  const { t } = useTranslation(['lan', 'sync', 'app']);
  const [workshops, setWorkshops] = useState<string[]>([]);
  const code = `${pairing.code.slice(0, 3)} ${pairing.code.slice(3)}`;
  const name = peerWords(pairing, t);
  const leave = () => (pairing.waiting ? confirm.cancel() : decide(false, []));
  return (
    <Dialog help="room" onClose={leave} title={t('pairing.title', { name })} size="lg">
      <Stack gap="md">
        <Text>{t('pairing.text')}</Text>
        <p className={classes.code} data-testid="lan-code">
          {code}
        </p>
        {pairing.sameRepository ? (
          <Text c="dimmed">{t('pairing.sameRepository')}</Text>
        ) : (
          <LanWorkshops chosen={workshops} choose={setWorkshops} disabled={pairing.waiting} />
        )}
        {pairing.waiting && <Text role="status">{t('pairing.waiting')}</Text>}
        <DialogFoot>
          <Button variant="default" onClick={leave}>
            {pairing.waiting ? t('app:cancel') : t('pairing.differ')}
          </Button>
          {!pairing.waiting && <Button onClick={() => decide(true, workshops)}>{t('pairing.same')}</Button>}
        </DialogFoot>
      </Stack>
    </Dialog>
  );
}
