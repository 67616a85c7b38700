import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { missingTexts, textsOfCourse } from '../../../../../shared/features/course/completeness.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { textIn, type Language } from '../../../../../shared/kernel/text.ts';
import { useFormats, useLanguage, useReadableTitle } from '../../../../ui/formats.ts';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { Loaded } from '../../../../ui/Loaded.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { RecordTitle } from '../../../../ui/fields/RecordText.tsx';
import { EmptyShelf } from '../../../../ui/theme/drawings.tsx';
import { BackIcon, EditIcon, PlusIcon } from '../../../../ui/theme/icons.tsx';
import { useRead, type Answer } from '../../../app/engine.ts';
import { go } from '../../../app/view.ts';
import { NotPermitted } from '../../sync/MayNot.tsx';
import { Balance } from './Balance.tsx';
import { Outline } from './Outline.tsx';
import type { Writing } from './PartDialogs.tsx';
import classes from './Editor.module.css';

const PartDialogs = lazy(() => import('./PartDialogs.tsx').then((module) => ({ default: module.PartDialogs })));

export type Course = Answer<'course.get'>;
export type Opened = Answer<'course.open'>;

/** A course that is being written: its parts in their order, what is missing in each language, and what each half-day holds. */
export function CourseEditor({ id }: { readonly id: Id }) {
  const course = useRead('course.get', { id });
  const opened = useRead('course.open', { id });
  return <Loaded query={course}>{(one) => <Loaded query={opened}>{(shown) => <Editor course={one} opened={shown} />}</Loaded>}</Loaded>;
}

function Editor({ course, opened }: { readonly course: Course; readonly opened: Opened }) {
  const { t } = useTranslation('editor');
  const language = useLanguage();
  const readableTitle = useReadableTitle();
  const [writing, setWriting] = useState<Writing>();
  const [languages, setLanguages] = useState(() => firstColumns(course.languages, language));
  const title = readableTitle(course, textIn(course.title, language));
  return (
    <article className={classes.root}>
      <PageHeader
        title={t('heading', { title })}
        shown={<RecordTitle of={course} />}
        serif
        before={
          <Button
            variant="subtle"
            size="compact-md"
            leftSection={<BackIcon size={18} />}
            onClick={() => go({ page: 'course', id: course.id })}
            px={8}
            ml={-8}
            mb={4}
          >
            {t('read')}
          </Button>
        }
        action={
          opened.change.allowed && (
            <Button leftSection={<PlusIcon />} onClick={() => setWriting({ kind: 'module', part: null })}>
              {t('addModule')}
            </Button>
          )
        }
      >
        <Missing course={course} />
      </PageHeader>
      {opened.change.allowed ? (
        <>
          <Button
            variant="default"
            size="sm"
            mb="lg"
            leftSection={<EditIcon size={18} />}
            onClick={() => setWriting({ kind: 'course', part: course })}
          >
            {t('course')}
          </Button>
          {course.modules.length === 0 ? (
            <EmptyState drawing={<EmptyShelf />} title={t('empty.title')} text={t('empty.text')} />
          ) : (
            <Outline course={course} opened={opened} write={setWriting} />
          )}
          <Balance course={course} layouts={opened.layouts} />
        </>
      ) : (
        <NotPermitted permission={opened.change} />
      )}
      <Suspense>
        {writing && (
          <PartDialogs
            course={course}
            opened={opened}
            writing={writing}
            columns={{ languages, choose: setLanguages }}
            close={() => setWriting(undefined)}
          />
        )}
      </Suspense>
    </article>
  );
}

/** How many texts are missing, of each language in which some are. */
function Missing({ course }: { readonly course: Course }) {
  const { t } = useTranslation('editor');
  const format = useFormats();
  const texts = textsOfCourse(course);
  const counts = course.languages.map((language) => ({ language, ...missingTexts(texts, language) })).filter(({ missing }) => missing > 0);
  if (counts.length === 0) return <span>{t('complete', { languages: format.list(course.languages.map(format.language)) })}</span>;
  return (
    <ul className={classes.missing}>
      {counts.map(({ language, missing, of }) => (
        <li key={language}>{t('missing', { count: missing, of, language: format.language(language) })}</li>
      ))}
    </ul>
  );
}

/** Two languages side by side fit in the smallest window: that of the window first, where the course has it. */
function firstColumns(languages: readonly Language[], screen: Language): readonly Language[] {
  const own = languages.includes(screen) || languages.length === 0 ? [screen] : [];
  return [...own, ...languages.filter((language) => language !== screen)].slice(0, 2);
}
