import { Button, Checkbox, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { Fragment, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallRefused } from '../../../../../shared/contract/rpc.ts';
import { missingTexts } from '../../../../../shared/features/course/completeness.ts';
import { textsByField, type FlatTexts, type TextKey } from '../../../../../shared/features/course/flat-texts.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { LANGUAGE_NAMES } from '../../../../../shared/kernel/formats.ts';
import { LANGUAGES, type Language } from '../../../../../shared/kernel/text.ts';
import { labelKey, type Entity } from '../../../../../shared/model/entity.ts';
import { ChangedMeanwhile } from '../../../../ui/dialog/ChangedMeanwhile.tsx';
import { Dialog } from '../../../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../../../ui/dialog/DialogFoot.tsx';
import { Form } from '../../../../ui/dialog/Form.tsx';
import { Refusal } from '../../../../ui/Refusal.tsx';
import type { useOpenForm } from '../../../app/use-open-form.ts';
import { FieldHistory } from '../../sync/review/FieldHistory.tsx';
import { fieldWords, valueWords } from '../../sync/review/conflict-words.ts';
import { useSpeech } from '../../sync/lan/use-speech.ts';
import classes from './Editor.module.css';

/** The languages that stand side by side. */
export interface Columns {
  readonly languages: readonly Language[];
  choose(languages: readonly Language[]): void;
}

interface Props<T extends FlatTexts> {
  readonly title: string;
  readonly entity: Entity;
  /** Of a part that is there already. */
  readonly id: Id | undefined;
  readonly names: readonly string[];
  readonly form: ReturnType<typeof useOpenForm<T>>;
  /** The record as it stands now, in the fields of the form. */
  readonly now: T;
  readonly columns: Columns;
  readonly write: { readonly error: CallRefused | null; readonly isPending: boolean };
  /** The other fields, which follow the title. */
  readonly children?: ReactNode;
  save(): void;
  close(): void;
}

/** The form of a part of a course: its texts in the chosen languages side by side, and what else is said of it. */
export function PartDialog<T extends FlatTexts>({ title, entity, id, names, form, now, columns, write, children, save, close }: Props<T>) {
  const { t } = useTranslation(['editor', 'app', 'sync']);
  const speech = useSpeech();
  const [tried, setTried] = useState(false);
  const [history, setHistory] = useState(false);
  const isNameless = LANGUAGES.every((language) => (form.fields[`title@${language}`] ?? '').trim() === '');
  const submit = () => {
    setTried(true);
    if (!isNameless) save();
  };
  if (history && id !== undefined) {
    const fields = names.flatMap((name) => columns.languages.map((language) => `${name}@${language}`));
    return <FieldHistory entityType={entity.type} entity={id} fields={fields} onClose={() => setHistory(false)} />;
  }
  return (
    <Dialog help="library" onClose={close} unsaved={form.isTouched} title={title} size="min(1240px, 96vw)">
      <Form onSubmit={submit}>
        <Stack gap="md">
          <Checkbox.Group
            label={t('editor:columns')}
            value={[...columns.languages]}
            onChange={(values) => {
              const chosen = LANGUAGES.filter((language) => values.includes(language));
              if (chosen.length > 0) columns.choose(chosen);
            }}
          >
            <Group mt="xs" gap="lg">
              {LANGUAGES.map((language) => (
                <Checkbox key={language} value={language} label={LANGUAGE_NAMES[language]} />
              ))}
            </Group>
          </Checkbox.Group>
          {names.map((name, index) => (
            <Fragment key={name}>
              <TextsField
                name={name}
                label={t(labelKey(entity, name) as 'course:field.title')}
                texts={form.fields}
                languages={columns.languages}
                error={name === 'title' && tried && isNameless ? t('editor:titleMissing') : undefined}
                isFirst={index === 0}
                change={(key, text) => form.set({ ...form.fields, [key]: text })}
              />
              {index === 0 && children}
            </Fragment>
          ))}
          <ChangedMeanwhile
            changed={form.changed.map((field) => ({
              field: String(field),
              label: fieldWords(entity.type, String(field), speech),
              value: valueWords(String(field), now[field] as never, speech),
            }))}
            take={(field) => form.take(field as keyof T)}
          />
          <Refusal error={write.error} />
          <DialogFoot
            before={
              id !== undefined && (
                <Button variant="subtle" onClick={() => setHistory(true)}>
                  {t('sync:history.open')}
                </Button>
              )
            }
          >
            <Button variant="default" onClick={close}>
              {t('app:cancel')}
            </Button>
            <Button type="submit" loading={write.isPending}>
              {t('app:save.button')}
            </Button>
          </DialogFoot>
        </Stack>
      </Form>
    </Dialog>
  );
}

interface TextsProps {
  readonly name: string;
  readonly label: string;
  readonly texts: FlatTexts;
  readonly languages: readonly Language[];
  readonly error: string | undefined;
  readonly isFirst: boolean;
  change(key: TextKey, text: string): void;
}

/** One text in several languages; where it stands in another one, a language without it is marked. */
function TextsField({ name, label, texts, languages, error, isFirst, change }: TextsProps) {
  const { t } = useTranslation('editor');
  const own = LANGUAGES.map((language): [TextKey, string] => [`${name}@${language}`, texts[`${name}@${language}`] ?? '']);
  const text = textsByField(Object.fromEntries(own))[name] ?? {};
  return (
    <fieldset className={classes.field}>
      <legend>{label}</legend>
      <div className={classes.columns}>
        {languages.map((language, index) => {
          const key: TextKey = `${name}@${language}`;
          const isMissing = missingTexts([text], language).missing > 0;
          const shared = {
            label: LANGUAGE_NAMES[language],
            'aria-label': t('textIn', { text: label, language: LANGUAGE_NAMES[language] }),
            description: isMissing ? t('isMissing') : undefined,
            value: texts[key] ?? '',
            lang: language,
            error: index === 0 ? error : undefined,
            ...(isFirst && index === 0 && { 'data-autofocus': true }),
          };
          return name === 'title' ? (
            <TextInput key={language} {...shared} maxLength={500} onChange={({ currentTarget: { value } }) => change(key, value)} />
          ) : (
            <Textarea
              key={language}
              {...shared}
              autosize
              minRows={2}
              maxRows={12}
              onChange={({ currentTarget: { value } }) => change(key, value)}
            />
          );
        })}
      </div>
    </fieldset>
  );
}
