import { Button, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../../../../shared/kernel/text.ts';
import { withoutEmpty } from '../../../../../shared/model/field-writes.ts';
import { Dialog } from '../../../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../../../ui/dialog/DialogFoot.tsx';
import { Form } from '../../../../ui/dialog/Form.tsx';
import { useFormats } from '../../../../ui/formats.ts';
import { Refusal } from '../../../../ui/Refusal.tsx';
import { useWrite, type Answer } from '../../../app/engine.ts';
import { say } from '../../../app/frame/notices.tsx';

/** The name of a version of a course, and what is new in it in each language of the course. */
export function PublishDialog({ course, close }: { readonly course: Answer<'course.get'>; close(): void }) {
  const { t } = useTranslation(['adaptation', 'course', 'app']);
  const format = useFormats();
  const publish = useWrite('course.publish', { shownHere: true });
  const [version, setVersion] = useState('');
  const [notes, setNotes] = useState<Partial<Record<Language, string>>>({});
  const [tried, setTried] = useState(false);
  const isMissing = version.trim() === '';
  const submit = () => {
    setTried(true);
    if (isMissing) return;
    publish.mutate(
      { courseId: course.id, version, notes: withoutEmpty(notes) },
      {
        onSuccess: () => {
          close();
          say(t('adaptation:publish.done', { version }));
        },
      },
    );
  };
  const isUnsaved = version !== '' || Object.keys(withoutEmpty(notes)).length > 0;
  return (
    <Dialog help="library" onClose={close} unsaved={isUnsaved} title={t('adaptation:publish.open')} size={560}>
      <Form onSubmit={submit}>
        <Stack gap="md">
          <Text c="dimmed">{t('adaptation:publish.text')}</Text>
          <TextInput
            label={t('course:publication.version')}
            value={version}
            onChange={({ currentTarget: { value } }) => setVersion(value)}
            error={tried && isMissing ? t('adaptation:publish.nameMissing') : undefined}
            maxLength={100}
            required
            data-autofocus
          />
          {course.languages.map((language) => (
            <Textarea
              key={language}
              label={t('adaptation:publish.notes', { language: format.language(language) })}
              lang={language}
              value={notes[language] ?? ''}
              onChange={({ currentTarget: { value } }) => setNotes({ ...notes, [language]: value })}
              autosize
              minRows={2}
              maxLength={2000}
            />
          ))}
          <Refusal error={publish.error} />
          <DialogFoot>
            <Button variant="default" onClick={close}>
              {t('app:cancel')}
            </Button>
            <Button type="submit" disabled={publish.isPending}>
              {t('adaptation:publish.submit')}
            </Button>
          </DialogFoot>
        </Stack>
      </Form>
    </Dialog>
  );
}
