import type { RejectedRow } from '../../contract/shapes.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { fold } from '../../kernel/text.ts';
import type { Wave } from '../../model/vocabularies.ts';
import { Accounting, type CellFate } from '../intake/account.ts';
import { findList, takenByHand, type FoundList, type ListSaid } from '../intake/find-list.ts';
import type { IntakeOptions, Question, RowAsk } from '../intake/shapes.ts';
import { sheetsByHand } from '../intake/unknown-columns.ts';
import type { Sheet, SheetRow, Source } from '../../kernel/source.ts';
import type { PersonEvidence } from '../intake/people-index.ts';
import {
  answerColumnReader,
  countedItems,
  fieldOf,
  isToken,
  type AnswerColumn,
  type AnswerColumnReader,
  type AnswerColumns,
} from './answer-columns.ts';
import { askOfCell } from './answer-asks.ts';
import { fileHabits, headingsOf, type FileHabits } from './answer-habits.ts';
import { readAnswer } from './answer-values.ts';
import { holdsOthersAnswers } from './foreign-answers.ts';
import { waveIn, waveNamed } from './answer-words.ts';
import type { Questionnaire } from './answers.ts';
import { isHeadingOf } from './item-wordings.ts';
import { isMeanRow } from './mean-rows.ts';
import { rejectedIn, type ReadAnswers, type ReadSheet, type UnreadRow } from './read-sheet.ts';
import type { Points } from './sheets.ts';

/** A questionnaire with its title in the language of whoever reads. */
export interface NamedForm extends Questionnaire {
  readonly name: string;
}

/**
 * Reads the answers of every visible sheet that holds some, unless one is chosen. Refuses `evaluation.notThisForm` where the columns are not this form's
 * (with the title of one of `others` whose they are), `table.empty` where nothing stands under the headings.
 */
export function readAnswers(
  source: Source,
  form: Questionnaire,
  options: IntakeOptions,
  others: readonly NamedForm[] = [],
): Result<ReadAnswers, 'evaluation.notThisForm' | 'table.empty'> {
  const reader = answerColumnReader(form, options.columns);
  const visible = source.sheets.filter((sheet) => (options.sheet === undefined ? !sheet.hidden : sheet.name === options.sheet));
  const listIn = (sheet: Sheet, by: AnswerColumnReader, headerRow?: number) =>
    listOf(sheet, by, { headerRow, taken: takenByHand(options, sheet.name) });
  const known = () => {
    const without = answerColumnReader(form);
    return new Map(
      visible.flatMap((sheet) => {
        const list = listIn(sheet, without);
        return list && (without.fits(list.reading) || isMarks(list.reading)) ? [[sheet, list] as const] : [];
      }),
    );
  };
  const found = sheetsByHand(visible, options, known).flatMap(({ sheet, headerRow, columns }) => {
    const isAll = Object.keys(columns).length === Object.keys(options.columns ?? {}).length;
    return listIn(sheet, isAll ? reader : answerColumnReader(form, columns), headerRow) ?? [];
  });
  const lists = found.filter(
    (list) => list.reading.chosen.size > 0 || isMarks(list.reading) || (reader.fits(list.reading) && !holdsOthersAnswers(list)),
  );
  if (lists.length === 0) return refuse('evaluation.notThisForm', { form: fittingForm(source, others) });
  const file = new FileReading(source, form, reader, lists, options);
  if (file.isEmpty) return refuse('table.empty');
  return ok(file.read());
}

/** The name of the form whose questions a file's columns are; '' where they are none's. */
function fittingForm(source: Source, others: readonly NamedForm[]): string {
  let best = { name: '', items: 0 };
  for (const form of others) {
    const reader = answerColumnReader(form);
    for (const sheet of source.sheets) {
      const found = sheet.hidden ? null : listOf(sheet, reader);
      if (found && reader.fits(found.reading) && !holdsOthersAnswers(found) && found.reading.items > best.items)
        best = { name: form.name, items: found.reading.items };
    }
  }
  return best.name;
}

function listOf(sheet: Sheet, reader: AnswerColumnReader, said: ListSaid = {}): FoundList<AnswerColumns> | null {
  return findList(sheet, reader.read, said);
}

function isMarks({ columns, items }: AnswerColumns): boolean {
  return items === 0 && columns.some(({ is }) => is === 'points') && columns.some(({ is }) => is === 'person');
}

/** A file while it is read: the parts of it gather what they decided. */
class FileReading {
  readonly #source: Source;
  readonly #form: Questionnaire;
  readonly #reader: AnswerColumnReader;
  readonly #lists: readonly FoundList<AnswerColumns>[];
  readonly #options: IntakeOptions;
  readonly #accounting = new Accounting();
  readonly #questions: Question[] = [];
  readonly #doubtful: RejectedRow[] = [];
  readonly #headings: RejectedRow[] = [];
  readonly #unread: UnreadRow[] = [];
  readonly #left: { sheet: string; row: number; name: string; why: string }[] = [];
  readonly #rows: ReadonlyMap<FoundList<AnswerColumns>, readonly SheetRow[]>;

  constructor(
    source: Source,
    form: Questionnaire,
    reader: AnswerColumnReader,
    lists: readonly FoundList<AnswerColumns>[],
    options: IntakeOptions,
  ) {
    this.#source = source;
    this.#form = form;
    this.#reader = reader;
    this.#lists = lists;
    this.#options = options;
    this.#rows = new Map(lists.map((list) => [list, this.#sheetRows(list)]));
  }

  get isEmpty(): boolean {
    return [...this.#rows.values()].every((rows) => rows.length === 0);
  }

  read(): ReadAnswers {
    for (const list of this.#lists) this.#sayFrame(list);
    this.#sayRest();
    const isComplete = this.#lists.map((list) => this.#checkColumns(list)).every((complete) => complete);
    const habits = fileHabits(this.#lists, this.#rows, this.#form, this.#options.answers ?? {});
    this.#questions.push(...habits.questions);
    this.#doubtful.push(...habits.doubtful);
    this.#headings.push(...habits.rejected);
    const sheets = this.#lists.flatMap((list) => this.#readList(list, habits, isComplete && habits.rejected.length === 0));
    return {
      ...{ lists: this.#lists, sheets, questions: this.#questions, doubtful: this.#doubtful },
      ...{ headings: this.#headings, unread: this.#unread, left: this.#left },
      rejected: rejectedIn(this.#headings, this.#unread),
      tokens: sheets.length > 0 && sheets.every(({ number }) => isToken(number)),
      accounting: this.#accounting,
      sayRow: ({ sheet, row }, fate) => {
        const list = this.#lists.find((one) => one.sheet.name === sheet)!;
        this.#sayRow(
          list,
          list.rows.find((one) => one.row === row)!,
          fate,
        );
      },
    };
  }

  #say(list: FoundList<AnswerColumns>, row: SheetRow, fate: CellFate): void {
    this.#accounting.say(list.sheet.name, row.row, row.cells.keys(), fate);
  }

  /** The rows of a list that are sheets: not its headings in another form, nor a line of means that nobody named. */
  #sheetRows(list: FoundList<AnswerColumns>): SheetRow[] {
    const { columns } = list.reading;
    const taken = takenByHand(this.#options, list.sheet.name);
    return list.rows.filter((row) => {
      if (taken.has(row.row)) return true;
      const kind = isHeadings(row, columns, this.#reader) ? 'header' : isMeanRow(row, list.rows, columns) ? 'total' : null;
      if (kind === null) return !isEmptyRow(row, columns);
      this.#say(list, row, kind);
      this.#leave(list, row, kind);
      return false;
    });
  }

  #leave(list: FoundList<AnswerColumns>, row: SheetRow, why: string): void {
    this.#left.push({ sheet: list.sheet.name, row: row.row, name: row.cells.find((cell) => cell !== '') ?? '', why });
  }

  #sayFrame(list: FoundList<AnswerColumns>): void {
    const headers = new Set(list.headerRows);
    for (const row of list.sheet.rows) if (headers.has(row.row)) this.#say(list, row, 'header');
    for (const row of list.titles) {
      this.#say(list, row, 'title');
      this.#leave(list, row, 'title');
    }
    for (const row of list.hidden) {
      this.#say(list, row, 'hiddenRow');
      this.#leave(list, row, 'hiddenRow');
    }
    for (const { row, other } of list.others) {
      this.#say(list, row, other.kind);
      this.#leave(list, row, other.kind);
    }
    const taken = takenByHand(this.#options, list.sheet.name);
    for (const row of list.rows) if (isEmptyRow(row, list.reading.columns) && !taken.has(row.row)) this.#say(list, row, 'nothingSaid');
  }

  #sayRest(): void {
    const used = new Set(this.#lists.map(({ sheet }) => sheet.name));
    for (const sheet of this.#source.sheets) {
      if (used.has(sheet.name)) continue;
      for (const { row, cells } of sheet.rows)
        this.#accounting.say(sheet.name, row, cells.keys(), sheet.hidden ? 'hiddenSheet' : 'otherSheet');
    }
  }

  /** Whether the columns are all there and each once; what is missing holds the file up until somebody says that it was not asked. */
  #checkColumns(list: FoundList<AnswerColumns>): boolean {
    const { columns, repeated } = list.reading;
    const at = headingsOf(list);
    const faults: RejectedRow[] = repeated.map((place) => ({ ...at, field: list.headers[place] ?? '', code: 'column.repeated' }));
    const anonymous = this.#form.anonymous;
    for (const [place, { is }] of columns.entries()) {
      const header = list.headers[place] ?? '';
      if (is === 'foreign') faults.push({ ...at, field: header, code: 'item.unknown' });
      const says = is === 'personal' && list.rows.some(({ cells }) => !ANONYMOUS.test(fold(cells[place] ?? '')));
      if (says) this.#doubtful.push({ ...at, field: header, code: 'column.personLeft' });
    }
    const isNamed = columns.some(({ is }) => is === 'person');
    if (!anonymous && !isNamed) faults.push({ ...at, field: 'participant_id', code: 'column.missing' });
    const waves = new Set(columns.flatMap((column) => (column.is === 'item' ? [column.wave] : [])));
    const missing = isMarks(list.reading)
      ? []
      : [...waves].flatMap((wave) =>
          countedItems(this.#form)
            .filter(({ type }) => type !== 'open')
            .filter(({ id }) => !columns.some((column) => column.is === 'item' && column.item.id === id && column.wave === wave))
            .map(({ id }) => (wave === null ? id : `${wave}.${id}`)),
        );
    if (missing.length > 0) {
      const key = this.#key('missing', list);
      const chosen = this.#options.answers?.[key] === 'blank' ? 'blank' : null;
      this.#questions.push({
        key,
        code: 'evaluation.columnsMissing',
        column: '',
        subject: missing.join(', '),
        options: ['blank'],
        chosen,
        rows: [],
      });
      if (chosen === null) faults.push(...missing.map((field) => ({ ...at, field, code: 'column.missing' })));
    }
    this.#headings.push(...faults);
    return faults.length === 0;
  }

  #key(name: string, list: FoundList<AnswerColumns>): string {
    return this.#lists.length > 1 ? `${name} ${list.sheet.name}` : name;
  }

  #readList(list: FoundList<AnswerColumns>, habits: FileHabits, isComplete: boolean): ReadSheet[] {
    const rows = this.#rows.get(list)!;
    const waveOf = this.#waves(list, rows);
    return rows.flatMap((row) => {
      const read = this.#readRow(list, row, habits, waveOf);
      const sheets = isComplete ? (read ?? []) : [];
      // What becomes of sheets that were read is said when they are planned, and of a row that could not be where it is not left out.
      if (sheets.length > 0) return sheets;
      const isLeft = (this.#options.decisions ?? []).some(
        ({ take, row: decided, sheet = list.sheet.name }) => take === 'leave' && decided === row.row && sheet === list.sheet.name,
      );
      this.#sayRow(list, row, isLeft ? 'rowLeft' : 'asked');
      if (read !== null && read.length > 0) this.#sayUnread(list, row, [], 'headings.open');
      return sheets;
    });
  }

  #sayRow(list: FoundList<AnswerColumns>, row: SheetRow, fate: 'taken' | 'asked' | 'rowLeft'): void {
    const sheet = list.sheet.name;
    for (const [place, column] of list.reading.columns.entries()) {
      const isRead = ['item', 'points', 'wave', 'sheet', 'person'].includes(column.is);
      const own: CellFate = isRead && column.is === 'sheet' && fate === 'taken' ? 'runningNumber' : fate;
      this.#accounting.say(sheet, row.row, [place], isRead ? own : column.is === 'foreign' ? 'asked' : 'extraColumn');
    }
    this.#accounting.say(sheet, row.row, row.cells.keys(), 'extraColumn');
  }

  /** Which test each row is of, where its columns do not say: by a column, the name of the sheet, a title, or an answer. */
  #waves(list: FoundList<AnswerColumns>, rows: readonly SheetRow[]): (row: SheetRow) => Wave | null | 'unknown' {
    if (this.#form.kind !== 'prepost') return () => null;
    const { columns } = list.reading;
    const place = columns.findIndex(({ is }) => is === 'wave');
    if (place >= 0) return ({ cells }) => waveNamed(cells[place] ?? '') ?? waveIn(cells[place] ?? '')?.wave ?? 'unknown';
    const isOpen = columns.some((column) => (column.is === 'item' || column.is === 'points') && column.wave === null);
    if (!isOpen) return () => null;
    const titles = list.titles.flatMap(({ cells }) => cells).filter((cell) => cell !== '');
    const named =
      [list.sheet.name, ...titles].map((text) => waveNamed(text) ?? waveIn(text)?.wave ?? null).find((wave) => wave !== null) ?? null;
    const key = this.#key('wave', list);
    const said = this.#options.answers?.[key];
    const chosen = said === 'pre' || said === 'post' ? said : named;
    this.#questions.push({
      ...{ key, code: 'evaluation.wave', column: '', subject: list.sheet.name, options: ['pre', 'post'], chosen },
      rows: chosen === null ? rows.map(({ row }) => ({ sheet: list.sheet.name, row })) : [],
    });
    return () => chosen ?? 'unknown';
  }

  #readRow(
    list: FoundList<AnswerColumns>,
    row: SheetRow,
    habits: FileHabits,
    waveOf: (row: SheetRow) => Wave | null | 'unknown',
  ): ReadSheet[] | null {
    const { columns } = list.reading;
    const own = waveOf(row);
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
    if (asks.length > 0) this.#sayUnread(list, row, asks, own === 'unknown' ? 'evaluation.wave' : asks[0]!.code);
    if (asks.length > 0 || own === 'unknown') return null;
    const before = list.others.filter(
      ({ row: other, other: { kind } }) => other.row < row.row && (kind === 'section' || kind === 'header'),
    );
    const named = columns.findIndex(({ is }) => is === 'person' || is === 'sheet');
    const common = {
      ...{ sheet: list.sheet.name, row: row.row, part: `${list.sheet.name}/${before.length}`, field: (list.headers[named] ?? '').trim() },
      ...this.#whose(columns, row),
    };
    const waves = new Set([...answers.keys(), ...points.keys()]);
    // A test that has columns of its own and no answer in them was not taken.
    const taken = [...waves].filter((wave) => wave === null || points.has(wave) || Object.keys(answers.get(wave) ?? {}).length > 0);
    return taken.map((wave) => ({ ...common, wave: wave ?? own, answers: answers.get(wave) ?? {}, points: points.get(wave) ?? null }));
  }

  #sayUnread(list: FoundList<AnswerColumns>, row: SheetRow, asks: readonly RowAsk[], why: string): void {
    const { name } = this.#whose(list.reading.columns, row);
    this.#unread.push({ sheet: list.sheet.name, row: row.row, name, why, asks });
  }

  #whose(columns: readonly AnswerColumn[], { cells }: SheetRow): Pick<ReadSheet, 'person' | 'name' | 'number' | 'stamp'> {
    const sheet = columns.findIndex(({ is }) => is === 'sheet');
    const number = sheet < 0 ? '' : (cells[sheet] ?? '');
    if (this.#form.anonymous) {
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
}

/** What stands in a column of names where a tool hid them. */
const ANONYMOUS = /^(?:|[-–—.]+|anonym\w*|anonim\w*|n\/a)$/u;

/** Nothing stands under what is asked, at most the number of the line. */
function isEmptyRow({ cells }: SheetRow, columns: readonly AnswerColumn[]): boolean {
  return columns.every(
    (column, place) => (cells[place] ?? '') === '' || column.is === 'sheet' || column.is === 'left' || column.is === 'technical',
  );
}

/** The headings once more: their wording under their ids, a tool's own names of the columns. */
function isHeadings({ cells }: SheetRow, columns: readonly AnswerColumn[], { finder }: AnswerColumnReader): boolean {
  if (cells.some((cell) => cell.startsWith('{"ImportId"'))) return true;
  const filled = columns.flatMap((column, place) =>
    column.is === 'item' && (cells[place] ?? '') !== '' ? [{ item: column.item, text: cells[place]! }] : [],
  );
  const headings = filled.filter(({ item, text }) => isHeadingOf(text, item, finder)).length;
  return filled.length > 0 && headings * 2 >= filled.length && headings > 1;
}
