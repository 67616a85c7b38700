import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SyncIcon } from '../../../ui/theme/icons.tsx';
import { JobState } from '../../../ui/JobState.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { useNow } from '../../app/clock.ts';
import { useJob, useWrite, type Answer } from '../../app/engine.ts';
import { amountWords, ranWords, reasonWords } from './run-words.ts';
import { useSpeech } from './lan/use-speech.ts';
import page from './Page.module.css';
import classes from './Sync.module.css';

/** How this laptop stands with its repository, in two lines, and one button. */
export function Overview({ status }: { readonly status: Answer<'sync.status'> }) {
  const { t } = useTranslation('sync');
  const speech = useSpeech();
  const run = useJob('sync.run');
  const schedule = useWrite('sync.setSchedule');
  const { when, metered } = status.schedule;
  const now = useNow().getTime();
  const own = amountWords(status.pending, status.pendingFiles, speech);
  const brought = amountWords(status.brought.changeSets, status.brought.files, speech);
  const busy = run.running || status.running;
  const start = async (files: boolean) => {
    // Whoever sends records alone pays for what travels: the files wait until they are asked for.
    if (!files && when !== 'asked') await schedule.mutateAsync({ when: 'records' });
    await run.start({ files });
  };
  if (status.held && !busy) return <FirstRun status={status} own={own} start={start} />;
  return (
    <>
      <PageHeader
        title={t('title')}
        action={
          <Button leftSection={<SyncIcon />} onClick={() => void run.start({ files: !metered })} disabled={busy}>
            {busy ? t('syncing') : t('now')}
          </Button>
        }
      >
        {t('with', { user: status.user, url: status.url.replace(/^https?:\/\//, '') })}
      </PageHeader>
      <div className={page.rest}>
        {(status.protection === 'private' || status.protection === 'public') && (
          <Refusal error={{ message: t(status.protection === 'private' ? 'protection.private' : 'protection.public') }} />
        )}
        <JobState job={run} />
        {!run.running && <Refusal error={run.refusal} />}
        {!busy && !run.refusal && run.result && (
          <p className={classes.done} role="status">
            {ranWords({ ...run.result, ok: true, code: '' }, speech)}
          </p>
        )}
        <div>
          <p className={classes.waiting} data-testid="sync-waiting">
            {own ? t('waiting.what', { what: own, size: speech.format.bytes(status.pendingBytes) }) : t('waiting.nothing')}
          </p>
          {brought && <p className={classes.quiet}>{t('waiting.brought', { what: brought })}</p>}
          <p className={classes.quiet}>
            {status.last === null
              ? t('last.never')
              : status.last.ok
                ? t('last.ok', { ago: speech.format.ago(status.last.at, now) })
                : t('last.failed', { ago: speech.format.ago(status.last.at, now), reason: reasonWords(status.last.code, speech) })}
          </p>
          {status.filesLeft.map(({ fileName, code }) => (
            <p key={fileName} className={classes.quiet}>
              {t('waiting.left', { name: fileName, why: reasonWords(code, speech) })}
            </p>
          ))}
        </div>
        {metered && status.pendingFiles > 0 && (
          <Button variant="default" onClick={() => void run.start({ files: true })} disabled={busy} className={classes.start}>
            {t('schedule.files', { size: speech.format.bytes(status.pendingBytes) })}
          </Button>
        )}
        {when === 'asked' && !metered && status.pendingFiles > 0 && (
          <Button variant="default" onClick={() => void run.start({ files: false })} disabled={busy} className={classes.start}>
            {t('first.records', { size: speech.format.bytes(status.pendingBytes - status.pendingFileBytes) })}
          </Button>
        )}
      </div>
    </>
  );
}

interface FirstRunProps {
  readonly status: Answer<'sync.status'>;
  /** What is to be sent, in words. */
  readonly own: string;
  start(files: boolean): Promise<void>;
}

/** Between the enrolment and the first run: how much there is to send, and with or without the files. */
function FirstRun({ status, own, start }: FirstRunProps) {
  const { t } = useTranslation('sync');
  const { format } = useSpeech();
  const records = format.bytes(status.pendingBytes - status.pendingFileBytes);
  return (
    <>
      <PageHeader title={t('title')}>{t('with', { user: status.user, url: status.url.replace(/^https?:\/\//, '') })}</PageHeader>
      <section className={page.rest} aria-label={t('first.title')} data-testid="sync-first">
        <h2 className={classes.heading}>{t('first.title')}</h2>
        <p className={classes.waiting}>
          {own ? t('waiting.what', { what: own, size: format.bytes(status.pendingBytes) }) : t('first.nothing')}
        </p>
        <p className={classes.quiet}>{t('first.receives')}</p>
        <Group>
          <Button leftSection={<SyncIcon />} onClick={() => void start(true)}>
            {t('first.all')}
          </Button>
          <Button variant="default" onClick={() => void start(false)}>
            {t('first.records', { size: records })}
          </Button>
        </Group>
      </section>
    </>
  );
}
