import { Button, Select, TextInput } from '@mantine/core';
import { lazy, memo, Suspense, useCallback, useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { LANGUAGES, type Language } from '../../../../shared/kernel/text.ts';
import { EmptyShelf } from '../../../ui/theme/drawings.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { useFormats, useReadable } from '../../../ui/formats.ts';
import { LANGUAGE_NAMES } from '../../../../shared/kernel/formats.ts';
import { PlusIcon, SearchIcon } from '../../../ui/theme/icons.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { useRead, type Answer } from '../../app/engine.ts';
import { go, type Spot } from '../../app/view.ts';
import { FILE_KINDS, type MaterialKind } from '../../../../shared/model/vocabularies.ts';
import { useUpdateWords } from '../course/adapt/UpdateNotice.tsx';
import { useOwnerName, useShelves } from '../course/course-name.ts';
import { useWrittenWords } from '../course/written-words.ts';
import { NewCourse } from '../course/edit/NewCourse.tsx';
import { ImportCourses } from '../course/exchange/ImportCourses.tsx';
import { FormsEntry } from '../form/FormsEntry.tsx';
import { Institutions } from '../institution/Institutions.tsx';
import { materialAt } from './material-spot.ts';
import { LongMaterialList, pageArgs, type MaterialSearch } from './LongMaterialList.tsx';
import { Rows } from '../../../ui/Rows.tsx';
import { MayNot, offers, useRights } from '../sync/MayNot.tsx';
import { RecordTitle } from '../../../ui/fields/RecordText.tsx';
import { References } from './References.tsx';
import classes from './LibraryPage.module.css';

const AddDialog = lazy(() => import('./AddDialog.tsx').then((module) => ({ default: module.AddDialog })));

/** Courses and materials, and the way to questionnaires; `at`: the material that was looked for from elsewhere. */
export function LibraryPage({ at }: { readonly at: Spot | undefined }) {
  const { t } = useTranslation(['material', 'course']);
  const [adding, setAdding] = useState(false);
  const first = useRead('material.page', pageArgs({}, 0));
  const mayAdd = offers(useRights(), 'library');
  const add = useCallback(() => setAdding(true), []);
  return (
    <div className={classes.page}>
      <PageHeader
        title={t('material:library')}
        action={
          // Once it is known: where there is none yet the one button stands in the empty place, and a button that goes would take the keyboard with it.
          (first.data?.every ?? 0) > 0 &&
          mayAdd && (
            <Button leftSection={<PlusIcon />} onClick={add}>
              {t('material:add')}
            </Button>
          )
        }
      />
      <Courses />
      <FormsEntry />
      {/* A search that is under way might not have it. */}
      <Materials key={at ?? ''} add={add} sought={at === undefined ? undefined : materialAt(at)} />
      <References />
      <Suspense>{adding && <AddDialog adding={{}} close={() => setAdding(false)} />}</Suspense>
    </div>
  );
}

function Courses() {
  const { t } = useTranslation('course');
  const shelves = useShelves();
  const ownerName = useOwnerName();
  return (
    <section className={classes.section}>
      <h2 className={classes.heading}>{t('courses')}</h2>
      <Loaded query={useRead('course.list', {})}>
        {(courses) => {
          const shelved = shelves(courses);
          if (courses.length === 0) return <p className={classes.quiet}>{t('none')}</p>;
          // Of one that has all there is nothing to tell apart.
          if (shelved.length === 1 && shelved[0]!.institution === null) return <CourseList courses={courses} />;
          return shelved.map((shelf) => (
            <section key={shelf.institution?.id ?? ''} className={classes.shelf}>
              <h3 className={classes.owner}>{ownerName(shelf.institution)}</h3>
              <CourseList courses={shelf.courses} />
            </section>
          ));
        }}
      </Loaded>
      <NewCourse />
      <ImportCourses />
      <Institutions />
    </section>
  );
}

function CourseList({ courses }: { readonly courses: readonly Answer<'course.list'>[number][] }) {
  const updates = useRead('course.updates', {}).data ?? [];
  const suggestions = useRead('course.suggestionCounts', {}).data ?? [];
  const completeness = useRead('course.completeness', {}).data;
  const counted = useMemo(() => new Map(completeness?.map((one) => [one.courseId, one])), [completeness]);
  return (
    <ul className={classes.courses}>
      <Rows of={courses} as="li">
        {(course) => (
          <li>
            <CourseRow
              course={course}
              update={updates.find(({ courseId }) => courseId === course.id)}
              suggestions={suggestions.find(({ courseId }) => courseId === course.id)?.count ?? 0}
              texts={counted.get(course.id)}
            />
          </li>
        )}
      </Rows>
    </ul>
  );
}

function CourseRow({
  course,
  update,
  suggestions,
  texts,
}: {
  readonly course: Answer<'course.list'>[number];
  readonly update: Answer<'course.updates'>[number] | undefined;
  /** How many suggestions wait for the user's answer. */
  readonly suggestions: number;
  readonly texts: Answer<'course.completeness'>[number] | undefined;
}) {
  const { t } = useTranslation(['course', 'adaptation']);
  const updateWords = useUpdateWords();
  const writtenWords = useWrittenWords();
  const format = useFormats();
  const readable = useReadable();
  const lengths = t('course:lengths', { days: format.list(course.variants.map(String)), count: course.variants.at(-1) ?? course.days });
  return (
    <button type="button" className={classes.course} onClick={() => go({ page: 'course', id: course.id })}>
      <span className={classes.title}>
        <RecordTitle of={course} />
      </span>
      <span className={classes.quiet}>
        {[
          readable(course, 'level', t(`course:level.${course.level}`)),
          readable(course, 'variants', readable(course, 'days', lengths)),
          ...(course.version === '' ? [] : [readable(course, 'version', t('course:version', { version: course.version }))]),
          writtenWords(course.languages, texts),
        ].join(' · ')}
      </span>
      {update && <span className={classes.update}>{updateWords(update)}</span>}
      {suggestions > 0 && <span className={classes.update}>{t('adaptation:suggestion.waiting', { count: suggestions })}</span>}
    </button>
  );
}

function Materials({ add, sought }: { readonly add: () => void; readonly sought: Id | undefined }) {
  const { t } = useTranslation('material');
  const rights = useRights();
  const [text, setText] = useState('');
  const [kind, setKind] = useState<MaterialKind | null>(null);
  const [language, setLanguage] = useState<Language | null>(null);
  const wanted = useDeferredValue(text.trim());
  const search = useMemo(
    (): MaterialSearch => ({ ...(wanted ? { text: wanted } : {}), ...(kind ? { kind } : {}), ...(language ? { language } : {}) }),
    [wanted, kind, language],
  );
  const query = useRead('material.page', pageArgs(search, 0), { keep: true });
  // What is on screen answers the search before, until the next is answered.
  const [answered, setAnswered] = useState(search);
  if (!query.isPlaceholderData && answered !== search) setAnswered(search);
  return (
    <section className={classes.section}>
      <h2 className={classes.heading}>{t('materials')}</h2>
      <MayNot rights={rights} task="library" />
      {query.data?.every !== 0 && (
        <div className={classes.filters} role="search">
          <TextInput
            type="search"
            aria-label={t('search')}
            placeholder={t('search')}
            leftSection={<SearchIcon size={18} />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Choices kind={kind} language={language} setKind={setKind} setLanguage={setLanguage} />
        </div>
      )}
      <Loaded query={query}>{(page) => <Found page={page} search={answered} sought={sought} add={add} />}</Loaded>
    </section>
  );
}

interface FoundProps {
  readonly page: Answer<'material.page'>;
  /** What the page answers. */
  readonly search: MaterialSearch;
  readonly sought: Id | undefined;
  add(): void;
}

/** The materials that a search found. Where it is being typed its keys come first: the list follows when there is time. */
function Found({ page, search, ...others }: FoundProps) {
  const shown = useDeferredValue(useMemo(() => ({ page, search }), [page, search]));
  return <FoundList {...shown} {...others} />;
}

const FoundList = memo(function FoundList({ page: { total, every }, search, sought, add }: FoundProps) {
  const { t } = useTranslation('material');
  const rights = useRights();
  if (total > 0)
    return (
      <>
        <p className={classes.quiet} role="status">
          {t('count', { count: total })}
        </p>
        <LongMaterialList query={search} total={total} label={t('materials')} sought={sought} />
      </>
    );
  if (every > 0) return <p className={classes.quiet}>{t('noneFound')}</p>;
  return (
    <EmptyState drawing={<EmptyShelf />} title={t('emptyTitle')} text={t('emptyText')}>
      {offers(rights, 'library') && <Button onClick={add}>{t('add')}</Button>}
    </EmptyState>
  );
});

interface ChoicesProps {
  readonly kind: MaterialKind | null;
  readonly language: Language | null;
  setKind(kind: MaterialKind | null): void;
  setLanguage(language: Language | null): void;
}

/** All but the search: not drawn anew with every key that is typed in it. */
const Choices = memo(function Choices({ kind, language, setKind, setLanguage }: ChoicesProps) {
  const { t } = useTranslation('material');
  return (
    <>
      <Select
        aria-label={t('field.kind')}
        placeholder={t('field.kind')}
        data={FILE_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        value={kind}
        onChange={(value) => setKind(FILE_KINDS.find((known) => known === value) ?? null)}
        clearable
      />
      <Select
        aria-label={t('field.language')}
        placeholder={t('field.language')}
        data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
        value={language}
        onChange={(value) => setLanguage(LANGUAGES.find((known) => known === value) ?? null)}
        clearable
      />
    </>
  );
});
