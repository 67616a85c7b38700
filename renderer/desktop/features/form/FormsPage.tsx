import { Button, Select, TextInput } from '@mantine/core';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shelvesOf } from '../../../../shared/features/course/shelves.ts';
import { institutionSpace, LIBRARY } from '../../../../shared/model/spaces.ts';
import { FORM_KINDS, type FormKind } from '../../../../shared/model/vocabularies.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { RecordTitle } from '../../../ui/fields/RecordText.tsx';
import { useFormats, useReadable } from '../../../ui/formats.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Rows } from '../../../ui/Rows.tsx';
import { EmptySheet } from '../../../ui/theme/drawings.tsx';
import { BackIcon, SearchIcon } from '../../../ui/theme/icons.tsx';
import { useRead, type Answer } from '../../app/engine.ts';
import { go } from '../../app/view.ts';
import { useOwnerName } from '../course/course-name.ts';
import { useWrittenWords } from '../course/written-words.ts';
import classes from './FormsPage.module.css';

export type FormSummary = Answer<'form.list'>['forms'][number];

/** So many are listed; of more a search finds the others. */
const LISTED = 200;

/** The questionnaires of this laptop by whose they are, with a search for them. */
export function FormsPage() {
  const { t } = useTranslation('form');
  const [text, setText] = useState('');
  const [kind, setKind] = useState<FormKind | null>(null);
  const wanted = useDeferredValue(text.trim());
  const found = useRead('form.list', { text: wanted, ...(kind && { kind }), limit: LISTED }, { keep: true });
  const isSearched = wanted !== '' || kind !== null;
  return (
    <div className={classes.page}>
      <PageHeader
        title={t('forms')}
        before={
          <Button
            variant="subtle"
            size="compact-md"
            leftSection={<BackIcon size={18} />}
            onClick={() => go({ page: 'library' })}
            px={8}
            ml={-8}
            mb={4}
          >
            {t('library')}
          </Button>
        }
      />
      {((found.data?.total ?? 0) > 0 || isSearched) && (
        <div className={classes.filters} role="search">
          <TextInput
            type="search"
            aria-label={t('search')}
            placeholder={t('search')}
            leftSection={<SearchIcon size={18} />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Select
            aria-label={t('kindOf')}
            placeholder={t('kindOf')}
            data={FORM_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
            value={kind}
            onChange={(value) => setKind(FORM_KINDS.find((known) => known === value) ?? null)}
            clearable
          />
        </div>
      )}
      <Loaded query={found}>{({ total, forms }) => <FormShelves total={total} forms={forms} isSearched={isSearched} />}</Loaded>
    </div>
  );
}

interface ShelvesProps {
  readonly total: number;
  readonly forms: readonly FormSummary[];
  readonly isSearched: boolean;
}

function FormShelves({ total, forms, isSearched }: ShelvesProps) {
  const { t } = useTranslation('form');
  const format = useFormats();
  const ownerName = useOwnerName();
  const ownerOf = useFormOwner();
  if (total === 0 && isSearched) return <p className={classes.quiet}>{t('noneFound')}</p>;
  if (total === 0) return <EmptyState drawing={<EmptySheet />} title={t('empty.title')} text={t('empty.text')} />;
  const shelves = shelvesOf(
    forms.map((form) => ({ ...form, institution: ownerOf(form.space) })),
    format.compare,
  );
  return (
    <>
      {isSearched && (
        <p className={classes.quiet} role="status">
          {t('count', { count: total })}
        </p>
      )}
      {shelves.map(({ institution, courses: some }) => (
        <section key={institution?.id ?? ''} className={classes.shelf}>
          {/* Of one that has all there is nothing to tell apart. */}
          {(shelves.length > 1 || institution !== null) && <h2 className={classes.owner}>{ownerName(institution)}</h2>}
          <ul className={classes.forms} aria-label={ownerName(institution)}>
            <Rows of={some} as="li">
              {(form) => (
                <li>
                  <FormRow form={form} />
                </li>
              )}
            </Rows>
          </ul>
        </section>
      ))}
      {total > forms.length && <p className={classes.quiet}>{t('more', { count: total - forms.length })}</p>}
    </>
  );
}

function FormRow({ form }: { readonly form: FormSummary }) {
  const { t } = useTranslation('form');
  const readable = useReadable();
  const writtenWords = useWrittenWords();
  const { kind, items, published, languages, texts } = form;
  return (
    <button type="button" className={classes.form} onClick={() => go({ page: 'form', id: form.id })}>
      <span className={classes.title}>
        <RecordTitle of={form} />
      </span>
      <span className={classes.quiet}>
        {[
          readable(form, 'kind', t(`kind.${kind}`)),
          readable(form, 'items', t('questions', { count: items })),
          ...(published === null ? [] : [t('version', { version: published.version })]),
          writtenWords(languages, texts),
        ].join(' · ')}
      </span>
    </button>
  );
}

/** Returns whose a questionnaire is, by its space: null where it is the central library's, an institution without a name where that one is not known here. */
export function useFormOwner(): (space: string) => { readonly id: string; readonly name: string } | null {
  const institutions = useRead('institution.list', {}).data ?? [];
  return (space) => (space === LIBRARY ? null : (institutions.find(({ id }) => space === institutionSpace(id)) ?? { id: space, name: '' }));
}
