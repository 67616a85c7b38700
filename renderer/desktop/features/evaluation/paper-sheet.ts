import { SCALE } from '../../../../shared/features/evaluation/answer-codec.ts';
import type { Answer } from '../../app/engine.ts';

export type Form = Answer<'evaluation.forms'>[number];
export type Item = Form['items'][number];

/** A paper sheet while it is typed in: what is written so far, and the item that the next key answers. */
export interface PaperSheet {
  readonly answers: Readonly<Record<string, string>>;
  /** Index among the closed items; their number once the last one is done. */
  readonly position: number;
}

export const BLANK_SHEET: PaperSheet = { answers: {}, position: 0 };

/** Whether one key answers an item; the other types are typed in as they are written. */
function isMarked({ type }: Item): boolean {
  return type === 'choice' || type === 'scale';
}

/** Items answered by one key. */
export function closedItems(form: Form): Item[] {
  return form.items.filter(isMarked);
}

/** Items answered in words, or in figures. */
export function openItems(form: Form): Item[] {
  return form.items.filter((item) => !isMarked(item));
}

/** The words that say how the sheets of a form are typed in, by the keys that answer its questions. */
export function hintOf(form: Form): 'hintDigits' | 'hintLettersComments' | 'hintBoth' | 'hintComments' {
  const has = (type: Item['type']) => form.items.some((item) => item.type === type);
  if (has('scale')) return has('choice') ? 'hintBoth' : 'hintDigits';
  return has('choice') ? 'hintLettersComments' : 'hintComments';
}

/** The keys that answer an item: its letters, or 1 to 5. */
export function keysOf(item: Item): string[] {
  return item.type === 'scale' ? [...SCALE] : Object.keys(item.options).sort();
}

/**
 * The sheet after a key: a letter or digit of the current item answers it and goes on, Space leaves it blank and goes on,
 * Backspace goes back and takes the answer away, arrows only move. null when the key means nothing here.
 */
export function typed(sheet: PaperSheet, items: readonly Item[], key: string): PaperSheet | null {
  const { position } = sheet;
  const item = items[position];
  switch (key) {
    case 'ArrowLeft':
      return { ...sheet, position: Math.max(0, position - 1) };
    case 'ArrowRight':
      return { ...sheet, position: Math.min(items.length, position + 1) };
    case 'Home':
      return { ...sheet, position: 0 };
    case 'End':
      return { ...sheet, position: Math.max(0, items.length - 1) };
    case 'Backspace': {
      const before = Math.max(0, position - 1);
      return { answers: without(sheet.answers, items[before]?.id), position: before };
    }
    case 'Delete':
      return { ...sheet, answers: without(sheet.answers, item?.id) };
    case ' ':
      return item ? { answers: without(sheet.answers, item.id), position: position + 1 } : null;
    default: {
      const answer = key.toLowerCase();
      if (!item || !keysOf(item).includes(answer)) return null;
      return { answers: { ...sheet.answers, [item.id]: answer }, position: position + 1 };
    }
  }
}

/** The sheet after keys that were typed before it was on screen, up to the Enter that would keep it: it is shown first. An Enter before any answer was a slip. */
export function typedAhead(sheet: PaperSheet, items: readonly Item[], keys: readonly string[]): PaperSheet {
  const begun = keys.findIndex((key) => key !== 'Enter');
  if (begun === -1) return sheet;
  const end = keys.indexOf('Enter', begun);
  return keys.slice(begun, end === -1 ? undefined : end).reduce((before, key) => typed(before, items, key) ?? before, sheet);
}

/** Whether keys that were typed before their sheet was on screen ask for it to be kept: an Enter after an answer. */
export function asksAhead(keys: readonly string[]): boolean {
  const begun = keys.findIndex((key) => key !== 'Enter');
  return begun !== -1 && keys.includes('Enter', begun);
}

/** The sheet with the words of an open item; none take the answer away. */
export function written(sheet: PaperSheet, itemId: string, words: string): PaperSheet {
  return { ...sheet, answers: words.trim() === '' ? without(sheet.answers, itemId) : { ...sheet.answers, [itemId]: words } };
}

/** How many of the items have an answer. */
export function answered(sheet: PaperSheet, items: readonly Item[]): number {
  return items.filter(({ id }) => sheet.answers[id] !== undefined).length;
}

/** Items left blank on purpose, once `after` follows `before`: those gone on from one by one without an answer. What is answered later is none of them. */
export function leftBlank(blank: ReadonlySet<string>, before: PaperSheet, after: PaperSheet, items: readonly Item[]): ReadonlySet<string> {
  const item = items[before.position];
  if (!item || after.position !== before.position + 1 || after.answers[item.id] !== undefined) return blank;
  return new Set([...blank, item.id]);
}

/** How many items have no answer and were not left blank on purpose. */
export function unanswered(sheet: PaperSheet, blank: ReadonlySet<string>, items: readonly Item[]): number {
  return items.filter(({ id }) => sheet.answers[id] === undefined && !blank.has(id)).length;
}

function without(answers: PaperSheet['answers'], id: string | undefined): PaperSheet['answers'] {
  if (id === undefined || !(id in answers)) return answers;
  const { [id]: _, ...others } = answers;
  return others;
}
