import type { RejectedRow, RowPlace } from '../../contract/shapes.ts';
import { fold } from '../../kernel/text.ts';
import { saysNothing } from '../intake/nothing-said.ts';
import { columnLetters, type SheetRow } from '../../kernel/source.ts';
import type { FoundList } from '../intake/find-list.ts';
import type { AnswerColumns } from './answer-columns.ts';
import { askOfWord, OPTION_NUMBERS } from './answer-asks.ts';
import { directionOf, isLongScale, readAnswer, stepOf, type AnswerHabits } from './answer-values.ts';
import { SCALE } from './answer-codec.ts';
import type { Questionnaire } from './answers.ts';
import { scoredItems } from './scoring.ts';
import { placesOf } from '../intake/row-places.ts';
import type { Question } from '../intake/shapes.ts';
import type { Points } from './sheets.ts';

/** The habits of a file, and what of them a person is asked. */
export interface FileHabits {
  readonly habits: AnswerHabits;
  readonly questions: readonly Question[];
  readonly rejected: readonly RejectedRow[];
  readonly doubtful: readonly RejectedRow[];
  /** Points of a cell; `none` where the test was not taken, null where it cannot be read. `of`: as the heading says it. */
  points(text: string, of: number | null): Points | 'none' | null;
}

type Lists = readonly FoundList<AnswerColumns>[];
type Rows = ReadonlyMap<FoundList<AnswerColumns>, readonly SheetRow[]>;

/**
 * Finds the habits of a file over all its answers: how its scale runs, words that nobody knows, options by number and what points are out of; `answers`: a
 * person's.
 */
export function fileHabits(lists: Lists, rows: Rows, form: Questionnaire, answers: Readonly<Record<string, string>>): FileHabits {
  const questions: Question[] = [];
  const rejected: RejectedRow[] = [];
  const doubtful: RejectedRow[] = [];
  const steps = [...cellsOf(lists, rows, 'scale')];
  const texts = steps.map(({ text }) => text);
  const legends = lists.flatMap(({ headers, titles, others }) => [
    ...headers,
    ...[...titles, ...others.map(({ row }) => row)].flatMap(({ cells }) => cells),
  ]);
  const found = directionOf(texts, legends);
  const headings = headingsOf(lists[0]!);
  let reversed = found === 'best1';
  if (found === 'both') {
    const said = answers['direction'];
    const chosen = said === '1' || said === '5' ? said : null;
    questions.push({
      key: 'direction',
      code: 'evaluation.direction',
      column: '',
      subject: '',
      options: ['5', '1'],
      chosen,
      rows: chosen === null ? placesOf(steps) : [],
    });
    if (chosen === null) rejected.push({ ...headings, field: '', code: 'answer.directionUnknown' });
    reversed = chosen === '1';
  } else if (reversed) doubtful.push({ ...headings, field: '', code: 'answer.scaleReversed' });
  const longScale = isLongScale(texts);
  const words = new Map(
    Object.entries(answers).flatMap(([key, value]) =>
      key.startsWith('word ') && ['', ...SCALE].includes(value) ? [[key.slice(5), value] as const] : [],
    ),
  );
  const numbered = answers['optionNumbers'];
  const numberedOptions = numbered === 'order' ? true : numbered === 'none' ? false : null;
  const said = new Map(Object.entries(answers));
  const habits: AnswerHabits = { reversed, longScale, words, numberedOptions, said };
  questions.push(
    ...wordQuestions(steps, { ...habits, words: new Map(), said: new Map() }, words),
    ...optionQuestion(cellsOf(lists, rows, 'choice'), habits),
  );
  const points = pointsReader(lists, rows, form, answers);
  questions.push(...points.questions);
  return { habits, questions, rejected, doubtful, points: points.read };
}

/** Where the headings of a list stand. */
export function headingsOf({ sheet, headerRows }: FoundList<unknown>): RowPlace {
  return { sheet: sheet.name, row: headerRows.at(-1) ?? 0 };
}

interface AnsweredCell extends RowPlace {
  readonly item: Questionnaire['items'][number];
  readonly place: number;
  readonly text: string;
}

function* cellsOf(lists: Lists, rows: Rows, type: 'scale' | 'choice'): Generator<AnsweredCell> {
  for (const list of lists) {
    for (const [place, column] of list.reading.columns.entries()) {
      if (column.is !== 'item' || column.item.type !== type) continue;
      for (const { row, cells } of rows.get(list) ?? []) {
        const text = cells[place] ?? '';
        if (text !== '') yield { item: column.item, place, sheet: list.sheet.name, row, text };
      }
    }
  }
}

/** One question for each word that the table does not know, with the rows where it stands. */
function wordQuestions(steps: readonly AnsweredCell[], habits: AnswerHabits, said: ReadonlyMap<string, string>): Question[] {
  const unknown = new Map<string, { subject: string; place: number; rows: RowPlace[] }>();
  for (const step of steps) {
    const { item, place, text } = step;
    const read = readAnswer(item, text, habits);
    if (!('fault' in read) || read.fault !== 'answer.wordUnknown') continue;
    const label = stepOf(text)?.label ?? text;
    const one = unknown.get(fold(label)) ?? { subject: label, place, rows: [] };
    one.rows.push(step);
    unknown.set(fold(label), one);
  }
  return [...unknown].flatMap(([word, { subject, place, rows }]) => {
    const asked = askOfWord(word);
    if (asked === null) return [];
    return [
      { ...asked, column: columnLetters(place), subject, chosen: said.get(word) ?? null, rows: said.has(word) ? [] : placesOf(rows) },
    ];
  });
}

function optionQuestion(cells: Iterable<AnsweredCell>, habits: AnswerHabits): Question[] {
  const numbered = [...cells].filter(({ item, text }) => {
    const read = readAnswer(item, text, { ...habits, numberedOptions: null, said: new Map() });
    return 'fault' in read && read.fault === 'answer.optionNumbered';
  });
  if (numbered.length === 0) return [];
  const chosen = habits.numberedOptions === null ? null : habits.numberedOptions ? 'order' : 'none';
  const rows = chosen === null ? placesOf(numbered) : [];
  return [
    {
      ...OPTION_NUMBERS,
      column: columnLetters(numbered[0]!.place),
      subject: numbered[0]!.text,
      chosen,
      rows,
    },
  ];
}

/** Reads points, and asks once what they are out of where neither headings nor cells say it. */
function pointsReader(
  lists: Lists,
  rows: Rows,
  form: Questionnaire,
  answers: Readonly<Record<string, string>>,
): Pick<FileHabits, 'questions'> & { read: FileHabits['points'] } {
  const said = Number((answers['of'] ?? '').replace(',', '.'));
  const chosen = said > 0 && said <= MOST_POINTS ? said : null;
  const read: FileHabits['points'] = (text, of) => {
    if (saysNothing(text) || ABSENT.test(fold(text))) return 'none';
    const cell =
      /^(\d{1,4}(?:[.,]\d{1,3})?)\s*(?:(%)|(?:\/|sur|out of|of|de|em)\s*(\d{1,4}(?:[.,]\d{1,2})?))?\s*(?:points?|pts|puntos|pontos)?$/u.exec(
        fold(text),
      );
    if (!cell) return null;
    const out = cell[2] === '%' ? 100 : cell[3] ? Number(cell[3].replace(',', '.')) : (of ?? chosen);
    const points = Number(cell[1]!.replace(',', '.'));
    return out === null || out <= 0 || out > MOST_POINTS || points > out ? null : { points, of: out };
  };
  const open: RowPlace[] = [];
  for (const list of lists) {
    if (list.reading.items > 0) continue;
    for (const [place, column] of list.reading.columns.entries()) {
      if (column.is !== 'points' || column.of !== null) continue;
      for (const { row, cells } of rows.get(list) ?? [])
        if (/^\d{1,4}(?:[.,]\d{1,3})?$/.test(cells[place] ?? '')) open.push({ sheet: list.sheet.name, row });
    }
  }
  if (open.length === 0) return { read, questions: [] };
  const options = [...new Set([String(scoredItems(form).length), '10', '20', '100'])];
  return {
    read,
    questions: [
      {
        key: 'of',
        code: 'evaluation.pointsOf',
        column: '',
        subject: '',
        options,
        chosen: chosen === null ? null : String(chosen),
        rows: chosen === null ? placesOf(open) : [],
      },
    ],
  };
}

const MOST_POINTS = 1_000;
/** The texts in the place of points of somebody who did not sit the test. */
const ABSENT = /^(?:abs(?:ent|ente|\.)?|ausente|not taken|did not sit|non passe|no presentado|nao compareceu|faltou|falto)$/;
