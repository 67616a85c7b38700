import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fileName } from '../../../../shared/features/paper/paper-words.ts';
import { halfDayParts } from '../../../../shared/kernel/formats.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { Language } from '../../../../shared/kernel/text.ts';
import { useFormats, useLanguage } from '../../../ui/formats.ts';
import { loadWords } from '../../../ui/i18n.ts';
import { JobState } from '../../../ui/JobState.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { DownloadIcon } from '../../../ui/theme/icons.tsx';
import { useJob, useRead, type Answer } from '../../app/engine.ts';
import classes from './CloseWorkshop.module.css';

interface Props {
  readonly activityId: Id;
  readonly language: Language;
  readonly start: string;
}

/** The end of a workshop: what is missing, and all papers in one archive. */
export function CloseWorkshop({ activityId, language, start }: Props) {
  const { t } = useTranslation('paper');
  const screen = useLanguage();
  const format = useFormats();
  const missing = useRead('document.missing', { activityId, language: screen });
  const job = useJob('document.make');
  const [made, setMade] = useState<Made>();
  const save = async (): Promise<void> => {
    await loadWords(language);
    const inLanguage = (key: string, values = {}) => t(key, { ...values, lng: language });
    const file = await window.shell.chooseSave('material', `${fileName({ say: inLanguage }, 'everything', start)}.zip`);
    if (!file) return;
    setMade(undefined);
    const written = await job.start({ kind: 'everything', activityId, language, format: 'zip', path: file.path });
    if (written) setMade({ name: file.name, bytes: written.bytes, files: written.papers ?? [], left: written.left ?? [] });
  };
  return (
    <section className={classes.root} aria-labelledby="close-workshop">
      <h2 id="close-workshop" className={classes.title}>
        {t('close.title')}
      </h2>
      <Loaded query={missing}>{(state) => <Missing missing={state} />}</Loaded>
      <Button leftSection={<DownloadIcon />} disabled={job.running} onClick={() => void save()}>
        {t('close.save')}
      </Button>
      <JobState job={job} />
      <Refusal error={job.refusal} />
      <div role="status">
        {made && (
          <>
            <p>{t('close.saved', { count: made.files.length, name: made.name, size: format.bytes(made.bytes) })}</p>
            <ul className={classes.list} lang={language}>
              {made.files.map(({ name, bytes }) => (
                <li key={name}>
                  {name} <span className={classes.quiet}>{format.bytes(bytes)}</span>
                </li>
              ))}
            </ul>
            {made.left.map(({ name, code }) => (
              <p key={name} className={classes.quiet}>
                {t('close.left', { name, reason: t(code === 'document.empty' ? 'errors:document.empty' : 'close.notSet') })}
              </p>
            ))}
          </>
        )}
      </div>
    </section>
  );
}

interface Made {
  readonly name: string;
  readonly bytes: number;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  readonly left: readonly { readonly name: string; readonly code: string }[];
}

function Missing({ missing: { marks, sheets, people } }: { readonly missing: Answer<'document.missing'> }) {
  const { t } = useTranslation('paper');
  const format = useFormats();
  if (marks.length + sheets.length + people === 0) return <p>{t('close.complete')}</p>;
  const named = (halfDay: string): string => {
    const { day, half } = halfDayParts(halfDay, format);
    return half === null ? day : t(`agenda.half.${half}`, { day });
  };
  return (
    <>
      <p>{t('close.missing')}</p>
      <ul className={classes.list}>
        {marks.map(({ halfDay, count }) => (
          <li key={halfDay}>{t('close.marks', { count, title: named(halfDay) })}</li>
        ))}
        {sheets.map(({ formId, title, count }) => (
          <li key={formId}>{t('close.sheets', { count, title })}</li>
        ))}
        {people > 0 && <li>{t('close.people', { count: people })}</li>}
      </ul>
    </>
  );
}
