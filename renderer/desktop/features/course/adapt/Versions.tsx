import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../../../../shared/kernel/text.ts';
import { BoxedList, BoxedRow, RowActions, RowFacts, RowWords } from '../../../../ui/BoxedList.tsx';
import { RecordText } from '../../../../ui/fields/RecordText.tsx';
import { useFormats } from '../../../../ui/formats.ts';
import type { Answer } from '../../../app/engine.ts';
import { go } from '../../../app/view.ts';
import classes from './Versions.module.css';

/** The published versions of a course, the newest first, each with what is new in it and the way to read it. */
export function Versions({ course, language }: { readonly course: Answer<'course.get'>; readonly language: Language }) {
  const { t } = useTranslation('adaptation');
  const format = useFormats();
  if (course.published.length === 0) return null;
  return (
    <section className={classes.root}>
      <h2 className={classes.heading}>{t('versions.title')}</h2>
      <BoxedList label={t('versions.title')}>
        {course.published.toReversed().map(({ id, version, notes, publishedAt }) => (
          <li key={id}>
            <BoxedRow>
              <RowWords title={t('versions.one', { version })}>
                <RowFacts>{t('versions.at', { day: format.instant(publishedAt) })}</RowFacts>
                <span className={classes.notes}>
                  <RecordText text={notes} prefer={language} />
                </span>
              </RowWords>
              <RowActions>
                <Button variant="subtle" size="compact-md" onClick={() => go({ page: 'course', id: course.id, version: id })}>
                  {t('versions.read', { version })}
                </Button>
              </RowActions>
            </BoxedRow>
          </li>
        ))}
      </BoxedList>
    </section>
  );
}

/** Says of a version that is read that it is one of then, and leads to the course of today. */
export function ReadVersion({ course, version }: { readonly course: Answer<'course.get'>; readonly version: string }) {
  const { t } = useTranslation('adaptation');
  const name = course.published.find(({ id }) => id === version)?.version ?? '';
  return (
    <p className={classes.reading}>
      {t('versions.reading', { version: name })}{' '}
      <Button variant="subtle" size="compact-md" onClick={() => go({ page: 'course', id: course.id })}>
        {t('versions.today')}
      </Button>
    </p>
  );
}
