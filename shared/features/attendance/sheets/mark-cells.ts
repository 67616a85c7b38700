import type { Mark } from '../../../model/vocabularies.ts';
import { letterOf } from './letter-meanings.ts';
import { timeOfText } from './stay-times.ts';
import { statusOfWord } from './status-words.ts';

/** Whether a cell ticks what its heading says. */
export function isTick(cell: string): boolean {
  return /^(x|1|✓|✔|☑|✅|√|×|\*|\+|oui|yes|si|sí|sim|true|vrai|verdadero|verdadeiro)$/iu.test(cell);
}

/** Whether a cell denies what its heading says. */
export function isDenied(cell: string): boolean {
  return /^(0|-|✗|✘|❌|☐|non|no|não|nao|false|faux|falso)$/iu.test(cell);
}

/** The status that a heading names; null for a letter and for a word that says a mark was not taken. */
export function markOfHeading(text: string): Mark | null {
  const status = text.length > 1 ? statusOfWord(text) : undefined;
  return status === undefined || status === 'notTaken' ? null : status;
}

/** Whether cells are marks: words and signs of attendance, letters, times of arrival. */
export function areMarks(cells: readonly string[]): boolean {
  if (cells.length === 0) return true;
  const marks = cells.filter((cell) => isSaidMark(cell) || /^[^\d]{1,3}$|^[01]$/u.test(letterOf(cell)));
  return marks.length >= cells.length * 0.5;
}

/** Whether cells are marks beyond doubt: more than letters that could be anything, and not times alone. */
export function areSaidMarks(cells: readonly string[]): boolean {
  if (cells.length === 0) return false;
  const marks = cells.filter((cell) => isSaidMark(cell));
  return marks.length >= cells.length * 0.8 && !cells.every((cell) => timeOfText(cell) !== null);
}

function isSaidMark(cell: string): boolean {
  return statusOfWord(cell) !== undefined || /^[PARLEFJTX01✖✕🗙🗴⨯☒]$/u.test(letterOf(cell)) || timeOfText(cell) !== null;
}
