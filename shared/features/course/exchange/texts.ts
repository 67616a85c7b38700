import { LANGUAGES, type Language } from '../../../kernel/text.ts';
import { course, courseModule, session } from '../../../model/course.ts';
import { filledAs } from '../../../model/records.ts';
import type { Id } from '../../../kernel/ids.ts';
import type { FieldValue, ValueId } from '../../../sync/types.ts';
import type { Heads, ValueOf } from '../upstream.ts';

/** The texts of a course as one table: a row for each part and field, a cell for each language. */

/** The fields of each kind of part that are texts in languages, in the model's order. */
export const TEXT_FIELDS = {
  course: filledAs(course, 'texts'),
  module: filledAs(courseModule, 'texts'),
  session: filledAs(session, 'texts'),
} as const satisfies Record<string, readonly string[]>;

/** A part of a course with its texts. */
export interface TextPart {
  readonly type: keyof typeof TEXT_FIELDS;
  readonly id: Id;
  /** False of what was removed. */
  readonly live: boolean;
  /** Register (`title@fr`) -> its values, the one shown first at index 0. */
  readonly heads: Heads;
}

/** The register of a field in a language. */
export function registerOf(field: string, language: Language): string {
  return `${field}@${language}`;
}

/** Returns the text of a value; null of one that this program cannot read as a text. Nothing is ''. */
export function textOf(value: FieldValue | undefined): string | null {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : null;
}

// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Returns a text as a cell can hold it: lines end in one sign, and signs that no workbook knows are left out. */
export function asCell(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(CONTROLS, '')
    .replace(/\p{Cs}/gu, '\ufffd');
}

/** Whether two texts are one in a cell; blanks around them are none of it. */
export function isSameCell(a: string, b: string): boolean {
  return a === b || asCell(a).trim() === asCell(b).trim();
}

/** Each text of a part that there is, by field and language. */
export function textsOfPart({ type, heads }: TextPart, valueOf: ValueOf): { field: string; language: Language; text: string }[] {
  return TEXT_FIELDS[type].flatMap((field) =>
    LANGUAGES.flatMap((language) => {
      const text = textOf(shown(heads[registerOf(field, language)], valueOf));
      return text === null || text === '' ? [] : [{ field, language, text }];
    }),
  );
}

/** The value that is shown of a register. */
export function shown(ids: readonly ValueId[] | undefined, valueOf: ValueOf): FieldValue | undefined {
  return ids?.[0] === undefined ? undefined : valueOf(ids[0]);
}
