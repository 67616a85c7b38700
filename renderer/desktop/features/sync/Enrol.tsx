import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallRefused } from '../../../../shared/contract/rpc.ts';
import { Form } from '../../../ui/dialog/Form.tsx';
import { completeAddress, protectionOf } from '../../../../shared/features/sync/repository-address.ts';
import { TwoLaptops } from '../../../ui/theme/drawings.tsx';
import { JobState } from '../../../ui/JobState.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { call, useJob, useRead } from '../../app/engine.ts';
import { say, sayRefusal } from '../../app/frame/notices.tsx';
import classes from './Sync.module.css';

/** Enrols this laptop by a one-time code; nothing travels before. */
export function Enrol() {
  const { t } = useTranslation('sync');
  const settings = useRead('settings.get', {}).data;
  const known = settings?.name ?? '';
  const job = useJob('sync.enrol');
  const [url, setUrl] = useState('');
  const [code, setCode] = useState('');
  const [typedName, setName] = useState<string | null>(null);
  const [typedLaptop, setLaptop] = useState<string | null>(null);
  const laptop = typedLaptop ?? settings?.laptopName ?? '';
  const [tried, setTried] = useState(false);
  const name = typedName ?? known;
  const [asking, setAsking] = useState(false);
  const address = completeAddress(url);
  const protection = protectionOf(address);
  const submit = () => {
    setTried(true);
    if (protection === null || code.trim() === '' || name.trim() === '') return;
    if (protection === 'private') setAsking(true);
    else void enrol(false);
  };
  const enrol = async (allowPlain: boolean) => {
    setAsking(false);
    // It goes with the first sync.
    if (typedLaptop !== null) await call('settings.set', { laptopName: laptop.trim() }).catch((error: CallRefused) => sayRefusal(error));
    // The page that follows says how much there is to send, and sends it when it is asked.
    const enrolled = await job.start({ url: address, code: code.trim(), name: name.trim(), allowPlain, held: true });
    if (enrolled) say(t('enrol.done'));
  };
  return (
    <div className={classes.enrol} data-help-page="enrol">
      <div className={classes.enrolWords}>
        <TwoLaptops />
        <h2>{t('enrol.title')}</h2>
        <p>{t('enrol.text')}</p>
        <p className={classes.quiet}>{t('enrol.alone')}</p>
      </div>
      <Form onSubmit={submit} className={classes.enrolForm}>
        <Stack gap="md">
          <TextInput
            data-spot="enrol"
            label={t('enrol.address')}
            description={t('enrol.addressHint')}
            value={url}
            onChange={(event) => {
              setUrl(event.currentTarget.value);
              setAsking(false);
            }}
            error={tried && protection === null ? t('enrol.addressWrong') : undefined}
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            maxLength={500}
            required
          />
          <TextInput
            label={t('enrol.code')}
            description={t('enrol.codeHint')}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            error={tried && code.trim() === '' ? t('enrol.codeMissing') : undefined}
            autoComplete="off"
            spellCheck={false}
            maxLength={100}
            required
          />
          <TextInput
            label={t('enrol.name')}
            description={t('enrol.nameHint')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={tried && name.trim() === '' ? t('enrol.nameMissing') : undefined}
            maxLength={200}
            required
          />
          <TextInput
            label={t('enrol.laptop')}
            description={t('enrol.laptopHint')}
            value={laptop}
            onChange={(event) => setLaptop(event.currentTarget.value)}
            maxLength={200}
          />
          <Refusal error={job.refusal} />
          <JobState job={job} />
          {asking ? (
            <div role="alertdialog" aria-label={t('enrol.plainTitle')}>
              <p>{t('enrol.plain', { url: address })}</p>
              <Group>
                <Button variant="default" onClick={() => setAsking(false)} autoFocus>
                  {t('enrol.plainNo')}
                </Button>
                <Button onClick={() => void enrol(true)}>{t('enrol.plainYes')}</Button>
              </Group>
            </div>
          ) : (
            <Button type="submit" disabled={job.running} className={classes.start}>
              {t('enrol.button')}
            </Button>
          )}
        </Stack>
      </Form>
    </div>
  );
}
