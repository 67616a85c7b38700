import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SyncIcon } from '../../../ui/icons.tsx';
import { JobState } from '../../../ui/JobState.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { useNow } from '../../app/clock.ts';
import { useJob, type Answer } from '../../app/engine.ts';
import { amountWords, ranWords, reasonWords } from './ledger-words.ts';
import { useSpeech } from './use-speech.ts';
import page from './Page.module.css';
import classes from './Sync.module.css';

/** How this laptop stands with its repository, in two lines, and one button. */
export function Overview({ status }: { readonly status: Answer<'sync.status'> }) {
  const { t } = useTranslation('sync');
  const speech = useSpeech();
  const run = useJob('sync.run');
  const now = useNow().getTime();
  const own = amountWords(status.pending, status.pendingFiles, speech);
  const brought = amountWords(status.brought.changeSets, status.brought.files, speech);
  const busy = run.running || status.running;
  return (
    <>
      <PageHeader
        title={t('title')}
        action={
          <Button leftSection={<SyncIcon />} onClick={() => void run.start({ files: !status.economy.metered })} disabled={busy}>
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
        {status.economy.metered && status.pendingFiles > 0 && (
          <Button variant="default" onClick={() => void run.start({ files: true })} disabled={busy} className={classes.start}>
            {t('economy.files', { size: speech.format.bytes(status.pendingBytes) })}
          </Button>
        )}
      </div>
    </>
  );
}
