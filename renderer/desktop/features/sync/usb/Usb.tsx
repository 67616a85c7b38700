import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../../ui/formats.ts';
import { DownloadIcon, UploadIcon } from '../../../../ui/theme/icons.tsx';
import { JobState } from '../../../../ui/JobState.tsx';
import { Loaded } from '../../../../ui/Loaded.tsx';
import { Refusal } from '../../../../ui/Refusal.tsx';
import { useNow } from '../../../app/clock.ts';
import { useJob, useRead, type Answer } from '../../../app/engine.ts';
import { reasonWords } from '../run-words.ts';
import { UsbSaveDialog } from './UsbSaveDialog.tsx';
import { laptopWords } from '../device-words.ts';
import { useSpaceWords } from '../workshop-words.ts';
import { amountWords } from './usb-words.ts';
import { useSpeech } from '../lan/use-speech.ts';
import { Rows } from '../../../../ui/Rows.tsx';
import classes from './Usb.module.css';

type Bundles = Answer<'sync.bundles'>;
type Imported = Answer<'sync.import'>;

/** Where there is no network: a file on a stick, written and read, what became of it, and what waits for another one. */
export function Usb() {
  const { t } = useTranslation(['usb', 'sync', 'app']);
  const bundles = useRead('sync.bundles', {});
  const job = useJob('sync.import');
  const [saving, setSaving] = useState(false);
  const read = async () => {
    const chosen = await window.shell.chooseFile('pack');
    if (chosen) await job.start({ path: chosen.path });
  };
  return (
    <section className={classes.section} aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <p className={classes.quiet}>{t('text')}</p>
      <Group gap="sm" my="md">
        <Button
          data-spot="stickSave"
          variant="default"
          leftSection={<DownloadIcon />}
          onClick={() => setSaving(true)}
          disabled={bundles.data === undefined}
        >
          {t('save.button')}
        </Button>
        <Button data-spot="stickRead" variant="default" leftSection={<UploadIcon />} onClick={() => void read()} disabled={job.running}>
          {t('read.button')}
        </Button>
      </Group>
      <JobState job={job} />
      {!job.running && <Refusal error={job.refusal} />}
      {!job.running && job.result && <Result result={job.result} />}
      <Loaded query={bundles}>
        {(known) => (
          <>
            <Waiting waiting={known.waiting} />
            <History bundles={known} />
            {saving && <UsbSaveDialog bundles={known} close={() => setSaving(false)} />}
          </>
        )}
      </Loaded>
    </section>
  );
}

/** Says what became of a file. */
function Result({ result }: { readonly result: Imported }) {
  const { t } = useTranslation(['usb', 'sync', 'app']);
  const speech = useSpeech();
  const format = useFormats();
  const isEmpty = result.applied + result.held + result.files + result.known + result.refused === 0;
  const first = (): string => {
    if (result.applied + result.files > 0) return t('read.taken', { what: amountWords(result.applied, result.files, t, format) });
    if (isEmpty) return t('read.known');
    return result.again ? t('read.again') : t('read.nothing');
  };
  return (
    <div role="status" className={classes.result} data-waits={result.held > 0 || result.stopped !== '' ? true : undefined}>
      <p>{first()}</p>
      {result.released > 0 && <p>{t('read.released', { count: result.released })}</p>}
      {result.held > 0 && <p>{t('read.held', { count: result.held })}</p>}
      {result.refused > 0 && <p>{t('read.refused', { count: result.refused })}</p>}
      {result.stopped !== '' && <p>{t('read.stopped', { count: result.filesLeft, reason: reasonWords(result.stopped, speech) })}</p>}
      <p className={classes.quiet}>{t('read.from', { who: laptopWords(result.from, t), at: format.instant(result.writtenAt) })}</p>
    </div>
  );
}

/** Changes that came before what they build on, and whose records are missing. */
function Waiting({ waiting }: { readonly waiting: Bundles['waiting'] }) {
  const { t } = useTranslation(['usb', 'sync', 'app']);
  const spaceWords = useSpaceWords();
  if (waiting.length === 0) return null;
  return (
    <div className={classes.waiting}>
      <h3>{t('waiting.title', { count: waiting.reduce((sum, { changeSets }) => sum + changeSets, 0) })}</h3>
      <p className={classes.quiet}>{t('waiting.text')}</p>
      <ul>
        <Rows of={waiting} as="li" by={(chain) => `${chain.space} ${chain.replica}`}>
          {(chain) => (
            <li>
              {t('waiting.from', {
                who: laptopWords(chain, t),
                where: spaceWords(chain.space),
                seq: chain.seq,
              })}
            </li>
          )}
        </Rows>
      </ul>
    </div>
  );
}

const FIRST = 5;

interface Line {
  readonly at: string;
  readonly text: string;
  readonly failed: boolean;
}

/** The bundles that were written and read, the newest first. */
function History({ bundles }: { readonly bundles: Bundles }) {
  const { t } = useTranslation(['usb', 'sync', 'app']);
  const speech = useSpeech();
  const format = useFormats();
  const now = useNow().getTime();
  const [all, setAll] = useState(false);
  const written = bundles.written.map(({ at, to, changeSets, files, bytes, recipients }): Line => {
    const text = t('history.written', { to, what: amountWords(changeSets, files, t, format), size: format.bytes(bytes) });
    return { at, text: recipients.length > 0 ? `${text} (${t('history.locked')})` : text, failed: false };
  });
  const read = bundles.read.map(({ at, name, code, from, applied, held, files }): Line => {
    if (code !== '') return { at, text: t('history.refused', { name, reason: reasonWords(code, speech) }), failed: true };
    const who = from ? laptopWords(from, t) : t('somebody');
    const isNew = applied + held + files > 0;
    return {
      at,
      text: isNew ? t('history.read', { who, what: amountWords(applied + held, files, t, format) }) : t('history.readNothing', { who }),
      failed: false,
    };
  });
  const lines = [...written, ...read].sort((a, b) => (a.at > b.at ? -1 : 1));
  if (lines.length === 0) return null;
  return (
    <div className={classes.history}>
      <h3>{t('history.title')}</h3>
      <ol>
        <Rows of={lines.slice(0, all ? lines.length : FIRST)} as="li" by={({ at }, index) => `${at} ${index}`}>
          {({ at, text, failed }) => (
            <li data-failed={failed ? true : undefined}>
              <time dateTime={at} title={format.instant(at)}>
                {format.ago(at, now)}
              </time>
              <span>{text}</span>
            </li>
          )}
        </Rows>
      </ol>
      {!all && lines.length > FIRST && (
        <Button variant="subtle" onClick={() => setAll(true)}>
          {t('history.more', { count: lines.length - FIRST })}
        </Button>
      )}
    </div>
  );
}
