import type { Id } from '../../kernel/ids.ts';
import type { Language } from '../../kernel/text.ts';
import { longText } from '../../model/values.ts';
import type { FieldValue, ValueId } from '../../sync/types.ts';
import { mergeText } from './merge-text.ts';
import type { UpstreamChange } from './upstream.ts';

/** The choice that somebody made of the changes of a source: of one field, or of a part. */
export interface Choice {
  readonly part: Id;
  readonly field?: string | undefined;
  readonly language?: Language | undefined;
  readonly take: 'theirs' | 'mine' | 'merge';
  readonly text?: string | undefined;
  readonly seen?: readonly ValueId[] | undefined;
}

/** The way in which a change ends. */
export type Decision = { readonly does: 'take' | 'merge'; readonly value: FieldValue } | { readonly does: 'keep' | 'open' };

const OPEN: Decision = { does: 'open' };

/** The choice that speaks of a change: the most exact one, and of several the last. */
export function choiceFor(change: UpstreamChange, choices: readonly Choice[]): Choice | undefined {
  const fitting = choices.filter(
    ({ part, field, language }) =>
      (part === change.part || part === change.source) &&
      (field === undefined || field === change.field) &&
      (language === undefined || language === change.language),
  );
  return fitting.toSorted((a, b) => exactness(a) - exactness(b)).at(-1);
}

/**
 * Returns what becomes of a change by the choice that was made. What was changed here is given up only where `theirs` was chosen for that very field; a merge that a person would
 * have to decide stays open.
 */
export function decide(change: UpstreamChange, choice: Choice | undefined): Decision {
  if (choice === undefined) return OPEN;
  const { field, language, kind, touchedHere, theirs } = change;
  if (choice.take === 'mine') return { does: 'keep' };
  if (choice.take === 'theirs') {
    return field !== '' && touchedHere && choice.field === undefined ? OPEN : { does: 'take', value: theirs };
  }
  const isText = kind === 'changed' && language !== undefined;
  if (choice.text !== undefined) return isText && isAllowed(choice.text) ? { does: 'merge', value: choice.text } : OPEN;
  if (!touchedHere) return { does: 'merge', value: theirs };
  if (!isText || change.seen.length > 1) return OPEN;
  const merged = mergeText(textOf(change.base), textOf(change.mine), textOf(theirs));
  return merged.clean && isAllowed(merged.text) ? { does: 'merge', value: merged.text === '' ? null : merged.text } : OPEN;
}

function exactness({ field, language }: Choice): number {
  return (field === undefined ? 0 : 2) + (language === undefined ? 0 : 1);
}

function isAllowed(text: string): boolean {
  return longText.safeParse(text).success;
}

function textOf(value: FieldValue): string {
  return typeof value === 'string' ? value : '';
}
