import { Button, Group, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { periodOf } from '../../../../shared/features/calendar/calendar-views.ts';
import { LANGUAGE_NAMES } from '../../../../shared/kernel/formats.ts';
import { LANGUAGES } from '../../../../shared/kernel/text.ts';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { DateField } from '../../../ui/fields/DateField.tsx';
import { useFormats, useLanguage } from '../../../ui/formats.ts';
import { loadWords } from '../../../ui/i18n.ts';
import { JobState } from '../../../ui/JobState.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { DownloadIcon } from '../../../ui/theme/icons.tsx';
import { useJob, useRead } from '../../app/engine.ts';
import { say } from '../../app/frame/notices.tsx';
import { DocumentSheet } from '../document/DocumentSheet.tsx';
import { useCalendarPlace } from './calendar-place.ts';

/** The report of a period for a steering committee, in the language of whoever it is for. */
export function PeriodReport({ close }: { close(): void }) {
  const { t } = useTranslation(['calendar', 'report', 'activity']);
  const format = useFormats();
  const { view, day } = useCalendarPlace();
  const [period, setPeriod] = useState(() => periodOf(view, day));
  const screen = useLanguage();
  const [language, setLanguage] = useState(screen);
  const asked = { ...period, language };
  const report = useRead('report.period', asked, { keep: true });
  const job = useJob('report.exportPeriod');
  const save = async () => {
    await loadWords(language);
    const file = await window.shell.chooseSave('csv', `${t('report.fileName', { lng: language, ...period })}.csv`);
    const written = file && (await job.start({ ...asked, path: file.path }));
    if (written) say(t('report:exported', { name: file.name, size: format.bytes(written.bytes) }));
  };
  return (
    <Dialog help="calendar" title={t('report.title')} size={1080} yOffset="2dvh" onClose={close}>
      <Group gap="md" align="end" mb="md">
        <DateField
          label={t('activity:field.start')}
          value={period.from}
          onChange={(from) => setPeriod({ from, to: from > period.to ? from : period.to })}
        />
        <DateField label={t('activity:field.end')} value={period.to} first={period.from} onChange={(to) => setPeriod({ ...period, to })} />
        <Select
          label={t('report:language')}
          data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
          value={language}
          onChange={(value) => setLanguage(LANGUAGES.find((one) => one === value) ?? language)}
          allowDeselect={false}
        />
        <Button leftSection={<DownloadIcon />} onClick={() => void save()} disabled={job.running || !report.data}>
          {t('report.save')}
        </Button>
      </Group>
      <JobState job={job} />
      <Refusal error={job.refusal} />
      <Loaded query={report}>{({ document }) => <DocumentSheet document={document} name="period" />}</Loaded>
    </Dialog>
  );
}
