import { Button, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ERASE_REASONS } from '../../../../../shared/features/people/contract.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { Dialog } from '../../../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../../../ui/dialog/DialogFoot.tsx';
import { useWrite } from '../../../app/engine.ts';
import { say } from '../../../app/frame/notices.tsx';

interface Props {
  readonly id: Id;
  readonly name: string;
  /** The records that go, where there are several. */
  readonly records: readonly string[];
  onClose(): void;
  onErased(): void;
}

/** Says what goes for ever and what stays, before anything does: this has no undo. */
export function EraseDialog(props: Props) {
  const { t } = useTranslation(['people', 'app']);
  const erase = useWrite('people.erase');
  const [reason, setReason] = useState<(typeof ERASE_REASONS)[number] | null>(null);
  return (
    <Dialog help="erase" onClose={props.onClose} title={t('erase.title', { name: props.name })} size="md">
      <Stack gap="md">
        <Text>{t('erase.text')}</Text>
        {props.records.length > 1 && (
          <div>
            <Text>{t('erase.records', { count: props.records.length })}</Text>
            <ul>
              {props.records.map((name, place) => (
                <li key={`${place} ${name}`}>{name}</li>
              ))}
            </ul>
          </div>
        )}
        <Text c="var(--absent-text)">{t('erase.never')}</Text>
        <Select
          label={t('erase.reason')}
          data={ERASE_REASONS.map((value) => ({ value, label: t(`erase.reasons.${value}`) }))}
          value={reason}
          onChange={(value) => setReason(ERASE_REASONS.find((one) => one === value) ?? null)}
          allowDeselect={false}
          required
        />
        <DialogFoot>
          <Button variant="default" onClick={props.onClose}>
            {t('erase.cancel')}
          </Button>
          <Button
            color="var(--absent)"
            disabled={reason === null}
            loading={erase.isPending}
            onClick={() =>
              reason !== null &&
              erase.mutate(
                { id: props.id, reason },
                {
                  onSuccess: () => {
                    say(t('erase.done'));
                    props.onErased();
                  },
                },
              )
            }
          >
            {t('erase.confirm')}
          </Button>
        </DialogFoot>
      </Stack>
    </Dialog>
  );
}
