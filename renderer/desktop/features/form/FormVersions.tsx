import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../../../shared/kernel/text.ts';
import { BoxedList, BoxedRow, RowActions, RowFacts, RowWords } from '../../../ui/BoxedList.tsx';
import { RecordText } from '../../../ui/fields/RecordText.tsx';
import { useFormats } from '../../../ui/formats.ts';
import { go } from '../../app/view.ts';
import type { Form } from './FormPage.tsx';
import classes from './FormPage.module.css';

/** The published versions of a questionnaire, the newest first, each with what is new in it and the way to read it. */
export function FormVersions({ form, language }: { readonly form: Form; readonly language: Language }) {
  const { t } = useTranslation(['form', 'adaptation']);
  const format = useFormats();
  if (form.versions.length === 0) return null;
  return (
    <section className={classes.section}>
      <h2 className={classes.heading}>{t('adaptation:versions.title')}</h2>
      <BoxedList label={t('adaptation:versions.title')}>
        {form.versions.toReversed().map(({ id, version, notes, publishedAt }) => (
          <li key={id}>
            <BoxedRow>
              <RowWords title={t('form:version', { version })}>
                <RowFacts>{t('adaptation:versions.at', { day: format.instant(publishedAt) })}</RowFacts>
                <span className={classes.notes}>
                  <RecordText text={notes} prefer={language} />
                </span>
              </RowWords>
              <RowActions>
                <Button variant="subtle" size="compact-md" onClick={() => go({ page: 'form', id: form.id, version })}>
                  {t('adaptation:versions.read', { version })}
                </Button>
              </RowActions>
            </BoxedRow>
          </li>
        ))}
      </BoxedList>
    </section>
  );
}

/** Says of a version that is read that it is one of then, and leads to the questionnaire of today. */
export function ReadFormVersion({ form, version }: { readonly form: Form; readonly version: string }) {
  const { t } = useTranslation('form');
  return (
    <p className={classes.reading}>
      {t('reading', { version })}{' '}
      <Button variant="subtle" size="compact-md" onClick={() => go({ page: 'form', id: form.id })}>
        {t('today')}
      </Button>
    </p>
  );
}
