import { Button, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HelpPage } from '../../../shared/features/help/help-pages.ts';
import { LANGUAGE_NAMES } from '../../../shared/kernel/formats.ts';
import { LANGUAGES, type Language } from '../../../shared/kernel/text.ts';
import { Dialog } from '../../ui/dialog/Dialog.tsx';
import { DownloadIcon } from '../../ui/theme/icons.tsx';
import { JobState } from '../../ui/JobState.tsx';
import { Refusal } from '../../ui/Refusal.tsx';
import type { Job } from '../app/engine.ts';

interface Way {
  readonly label: string;
  /** True where a file was written: the dialog is done. */
  write(language: Language): Promise<boolean>;
}

interface Props {
  readonly title: string;
  readonly help: HelpPage;
  /** Of the workshop: the file's language need not be the screen's. */
  readonly language: Language;
  readonly ways: readonly Way[];
  readonly job: Pick<Job<'people.exportList'>, 'running' | 'progress' | 'cancel' | 'refusal'>;
  onClose(): void;
}

/** Asks in which language and form a table is written. */
export function SaveTableDialog({ title, help, language, ways, job, onClose }: Props) {
  const { t } = useTranslation(['people', 'app']);
  const [chosen, setChosen] = useState(language);
  return (
    <Dialog help={help} onClose={onClose} title={title}>
      <Stack gap="md">
        <Select
          label={t('save.language')}
          data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
          value={chosen}
          onChange={(value) => setChosen(LANGUAGES.find((one) => one === value) ?? chosen)}
          allowDeselect={false}
        />
        {ways.map(({ label, write }) => (
          <Button
            key={label}
            variant="default"
            leftSection={<DownloadIcon />}
            disabled={job.running}
            onClick={() => void write(chosen).then((written) => written && onClose())}
          >
            {label}
          </Button>
        ))}
        <JobState job={job} />
        <Refusal error={job.refusal} />
      </Stack>
    </Dialog>
  );
}
