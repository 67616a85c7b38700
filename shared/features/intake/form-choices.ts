import type { Hasher } from '../../kernel/ports.ts';
import { toHex } from '../../kernel/hex.ts';
import { columnLetters, type SheetRow, type Source } from '../../kernel/source.ts';
import { headingKey } from '../people/list/heading-meaning.ts';
import { joinedHeadings } from './find-list.ts';
import type { IntakeOptions, Question, Understood } from './shapes.ts';
import { ENCODING_QUESTION } from './unsure-encoding.ts';

/**
 * The choices that somebody made for files of one form, kept for the next one. Headings are written as digests: a row that was taken for headings may name people, and what is
 * remembered is theirs to nobody.
 */
export interface FormChoices {
  /** Meaning of columns by the digest of their heading. */
  readonly columns: Readonly<Record<string, string>>;
  /** Answers by the key of their question, in which `#` and the digest of the heading stand for the column. */
  readonly answers: Readonly<Record<string, string>>;
  /** The name of an encoding; '' where none was chosen. */
  readonly encoding: string;
}

/** The remembered choices that a file meets again. */
export interface RecalledChoices {
  /** With what was remembered of them, behind what is said now. */
  readonly options: IntakeOptions;
  /** Letters of the columns whose meaning was remembered. */
  readonly columns: ReadonlySet<string>;
  readonly encoding: string;
}

/** The answers that hold for one file alone: which half-day it is of, whose numbers it has, whether it is in already. */
const OF_ONE_FILE: ReadonlySet<string> = new Set([
  ...['session', 'places', 'encoding', 'evaluation.batch', 'evaluation.numbers', 'evaluation.wave', 'evaluation.columnsMissing'],
]);
/** Titles and logos over the headings seldom take more rows. */
const ROWS_SEARCHED = 30;

/**
 * Returns a digest that names the form of a file: its headings in any order, whatever numbers and dates stand between them (sheets of next week are of the form
 * of this week's) and in whatever encoding their letters were read. '' where no words head the columns.
 */
export function formOf(headings: readonly string[], hasher: Hasher): string {
  const keys = headings.map((heading) => headingKey(heading.replace(/\P{ASCII}/gu, 'x')));
  const words = [...new Set(keys.filter((key) => key !== '' && !/\d/.test(key)))].sort();
  return words.length === 0 ? '' : toHex(hasher.sha256(new TextEncoder().encode(words.join('\n')))).slice(0, 32);
}

/** Finds the form of a file among those about which choices were made, and returns these. Null where it is of none. */
export function recallChoices(
  source: Source,
  options: IntakeOptions,
  hasher: Hasher,
  find: (form: string) => FormChoices | undefined,
): RecalledChoices | null {
  const sheets = source.sheets.filter(({ name, hidden }) => (options.sheet === undefined ? !hidden : name === options.sheet));
  for (const { rows } of sheets) {
    const visible = rows.filter(({ hidden }) => !hidden).slice(0, ROWS_SEARCHED);
    for (const [at, row] of visible.entries())
      for (const headings of headingsAt(visible, at)) {
        const choices = find(formOf(headings, hasher));
        if (choices) return said(choices, headings, options, hasher, sheets.length === 1 ? row : null);
      }
  }
  return null;
}

/** Returns those choices about a file that hold for others of its form; null where none does. */
export function choicesToKeep(
  { columns, headerRow }: Understood,
  questions: readonly Question[],
  options: IntakeOptions,
  hasher: Hasher,
): FormChoices | null {
  if (headerRow === 0) return null;
  const headed = new Map(
    columns.flatMap(({ column, header }) => (headingKey(header) === '' ? [] : [[column, digest(header, hasher)] as const])),
  );
  const meanings = Object.entries(options.columns ?? {}).flatMap(([column, field]) =>
    headed.has(column) && !/^\d{4}-\d{2}-\d{2}/.test(field) ? [[headed.get(column)!, field] as const] : [],
  );
  const answers = questions.flatMap(({ key, code, column, options: possible }) => {
    const answer = options.answers?.[key];
    if (answer === undefined || OF_ONE_FILE.has(code) || (column !== '' && !headed.has(column))) return [];
    // The answer may be a column, too: that of the address to write to.
    const isColumn = possible.length > 0 && possible.every((one) => headed.has(one));
    return [[withDigest(key, column, headed), isColumn ? `#${headed.get(answer)!}` : answer] as const];
  });
  const encoding = options.encoding ?? options.answers?.[ENCODING_QUESTION] ?? '';
  if (meanings.length === 0 && answers.length === 0 && encoding === '') return null;
  return { columns: Object.fromEntries(meanings), answers: Object.fromEntries(answers), encoding };
}

/** Merges choices about one form; the later ones replace the earlier. */
export function mergedChoices(earlier: FormChoices | undefined, later: FormChoices | undefined): FormChoices | undefined {
  if (!earlier || !later) return later ?? earlier;
  return {
    columns: { ...earlier.columns, ...later.columns },
    answers: { ...earlier.answers, ...later.answers },
    encoding: later.encoding === '' ? earlier.encoding : later.encoding,
  };
}

/** Marks in `understood` the columns whose meaning was remembered, and the sheets that were turned. */
export function understoodAsRead(
  found: Understood,
  { recalled, turned }: { readonly recalled: RecalledChoices | null; readonly turned: boolean },
): Understood {
  const understood = turned ? { ...found, turned } : found;
  if (recalled === null) return understood;
  const columns = understood.columns.map((one) =>
    one.why === 'chosen' && recalled.columns.has(one.column) ? { ...one, why: 'remembered' } : one,
  );
  return { ...understood, columns };
}

/** A row of headings alone, or with the one below it. */
function headingsAt(rows: readonly SheetRow[], at: number): (readonly string[])[] {
  const [row, upper] = [rows[at]!, rows[at - 1]];
  return upper ? [row.cells, joinedHeadings(upper, row)] : [row.cells];
}

/** `row`: of the headings, where they are the file's only ones. */
function said(
  choices: FormChoices,
  headings: readonly string[],
  options: IntakeOptions,
  hasher: Hasher,
  row: SheetRow | null,
): RecalledChoices {
  const digests = headings.map((heading) => (headingKey(heading) === '' ? '' : digest(heading, hasher)));
  const columns = Object.fromEntries(
    digests.flatMap((each, place) => {
      const field = each === '' ? undefined : choices.columns[each];
      return field === undefined || options.columns?.[columnLetters(place)] !== undefined ? [] : [[columnLetters(place), field] as const];
    }),
  );
  const lettersOf = (text: string): string | null => {
    const of = DIGEST.exec(text);
    const place = of ? digests.indexOf(of[1]!) : null;
    return place === -1 ? null : of && place !== null ? text.replace(of[0], columnLetters(place)) : text;
  };
  const answers = Object.entries(choices.answers).flatMap(([key, answer]) => {
    const [named, meant] = [lettersOf(key), lettersOf(answer)];
    return named === null || meant === null ? [] : [[named, meant] as const];
  });
  const isSaid = Object.keys(columns).length > 0;
  return {
    options: {
      ...options,
      ...(isSaid && row !== null && options.headerRow === undefined && { headerRow: row.row }),
      ...((isSaid || options.columns) && { columns: { ...columns, ...options.columns } }),
      ...((answers.length > 0 || options.answers) && { answers: { ...Object.fromEntries(answers), ...options.answers } }),
    },
    columns: new Set(Object.keys(columns)),
    encoding: choices.encoding,
  };
}

const DIGEST = /#([\da-f]{16})/;

function withDigest(key: string, column: string, headed: ReadonlyMap<string, string>): string {
  return column === '' ? key : key.replace(new RegExp(`:${column}(?=:|$)`), `:#${headed.get(column)!}`);
}

function digest(heading: string, hasher: Hasher): string {
  return toHex(hasher.sha256(new TextEncoder().encode(headingKey(heading)))).slice(0, 16);
}
