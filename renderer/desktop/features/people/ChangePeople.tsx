import { Button, Select, Stack, TextInput } from '@mantine/core';
import i18next from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BULK_FIELDS, fieldsChanged, valuesAmong, type BulkField } from '../../../../shared/features/people/bulk-change.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { LANGUAGES, type Language } from '../../../../shared/kernel/text.ts';
import { PROFESSIONS, SEXES, type Profession, type Sex } from '../../../../shared/model/vocabularies.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogFoot } from '../../../ui/DialogFoot.tsx';
import { Form } from '../../../ui/Form.tsx';
import { useFormats } from '../../../ui/formats.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { call, useRead, useWrite, type Answer } from '../../app/engine.ts';
import { offerUndo, say } from '../../app/notices.tsx';
import { LANGUAGE_CHOICES, useProfessionChoices, useSexChoices } from './choices.ts';
import { CountrySelect } from './CountrySelect.tsx';

type Opened = Answer<'people.openSeveral'>;

interface Change {
  readonly profession?: Profession;
  readonly institution?: string;
  readonly country?: string;
  readonly sex?: Sex;
  readonly language?: Language;
}

interface Props {
  readonly activityId: Id;
  readonly ids: readonly Id[];
  readonly countries: readonly string[];
  onClose(): void;
}

/** So many values are said of a field; the others are counted. */
const SAID = 3;

/** Says one thing of many people: what is recorded of them now, what is to be, and of how many that is something else. */
export function ChangePeople({ activityId, ids, countries, onClose }: Props) {
  const { t } = useTranslation('people');
  const [change, setChange] = useState<Change>({});
  const opened = useRead('people.openSeveral', { activityId, ids: [...ids] }, { keep: true });
  return (
    <Dialog
      help="people"
      onClose={onClose}
      unsaved={Object.keys(change).length > 0}
      title={t('bulk.title', { count: opened.data?.length ?? ids.length })}
      size={560}
    >
      <Loaded query={opened}>
        {(people) => (
          <Changing activityId={activityId} people={people} countries={countries} change={change} onChange={setChange} onClose={onClose} />
        )}
      </Loaded>
    </Dialog>
  );
}

function Changing(props: {
  readonly activityId: Id;
  readonly people: Opened;
  readonly countries: readonly string[];
  readonly change: Change;
  onChange(change: Change): void;
  onClose(): void;
}) {
  const { activityId, people, change } = props;
  const { t } = useTranslation(['people', 'app']);
  const update = useWrite('people.updateSeveral', { shownHere: true });
  const now = useNow(people);
  const professions = useProfessionChoices();
  const sexes = useSexChoices();
  const touched = people.filter(({ values, apart }) => fieldsChanged(values, apart, change).length > 0).length;
  const set = <F extends keyof Change>(field: F, value: Change[F] | null | undefined) => {
    const { [field]: _, ...others } = change;
    props.onChange(value === null || value === undefined || value === '' ? (others as Change) : { ...others, [field]: value });
  };
  const submit = () => {
    if (touched === 0) return;
    update.mutate(
      { activityId, people: people.map(({ id, seen }) => ({ id, seen })), ...change },
      {
        onSuccess: ({ changed, undoId }) => {
          props.onClose();
          const words = t('bulk.done', { count: changed });
          if (undoId === null) say(words);
          else offerUndo(words, () => takeBack(undoId), { quiet: true });
        },
      },
    );
  };
  const field = (name: BulkField) => ({ label: t(`field.${name}`), placeholder: t('bulk.keep'), description: now(name) });
  const clear = { clearable: true, clearButtonProps: { 'aria-label': t('bulk.keep') } };
  return (
    <Form onSubmit={submit}>
      <Stack gap="md">
        <p style={{ margin: 0 }}>{t('bulk.text')}</p>
        <Select
          {...field('profession')}
          data={professions}
          value={change.profession ?? null}
          onChange={(value) =>
            set(
              'profession',
              PROFESSIONS.find((one) => one === value),
            )
          }
          data-autofocus
          {...clear}
        />
        <TextInput
          {...field('institution')}
          value={change.institution ?? ''}
          maxLength={500}
          onChange={(event) => set('institution', event.currentTarget.value)}
        />
        <CountrySelect
          countries={props.countries}
          value={change.country ?? null}
          placeholder={t('bulk.keep')}
          description={now('country')}
          onChange={(value) => set('country', value)}
        />
        <Select
          {...field('sex')}
          data={sexes}
          value={change.sex ?? null}
          onChange={(value) =>
            set(
              'sex',
              SEXES.find((one) => one === value),
            )
          }
          {...clear}
        />
        <Select
          {...field('language')}
          data={LANGUAGE_CHOICES}
          value={change.language ?? null}
          onChange={(value) =>
            set(
              'language',
              LANGUAGES.find((one) => one === value),
            )
          }
          {...clear}
        />
        <Refusal error={update.error} />
        <DialogFoot>
          <Button variant="default" onClick={props.onClose}>
            {t('app:cancel')}
          </Button>
          <Button type="submit" aria-disabled={touched === 0 || undefined} loading={update.isPending}>
            {touched === 0 ? t('bulk.nothing') : t('bulk.submit', { count: touched })}
          </Button>
        </DialogFoot>
      </Stack>
    </Form>
  );
}

/** What is recorded among people in a field: *Now: Senegal (7), Mali (3), not recorded (2)*. */
function useNow(people: Opened): (field: BulkField) => string {
  const { t } = useTranslation('people');
  const format = useFormats();
  const worded = (field: BulkField, value: string | null): string => {
    if (value === null) return t('notRecorded');
    if (field === 'country') return format.country(value);
    if (field === 'language') return format.language(value);
    const known = field === 'institution' ? undefined : `${field}.${value}`;
    return known !== undefined && i18next.exists(`people:${known}`) ? t(known as 'sex.female') : value;
  };
  const said = (field: BulkField): string => {
    const values = valuesAmong(
      people.map((one) => one.values),
      field,
    );
    const others = values.slice(SAID).reduce((sum, { count }) => sum + count, 0);
    const parts = values.slice(0, SAID).map(({ value, count }) => t('bulk.value', { value: worded(field, value), number: count }));
    return t('bulk.now', { list: [...parts, ...(others > 0 ? [t('bulk.others', { number: others })] : [])].join(', ') });
  };
  const words = Object.fromEntries(BULK_FIELDS.map((field) => [field, said(field)]));
  return (field) => words[field] ?? '';
}

/** Puts back what was recorded, but for what somebody wrote since, and says so. */
async function takeBack(undoId: string): Promise<void> {
  const { undone, left } = await call('intake.undo', { importId: undoId });
  const names = left.map(({ name }) => name || '–').join(', ');
  say(
    [
      i18next.t('people:bulk.undone', { count: undone }),
      ...(left.length > 0 ? [i18next.t('intake:undoneLeft', { count: left.length, names })] : []),
    ].join(' '),
  );
}
