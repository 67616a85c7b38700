import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { textIn } from '../../../../../shared/kernel/text.ts';
import { Column } from '../../../../ui/Column.tsx';
import { useFormats, useLanguage, useReadable } from '../../../../ui/formats.ts';
import { Loaded } from '../../../../ui/Loaded.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Rows } from '../../../../ui/Rows.tsx';
import { useRead, type Answer } from '../../../app/engine.ts';
import { useImportWords } from '../../../import/import-words.ts';
import { go } from '../../../app/view.ts';
import { useFieldWords, useNameShown } from './person-words.ts';
import { MayDeliver } from '../../course/MayDeliver.tsx';
import { RecordText } from '../../../../ui/fields/RecordText.tsx';
import { BoxedList, BoxedRow, RowFacts, RowWords } from '../../../../ui/BoxedList.tsx';
import classes from './PersonPage.module.css';

type Appearance = Answer<'people.history'>[number];

/** Somebody over every workshop that is here: where they were, how often, and which records are perhaps theirs. */
export function PersonPage({ id }: { readonly id: Id }) {
  const { t } = useTranslation('people');
  return (
    <Loaded query={useRead('people.history', { id })}>
      {(appearances) => {
        const self = appearances.find(({ is }) => is === 'itself');
        const sure = appearances.filter(({ is }) => is === 'itself' || is === 'linked');
        const likely = appearances.filter(({ is }) => is === 'same' || is === 'perhaps');
        return (
          <Column>
            {self && <Head person={self} />}
            <Workshops title={t('history.title')} appearances={sure} />
            <MayDeliver personId={id} />
            {likely.length > 0 && (
              <>
                <Workshops title={t('history.likely')} appearances={likely} />
                <p className={classes.quiet}>{t('history.likelyText')}</p>
              </>
            )}
          </Column>
        );
      }}
    </Loaded>
  );
}

function Head({ person }: { readonly person: Appearance }) {
  const { t } = useTranslation(['people', 'app']);
  const words = useFieldWords();
  const readable = useReadable();
  const nameShown = useNameShown();
  const facts = [
    ...(person.profession === null ? [] : [readable(person, 'profession', words('profession', person.profession))]),
    readable(person, 'institution', person.institution),
    ...(person.country === null ? [] : [readable(person, 'country', words('country', person.country))]),
    readable(person, 'email', person.email),
  ].filter((fact) => fact !== '');
  return (
    <PageHeader title={nameShown(person)} windowTitle={t('app:windowTitlePerson')}>
      {facts.join(' · ')}
    </PageHeader>
  );
}

function Workshops({ title, appearances }: { readonly title: string; readonly appearances: readonly Appearance[] }) {
  return (
    <section className={classes.section}>
      <h2 className={classes.heading}>{title}</h2>
      <BoxedList label={title}>
        <Rows of={appearances} as="li">
          {(appearance) => <Row appearance={appearance} />}
        </Rows>
      </BoxedList>
    </section>
  );
}

function Row({ appearance }: { readonly appearance: Appearance }) {
  const { t } = useTranslation('people');
  const words = useImportWords();
  const language = useLanguage();
  const format = useFormats();
  const nameShown = useNameShown();
  const workshop = textIn(appearance.workshop, language);
  const { is, why, attended, held, tests } = appearance;
  const isLikely = is === 'same' || is === 'perhaps';
  const presence = [
    held === 0 ? t('history.noMarks') : t('history.attended', { count: attended, held: format.number(held) }),
    ...tests.map((wave) => t(`history.test.${wave}`)),
  ];
  return (
    <li>
      <BoxedRow>
        <RowWords title={<RecordText text={appearance.workshop} />}>
          <RowFacts>{format.days(appearance.start, appearance.end)}</RowFacts>
          {isLikely && (
            <RowFacts>
              {nameShown(appearance)} · {[appearance.institution, words.reason(why)].filter((part) => part !== '').join(' · ')}
            </RowFacts>
          )}
          {is === 'linked' && <RowFacts>{t('history.linked')}</RowFacts>}
        </RowWords>
        <RowFacts>{presence.join(' · ')}</RowFacts>
        <Button
          variant="default"
          size="sm"
          onClick={() => go({ page: 'workshop', id: appearance.activityId, tab: 'people' })}
          aria-label={t('history.openNamed', { title: workshop })}
        >
          {t('history.open')}
        </Button>
      </BoxedRow>
    </li>
  );
}
