import { Button } from '@mantine/core';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { textIn } from '../../../../../shared/kernel/text.ts';
import { Column } from '../../../../ui/Column.tsx';
import { useLanguage, useReadableTitle } from '../../../../ui/formats.ts';
import { BackIcon } from '../../../../ui/theme/icons.tsx';
import { Loaded } from '../../../../ui/Loaded.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { call, useRead, useWrite, type Answer, type Args } from '../../../app/engine.ts';
import { offerUndo } from '../../../app/frame/notices.tsx';
import { go } from '../../../app/view.ts';
import { ChangeCard } from './ChangeCard.tsx';
import { noteDecided, useDecided } from './decided.ts';
import { useChangeWords, type Change } from './use-change-words.ts';
import classes from './Comparison.module.css';

const MergeDialog = lazy(() => import('./MergeDialog.tsx').then((module) => ({ default: module.MergeDialog })));

type Upstream = Answer<'course.upstream'>;
type Choice = Args<'course.takeUpstream'>['choices'][number];

/** An adaptation beside its source, change by change: each is taken, left or merged, and can be taken back. */
export function ComparisonPage({ id }: { readonly id: Id }) {
  const { t } = useTranslation('adaptation');
  const language = useLanguage();
  const readableTitle = useReadableTitle();
  const course = useRead('course.list', {}).data?.find((one) => one.id === id);
  const title = course ? readableTitle(course, textIn(course.title, language)) : '';
  const query = useRead('course.upstream', { courseId: id });
  return (
    <Column>
      <PageHeader
        title={t('compare.title', { title })}
        before={
          <Button
            variant="subtle"
            size="compact-md"
            leftSection={<BackIcon size={18} />}
            onClick={() => go({ page: 'course', id })}
            px={8}
            ml={-8}
            mb={4}
          >
            {t('compare.back')}
          </Button>
        }
      >
        {t('compare.text')}
      </PageHeader>
      <Loaded query={query}>{(upstream) => <Changes courseId={id} upstream={upstream} />}</Loaded>
    </Column>
  );
}

function Changes({ courseId, upstream: { from, to, changes } }: { readonly courseId: Id; readonly upstream: Upstream }) {
  const { t } = useTranslation('adaptation');
  const mayChange = useRead('course.open', { id: courseId }).data?.change.allowed ?? false;
  const decided = useDecided((all) => all[courseId] ?? 0);
  const take = useTaking(courseId);
  const { whatOf } = useChangeWords();
  const [merging, setMerging] = useState<Change>();
  const list = useKeptFocus(changes.length);
  const untouched = changes.filter(({ touchedHere, removedHere }) => !touchedHere && !removedHere);
  const decide = (change: Change, choice: 'theirs' | 'mine') =>
    take([exactly(change, choice)], t(choice === 'theirs' ? 'compare.taken' : 'compare.kept', { what: whatOf(change) }));
  const takeUntouched = () =>
    take(
      untouched.map((change) => exactly(change, 'theirs')),
      t('compare.bulkDone', { count: untouched.length }),
    );
  return (
    <div ref={list} tabIndex={-1} className={classes.changes}>
      {from !== to && <p className={classes.versions}>{t('compare.versions', { from, to })}</p>}
      <p role="status" className={classes.progress}>
        {changes.length > 0
          ? t('compare.progress', { decided, all: decided + changes.length })
          : decided > 0
            ? t('compare.done', { to })
            : t('compare.none')}
      </p>
      {mayChange && untouched.length > 0 && <Button onClick={takeUntouched}>{t('compare.bulk', { count: untouched.length })}</Button>}
      {byPart(changes).map((some) => (
        <PartChanges key={some[0]!.part} changes={some} decide={mayChange ? decide : undefined} merge={setMerging} />
      ))}
      <Suspense>
        {merging && (
          <MergeDialog
            change={merging}
            close={() => setMerging(undefined)}
            save={(text) => {
              setMerging(undefined);
              take([{ ...exactly(merging, 'merge'), text }], t('compare.mergedDone', { what: whatOf(merging) }));
            }}
          />
        )}
      </Suspense>
    </div>
  );
}

interface PartProps {
  readonly changes: readonly Change[];
  readonly decide: ((change: Change, take: 'theirs' | 'mine') => void) | undefined;
  readonly merge: (change: Change) => void;
}

function PartChanges({ changes, ...props }: PartProps) {
  const { t } = useTranslation('adaptation');
  const { titleOf } = useChangeWords();
  const [first] = changes as [Change];
  return (
    <section className={classes.part} aria-label={titleOf(first)}>
      <h2 className={classes.title}>
        <span className={classes.type}>{t(`compare.type.${first.type}`)}</span> {titleOf(first)}
      </h2>
      {changes.map((change) => (
        <ChangeCard key={`${change.field} ${change.language ?? ''}`} change={change} {...props} />
      ))}
    </section>
  );
}

/** Takes by choices, says so, and offers to take it back. */
function useTaking(courseId: Id): (choices: Choice[], words: string) => void {
  const take = useWrite('course.takeUpstream');
  return (choices, words) =>
    take.mutate(
      { courseId, choices },
      {
        onSuccess: ({ taking, taken, kept, merged }) => {
          const done = taken + kept + merged;
          noteDecided(courseId, done);
          if (taking === null || done === 0) return;
          offerUndo(words, async () => {
            await call('course.undoTaking', { courseId, taking });
            noteDecided(courseId, -done);
          });
        },
      },
    );
}

/** Returns the choice of one change and of no other. */
function exactly({ part, field, language, seen }: Change, take: Choice['take']): Choice {
  return { part, ...(field !== '' && { field, seen }), ...(language !== undefined && { language }), take };
}

function byPart(changes: readonly Change[]): Change[][] {
  const parts = new Map<Id, Change[]>();
  for (const change of changes) parts.set(change.part, [...(parts.get(change.part) ?? []), change]);
  return [...parts.values()];
}

/** Gives the keyboard to the list when the button that had it went with its change. */
function useKeptFocus(count: number) {
  const list = useRef<HTMLDivElement>(null);
  const before = useRef(count);
  useEffect(() => {
    if (count < before.current && document.activeElement === document.body) {
      const next = list.current?.querySelector<HTMLElement>('[data-change] button') ?? list.current;
      next?.focus();
    }
    before.current = count;
  }, [count]);
  return list;
}
