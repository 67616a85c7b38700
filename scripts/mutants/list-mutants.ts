import { faultsOf, type Mutant } from './mutants.ts';

const inFile = faultsOf('lists');

const DELIMITED = 'tests/features/intake/delimited.test.ts';
const ENCODINGS = 'tests/features/intake/encodings.test.ts';
const WORKBOOKS = 'tests/features/intake/workbooks.test.ts';

const records = inFile('shared/node/tables/delimited-records.ts', DELIMITED);
const joins = inFile('shared/node/tables/delimited-joins.ts', DELIMITED);
const cells = inFile('shared/node/tables/cell-text.ts', DELIMITED);
const letters = inFile('shared/node/tables/letter-evidence.ts', ENCODINGS);
const encodings = inFile('shared/node/tables/text-encoding.ts', ENCODINGS);
const worksheets = inFile('shared/node/tables/read-worksheet.ts', WORKBOOKS);
const numbers = inFile('shared/node/tables/number-format.ts', WORKBOOKS);

/** Every rule by which a file becomes tables, broken on purpose. */
export const LIST_MUTANTS: readonly Mutant[] = [
  records(
    'an open quotation mark swallows the rows below',
    'strict.end === lineEnd || !swallows(text.slice(at, strict.end), strict.cells.length, delimiter, width)',
    'strict.end >= lineEnd',
  ),
  records('a row that was mended is like any other', 'return { cells, quoted, mended: true };', 'return { cells, quoted, mended: false };'),
  joins('of two ways that are as good one is taken', 'best.score - next.score < CLEAR', 'best.score < next.score'),
  joins('what columns hold says nothing', 'if (kind !== null) return own === kind ? 2 : -3;', ''),
  cells('signs that nobody sees stay', ".replace(INVISIBLE, '')", ''),
  cells('a name broken after its hyphen gets a blank', ".replace(BROKEN_WORD, '$1')", ''),
  letters('capitals within words are as good', "if (now === 'capital' && before === 'small') total += 4;", ''),
  letters('two scripts in a word are as good', 'return SIGN * Math.max', 'return 0 * Math.max'),
  encodings('one byte turns the whole list', 'lines.push(text ?? mixed(line, page));', "lines.push(text ?? '');"),
  encodings('whatever reads best is sure', 'readings[1]!.oddness - best.oddness >= SURE', 'readings[1]!.oddness >= best.oddness'),
  worksheets('hidden rows are like others', 'if (isTrue(hidden)) this.#sheet.hideRows(this.#row, this.#row);', ''),
  worksheets('how a text is pronounced is part of it', 'this.#listening = this.#inCell && !this.#spoken', 'this.#listening = this.#inCell'),
  numbers(
    'a spreadsheet takes the zeros off 001',
    "if (format.kind === 'digits' && Number.isSafeInteger(value) && value >= 0)",
    'if (value < 0)',
  ),
];
