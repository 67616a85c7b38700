import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChosenPath } from '../../../../shared/contract/shell.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { LANGUAGES, textIn, type Language } from '../../../../shared/kernel/text.ts';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../../ui/dialog/DialogFoot.tsx';
import { Form } from '../../../ui/dialog/Form.tsx';
import { useFieldFaults, useLanguage, useReadableTitle } from '../../../ui/formats.ts';
import { LANGUAGE_NAMES } from '../../../../shared/kernel/formats.ts';
import { FileIcon } from '../../../ui/theme/icons.tsx';
import { JobState } from '../../../ui/JobState.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { useJob } from '../../app/engine.ts';
import { say } from '../../app/frame/notices.tsx';
import { AUDIENCES, FILE_KINDS, type Audience, type MaterialKind } from '../../../../shared/model/vocabularies.ts';
import type { Material } from './MaterialList.tsx';

/** Where a new material goes, or which one gets a new version. */
export interface Adding {
  readonly courseId?: Id;
  readonly activityId?: Id;
  readonly version?: Material;
}

/** Adds a file from this laptop: a new material, or a version of one in a language. */
export function AddDialog({ adding, close }: { readonly adding: Adding; readonly close: () => void }) {
  const { t } = useTranslation(['material', 'app']);
  const screen = useLanguage();
  const job = useJob('material.add');
  const { version } = adding;
  const readableTitle = useReadableTitle();
  const faultOf = useFieldFaults(version);
  const [file, setFile] = useState<ChosenPath | null>(null);
  const [titleBefore] = useState(version ? readableTitle(version, textIn(version.title, screen)) : '');
  const [title, setTitle] = useState(titleBefore);
  const [language, setLanguage] = useState<Language>(version?.language ?? screen);
  const [kind, setKind] = useState<MaterialKind>(version?.kind ?? 'slides');
  const [audience, setAudience] = useState<Audience>(version?.audience ?? 'everyone');
  const [tried, setTried] = useState(false);

  const choose = async () => {
    const chosen = await window.shell.chooseFile('material');
    if (!chosen) return;
    setFile(chosen);
    if (!title) setTitle(chosen.name.replace(/\.[^.]+$/, '').replaceAll('_', ' '));
  };
  const submit = async () => {
    setTried(true);
    if (!file || !title.trim()) return;
    const added = await job.start({
      path: file.path,
      title,
      language,
      kind,
      audience,
      ...(version ? { materialId: version.id } : {}),
      ...(adding.courseId ? { courseId: adding.courseId } : {}),
      ...(adding.activityId ? { activityId: adding.activityId } : {}),
    });
    if (added) {
      say(t('added'));
      close();
    }
  };

  return (
    <Dialog
      help="library"
      onClose={close}
      unsaved={file !== null || title !== titleBefore}
      title={version ? t('newVersion') : t('addTitle')}
    >
      <Form onSubmit={() => void submit()}>
        <Stack gap="md">
          <Group gap="md">
            <Button variant="default" onClick={() => void choose()} leftSection={<FileIcon />} data-autofocus>
              {file ? t('chooseAnother') : t('choose')}
            </Button>
            <Text c={tried && !file ? 'var(--absent-text)' : 'dimmed'} role={tried && !file ? 'alert' : undefined}>
              {file ? file.name : tried ? t('fileMissing') : t('noFile')}
            </Text>
          </Group>
          <TextInput
            label={t('field.title')}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
            error={tried && !title.trim() ? t('titleMissing') : undefined}
            disabled={version !== undefined}
            maxLength={500}
            required
          />
          <Group grow align="flex-start">
            <Select
              label={t('field.language')}
              data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
              value={language}
              onChange={(value) => setLanguage(LANGUAGES.find((known) => known === value) ?? language)}
              allowDeselect={false}
            />
            <Select
              label={t('field.kind')}
              data={FILE_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
              value={kind}
              onChange={(value) => setKind(FILE_KINDS.find((known) => known === value) ?? kind)}
              error={faultOf('kind')}
              disabled={version !== undefined}
              allowDeselect={false}
            />
          </Group>
          <Select
            label={t('field.audience')}
            data={AUDIENCES.map((value) => ({ value, label: t(`audience.${value}`) }))}
            value={audience}
            onChange={(value) => setAudience(AUDIENCES.find((known) => known === value) ?? audience)}
            error={faultOf('audience')}
            disabled={version !== undefined}
            allowDeselect={false}
          />
          <JobState job={job} />
          <Refusal error={job.refusal} />
          <DialogFoot>
            <Button variant="default" onClick={close}>
              {t('app:cancel')}
            </Button>
            <Button type="submit" loading={job.running}>
              {t('addSubmit')}
            </Button>
          </DialogFoot>
        </Stack>
      </Form>
    </Dialog>
  );
}
