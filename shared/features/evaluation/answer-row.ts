import type { SheetRow } from '../../kernel/source.ts';
import type { Wave } from '../../model/vocabularies.ts';
import type { FoundList } from '../intake/find-list.ts';
import type { PersonEvidence } from '../intake/people-index.ts';
import type { RowAsk } from '../intake/shapes.ts';
import { askOfCell } from './answer-asks.ts';
import { fieldOf, type AnswerColumn, type AnswerColumnReader, type AnswerColumns } from './answer-columns.ts';
import type { FileHabits } from './answer-habits.ts';
import { readAnswer } from './answer-values.ts';
import type { Questionnaire } from './answers.ts';
import { isHeadingOf } from './item-wordings.ts';
import type { ReadSheet } from './read-sheet.ts';
import type { Points } from './sheets.ts';

/** The facts by which every row of a list is read. `wave`: the test that the row is of where its columns do not say. */
interface RowContext {
  readonly form: Questionnaire;
  readonly habits: FileHabits;
  readonly wave: Wave | null | 'unknown';
}

/** The sheets of a row, one for each test that has an answer in it; or what is asked about its cells, and the code of why it waits. */
type ReadRow = { readonly sheets: ReadSheet[] } | { readonly asks: readonly RowAsk[]; readonly why: string };

/** Reads a row of a list into sheets. */
export function readAnswerRow(list: FoundList<AnswerColumns>, row: SheetRow, { form, habits, wave: own }: RowContext): ReadRow {
  const { columns } = list.reading;
  const asks: RowAsk[] = [];
  const answers = new Map<Wave | null, Record<string, string>>();
  const points = new Map<Wave | null, Points>();
  for (const [place, column] of columns.entries()) {
    const text = row.cells[place] ?? '';
    if (column.is === 'item') {
      const read = readAnswer(column.item, text, habits.habits);
      const sheet = answers.get(column.wave) ?? {};
      answers.set(column.wave, sheet);
      if ('fault' in read) asks.push(askOfCell(fieldOf(column), read.fault, text, column.item));
      else if (read.answer !== '') sheet[column.item.id] = read.answer;
    } else if (column.is === 'points' && isMarks(list.reading) && text !== '') {
      const read = habits.points(text, column.of);
      if (read === null) asks.push(askOfCell(fieldOf(column), 'answer.pointsUnknown', text));
      else if (read !== 'none') points.set(column.wave, read);
    }
  }
  const waveColumn = columns.findIndex(({ is }) => is === 'wave');
  const field = waveColumn < 0 ? 'wave' : (list.headers[waveColumn] ?? 'wave');
  if (own === 'unknown') asks.push(askOfCell(field, 'wave.unknown', row.cells[waveColumn] ?? ''));
  if (own === 'unknown') return { asks, why: 'evaluation.wave' };
  if (asks.length > 0) return { asks, why: asks[0]!.code };
  const before = list.others.filter(({ row: other, other: { kind } }) => other.row < row.row && (kind === 'section' || kind === 'header'));
  const named = columns.findIndex(({ is }) => is === 'person' || is === 'sheet');
  const common = {
    ...{ sheet: list.sheet.name, row: row.row, part: `${list.sheet.name}/${before.length}`, field: (list.headers[named] ?? '').trim() },
    ...whoseRow(form, columns, row),
  };
  const waves = new Set([...answers.keys(), ...points.keys()]);
  // A test that has columns of its own and no answer in them was not taken.
  const taken = [...waves].filter((wave) => wave === null || points.has(wave) || Object.keys(answers.get(wave) ?? {}).length > 0);
  return {
    sheets: taken.map((wave) => ({ ...common, wave: wave ?? own, answers: answers.get(wave) ?? {}, points: points.get(wave) ?? null })),
  };
}

/** Returns whose a row is, as its cells say: a person's identity, or the number of an anonymous sheet and the marks by which a tool tells it from others. */
export function whoseRow(
  form: Questionnaire,
  columns: readonly AnswerColumn[],
  { cells }: SheetRow,
): Pick<ReadSheet, 'person' | 'name' | 'number' | 'stamp'> {
  const sheet = columns.findIndex(({ is }) => is === 'sheet');
  const number = sheet < 0 ? '' : (cells[sheet] ?? '');
  if (form.anonymous) {
    const stamp = columns.flatMap((column, place) => (column.is === 'technical' ? [cells[place] ?? ''] : [])).join('\u001f');
    return { person: null, name: number, number, stamp };
  }
  const at = (field: string): string => cells[columns.findIndex((column) => column.is === 'person' && column.field === field)] ?? '';
  const family = [at('familyName'), at('secondFamilyName')].filter((text) => text !== '').join(' ');
  const given = [at('givenName'), at('secondGivenName')].filter((text) => text !== '').join(' ');
  const person: PersonEvidence = {
    ...{
      familyName: family,
      givenName: given,
      wholeName: at('fullName'),
      email: at('email'),
      ref: at('ref'),
      institution: at('institution'),
    },
    country: at('country'),
  };
  const name = [family, given].filter((text) => text !== '').join(' ') || at('fullName') || at('email') || at('ref');
  return { person, name, number: '', stamp: '' };
}

/** Whether a list has marks of people and no answers. */
export function isMarks({ columns, items }: AnswerColumns): boolean {
  return items === 0 && columns.some(({ is }) => is === 'points') && columns.some(({ is }) => is === 'person');
}

/** Whether nothing stands under what is asked, at most the number of the line. */
export function isEmptyRow({ cells }: SheetRow, columns: readonly AnswerColumn[]): boolean {
  return columns.every(
    (column, place) => (cells[place] ?? '') === '' || column.is === 'sheet' || column.is === 'left' || column.is === 'technical',
  );
}

/** Whether a row is the headings once more: their wording under their ids, a tool's own names of the columns. */
export function isHeadings({ cells }: SheetRow, columns: readonly AnswerColumn[], { finder }: AnswerColumnReader): boolean {
  if (cells.some((cell) => cell.startsWith('{"ImportId"'))) return true;
  const filled = columns.flatMap((column, place) =>
    column.is === 'item' && (cells[place] ?? '') !== '' ? [{ item: column.item, text: cells[place]! }] : [],
  );
  const headings = filled.filter(({ item, text }) => isHeadingOf(text, item, finder)).length;
  return filled.length > 0 && headings * 2 >= filled.length && headings > 1;
}
