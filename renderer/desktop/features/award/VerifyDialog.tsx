import { Button, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readAwardNumber } from '../../../../shared/features/award/award-number.ts';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../../ui/dialog/DialogFoot.tsx';
import { Form } from '../../../ui/dialog/Form.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { FolderIcon } from '../../../ui/theme/icons.tsx';
import { useRead, type Args } from '../../app/engine.ts';
import { Verdict } from './Verdict.tsx';

/** Asks whether a certificate is genuine, by what its code says (the digits, or the whole address with them), or by a file: of an Open Badge, or of the digits. */
export function VerifyDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation(['award', 'app']);
  const [text, setText] = useState('');
  const [asked, setAsked] = useState<Args<'certificate.verify'>>();
  const [file, setFile] = useState('');
  const given = text.trim();
  // A number is on the list of whoever issued it; what proves anything are the digits of the code.
  const isNumber = given.length <= 40 && readAwardNumber(given) !== null;
  const answer = useRead('certificate.verify', asked ?? { token: '' }, { enabled: asked !== undefined, fresh: true });
  const chooseFile = async () => {
    const chosen = await window.shell.chooseFile('certificate');
    if (!chosen) return;
    setText('');
    setFile(chosen.name);
    setAsked({ path: chosen.path });
  };
  return (
    <Dialog help="certificates" onClose={onClose} title={t('verify.title')} size={600}>
      <Form onSubmit={() => given !== '' && !isNumber && setAsked({ token: given })}>
        <Stack gap="md">
          <Textarea
            label={t('verify.code')}
            description={t('verify.codeHint')}
            value={text}
            onChange={({ currentTarget: { value } }) => {
              setText(value);
              setFile('');
              setAsked(undefined);
            }}
            error={isNumber && t('verify.isNumber')}
            maxLength={20_000}
            autosize
            minRows={3}
            maxRows={4}
            spellCheck={false}
            data-autofocus
          />
          <div role="status">
            {file !== '' && <p>{t('verify.fileOf', { name: file })}</p>}
            {asked && <Loaded query={answer}>{(verdict) => <Verdict verdict={verdict} />}</Loaded>}
          </div>
          <DialogFoot>
            <Button variant="default" leftSection={<FolderIcon />} onClick={() => void chooseFile()}>
              {t('verify.file')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('app:close')}
            </Button>
            <Button type="submit" disabled={given === '' || isNumber}>
              {t('verify.submit')}
            </Button>
          </DialogFoot>
        </Stack>
      </Form>
    </Dialog>
  );
}
