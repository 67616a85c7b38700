import type { Id } from '../../../kernel/ids.ts';
import type { Sheet } from '../../../kernel/source.ts';
import { LANGUAGES, type Language } from '../../../kernel/text.ts';
import { longText } from '../../../model/values.ts';
import type { FieldValue, ValueId } from '../../../sync/types.ts';
import type { ValueOf } from '../upstream.ts';
import { idsIn, KEYS } from './texts-sheet.ts';
import { asCell, isSameCell, registerOf, shown, textOf, TEXT_FIELDS, type TextPart } from './texts.ts';

/** Why a row of a workbook of texts is not taken. */
export const TEXT_REJECTIONS = ['fieldUnknown', 'partRemoved', 'partUnknown', 'rowTwice', 'titleEmpty', 'tooLong'] as const;
export type TextRejection = (typeof TEXT_REJECTIONS)[number];

export interface RejectedText {
  readonly sheet: string;
  readonly row: number;
  /** The heading of the column; '' of a whole row. */
  readonly field: string;
  readonly code: TextRejection;
}

/** A cell that somebody wrote in, in a workbook that came back. */
export interface TextChange {
  readonly row: number;
  readonly type: TextPart['type'];
  readonly part: Id;
  readonly field: string;
  readonly language: Language;
  /** What stands here; null where it cannot be read. */
  readonly here: string | null;
  /** What the cell says. */
  readonly text: string;
  /** The values over which it is written. */
  readonly seen: readonly ValueId[];
}

/** A cell over whose text something else was written here; `base`: what the cell said when it was written, null where that is not known here. */
export interface TextConflict extends TextChange {
  readonly base: string | null;
}

/** A conflict in which the workbook's text was chosen, over what stood here then. */
export interface ChosenText extends Pick<TextChange, 'part' | 'field' | 'language'> {
  readonly here: string;
}

export interface PlannedTexts {
  readonly changes: readonly TextChange[];
  /** Cells whose text changed here as well since the workbook was written: what stands here stays. */
  readonly conflicts: readonly TextConflict[];
  readonly rejected: readonly RejectedText[];
}

/**
 * Returns what a workbook of texts changes in a course. A cell that says what it said when it was written changes nothing, whatever stands here by now; one that says something else is
 * taken where nothing else was written here meanwhile. Null for a table that is no such workbook; 'other' for that of another course.
 */
export function planTexts(sheets: readonly Sheet[], parts: readonly TextPart[], valueOf: ValueOf): PlannedTexts | 'other' | null {
  const found = sheets.flatMap((sheet) => columnsOf(sheet) ?? [])[0];
  if (found === undefined) return null;
  const byId = new Map(parts.map((part) => [part.id, part]));
  const rows = found.rows.map(({ row, cells }) => ({ row, cell: (column: number | undefined) => cells[column ?? -1] ?? '' }));
  if (!rows.some(({ cell }) => byId.has(cell(found.part).trim()))) return 'other';
  const plan = new Plan(found.name, found.languages, valueOf);
  for (const { row, cell } of rows) {
    const [id, field] = [cell(found.part).trim(), cell(found.field).trim()];
    // A row that somebody added to say something holds no text of the course.
    if (id === '' && field === '' && found.languages.every(({ text }) => cell(text).trim() === '')) continue;
    plan.row(row, byId.get(id), field, cell);
  }
  return plan;
}

/**
 * Returns the changes of a plan with those conflicts in which the workbook's text was chosen, and the conflicts that are left. A choice holds for what stood here when it was made; no title is emptied by one, and
 * no text is taken that is too long.
 */
export function settledTexts(
  { changes, conflicts }: Pick<PlannedTexts, 'changes' | 'conflicts'>,
  chosen: readonly ChosenText[],
): Pick<PlannedTexts, 'changes' | 'conflicts'> {
  const isChosen = ({ part, field, language, here, text }: TextConflict): boolean =>
    (field !== 'title' || text !== '') &&
    longText.safeParse(text).success &&
    chosen.some((one) => one.part === part && one.field === field && one.language === language && one.here === here);
  return {
    changes: [...changes, ...conflicts.filter(isChosen)],
    conflicts: conflicts.filter((one) => !isChosen(one)),
  };
}

/** Returns the ids of the parts that a workbook of texts names; null for a table that is none. */
export function partsNamed(sheets: readonly Sheet[]): Id[] | null {
  const found = sheets.flatMap((sheet) => columnsOf(sheet) ?? [])[0];
  return found === undefined
    ? null
    : [...new Set(found.rows.map(({ cells }) => (cells[found.part] ?? '').trim()))].filter((id) => id !== '');
}

interface LanguageColumns {
  readonly language: Language;
  readonly text: number;
  readonly base: number | undefined;
  readonly heading: string;
}

interface Columns {
  readonly name: string;
  readonly part: number;
  readonly field: number;
  /** Those whose column is there: one that was taken out is left as it is. */
  readonly languages: readonly LanguageColumns[];
  readonly rows: Sheet['rows'];
}

function columnsOf({ name, rows }: Sheet): Columns | null {
  const at = rows.findIndex(({ cells }) => cells.includes(KEYS.part) && cells.includes(KEYS.field));
  if (at < 0) return null;
  const headings = rows[at]!.cells.map((heading) => heading.trim());
  const languages = LANGUAGES.flatMap((language) => {
    const text = headings.findIndex((heading) => heading.endsWith(`(${language})`));
    const base = headings.indexOf(KEYS.base(language));
    return text < 0 ? [] : [{ language, text, base: base < 0 ? undefined : base, heading: headings[text]! }];
  });
  return { name, part: headings.indexOf(KEYS.part), field: headings.indexOf(KEYS.field), languages, rows: rows.slice(at + 1) };
}

class Plan implements PlannedTexts {
  readonly changes: TextChange[] = [];
  readonly conflicts: PlannedTexts['conflicts'][number][] = [];
  readonly rejected: RejectedText[] = [];
  readonly #sheet: string;
  readonly #languages: readonly LanguageColumns[];
  readonly #valueOf: ValueOf;
  readonly #taken = new Set<string>();

  constructor(sheet: string, languages: readonly LanguageColumns[], valueOf: ValueOf) {
    this.#sheet = sheet;
    this.#languages = languages;
    this.#valueOf = valueOf;
  }

  row(row: number, part: TextPart | undefined, field: string, cell: (column: number | undefined) => string): void {
    if (part === undefined) return this.#reject(row, '', 'partUnknown');
    if (!(TEXT_FIELDS[part.type] as readonly string[]).includes(field)) return this.#reject(row, '', 'fieldUnknown');
    if (!part.live) return this.#reject(row, '', 'partRemoved');
    const key = `${part.id} ${field}`;
    if (this.#taken.has(key)) return this.#reject(row, '', 'rowTwice');
    this.#taken.add(key);
    const planned = this.#languages.flatMap((columns) => {
      const text = asCell(cell(columns.text));
      const ids = columns.base === undefined ? null : idsIn(cell(columns.base));
      return this.#cell({ row, part, field, language: columns.language, text, ids }, columns.heading) ?? [];
    });
    if (field === 'title' && planned.length > 0 && isEmptied(part, planned, this.#valueOf)) return this.#reject(row, '', 'titleEmpty');
    this.changes.push(...planned);
  }

  /** The change that a cell makes; null for none. */
  #cell({ row, part, field, language, text, ids }: Cell, heading: string): TextChange | null {
    const seen = part.heads[registerOf(field, language)] ?? [];
    const here = textOf(shown(seen, this.#valueOf));
    if (here !== null && isSameCell(text, here)) return null;
    const base = ids === null ? null : baseText(ids, this.#valueOf);
    if (base !== null && isSameCell(text, base)) return null;
    const change = { row, type: part.type, part: part.id, field, language, here, text: text.trim() === '' ? '' : text };
    // A value that was written again is no other one; of two that stand beside each other, only one was in the cell.
    const isAsItWas = seen.length <= 1 && base !== null && here !== null && isSameCell(here, base);
    if (!isAsItWas) {
      this.conflicts.push({ ...change, base, seen });
      return null;
    }
    if (!longText.safeParse(text).success) {
      this.#reject(row, heading, 'tooLong');
      return null;
    }
    return { ...change, seen };
  }

  #reject(row: number, field: string, code: TextRejection): void {
    this.rejected.push({ sheet: this.#sheet, row, field, code });
  }
}

interface Cell {
  readonly row: number;
  readonly part: TextPart;
  readonly field: string;
  readonly language: Language;
  readonly text: string;
  readonly ids: readonly ValueId[] | null;
}

/** Returns what a cell said when it was written; null where its value is not here. */
function baseText(ids: readonly ValueId[], valueOf: ValueOf): string | null {
  if (ids.length === 0) return '';
  const value: FieldValue | undefined = valueOf(ids[0]!);
  return value === undefined ? null : textOf(value);
}

/** Whether a part would be left without a title in any language. */
function isEmptied({ heads }: TextPart, planned: readonly TextChange[], valueOf: ValueOf): boolean {
  return LANGUAGES.every((language) => {
    const change = planned.find((one) => one.language === language);
    return change ? change.text === '' : textOf(shown(heads[registerOf('title', language)], valueOf)) === '';
  });
}
