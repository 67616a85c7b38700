import { Button, Group, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { LANGUAGES, type Language } from '../../../../shared/kernel/text.ts';
import { EmptyChart } from '../../../ui/theme/drawings.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { LANGUAGE_NAMES } from '../../../../shared/kernel/formats.ts';
import { DownloadIcon } from '../../../ui/theme/icons.tsx';
import { JobState } from '../../../ui/JobState.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { useFormats } from '../../../ui/formats.ts';
import { loadWords } from '../../../ui/i18n.ts';
import { useJob, useRead } from '../../app/engine.ts';
import { say } from '../../app/frame/notices.tsx';
import { go } from '../../app/view.ts';
import { Summary } from '../attendance/Summary.tsx';
import { DocumentSheet } from '../document/DocumentSheet.tsx';
import { Narrative } from './Narrative.tsx';
import classes from './Tab.module.css';

/** The formats in which a report is saved; the list for Excel is also what other programs read. */
const FORMATS = ['docx', 'pdf', 'xlsx', 'csv'] as const;

/** The figures that officers send, in the language of whoever they send them to. */
export function Tab({ activityId }: { readonly activityId: Id }) {
  const activity = useRead('activity.get', { id: activityId });
  const [chosen, setChosen] = useState<Language | null>(null);
  return (
    <Loaded query={activity}>
      {(workshop) => <Report activityId={activityId} language={chosen ?? workshop.languages[0] ?? 'en'} onLanguage={setChosen} />}
    </Loaded>
  );
}

function Report(props: { readonly activityId: Id; readonly language: Language; onLanguage(language: Language): void }) {
  const { activityId, language } = props;
  const { t } = useTranslation('report');
  const format = useFormats();
  const report = useRead('report.activity', { activityId, language }, { keep: true });
  const job = useJob('document.make');
  const save = async (as: (typeof FORMATS)[number]) => {
    await loadWords(language);
    const name = t('fileName', { lng: language, start: report.data?.start ?? '', format: as });
    const file = await window.shell.chooseSave(as, name);
    if (!file) return;
    const written = await job.start({ kind: 'activityReport', activityId, language, format: as, path: file.path });
    if (written) say(t('exported', { name: file.name, size: format.bytes(written.bytes) }));
  };
  return (
    <>
      <div className={classes.bar}>
        <Select
          label={t('language')}
          description={t('languageHint')}
          data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
          value={language}
          onChange={(value) => props.onLanguage(LANGUAGES.find((one) => one === value) ?? language)}
          allowDeselect={false}
          className={classes.language}
        />
        <Group gap="xs">
          {FORMATS.map((as) => (
            <Button
              key={as}
              variant={as === 'docx' ? 'filled' : 'default'}
              leftSection={<DownloadIcon />}
              onClick={() => void save(as)}
              disabled={job.running || !report.data || report.data.people === 0}
            >
              {t(`save.${as}`)}
            </Button>
          ))}
        </Group>
      </div>
      <JobState job={job} />
      <Refusal error={job.refusal} />
      <Loaded query={report}>
        {(figures) => {
          if (figures.people === 0) {
            return (
              <EmptyState drawing={<EmptyChart />} title={t('empty.title')} text={t('empty.text')}>
                <Button onClick={() => go({ page: 'workshop', id: activityId, tab: 'people' })}>{t('empty.toPeople')}</Button>
              </EmptyState>
            );
          }
          return (
            <>
              <Narrative activityId={activityId} language={language} />
              <DocumentSheet document={figures.document} name="report" />
              <Summary activityId={activityId} />
            </>
          );
        }}
      </Loaded>
    </>
  );
}
