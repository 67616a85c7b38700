import { Button } from '@mantine/core';
import { Fragment, lazy, Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import type { Args } from '../../../app/engine.ts';
import { ChangeCard } from './ChangeCard.tsx';
import { useChangeWords, type Change, type Comparing } from './use-change-words.ts';
import classes from './Comparison.module.css';

const MergeDialog = lazy(() => import('./MergeDialog.tsx').then((module) => ({ default: module.MergeDialog })));

export type Choice = Args<'course.takeUpstream'>['choices'][number];

interface Props {
  readonly as: Comparing;
  readonly changes: readonly Change[];
  /** How many were decided since the window was opened. */
  readonly decided: number;
  /** Takes by choices, and says so; left out where the user may only read. */
  readonly take: ((choices: Choice[], words: string) => void) | undefined;
  /** The words where no change is left. */
  readonly closed: string;
}

/** The changes of a comparison part by part, each taken, left or merged. */
export function ChangeList({ as, changes, decided, take, closed }: Props) {
  const { t } = useTranslation('adaptation');
  const { whatOf } = useChangeWords(as);
  const [merging, setMerging] = useState<Change>();
  const list = useKeptFocus(changes.length);
  const untouched = changes.filter(({ touchedHere, removedHere }) => !touchedHere && !removedHere);
  const decide =
    take &&
    ((change: Change, choice: 'theirs' | 'mine') =>
      take([exactly(change, choice)], t(choice === 'theirs' ? 'compare.taken' : 'compare.kept', { what: whatOf(change) })));
  return (
    <div ref={list} tabIndex={-1} className={classes.changes}>
      <p role="status" className={classes.progress}>
        {changes.length > 0 ? t('compare.progress', { decided, all: decided + changes.length }) : closed}
      </p>
      {take && untouched.length > 0 && (
        <Button
          onClick={() =>
            take(
              untouched.map((change) => exactly(change, 'theirs')),
              t('compare.bulkDone', { count: untouched.length }),
            )
          }
        >
          {t('compare.bulk', { count: untouched.length })}
        </Button>
      )}
      <ByPart as={as} changes={changes}>
        {(change) => <ChangeCard change={change} as={as} decide={decide} merge={setMerging} />}
      </ByPart>
      <Suspense>
        {take && merging && (
          <MergeDialog
            change={merging}
            as={as}
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
  readonly as: Comparing;
  readonly changes: readonly Change[];
  readonly children: (change: Change) => ReactNode;
}

/** The changes of a list part by part, each drawn by `children`. */
export function ByPart({ as, changes, children }: PartProps) {
  return byPart(changes).map((some) => (
    <PartChanges key={some[0]!.part} as={as} changes={some}>
      {children}
    </PartChanges>
  ));
}

function PartChanges({ as, changes, children }: PartProps) {
  const { t } = useTranslation('adaptation');
  const { titleOf } = useChangeWords(as);
  const [first] = changes as [Change];
  return (
    <section className={classes.part} aria-label={titleOf(first)}>
      <h2 className={classes.title}>
        <span className={classes.type}>{t(`compare.type.${first.type}`)}</span> {titleOf(first)}
      </h2>
      {changes.map((change) => (
        <Fragment key={`${change.field} ${change.language ?? ''}`}>{children(change)}</Fragment>
      ))}
    </section>
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
