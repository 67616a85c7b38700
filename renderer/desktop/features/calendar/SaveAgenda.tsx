import { Button, Select, Stack } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGE_NAMES } from '../../../../shared/kernel/formats.ts';
import { LANGUAGES, textIn } from '../../../../shared/kernel/text.ts';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { Form } from '../../../ui/dialog/Form.tsx';
import { SearchMultiSelect, SearchSelect } from '../../../ui/fields/SearchSelect.tsx';
import { useLanguage } from '../../../ui/formats.ts';
import { loadWords } from '../../../ui/i18n.ts';
import { JobState } from '../../../ui/JobState.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { DownloadIcon } from '../../../ui/theme/icons.tsx';
import { useJob, type Answer } from '../../app/engine.ts';
import { say } from '../../app/frame/notices.tsx';

/** Writes the agenda of a workshop for calendar programs: in which zone the room is, and where people are elsewhere. */
export function SaveAgenda({ workshop, close }: { readonly workshop: Answer<'activity.get'>; close(): void }) {
  const { t } = useTranslation(['calendar', 'people', 'app']);
  const screen = useLanguage();
  const [language, setLanguage] = useState(workshop.languages[0] ?? screen);
  // The laptop is in the room, as a rule.
  const [zone, setZone] = useState<string | null>(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [zones, setZones] = useState<string[]>([]);
  const choices = useMemo(() => Intl.supportedValuesOf('timeZone').map((value) => ({ value, label: value.replaceAll('_', ' ') })), []);
  const job = useJob('calendar.exportAgenda');
  const save = async () => {
    if (zone === null) return;
    await loadWords(language);
    const title = textIn(workshop.title, language);
    const file = await window.shell.chooseSave('ics', `${t('agenda.fileName', { lng: language, title })}.ics`);
    const written = file && (await job.start({ activityId: workshop.id, path: file.path, zone, zones, language }));
    if (!written) return;
    say(t('agenda.done', { count: written.events, name: file.name }));
    close();
  };
  return (
    <Dialog help="agenda" title={t('agenda.title')} onClose={close}>
      <Form onSubmit={() => void save()}>
        <Stack gap="md">
          <SearchSelect label={t('agenda.ofRoom')} choices={choices} value={zone} onChange={setZone} limit={50} />
          <SearchMultiSelect
            label={t('agenda.elsewhere')}
            description={t('agenda.elsewhereHint')}
            choices={choices}
            value={zones}
            onChange={setZones}
            clear={t('activity:field.clear')}
          />
          <Select
            label={t('people:save.language')}
            data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
            value={language}
            onChange={(value) => setLanguage(LANGUAGES.find((one) => one === value) ?? language)}
            allowDeselect={false}
          />
          <Button type="submit" leftSection={<DownloadIcon />} disabled={job.running || zone === null}>
            {t('agenda.save')}
          </Button>
          <JobState job={job} />
          <Refusal error={job.refusal} />
        </Stack>
      </Form>
    </Dialog>
  );
}
