import { Button, Group, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { periodOf } from '../../../../shared/features/calendar/calendar-views.ts';
import { LANGUAGE_NAMES } from '../../../../shared/kernel/formats.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { LANGUAGES } from '../../../../shared/kernel/text.ts';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { DateField } from '../../../ui/fields/DateField.tsx';
import { SearchSelect } from '../../../ui/fields/SearchSelect.tsx';
import { useFormats, useLanguage } from '../../../ui/formats.ts';
import { loadWords } from '../../../ui/i18n.ts';
import { JobState } from '../../../ui/JobState.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { DownloadIcon } from '../../../ui/theme/icons.tsx';
import { useJob, useRead } from '../../app/engine.ts';
import { say } from '../../app/frame/notices.tsx';
import { useActivityChoices } from '../activity/PartOf.tsx';
import { DocumentSheet } from '../document/DocumentSheet.tsx';
import { useCalendarPlace } from './calendar-place.ts';
import { Doubles } from './Doubles.tsx';

/** The formats in which it is saved; other programs read the list for Excel as well. */
const FORMATS = ['docx', 'pdf', 'xlsx', 'csv'] as const;

/** The report of a period for a steering committee, in the language of whoever it is for. */
export function PeriodReport({ close }: { close(): void }) {
  const { t } = useTranslation(['calendar', 'report', 'activity']);
  const format = useFormats();
  const { view, day } = useCalendarPlace();
  const [period, setPeriod] = useState(() => periodOf(view, day));
  const [since, setSince] = useState<Id | null>(null);
  const meetings = useActivityChoices(null);
  const screen = useLanguage();
  const [language, setLanguage] = useState(screen);
  const [deciding, setDeciding] = useState(false);
  const { from, to } = period;
  const beginning = since === null ? { from, to } : { since, to };
  const asked = { ...beginning, language };
  const report = useRead('report.period', asked, { keep: true });
  const job = useJob('report.exportPeriod');
  const save = async (as: (typeof FORMATS)[number]) => {
    await loadWords(language);
    const dates = { from: report.data?.from ?? from, to };
    const file = await window.shell.chooseSave(as, `${t('report.fileName', { lng: language, ...dates })}.${as}`);
    const written = file && (await job.start({ ...asked, format: as, path: file.path }));
    if (written) say(t('report:exported', { name: file.name, size: format.bytes(written.bytes) }));
  };
  const { data } = report;
  // One dialog at a time: the report stands again when all is decided.
  if (deciding) return <Doubles asked={beginning} close={() => setDeciding(false)} />;
  return (
    <Dialog help="calendar" title={t('report.title')} size={1080} yOffset="2dvh" onClose={close}>
      <Group gap="md" align="end" mb="md">
        <SearchSelect
          label={t('report.since')}
          placeholder={t('report.sinceHint')}
          choices={meetings}
          value={since}
          onChange={setSince}
          nothingFoundMessage={t('activity:field.partOfNone')}
          clear={t('activity:field.clear')}
          limit={50}
          w={280}
        />
        {since === null && (
          <DateField
            label={t('activity:field.start')}
            value={from}
            onChange={(first) => setPeriod({ from: first, to: first > to ? first : to })}
          />
        )}
        <DateField
          label={t('activity:field.end')}
          value={to}
          {...(since === null && { first: from })}
          onChange={(last) => setPeriod({ ...period, to: last })}
        />
        <Select
          label={t('report:language')}
          data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
          value={language}
          onChange={(value) => setLanguage(LANGUAGES.find((one) => one === value) ?? language)}
          allowDeselect={false}
        />
      </Group>
      <Group gap="xs" mb="md">
        {FORMATS.map((as) => (
          <Button
            key={as}
            variant={as === 'docx' ? 'filled' : 'default'}
            leftSection={<DownloadIcon />}
            onClick={() => void save(as)}
            disabled={job.running || !data}
          >
            {t(`report:save.${as}`)}
          </Button>
        ))}
        {data && data.doubles > 0 && (
          <Button variant="subtle" onClick={() => setDeciding(true)}>
            {t('report.doubles.open', { count: data.doubles })}
          </Button>
        )}
      </Group>
      <JobState job={job} />
      <Refusal error={job.refusal} />
      <Loaded query={report}>{({ document }) => <DocumentSheet document={document} name="period" />}</Loaded>
    </Dialog>
  );
}
