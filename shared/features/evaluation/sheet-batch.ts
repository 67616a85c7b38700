import { toHex } from '../../kernel/hex.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Hasher } from '../../kernel/ports.ts';
import { batchSheetId } from '../../model/derivations.ts';
import type { Answers } from './answers.ts';
import { SMALLEST_BATCH } from './batches.ts';
import type { ReadSheet } from './read-sheet.ts';
import type { EffectiveSheet } from './sheets.ts';

type BatchSheet = Pick<ReadSheet, 'answers' | 'number' | 'stamp'>;

/**
 * The ids of the anonymous sheets of a file without tokens. The batch is what its answers are, and the numbers and times beside them, each for itself: which number
 * belongs to which answers is not in it, so that no id tells. Times of fewer than five sheets are left out, for they could be tried one by one.
 */
export function batchIds(sheets: readonly BatchSheet[], hasher: Hasher, activityId: Id, formId: Id): Id[] {
  const answers = sheets.map((sheet) => contentOf(sheet.answers));
  const stamps = sheets.length < SMALLEST_BATCH ? [] : sheets.map(({ stamp }) => stamp).sort();
  const parts = [[...answers].sort(), sheets.map(({ number }) => number).sort(), stamps];
  const batch = toHex(hasher.sha256(new TextEncoder().encode(JSON.stringify(parts))));
  const order = answers
    .map((content, index) => ({ content, index }))
    .sort((a, b) => (a.content < b.content ? -1 : a.content > b.content ? 1 : a.index - b.index));
  const ids: Id[] = [];
  for (const [place, { index }] of order.entries()) ids[index] = batchSheetId(hasher, activityId, formId, batch, place);
  return ids;
}

/** Returns answers as one text, with items in the order of their ids: equal answers are equal texts. */
export function contentOf(answers: Answers): string {
  return JSON.stringify(Object.entries(answers).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Words of a comment that two people do not write alike, in letters. */
const LONG_COMMENT = 12;

/**
 * The sheets of a file that are perhaps in already, by their places, each with the one that answers alike: some of this file's sheets were imported before and it was
 * added to, or another group answered like them. None where so few agree that chance does it, as where everybody is content.
 */
export function perhapsIn(sheets: readonly BatchSheet[], stored: readonly EffectiveSheet[]): ReadonlyMap<number, Id> {
  const byContent = new Map<string, Id[]>();
  for (const { id, answers } of stored) {
    const content = contentOf(answers);
    byContent.set(content, [...(byContent.get(content) ?? []), id]);
  }
  const found = new Map<number, Id>();
  for (const [place, { answers }] of sheets.entries()) {
    const id = byContent.get(contentOf(answers))?.shift();
    if (id !== undefined) found.set(place, id);
  }
  const telling = [...found.keys()].filter((place) => isTelling(sheets[place]!.answers)).length;
  const isMost = found.size * 2 >= sheets.length && (found.size >= 3 || telling > 0);
  return isMost || telling >= Math.max(2, sheets.length / 5) ? found : new Map();
}

/** Whether two people seldom answer so: in words of their own, or not alike throughout. */
function isTelling(answers: Answers): boolean {
  const values = Object.values(answers);
  return values.some((value) => value.length >= LONG_COMMENT) || (values.length > 3 && new Set(values).size > 2);
}
