import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { textIn } from '../../../../shared/kernel/text.ts';
import { BoxedList, BoxedRow, RowFacts, RowWords } from '../../../ui/BoxedList.tsx';
import { Rows } from '../../../ui/Rows.tsx';
import { RecordText } from '../../../ui/fields/RecordText.tsx';
import { useFormats, useLanguage } from '../../../ui/formats.ts';
import { useRead, type Answer } from '../../app/engine.ts';
import { go } from '../../app/view.ts';
import { Grounds } from './Grounds.tsx';
import classes from './Deliverers.module.css';

type Told = Answer<'people.mayDeliver'>;

/** The certificates of somebody, and the courses that they may deliver; nothing where they have no certificate. */
export function MayDeliver({ personId }: { readonly personId: Id }) {
  const { t } = useTranslation('course');
  const { data } = useRead('people.mayDeliver', { id: personId });
  if (!data || data.certificates.length === 0) return null;
  return (
    <>
      <section className={classes.section}>
        <h2 className={classes.heading}>{t('deliver.certificates')}</h2>
        <BoxedList label={t('deliver.certificates')}>
          <Rows of={data.certificates} as="li" by={({ number }) => number}>
            {(certificate) => <CertificateRow certificate={certificate} />}
          </Rows>
        </BoxedList>
      </section>
      {data.courses.length > 0 && (
        <section className={classes.section}>
          <h2 className={classes.heading}>{t('deliver.what')}</h2>
          <BoxedList label={t('deliver.what')}>
            <Rows of={data.courses} as="li">
              {(course) => <CourseRow course={course} />}
            </Rows>
          </BoxedList>
        </section>
      )}
    </>
  );
}

function CertificateRow({ certificate: { kind, number, workshop, issuedOn } }: { readonly certificate: Told['certificates'][number] }) {
  const { t } = useTranslation('award');
  const format = useFormats();
  return (
    <li>
      <BoxedRow>
        <RowWords title={t(`kind.${kind}`)}>
          <RowFacts>
            <RecordText text={workshop} />
          </RowFacts>
        </RowWords>
        <RowFacts>{[number, ...(issuedOn === '' ? [] : [format.day(issuedOn)])].join(' · ')}</RowFacts>
      </BoxedRow>
    </li>
  );
}

function CourseRow({ course }: { readonly course: Told['courses'][number] }) {
  const { t } = useTranslation(['people', 'course']);
  const language = useLanguage();
  return (
    <li>
      <BoxedRow>
        <RowWords title={<RecordText text={course.title} />}>
          <RowFacts>{t(`course:level.${course.level}`)}</RowFacts>
          <Grounds grounds={course.grounds} before={course.before} />
        </RowWords>
        <Button
          variant="default"
          size="sm"
          onClick={() => go({ page: 'course', id: course.id })}
          aria-label={t('people:history.openNamed', { title: textIn(course.title, language) })}
        >
          {t('people:history.open')}
        </Button>
      </BoxedRow>
    </li>
  );
}
