import type { Id } from '../../kernel/ids.ts';
import { fold } from '../../kernel/text.ts';
import type { Table } from '../../kernel/table.ts';
import type { RejectedRow } from '../../contract/shapes.ts';
import { personColumn, personFinder } from '../attendance/person-column.ts';
import type { ListedPerson } from '../attendance/rules.ts';
import type { Answers, FormItem, Questionnaire } from './answers.ts';
import { normalAnswer } from './answers.ts';
import type { Wave } from '../../model/vocabularies.ts';

/** A sheet as a list brings it: of a person (and a wave, for a test), or of a printed token. */
export interface ReadSheet {
  readonly personId: Id | null;
  readonly wave: Wave | null;
  /** The token printed on an anonymous sheet; '' otherwise. */
  readonly token: string;
  readonly answers: Answers;
}

export interface ReadSheets {
  readonly sheets: readonly ReadSheet[];
  readonly rejected: readonly RejectedRow[];
}

const WAVE_HEADERS = new Set(['wave', 'vague', 'ronda', 'momento', 'moment', 'test', 'prueba', 'teste', 'phase', 'fase', 'pre/post']);
const TOKEN_HEADERS = new Set(['sheet', 'feuille', 'fiche', 'hoja', 'ficha', 'folha', 'token', 'jeton', 'code', 'codigo', 'id']);
const WAVE_WORDS: ReadonlyMap<string, Wave> = new Map<string, Wave>([
  ...[
    'pre',
    'pre-test',
    'pretest',
    'pre-teste',
    'pre test',
    'before',
    'pre-training test',
    'avant',
    'test prealable',
    'prealable',
    'antes',
    'prueba inicial',
    'teste inicial',
    'inicial',
    'initial',
  ].map((word) => [word, 'pre'] as const),
  ...[
    'post',
    'post-test',
    'posttest',
    'postest',
    'pos-teste',
    'post test',
    'after',
    'post-training test',
    'apres',
    'test final',
    'despues',
    'depois',
    'prueba final',
    'teste final',
    'final',
  ].map((word) => [word, 'post'] as const),
]);

/**
 * Reads answer sheets from a list: `participant_id, wave, Q1 ...` for a test, `sheet, S1 ..., O1 ...` for an anonymous form,
 * headers in four languages and any order, other columns left out. A blank answer is a blank; whatever cannot be read is
 * listed with its row, its field and why, and that row is not taken.
 */
export function readSheets(table: Table, form: Questionnaire, people: readonly ListedPerson[]): ReadSheets {
  const items = itemColumns(table, form);
  const who = form.anonymous ? tokenReader(table) : personReader(table, form, people);
  const rejected = [...items.rejected, ...who.rejected];
  if (rejected.length > 0) return { sheets: [], rejected };
  const sheets: ReadSheet[] = [];
  const seen = new Set<string>();
  for (const { row, cells } of table.rows) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    const named = who.read(cells);
    if ('code' in named) {
      rejected.push({ row, ...named });
      continue;
    }
    const key = `${named.personId ?? ''}/${named.wave ?? ''}/${named.token}`;
    if (seen.has(key)) {
      rejected.push({ row, field: who.field, code: form.anonymous ? 'sheet.repeated' : 'person.repeated' });
      continue;
    }
    seen.add(key);
    const answers: Record<string, string> = {};
    const faults: RejectedRow[] = [];
    for (const { index, item } of items.columns) {
      const read = normalAnswer(item, cells[index] ?? '');
      if ('fault' in read) faults.push({ row, field: item.id, code: read.fault });
      else if (read.answer !== '') answers[item.id] = read.answer;
    }
    if (faults.length > 0) rejected.push(...faults);
    else sheets.push({ ...named, answers });
  }
  return { sheets, rejected };
}

type Named = Omit<ReadSheet, 'answers'>;

interface WhoReader {
  readonly field: string;
  readonly rejected: readonly RejectedRow[];
  read(cells: readonly string[]): Named | Omit<RejectedRow, 'row'>;
}

function tokenReader(table: Table): WhoReader {
  const { header } = table;
  const index = header.findIndex((text) => TOKEN_HEADERS.has(fold(text)));
  if (index < 0)
    return { field: 'sheet', rejected: [{ row: table.headerRow, field: 'sheet', code: 'column.missing' }], read: () => nobody('') };
  const field = header[index]!.trim();
  return {
    field,
    rejected: [],
    read: (cells) => {
      const token = (cells[index] ?? '').trim();
      return token === '' ? { field, code: 'sheet.missing' } : nobody(token);
    },
  };
}

function nobody(token: string): Named {
  return { personId: null, wave: null, token };
}

function personReader(table: Table, form: Questionnaire, people: readonly ListedPerson[]): WhoReader {
  const { header } = table;
  const person = personColumn(header);
  const wave = form.kind === 'prepost' ? header.findIndex((text) => WAVE_HEADERS.has(fold(text))) : -1;
  const rejected: RejectedRow[] = [];
  if (person < 0) rejected.push({ row: table.headerRow, field: 'participant_id', code: 'column.missing' });
  if (form.kind === 'prepost' && wave < 0) rejected.push({ row: table.headerRow, field: 'wave', code: 'column.missing' });
  const find = personFinder(people);
  const field = header[person]?.trim() ?? '';
  return {
    field,
    rejected,
    read: (cells) => {
      const found = find(cells[person] ?? '');
      if ('fault' in found) return { field, code: found.fault };
      const personId = found.id;
      if (wave < 0) return { personId, wave: null, token: '' };
      const when = WAVE_WORDS.get(fold(cells[wave] ?? ''));
      return when ? { personId, wave: when, token: '' } : { field: header[wave]!.trim(), code: 'wave.unknown' };
    },
  };
}

/** Columns of items by their id, alone (`Q1`) or before their text (`S1 The objectives were clear`); only open items may be missing. */
function itemColumns(
  table: Table,
  form: Questionnaire,
): { readonly columns: readonly { readonly index: number; readonly item: FormItem }[]; readonly rejected: readonly RejectedRow[] } {
  const items = new Map(form.items.map((item) => [fold(item.id), item]));
  const letters = new Set([...items.keys()].map((id) => id.slice(0, 1)));
  const columns = new Map<string, { index: number; item: FormItem }>();
  const rejected: RejectedRow[] = [];
  for (const [index, text] of table.header.entries()) {
    const id = /^([a-z]\d{1,3})(?![a-z0-9])/.exec(fold(text))?.[1];
    if (id === undefined || !letters.has(id.slice(0, 1))) continue;
    const item = items.get(id);
    if (!item) rejected.push({ row: table.headerRow, field: text.trim(), code: 'item.unknown' });
    else if (columns.has(item.id)) rejected.push({ row: table.headerRow, field: text.trim(), code: 'column.repeated' });
    else columns.set(item.id, { index, item });
  }
  for (const item of form.items) {
    if (item.type !== 'open' && !columns.has(item.id)) rejected.push({ row: table.headerRow, field: item.id, code: 'column.missing' });
  }
  return { columns: [...columns.values()], rejected };
}
