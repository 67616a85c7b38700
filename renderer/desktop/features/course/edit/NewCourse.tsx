import { Button, Checkbox, Group, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGE_NAMES } from '../../../../../shared/kernel/formats.ts';
import { LANGUAGES, type Language } from '../../../../../shared/kernel/text.ts';
import { course as courseEntity } from '../../../../../shared/model/course.ts';
import { labelKey } from '../../../../../shared/model/entity.ts';
import { institutionSpace, LIBRARY } from '../../../../../shared/model/spaces.ts';
import { LEVELS, type Level } from '../../../../../shared/model/vocabularies.ts';
import { Dialog } from '../../../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../../../ui/dialog/DialogFoot.tsx';
import { Form } from '../../../../ui/dialog/Form.tsx';
import { useLanguage } from '../../../../ui/formats.ts';
import { Refusal } from '../../../../ui/Refusal.tsx';
import { PlusIcon } from '../../../../ui/theme/icons.tsx';
import { useRead, useWrite } from '../../../app/engine.ts';
import { go } from '../../../app/view.ts';
import { useOwnerName } from '../course-name.ts';

const LENGTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** The button that makes a course, where the user may make one somewhere. */
export function NewCourse() {
  const { t } = useTranslation('editor');
  const spaces = useRead('course.writableSpaces', {}).data ?? [];
  const [making, setMaking] = useState(false);
  if (spaces.length === 0) return null;
  return (
    <>
      <Button variant="default" size="sm" mt="sm" leftSection={<PlusIcon size={18} />} onClick={() => setMaking(true)}>
        {t('new.open')}
      </Button>
      {making && <NewCourseDialog spaces={spaces} close={() => setMaking(false)} />}
    </>
  );
}

/** The form of a new course: a title in each of its languages, its level and length, and whose it is where that is a choice. */
function NewCourseDialog({ spaces, close }: { readonly spaces: readonly string[]; close(): void }) {
  const { t } = useTranslation(['editor', 'course', 'app']);
  const screen = useLanguage();
  const create = useWrite('course.create', { shownHere: true });
  const ownerOf = useOwners();
  const [languages, setLanguages] = useState<readonly Language[]>([screen]);
  const [titles, setTitles] = useState<Partial<Record<Language, string>>>({});
  const [level, setLevel] = useState<Level>('introductory');
  const [days, setDays] = useState(3);
  const [space, setSpace] = useState(spaces[0]!);
  const [tried, setTried] = useState(false);
  const lacks = (language: Language) => (titles[language] ?? '').trim() === '';
  const submit = () => {
    setTried(true);
    if (languages.length === 0 || languages.some(lacks)) return;
    const title = Object.fromEntries(languages.map((language) => [language, titles[language]!.trim()]));
    create.mutate(
      { title, level, days, space },
      {
        onSuccess: ({ id }) => {
          close();
          go({ page: 'course', id, edit: true });
        },
      },
    );
  };
  return (
    <Dialog help="library" onClose={close} unsaved={!LANGUAGES.every(lacks)} title={t('editor:new.title')} size={560}>
      <Form onSubmit={submit}>
        <Stack gap="md">
          <Checkbox.Group
            label={t('editor:new.languages')}
            value={[...languages]}
            onChange={(values) => setLanguages(LANGUAGES.filter((language) => values.includes(language)))}
            error={tried && languages.length === 0 ? t('editor:new.languageMissing') : undefined}
          >
            <Group mt="xs" gap="lg">
              {LANGUAGES.map((language) => (
                <Checkbox key={language} value={language} label={LANGUAGE_NAMES[language]} />
              ))}
            </Group>
          </Checkbox.Group>
          {languages.map((language, index) => (
            <TextInput
              key={language}
              label={t('editor:textIn', { text: t('course:field.title'), language: LANGUAGE_NAMES[language] })}
              lang={language}
              value={titles[language] ?? ''}
              onChange={({ currentTarget: { value } }) => setTitles({ ...titles, [language]: value })}
              error={tried && lacks(language) ? t('editor:titleMissing') : undefined}
              maxLength={500}
              data-autofocus={index === 0 || undefined}
            />
          ))}
          <Select
            label={t(labelKey(courseEntity, 'level'))}
            data={LEVELS.map((value) => ({ value, label: t(`course:level.${value}`) }))}
            value={level}
            onChange={(value) => setLevel(LEVELS.find((one) => one === value) ?? level)}
            allowDeselect={false}
          />
          <Select
            label={t(labelKey(courseEntity, 'days'))}
            data={LENGTHS.map((value) => ({ value: String(value), label: t('editor:balance.days', { count: value }) }))}
            value={String(days)}
            onChange={(value) => setDays(Number(value ?? days))}
            allowDeselect={false}
          />
          {spaces.length > 1 && (
            <Select
              label={t('editor:new.owner')}
              data={spaces.map((value) => ({ value, label: ownerOf(value) }))}
              value={space}
              onChange={(value) => setSpace(value ?? space)}
              allowDeselect={false}
            />
          )}
          <Refusal error={create.error} />
          <DialogFoot>
            <Button variant="default" onClick={close}>
              {t('app:cancel')}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t('editor:new.submit')}
            </Button>
          </DialogFoot>
        </Stack>
      </Form>
    </Dialog>
  );
}

/** Returns the words for whose a course in a space would be. */
function useOwners(): (space: string) => string {
  const ownerName = useOwnerName();
  const institutions = useRead('institution.list', {}).data ?? [];
  return (space) =>
    ownerName(institutions.find(({ id }) => space === institutionSpace(id)) ?? (space === LIBRARY ? null : { id: '', name: '' }));
}
