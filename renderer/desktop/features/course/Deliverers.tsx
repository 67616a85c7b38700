import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { Language } from '../../../../shared/kernel/text.ts';
import { BoxedList, BoxedRow, RowFacts, RowWords } from '../../../ui/BoxedList.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Rows } from '../../../ui/Rows.tsx';
import { RecordText } from '../../../ui/fields/RecordText.tsx';
import { useReadable } from '../../../ui/formats.ts';
import { useRead, type Answer } from '../../app/engine.ts';
import { go } from '../../app/view.ts';
import { useFieldWords, useNameShown } from '../people/person/person-words.ts';
import { Grounds } from './Grounds.tsx';
import classes from './Deliverers.module.css';

type Deliverer = Answer<'course.deliverers'>['people'][number];

/** The courses that come before a course, and who may deliver it. */
export function Deliverers({ courseId, prefer }: { readonly courseId: Id; readonly prefer: Language }) {
  const { t } = useTranslation('course');
  return (
    <Loaded query={useRead('course.deliverers', { courseId })}>
      {({ before, people }) => (
        <section className={classes.section} aria-label={t('deliver.who')}>
          <h2 className={classes.heading}>{t('deliver.who')}</h2>
          {before.length > 0 && (
            <dl className={classes.facts}>
              <dt>{t('field.after')}</dt>
              <dd>
                <ul className={classes.courses}>
                  {before.map(({ courseId: id, title }) => (
                    <li key={id}>
                      <Button variant="subtle" size="compact-md" onClick={() => go({ page: 'course', id })}>
                        <RecordText text={title} prefer={prefer} />
                      </Button>
                    </li>
                  ))}
                </ul>
              </dd>
            </dl>
          )}
          {people.length === 0 ? (
            <p className={classes.quiet}>{t('deliver.nobody')}</p>
          ) : (
            <BoxedList label={t('deliver.who')}>
              <Rows of={people} as="li">
                {(person) => <Row person={person} />}
              </Rows>
            </BoxedList>
          )}
        </section>
      )}
    </Loaded>
  );
}

function Row({ person }: { readonly person: Deliverer }) {
  const { t } = useTranslation('people');
  const words = useFieldWords();
  const readable = useReadable();
  const name = useNameShown()(person);
  const from = [
    readable(person, 'institution', person.institution),
    ...(person.country === null ? [] : [readable(person, 'country', words('country', person.country))]),
  ].filter((fact) => fact !== '');
  return (
    <li>
      <BoxedRow>
        <RowWords title={name}>
          {from.length > 0 && <RowFacts>{from.join(' · ')}</RowFacts>}
          <Grounds grounds={person.grounds} before={person.before} />
        </RowWords>
        <Button
          variant="default"
          size="sm"
          onClick={() => go({ page: 'person', id: person.id })}
          aria-label={t('history.openNamed', { title: name })}
        >
          {t('history.open')}
        </Button>
      </BoxedRow>
    </li>
  );
}
