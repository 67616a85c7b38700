import type { RejectedRow } from '../../contract/shapes.ts';
import { fold } from '../../kernel/text.ts';
import type { SheetRow, Source } from '../../kernel/source.ts';
import type { Wave } from '../../model/vocabularies.ts';
import { Accounting, type CellFate } from '../intake/account.ts';
import { takenByHand, type FoundList } from '../intake/find-list.ts';
import type { IntakeOptions, Question, RowAsk } from '../intake/shapes.ts';

import { countedItems, isToken, type AnswerColumnReader, type AnswerColumns } from './answer-columns.ts';
import { fileHabits, headingsOf, type FileHabits } from './answer-habits.ts';
import { isEmptyRow, isHeadings, isMarks, readAnswerRow, whoseRow } from './answer-row.ts';
import { waveIn, waveNamed } from './answer-words.ts';
import type { Questionnaire } from './answers.ts';
import { isMeanRow } from './mean-rows.ts';
import { rejectedIn, type ReadAnswers, type ReadSheet, type UnreadRow } from './read-sheet.ts';

/** A file of answers while it is read: its lists one after the other, with what was said of their cells, asked, and left out. */
export class AnswerFile {
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

  /** Reads a row into sheets; null where it cannot be read, which is then said of it. */
  #readRow(
    list: FoundList<AnswerColumns>,
    row: SheetRow,
    habits: FileHabits,
    waveOf: (row: SheetRow) => Wave | null | 'unknown',
  ): ReadSheet[] | null {
    const read = readAnswerRow(list, row, { form: this.#form, habits, wave: waveOf(row) });
    if ('sheets' in read) return read.sheets;
    this.#sayUnread(list, row, read.asks, read.why);
    return null;
  }

  #sayUnread(list: FoundList<AnswerColumns>, row: SheetRow, asks: readonly RowAsk[], why: string): void {
    const { name } = whoseRow(this.#form, list.reading.columns, row);
    this.#unread.push({ sheet: list.sheet.name, row: row.row, name, why, asks });
  }
}

/** The texts in a column of names whose tool hid them. */
const ANONYMOUS = /^(?:|[-–—.]+|anonym\w*|anonim\w*|n\/a)$/u;
