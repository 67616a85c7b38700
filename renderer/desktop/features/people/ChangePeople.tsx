import { Button, Select, Stack, TextInput } from '@mantine/core';
import i18next from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BULK_FIELDS, fieldsChanged, valuesAmong, type BulkField } from '../../../../shared/features/people/bulk-change.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { participant } from '../../../../shared/model/people.ts';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../../ui/dialog/DialogFoot.tsx';
import { Form } from '../../../ui/dialog/Form.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { call, useRead, useWrite, type Answer, type Args } from '../../app/engine.ts';
import { offerUndo, say } from '../../app/frame/notices.tsx';
import { useWordChoices } from './choices.ts';
import { CountrySelect } from './person/CountrySelect.tsx';
import { useFieldWords } from './person/person-words.ts';

type Opened = Answer<'people.openSeveral'>;

type Change = Pick<Args<'people.updateSeveral'>, BulkField>;

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
  const touched = people.filter(({ values, apart }) => fieldsChanged(values, apart, change).length > 0).length;
  const set = (field: BulkField, value: string | null) => {
    const { [field]: _, ...others } = change;
    props.onChange(value === null || value === '' ? others : { ...others, [field]: value });
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
  return (
    <Form onSubmit={submit}>
      <Stack gap="md">
        <p style={{ margin: 0 }}>{t('bulk.text')}</p>
        {BULK_FIELDS.map((field, at) => (
          <BulkInput
            key={field}
            field={field}
            countries={props.countries}
            now={now(field)}
            isFirst={at === 0}
            value={change[field] ?? null}
            onChange={(value) => set(field, value)}
          />
        ))}
        <Refusal error={update.error} />
        <DialogFoot>
          <Button variant="default" onClick={props.onClose}>
            {t('app:cancel')}
          </Button>
          <Button
            type="submit"
            variant={touched === 0 ? 'default' : 'filled'}
            aria-disabled={touched === 0 || undefined}
            loading={update.isPending}
          >
            {touched === 0 ? t('bulk.nothing') : t('bulk.submit', { count: touched })}
          </Button>
        </DialogFoot>
      </Stack>
    </Form>
  );
}

/** The control for the value of all of them in a field; nothing leaves everybody as they are. */
function BulkInput(props: {
  readonly field: BulkField;
  readonly countries: readonly string[];
  /** What is recorded of them now. */
  readonly now: string;
  readonly isFirst: boolean;
  readonly value: string | null;
  onChange(value: string | null): void;
}) {
  const { field, countries, value, onChange } = props;
  const { t } = useTranslation('people');
  const choices = useWordChoices(field);
  const shared = {
    label: t(`field.${field}`),
    placeholder: t('bulk.keep'),
    description: props.now,
    ...(props.isFirst && { 'data-autofocus': true }),
  };
  const { input } = participant.fields[field];
  if (input === 'country') return <CountrySelect {...shared} countries={countries} value={value} onChange={onChange} />;
  if (input === 'line')
    return <TextInput {...shared} value={value ?? ''} maxLength={500} onChange={(event) => onChange(event.currentTarget.value)} />;
  return (
    <Select {...shared} data={choices} value={value} onChange={onChange} clearable clearButtonProps={{ 'aria-label': t('bulk.keep') }} />
  );
}

/** Returns the sentence of what is recorded among people in a field: *Now: Senegal (7), Mali (3), not recorded (2)*. */
function useNow(people: Opened): (field: BulkField) => string {
  const { t } = useTranslation('people');
  const words = useFieldWords();
  const said = (field: BulkField): string => {
    const values = valuesAmong(
      people.map((one) => one.values),
      field,
    );
    const others = values.slice(SAID).reduce((sum, { count }) => sum + count, 0);
    const parts = values
      .slice(0, SAID)
      .map(({ value, count }) => t('bulk.value', { value: value === null ? t('notRecorded') : words(field, value), number: count }));
    return t('bulk.now', { list: [...parts, ...(others > 0 ? [t('bulk.others', { number: others })] : [])].join(', ') });
  };
  const all = Object.fromEntries(BULK_FIELDS.map((field) => [field, said(field)]));
  return (field) => all[field] ?? '';
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
