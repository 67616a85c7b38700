import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { LANGUAGES, textIn, type Language } from '../../../../shared/kernel/text.ts';
import { session as sessionEntity } from '../../../../shared/model/course.ts';
import { labelKey } from '../../../../shared/model/entity.ts';
import { filledAs } from '../../../../shared/model/records.ts';
import { useFormats, useLanguage, useReadable, useReadableTitle } from '../../../ui/formats.ts';
import { BackIcon, NextIcon } from '../../../ui/theme/icons.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { useRead, type Answer } from '../../app/engine.ts';
import { go } from '../../app/view.ts';
import { MaterialSection } from '../material/MaterialSection.tsx';
import { Rows } from '../../../ui/Rows.tsx';
import { RecordText, RecordTitle } from '../../../ui/fields/RecordText.tsx';
import { Deliverers } from './Deliverers.tsx';
import { CourseActions } from './adapt/CourseActions.tsx';
import { Suggestions } from './adapt/Suggestions.tsx';
import { UpdateNotice } from './adapt/UpdateNotice.tsx';
import { ReadVersion, Versions } from './adapt/Versions.tsx';
import { useOwnerName } from './course-name.ts';
import classes from './CoursePage.module.css';

type Course = Answer<'course.get'>;
type Session = Course['modules'][number]['sessions'][number];

/** A course: for whom, its modules and sessions with what the trainer needs, in any of its languages. */
export function CoursePage({ id, version }: { readonly id: Id; readonly version?: Id | undefined }) {
  const query = useRead('course.get', { id, ...(version !== undefined && { version }) });
  return <Loaded query={query}>{(course) => <CourseText course={course} version={version} />}</Loaded>;
}

function CourseText({ course, version }: { readonly course: Course; readonly version: Id | undefined }) {
  const { t } = useTranslation('course');
  const format = useFormats();
  const screen = useLanguage();
  const [language, setLanguage] = useState<Language>(course.languages.includes(screen) ? screen : (course.languages[0] ?? screen));
  const readable = useReadable();
  const readableTitle = useReadableTitle();
  const ownerName = useOwnerName();
  const minutes = course.modules.flatMap((module) => module.sessions).reduce((sum, session) => sum + session.minutes, 0);
  return (
    <article className={classes.root}>
      <PageHeader
        title={readableTitle(course, textIn(course.title, language))}
        shown={<RecordTitle of={course} prefer={language} />}
        serif
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
            {t('back')}
          </Button>
        }
        action={<Button onClick={() => go({ page: 'workshops', create: true, courseId: course.id })}>{t('plan')}</Button>}
      >
        {[
          readable(course, 'level', t(`level.${course.level}`)),
          readable(
            course,
            'variants',
            readable(
              course,
              'days',
              t('lengths', { days: format.list(course.variants.map(String)), count: course.variants.at(-1) ?? course.days }),
            ),
          ),
          t('hours', { hours: format.number(minutes / 60, 1), count: Math.round(minutes / 60) }),
          ...(course.version === '' ? [] : [readable(course, 'version', t('version', { version: course.version }))]),
          ...(course.institution === null ? [] : [ownerName(course.institution)]),
        ].join(' · ')}
      </PageHeader>
      {version === undefined && <UpdateNotice courseId={course.id} />}
      {version === undefined ? <CourseActions course={course} /> : <ReadVersion course={course} version={version} />}
      <SegmentedControl
        aria-label={t('readIn')}
        value={language}
        onChange={(value) => setLanguage(LANGUAGES.find((known) => known === value) ?? language)}
        data={course.languages.map((value) => ({ value, label: format.language(value) }))}
        mb="lg"
      />
      <div className={classes.text}>
        <p className={classes.lead}>{readable(course, 'description', <RecordText text={course.description} prefer={language} />)}</p>
        {readable(course, 'audience', textIn(course.audience, language)) !== '' && (
          <dl className={classes.facts}>
            <dt>{t('field.audience')}</dt>
            <dd>{readable(course, 'audience', <RecordText text={course.audience} prefer={language} />)}</dd>
          </dl>
        )}
        <Rows of={course.modules} as="div">
          {(module, index) => (
            <section className={classes.module}>
              <h2 className={classes.moduleTitle}>
                <span className={classes.number}>{index + 1}</span> <RecordTitle of={module} prefer={language} />
              </h2>
              <ul className={classes.sessions}>
                <Rows of={module.sessions} as="li">
                  {(session) => (
                    <li>
                      <SessionText session={session} language={language} />
                    </li>
                  )}
                </Rows>
              </ul>
            </section>
          )}
        </Rows>
      </div>
      {version === undefined && <Suggestions courseId={course.id} />}
      <Deliverers courseId={course.id} prefer={language} />
      {version === undefined && <Versions course={course} language={language} />}
      <MaterialSection courseId={course.id} />
    </article>
  );
}

/** The parts of a session that a trainer reads, its title among it. */
const PARTS = filledAs(sessionEntity, 'texts');

function SessionText({ session, language }: { readonly session: Session; readonly language: Language }) {
  const { t } = useTranslation(['course', 'app']);
  const readable = useReadable();
  const parts = PARTS.filter((part) => part !== 'title' && readable(session, part, textIn(session[part], language)) !== '');
  return (
    <details className={classes.session}>
      <summary className={classes.summary}>
        <NextIcon size={18} className={classes.arrow} />
        <span className={classes.sessionTitle}>
          <RecordTitle of={session} prefer={language} />
        </span>
        <span className={classes.when}>
          {t('course:dayHalf', { day: session.day, half: t(`app:half.${session.half}`) })} ·{' '}
          {readable(session, 'minutes', t('course:minutes', { minutes: session.minutes }))}
        </span>
      </summary>
      <dl className={classes.parts}>
        {parts.map((part) => (
          <div key={part}>
            <dt>{t(labelKey(sessionEntity, part))}</dt>
            <dd>{readable(session, part, <RecordText text={session[part]} prefer={language} />)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
