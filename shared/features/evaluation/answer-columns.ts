import { fold } from '../../kernel/text.ts';
import type { Wave } from '../../model/vocabularies.ts';
import { WAVES } from '../../model/vocabularies.ts';
import { columnIndex, type SheetRow } from '../../kernel/source.ts';
import { headingMeaning } from '../people/list/heading-meaning.ts';
import { IDENTIFYING_FIELDS, type IdentifyingField } from '../people/list/headings.ts';
import { ASIDE_HEADING, POINTS_HEADINGS, SHEET_HEADINGS, TECHNICAL_HEADINGS, WAVE_HEADINGS, waveIn, waveNamed } from './answer-words.ts';
import type { FormItem, Questionnaire } from './answers.ts';
import { itemFinder, type ItemFinder, type ItemMatch } from './item-wordings.ts';

/** The meaning of a column of a table of answers. `wave`: the test that its heading names. */
export type AnswerColumn =
  | { readonly is: 'item'; readonly item: FormItem; readonly wave: Wave | null; readonly match: ItemMatch | 'chosen' }
  | { readonly is: 'points'; readonly of: number | null; readonly wave: Wave | null }
  | { readonly is: 'wave' }
  /** The number or token of the sheet. */
  | { readonly is: 'sheet' }
  | { readonly is: 'person'; readonly field: IdentifyingField }
  /** Names somebody, in a table of an anonymous form: it is left out and nothing of it is kept. */
  | { readonly is: 'personal' }
  /** An item that the form does not have. */
  | { readonly is: 'foreign' }
  /** What a tool writes beside the answers. */
  | { readonly is: 'technical' }
  | { readonly is: 'left' };

/** The columns of a table of answers, by place, with what they mean. */
export interface AnswerColumns {
  readonly score: number;
  /** By place. */
  readonly columns: readonly AnswerColumn[];
  readonly chosen: ReadonlySet<number>;
  /** Places whose item another column holds already. */
  readonly repeated: readonly number[];
  /** How many of the form's items that are not open (of those that are, where it has no others) have a column. */
  readonly items: number;
}

/** A table is one of this form where at least this share of its items has a column. */
const FITS = 0.5;

export interface AnswerColumnReader {
  readonly form: Questionnaire;
  readonly finder: ItemFinder;
  /** Null where the headings are none of answers to this form. */
  read(headers: readonly string[], below: readonly SheetRow[]): AnswerColumns | null;
  fits(columns: AnswerColumns): boolean;
}

/** Returns a reader of headings as columns of answers to a form; `chosen`: what a person said of columns, by their letters. */
export function answerColumnReader(form: Questionnaire, chosen: Readonly<Record<string, string>> = {}): AnswerColumnReader {
  const finder = itemFinder(form.items);
  const hand = new Map<number, AnswerColumn>();
  for (const [letters, field] of Object.entries(chosen)) {
    const [place, column] = [columnIndex(letters), columnOf(field, form)];
    if (place !== null && column !== null) hand.set(place, column);
  }
  const meanings = new Map<string, AnswerColumn>();
  const meaning = (header: string): AnswerColumn => {
    const known = meanings.get(header) ?? headingOf(header, form, finder);
    meanings.set(header, known);
    return known;
  };
  const counted = countedItems(form);
  const read = (headers: readonly string[], below: readonly SheetRow[]): AnswerColumns | null => {
    if (headers.length === 0 && hand.size === 0) return null;
    const width = Math.max(
      headers.length,
      ...[...hand.keys()].map((place) => place + 1),
      ...below.slice(0, 50).map(({ cells }) => cells.length),
    );
    const found = Array.from({ length: width }, (_, place) => hand.get(place) ?? meaning(headers[place] ?? ''));
    const repeated: number[] = [];
    const seen = new Set<string>();
    for (const [place, column] of found.entries()) {
      const key =
        column.is === 'item' ? `${column.wave ?? ''}/${column.item.id}` : column.is === 'points' ? `${column.wave ?? ''}/points` : null;
      if (key === null) continue;
      if (seen.has(key) && column.is === 'item') repeated.push(place);
      seen.add(key);
    }
    const columns = numbered(found, hand, below, form).map((column, place): AnswerColumn =>
      repeated.includes(place) ? { is: 'left' } : column,
    );
    const named = new Set(columns.flatMap((column) => (column.is === 'item' ? [column.item.id] : [])));
    const points = columns.filter(({ is }) => is === 'points').length;
    const others = columns.filter(({ is }) => is === 'person' || is === 'wave' || is === 'sheet').length;
    if (named.size === 0 && (form.kind !== 'prepost' || points === 0)) return null;
    const items = counted.filter(({ id }) => named.has(id)).length;
    // Exact headings count more than likely ones: of two rows the one that says it better is the heading.
    const exact = columns.filter(
      (column) => column.is === 'item' && (column.match === 'id' || column.match === 'wording' || column.match === 'chosen'),
    ).length;
    const waves = new Set(columns.flatMap((column) => ('wave' in column && column.wave !== null ? [column.wave] : []))).size;
    return {
      score: named.size + exact * 0.1 + (points > 0 ? 0.5 : 0) + others * 0.05 + waves * 0.5,
      columns,
      chosen: new Set(hand.keys()),
      repeated,
      items,
    };
  };
  return { form, finder, read, fits: ({ items }) => items > 0 && items >= counted.length * FITS };
}

/** The items that every sheet of a form is expected to have a column for: all that are not open, or all. */
export function countedItems(form: Questionnaire): readonly FormItem[] {
  const closed = form.items.filter(({ type }) => type !== 'open' && type !== 'consent');
  return closed.length > 0 ? closed : form.items;
}

/** Formats a column's meaning as the intake answers it, and as a person chooses it. */
export function fieldOf(column: AnswerColumn): string {
  switch (column.is) {
    case 'item':
      return column.wave === null ? column.item.id : `${column.wave}.${column.item.id}`;
    case 'points':
      return column.wave === null ? 'points' : `${column.wave}.points`;
    case 'wave':
    case 'sheet':
      return column.is;
    case 'person':
      return column.field;
    default:
      return '';
  }
}

/** Whether somebody may say of a column of answers that it holds this. */
export function isAnswerField(field: string, form: Questionnaire): boolean {
  return columnOf(field, form) !== null;
}

function columnOf(field: string, form: Questionnaire): AnswerColumn | null {
  if (field === '') return { is: 'left' };
  const dot = field.indexOf('.');
  const wave = form.kind === 'prepost' ? (WAVES.find((one) => one === field.slice(0, dot)) ?? null) : null;
  const name = wave === null ? field : field.slice(dot + 1);
  const item = form.items.find(({ id }) => id === name);
  if (item) return { is: 'item', item, wave, match: 'chosen' };
  if (name === 'points') return { is: 'points', wave, of: null };
  if (name === 'wave' || name === 'sheet') return { is: name };
  const person = IDENTIFYING_FIELDS.find((one) => one === name);
  return person === undefined || form.anonymous ? null : { is: 'person', field: person };
}

function headingOf(header: string, form: Questionnaire, finder: ItemFinder): AnswerColumn {
  if (header === '') return { is: 'left' };
  const folded = fold(header);
  const plain = folded.replace(/[\s*.:?]+$/u, '');
  if (ASIDE_HEADING.test(folded)) return { is: 'technical' };
  const tests = form.kind === 'prepost';
  const named = finder.find(header);
  // *Pre-test Q1*, *Q1 (post)*: the heading names the test too.
  const said = tests && named?.match !== 'wording' ? waveIn(header) : null;
  const rest = said === null ? named : (finder.find(said.rest) ?? named);
  if (rest && !(rest.match === 'near' && TECHNICAL_HEADINGS.has(plain)))
    return { is: 'item', item: rest.item, wave: said?.wave ?? (tests ? suffixWave(folded) : null), match: rest.match };
  const points = tests ? pointsOf(folded, said) : null;
  if (tests && WAVE_HEADINGS.has(plain)) return { is: 'wave' };
  if (points) return points;
  if (finder.foreignId(header) !== null) return { is: 'foreign' };
  if (form.anonymous && SHEET_HEADINGS.has(plain)) return { is: 'sheet' };
  if (TECHNICAL_HEADINGS.has(plain)) return { is: 'technical' };
  const meaning = headingMeaning(header)?.field ?? (PERSON_HEADINGS.has(plain) ? 'ref' : null);
  if (meaning === null) return { is: 'left' };
  if (meaning === 'technical') return { is: 'technical' };
  if (form.anonymous) return meaning === 'ref' ? { is: 'sheet' } : { is: NAMING.has(meaning) ? 'personal' : 'left' };
  const field = meaning === 'ambiguousName' || meaning === 'people' ? 'fullName' : meaning;
  const person = IDENTIFYING_FIELDS.find((one) => one === field);
  return person === undefined ? { is: 'left' } : { is: 'person', field: person };
}

const PERSON_HEADINGS: ReadonlySet<string> = new Set([
  'participant_id',
  'participant id',
  'person_id',
  'person',
  'identifiant du participant',
  'person id',
  'no',
  'nr',
  'numero',
]);
const NAMING: ReadonlySet<string> = new Set([
  'familyName',
  'secondFamilyName',
  'givenName',
  'secondGivenName',
  'fullName',
  'ambiguousName',
  'people',
  'email',
]);

/** `q1_post`, `post_q1`. */
function suffixWave(folded: string): Wave | null {
  const word = /(?:^(pre|post)[_.]|[_.](pre|post)$)/.exec(folded);
  return (word?.[1] ?? word?.[2] ?? null) as Wave | null;
}

/** *Note /20*, *Pre-test (sur 20)*, *Grade/10.00*, *Score %*. */
function pointsOf(folded: string, said: { readonly wave: Wave; readonly rest: string } | null): AnswerColumn | null {
  const text = said?.rest ?? folded;
  const most =
    /(?:\/|\bsur|\bout of|\bof|\bde|\bem|\bsobre)\s*(\d{1,4}(?:[.,]\d{1,2})?)\s*\)?\s*$/u.exec(text) ??
    /\((\d{1,4})(?: ?(?:points?|pts|puntos|pontos))?\)\s*$/u.exec(text);
  const isShare = /%|percent|pourcent|porcent/u.test(text);
  const words = text
    .slice(0, most?.index ?? text.length)
    .replace(/[%()[\]:.*]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const of = isShare ? 100 : most ? Number(most[1]!.replace(',', '.')) : null;
  if (POINTS_HEADINGS.has(words) || (words === '' && isShare)) return { is: 'points', of, wave: said?.wave ?? null };
  // *Pré-test /20*, or *Pré-test* alone over points.
  if (words === '' && said) return { is: 'points', of, wave: said.wave };
  const alone = waveNamed(words);
  return most && alone ? { is: 'points', of, wave: alone } : null;
}

/**
 * Of several columns of sheets' numbers the one counts that holds tokens, else the first; a column headed like the number of a sheet that holds something else
 * is left out, and of two columns of one field of a person the first holds.
 */
function numbered(
  found: readonly AnswerColumn[],
  hand: ReadonlyMap<number, AnswerColumn>,
  below: readonly SheetRow[],
  form: Questionnaire,
): AnswerColumn[] {
  const cellsAt = (place: number): string[] => below.map(({ cells }) => cells[place] ?? '').filter((text) => text !== '');
  const sheets = found.flatMap((column, place) => (column.is === 'sheet' ? [place] : []));
  const chosen = sheets.find((place) => hand.has(place));
  const tokens = sheets.find((place) => cellsAt(place).length > 0 && cellsAt(place).every(isToken));
  const own = chosen ?? tokens ?? sheets.find((place) => cellsAt(place).length > 0);
  const taken = new Set<string>([...hand.values()].flatMap((column) => (column.is === 'person' ? [column.field] : [])));
  return found.map((column, place) => {
    if (column.is === 'sheet') return place === own ? column : { is: 'technical' };
    if (column.is === 'person' && !hand.has(place)) {
      if (taken.has(column.field)) return { is: 'left' };
      taken.add(column.field);
    }
    return column.is === 'points' && !hand.has(place) && form.kind !== 'prepost' ? { is: 'left' } : column;
  });
}

/** Whether a text is a token that nobody can guess and no two sheets share by chance: a UUID, or eight letters and digits or more, mixed and in no order of numbers. */
export function isToken(text: string): boolean {
  const plain = text.replace(/^uuid:/i, '').replace(/[\s{}-]/g, '');
  if (/^[\da-f]{32}$/i.test(plain)) return true;
  if (!/^[\p{L}\d_]{8,64}$/u.test(plain) || !/\d/.test(plain) || !/\p{L}/u.test(plain)) return false;
  // Letters and digits alternate in what was drawn at random; `SHEET0001` and `2021ABIDJAN` were numbered.
  return (plain.match(/\p{L}+|\d+/gu) ?? []).length >= 4;
}
