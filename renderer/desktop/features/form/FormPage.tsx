import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { LANGUAGES, textIn, type Language } from '../../../../shared/kernel/text.ts';
import { RecordTitle } from '../../../ui/fields/RecordText.tsx';
import { useFormats, useLanguage, useReadable, useReadableTitle } from '../../../ui/formats.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Rows } from '../../../ui/Rows.tsx';
import { BackIcon } from '../../../ui/theme/icons.tsx';
import { useRead, type Answer } from '../../app/engine.ts';
import { go } from '../../app/view.ts';
import { useOwnerName } from '../course/course-name.ts';
import { useWrittenWords } from '../course/written-words.ts';
import { useFormOwner } from './FormsPage.tsx';
import { FormUses } from './FormUses.tsx';
import { FormVersions, ReadFormVersion } from './FormVersions.tsx';
import { QuestionText } from './QuestionText.tsx';
import classes from './FormPage.module.css';

export type Form = Answer<'form.get'>;

/** A questionnaire as it is read: its questions in their order with what is right, its versions, and the workshops that have it. */
export function FormPage({ id, version }: { readonly id: Id; readonly version?: string | undefined }) {
  const query = useRead('form.get', { id, ...(version !== undefined && { version }) });
  return <Loaded query={query}>{(form) => <FormText form={form} version={version} />}</Loaded>;
}

function FormText({ form, version }: { readonly form: Form; readonly version: string | undefined }) {
  const { t } = useTranslation('form');
  const format = useFormats();
  const screen = useLanguage();
  const [language, setLanguage] = useState<Language>(form.languages.includes(screen) ? screen : (form.languages[0] ?? screen));
  const readableTitle = useReadableTitle();
  return (
    <article className={classes.root}>
      <PageHeader
        title={readableTitle(form, textIn(form.title, language))}
        shown={<RecordTitle of={form} prefer={language} />}
        serif
        before={
          <Button
            variant="subtle"
            size="compact-md"
            leftSection={<BackIcon size={18} />}
            onClick={() => go({ page: 'forms' })}
            px={8}
            ml={-8}
            mb={4}
          >
            {t('forms')}
          </Button>
        }
      >
        <FormFacts form={form} />
      </PageHeader>
      {version !== undefined && <ReadFormVersion form={form} version={version} />}
      {form.languages.length > 1 && (
        <SegmentedControl
          aria-label={t('readIn')}
          value={language}
          onChange={(value) => setLanguage(LANGUAGES.find((known) => known === value) ?? language)}
          data={form.languages.map((value) => ({ value, label: format.language(value) }))}
          mb="lg"
        />
      )}
      {form.items.length === 0 ? (
        <p className={classes.quiet}>{t('noQuestions')}</p>
      ) : (
        <ol className={classes.questions} aria-label={t('questionList')}>
          <Rows of={form.items} as="li">
            {(item, index) => (
              <li className={classes.question}>
                <QuestionText item={item} number={index + 1} language={language} />
              </li>
            )}
          </Rows>
        </ol>
      )}
      <FormVersions form={form} language={language} />
      <FormUses form={form} />
    </article>
  );
}

/** Tells what a questionnaire is for, how many questions it has, from when a test is passed, and in which languages it is written. */
function FormFacts({ form }: { readonly form: Form }) {
  const { t } = useTranslation('form');
  const format = useFormats();
  const readable = useReadable();
  const ownerName = useOwnerName();
  const owner = useFormOwner()(form.space);
  const writtenWords = useWrittenWords();
  const { kind, anonymous, items, passMark, languages, texts, draws } = form;
  return [
    readable(form, 'kind', t(`kind.${kind}`)),
    readable(form, 'items', t('questions', { count: items.length })),
    ...(anonymous ? [t('anonymous')] : []),
    ...(passMark === null ? [] : [t('passedFrom', { share: format.percent(passMark / 100) })]),
    ...draws.map(({ topic, count }) => t('drawn', { count, topic })),
    writtenWords(languages, texts),
    ...(owner === null ? [] : [ownerName(owner)]),
  ].join(' · ');
}
