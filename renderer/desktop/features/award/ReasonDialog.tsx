import { Button, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../../ui/dialog/DialogFoot.tsx';
import { Form } from '../../../ui/dialog/Form.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { useWrite } from '../../app/engine.ts';
import { say } from '../../app/frame/notices.tsx';
import type { Demanded } from './Demands.tsx';

/** The acts that need a reason: a certificate for who does not reach it, and the end of one. */
export type AskedReason =
  | { readonly does: 'except'; readonly personId: Id; readonly name: string }
  | { readonly does: 'revoke'; readonly number: string; readonly name: string };

interface Props {
  readonly demanded: Demanded;
  readonly asked: AskedReason;
  onClose(): void;
}

/** Asks for the reason and does it. */
export function ReasonDialog({ demanded, asked, onClose }: Props) {
  const { t } = useTranslation(['award', 'app']);
  const [reason, setReason] = useState('');
  const issue = useWrite('certificate.issue', { shownHere: true });
  const revoke = useWrite('certificate.revoke', { shownHere: true });
  const { does, name } = asked;
  const done = (): void => {
    onClose();
    say(does === 'except' ? t('done', { count: 1 }) : t('revokedNow', { name }));
  };
  const submit = (): void => {
    if (reason.trim() === '') return;
    if (asked.does === 'revoke') revoke.mutate({ number: asked.number, reason }, { onSuccess: done });
    else {
      const { personId } = asked;
      issue.mutate({ ...demanded, people: [personId], exceptions: [{ personId, reason }], apply: true }, { onSuccess: done });
    }
  };
  return (
    <Dialog help="certificates" onClose={onClose} unsaved={reason !== ''} title={t(does === 'except' ? 'exceptFor' : 'revokeOf', { name })}>
      <Form onSubmit={submit}>
        <Stack gap="md">
          <Textarea
            label={t('reason')}
            description={t(does === 'except' ? 'reasonExcept' : 'reasonRevoke')}
            value={reason}
            onChange={({ currentTarget: { value } }) => setReason(value)}
            maxLength={2_000}
            autosize
            minRows={2}
            data-autofocus
          />
          <Refusal error={issue.error ?? revoke.error} />
          <DialogFoot>
            <Button variant="default" onClick={onClose}>
              {t('app:cancel')}
            </Button>
            <Button
              type="submit"
              disabled={reason.trim() === '' || issue.isPending || revoke.isPending}
              {...(does === 'revoke' && { color: 'red' })}
            >
              {t(does === 'except' ? 'issueOne' : 'revoke')}
            </Button>
          </DialogFoot>
        </Stack>
      </Form>
    </Dialog>
  );
}
