import { Button, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { textIn } from '../../../../shared/kernel/text.ts';
import { useLanguage } from '../../../ui/formats.ts';
import { SyncIcon } from '../../../ui/icons.tsx';
import { JobState } from '../../../ui/JobState.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { useNow } from '../../app/clock.ts';
import { useJob, useRead, useWrite, type Answer } from '../../app/engine.ts';
import { Economy } from './Economy.tsx';
import { ranWords, reasonWords } from './ledger-words.ts';
import { waitingBySpace } from './spaces.ts';
import { useSpeech } from './use-speech.ts';
import classes from './Sync.module.css';

/** One button, and what it would send before it is pressed. */
export function Overview({ status }: { readonly status: Answer<'sync.status'> }) {
  const { t } = useTranslation('sync');
  const speech = useSpeech();
  const language = useLanguage();
  const run = useJob('sync.run');
  const automatic = useWrite('sync.automatic');
  const workshops = useRead('activity.list', {}).data ?? [];
  const now = useNow().getTime();
  const waiting = waitingBySpace(status.spaces);
  const nothing = status.pending + status.pendingFiles === 0;
  const busy = run.running || status.running;
  const workshopName = (id: string | null) => {
    const workshop = workshops.find((one) => one.id === id);
    return workshop ? textIn(workshop.title, language) : t('waiting.unknown');
  };
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
      <div className={classes.now}>
        <JobState job={run} />
        {!run.running && <Refusal error={run.refusal} />}
        {!busy && !run.refusal && run.result && (
          <p className={classes.done} role="status">
            {ranWords({ ...run.result, ok: true, code: '' }, speech)}
          </p>
        )}
        <p className={classes.waiting} data-testid="sync-waiting">
          {nothing
            ? t('waiting.nothing')
            : t(status.pendingFiles > 0 ? 'waiting.withFiles' : 'waiting.changes', {
                count: status.pending,
                files: t('waiting.files', { count: status.pendingFiles }),
                size: speech.format.bytes(status.pendingBytes),
              })}
        </p>
        {status.economy.metered && status.pendingFiles > 0 && (
          <Button variant="default" onClick={() => void run.start({ files: true })} disabled={busy}>
            {t('economy.files', { size: speech.format.bytes(status.pendingBytes) })}
          </Button>
        )}
        {waiting.length > 0 && (
          <ul className={classes.parts}>
            {waiting.map(({ workshop, part, pending }) => (
              <li key={`${workshop ?? ''} ${part}`}>
                <span>
                  {workshop === null
                    ? t(`space.${part}`)
                    : t('waiting.part', { workshop: workshopName(workshop), part: t(`space.${part}`) })}
                </span>
                <span className={classes.quiet}>{t('waiting.count', { count: pending })}</span>
              </li>
            ))}
          </ul>
        )}
        <p className={classes.quiet}>
          {status.last === null
            ? t('last.never')
            : status.last.ok
              ? t('last.ok', { ago: speech.format.ago(status.last.at, now) })
              : t('last.failed', { ago: speech.format.ago(status.last.at, now), reason: reasonWords(status.last.code, speech) })}
        </p>
        <Switch
          label={t('automatic.label')}
          description={t('automatic.hint')}
          checked={status.automatic}
          onChange={(event) => automatic.mutate({ on: event.currentTarget.checked })}
        />
        <Economy status={status} />
      </div>
    </>
  );
}
