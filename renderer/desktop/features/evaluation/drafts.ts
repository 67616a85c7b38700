import { BLANK_SHEET, type PaperSheet } from './paper-sheet.ts';

/**
 * Sheets that were begun and not kept yet, so that a look at another screen does not cost them. In memory only: what people
 * answered lies nowhere but in the store.
 */
const drafts = new Map<string, PaperSheet>();

export function draftOf(key: string): PaperSheet {
  return drafts.get(key) ?? BLANK_SHEET;
}

export function keepDraft(key: string, sheet: PaperSheet): void {
  if (Object.keys(sheet.answers).length === 0) drafts.delete(key);
  else drafts.set(key, sheet);
}
