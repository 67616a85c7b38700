import type { Id } from '../../kernel/ids.ts';
import type { Refusal } from '../../kernel/result.ts';
import { refuse } from '../../kernel/result.ts';
import type { Answers, Questionnaire } from './answers.ts';
import { normalAnswers } from './answers.ts';
import { effectiveSheets, sameContent, type Content, type EffectiveSheet, type StoredSheet } from './sheets.ts';
import type { Wave } from '../../model/vocabularies.ts';

/** The plan for a sheet that is typed in or read from a list: what happens with it, and which record it is. */
export type EntryPlan =
  | { readonly action: 'add'; readonly id: Id; readonly corrects: null }
  /** The same answers are in already. */
  | { readonly action: 'unchanged'; readonly id: Id; readonly corrects: null }
  /** The same answers were in and were removed: they come back. */
  | { readonly action: 'restore'; readonly id: Id; readonly corrects: null }
  /** Other answers are in: the new sheet says which one it takes the place of. */
  | { readonly action: 'correct'; readonly id: Id; readonly corrects: Id };

/** The sheets that are here already, by which a sheet that is typed in or read is judged. */
export interface EntryContext {
  /** The id that follows from whose sheet it is. */
  readonly own: Id;
  /** The sheet that counts so far. */
  readonly counted: EffectiveSheet | undefined;
  /** Those of the same person and test, or with the same id, that were removed. */
  readonly removed: readonly StoredSheet[];
  /** The id of a sheet that takes another's place. */
  correctionId(corrects: Id, content: Content): Id;
}

/** Compares a sheet with the one that counts so far; a sheet is written once, so other answers mean a linked correction. */
export function planEntry({ own, counted, removed, correctionId }: EntryContext, content: Content): EntryPlan {
  if (counted && sameContent(counted, content)) return { action: 'unchanged', id: counted.id, corrects: null };
  const back = counted ? undefined : removed.find((one) => sameContent(one, content));
  if (back) return { action: 'restore', id: back.id, corrects: null };
  // A record that was removed keeps its id: what is entered anew is another one, and takes its place should it come back.
  const before = counted?.id ?? effectiveSheets(removed)[0]?.id;
  if (before === undefined) return { action: 'add', id: own, corrects: null };
  return { action: 'correct', id: correctionId(before, content), corrects: before };
}

/** A sheet as typed in. */
export interface SheetEntry {
  readonly personId: Id | null;
  readonly wave: Wave | null;
  readonly answers: Answers;
}

/**
 * Checks a sheet typed in from paper and gives its answers as they are kept. Refused: an anonymous form with a person
 * (`evaluation.anonymous`), a named one without (`evaluation.personNeeded`), a test without its wave
 * (`evaluation.waveNeeded`), somebody not on the list (`evaluation.personUnknown`), an answer that the item does not know
 * (`evaluation.answerUnknown`).
 */
export function checkEntry(
  form: Questionnaire,
  entry: SheetEntry,
  people: ReadonlySet<Id>,
):
  | { readonly answers: Answers }
  | {
      readonly refusal: Refusal<
        | 'evaluation.anonymous'
        | 'evaluation.answerUnknown'
        | 'evaluation.personNeeded'
        | 'evaluation.personUnknown'
        | 'evaluation.waveNeeded'
        | 'evaluation.waveNotMeant'
      >;
    } {
  if (form.anonymous) {
    if (entry.personId !== null || entry.wave !== null) return refuse('evaluation.anonymous');
  } else {
    if (entry.personId === null) return refuse('evaluation.personNeeded');
    if (form.kind === 'prepost' && entry.wave === null) return refuse('evaluation.waveNeeded');
    if (form.kind !== 'prepost' && entry.wave !== null) return refuse('evaluation.waveNotMeant');
    if (!people.has(entry.personId)) return refuse('evaluation.personUnknown');
  }
  const read = normalAnswers(form, entry.answers);
  return 'fault' in read ? refuse('evaluation.answerUnknown', { item: read.item }) : read;
}

/** Puts a list into an order that tells nothing of the one it had; `randomBytes` as the device gives them (Fisher-Yates). */
export function shuffled<T>(list: readonly T[], randomBytes: (length: number) => Uint8Array): T[] {
  const order = [...list];
  for (let i = order.length - 1; i > 0; i--) {
    const j = below(i + 1, randomBytes);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/** A whole number in [0, limit), each as likely: values past the last whole multiple are drawn again. */
function below(limit: number, randomBytes: (length: number) => Uint8Array): number {
  const whole = Math.floor(0x1_0000_0000 / limit) * limit;
  for (;;) {
    const [a, b, c, d] = randomBytes(4);
    const drawn = ((a! << 24) | (b! << 16) | (c! << 8) | d!) >>> 0;
    if (drawn < whole) return drawn % limit;
  }
}

/**
 * Whose sheet comes next: the first person after `current` in the list whose sheet is not in, from the top again after the
 * last; null when everybody's is.
 */
export function nextPerson(people: readonly Id[], done: ReadonlySet<Id>, current: Id | null): Id | null {
  const start = current === null ? 0 : people.indexOf(current) + 1;
  const turned = [...people.slice(start), ...people.slice(0, start)];
  return turned.find((id) => !done.has(id) && id !== current) ?? null;
}
