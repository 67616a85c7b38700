import {
  AlignmentType,
  BorderStyle,
  Document as WordFile,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  Table as WordTable,
  TableLayoutType,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { ChartRun } from 'docx/charts';
import {
  blocksOn,
  paragraphsOf,
  type Block,
  type BlockOf,
  type Document,
  type Fact,
  type Table,
} from '../../../../shared/features/document/blocks.ts';
import type { Frame } from '../../../../shared/features/paper/paper-words.ts';
import { INTL_LOCALE } from '../../../../shared/kernel/formats.ts';
import { zipAnew, type ZipEntry } from '../../../../shared/node/tables/zip-entries.ts';

type Piece = Paragraph | WordTable;

const INK = '1D2733';
const QUIET = '54606E';
const RULE = 'C9D0D8';
const ACCENT = '1F5F8B';
/** Sizes of letters, in half points. */
const SIZE = { body: 20, small: 17, figure: 36 } as const;
/** The dates of a file's parts: none that tells when it was made, so that the same document is the same bytes. */
const NO_TIME = '1980-01-01T00:00:00Z';

/**
 * Returns a document as a file for Word: headings, tables whose heading row is repeated, and charts that can be edited, each beside the table that says the same.
 * The same document gives the same bytes.
 */
export async function wordDocument(document: Document, frame: Frame): Promise<Uint8Array> {
  const blocks = blocksOn('page', document);
  const title = blocks.find((block) => block.is === 'heading' && block.level === 1) as BlockOf<'heading'> | undefined;
  const locale = INTL_LOCALE[document.language];
  const file = new WordFile({
    title: title?.text ?? '',
    creator: 'Itinera',
    styles: {
      default: {
        document: { run: { size: SIZE.body, color: INK, language: { value: locale } }, paragraph: { spacing: { after: 100 } } },
        heading1: { run: { size: 40, bold: true, color: INK }, paragraph: { spacing: { after: 80 } } },
        heading2: { run: { size: 28, bold: true, color: INK }, paragraph: { spacing: { before: 320, after: 120 }, keepNext: true } },
        heading3: { run: { size: 22, bold: true, color: INK }, paragraph: { spacing: { before: 240, after: 80 }, keepNext: true } },
      },
    },
    sections: [
      {
        properties: { page: { size: { width: 11_906, height: 16_838 }, margin: { top: 1_134, bottom: 1_134, left: 1_134, right: 1_134 } } },
        footers: { default: new Footer({ children: [pageLine(title?.text ?? '', frame.page)] }) },
        children: blocks.flatMap(piecesOf),
      },
    ],
  });
  const core = { path: 'docProps/core.xml', data: coreProperties(title?.text ?? '', locale) };
  return zipAnew(await Packer.toBuffer(file, undefined, [core]), settled(locale));
}

/** A reference to a part, by an id that is drawn at random. */
const REFERENCE = /(?<=\b[Ii]d=")rId[\w-]{20,}(?=")/g;
/** The name that a sheet behind a chart is given in English, where the file says it and where a chart refers to it. */
const SHEET_NAME = /(?<=<c:f>|\bname=")Sheet1(?=!|")/g;
/** The language of a chart's letters. */
const CHART_LANGUAGE = /(?<=<c:lang val="|\blang=")en-US(?=")/g;

/**
 * Rewrites the parts of a file so that nothing in them is drawn at random, the charts are in the document's language, and the sheet behind each has no English name.
 */
function settled(locale: string): (part: ZipEntry) => Uint8Array {
  const references = new Map<string, string>();
  const numbered = (reference: string): string => {
    const known = references.get(reference) ?? `rIdPart${references.size + 1}`;
    references.set(reference, known);
    return known;
  };
  return ({ name, bytes }) => {
    if (!/\.(xml|rels)$/.test(name)) return bytes;
    let pictures = 0;
    const text = Buffer.from(bytes).toString('utf8').replaceAll(REFERENCE, numbered);
    const own = text.replaceAll(SHEET_NAME, 'Itinera').replaceAll(CHART_LANGUAGE, locale);
    return Buffer.from(own.replaceAll(/(<wp:docPr [^>]*?\bid=")\d+"/g, (_all, opening: string) => `${opening}${++pictures}"`));
  };
}

/** The title, and *page x of y* as fields that Word counts. */
function pageLine(title: string, page: string): Paragraph {
  const fields = page.split(/(\{n\}|\{of\})/).filter((part) => part !== '');
  const shown = fields.map((part) => (part === '{n}' ? PageNumber.CURRENT : part === '{of}' ? PageNumber.TOTAL_PAGES : part));
  return new Paragraph({
    alignment: AlignmentType.LEFT,
    children: [new TextRun({ children: [`${title}  ·  `, ...shown], size: SIZE.small, color: QUIET })],
  });
}

function coreProperties(title: string, locale: string): string {
  const time = (name: string): string => `<dcterms:${name} xsi:type="dcterms:W3CDTF">${NO_TIME}</dcterms:${name}>`;
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ' +
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<dc:title>${escaped(title)}</dc:title><dc:creator>Itinera</dc:creator><dc:language>${locale}</dc:language>${time('created')}${time('modified')}</cp:coreProperties>`
  );
}

function escaped(text: string): string {
  return clean(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A text without the signs that no XML holds. */
function clean(text: string): string {
  return text.replaceAll(/(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu, '');
}

function piecesOf(block: Block): Piece[] {
  switch (block.is) {
    case 'heading': {
      const heading = new Paragraph({
        heading: block.level === 1 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2,
        children: [words(block.text)],
      });
      return block.lead === undefined ? [heading] : [heading, new Paragraph({ children: [words(block.lead, { color: QUIET })] })];
    }
    case 'facts':
      return factsOf(block);
    case 'table':
      return [...titleOf(block.title), tableOf(block)];
    case 'chart':
      return [...titleOf(block.table.title, chartHeightOf(block.table.rows) > HALF_A_PAGE), ...chartOf(block), tableOf(block.table)];
    case 'prose':
      return paragraphsOf(block).map((text) => new Paragraph({ children: [words(text)] }));
    case 'note':
      return [new Paragraph({ children: [words(block.text, { size: SIZE.small })] })];
    case 'signature':
      return block.signers.map(
        ({ role, name }) =>
          new Paragraph({
            spacing: { before: 900 },
            border: { top: { style: BorderStyle.SINGLE, size: 6, color: INK } },
            children: [words(role, { size: SIZE.small, color: QUIET }), ...(name === '' ? [] : [words(name, { isBelow: true })])],
          }),
      );
  }
}

interface Look {
  readonly size?: number;
  readonly color?: string;
  readonly bold?: boolean;
  /** Whether it stands on a line of its own beneath what is before it. */
  readonly isBelow?: boolean;
}

/** A text as it is read, on one line. */
function words(text: string, { isBelow = false, ...look }: Look = {}): TextRun {
  return new TextRun({ ...look, text: clean(text).replaceAll(/\s*\n\s*/g, ' '), ...(isBelow && { break: 1 }) });
}

function titleOf(title: string, pageBreakBefore = false): Paragraph[] {
  return title === '' ? [] : [new Paragraph({ heading: HeadingLevel.HEADING_3, pageBreakBefore, children: [words(title)] })];
}

function factsOf({ look, facts }: BlockOf<'facts'>): Piece[] {
  if (look === 'lines')
    return facts.map(({ label, cell }) => new Paragraph({ children: [words(label, { bold: true }), words(cell.text, { isBelow: true })] }));
  if (look === 'pairs')
    return [
      grid(
        facts.map(
          ({ label, cell }) =>
            new TableRow({ cantSplit: true, children: [cellOf(words(label)), cellOf(words(cell.text, { bold: true }), true)] }),
        ),
      ),
    ];
  return [grid([new TableRow({ cantSplit: true, children: facts.map(figureCell) })])];
}

function figureCell({ label, cell, of }: Fact): TableCell {
  const lines = [words(label, { size: SIZE.small, color: QUIET }), words(cell.text, { size: SIZE.figure, bold: true, isBelow: true })];
  if (of !== undefined) lines.push(words(of, { size: SIZE.small, color: QUIET, isBelow: true }));
  return new TableCell({ children: [new Paragraph({ children: lines })] });
}

/** A table with its heading row on every page that it reaches. */
function tableOf({ rowHeading, columns, rows }: Table): WordTable {
  const isHeaded = rowHeading !== '' || columns.some(({ heading }) => heading !== '');
  const right = (at: number): boolean => columns[at]?.holds === 'numbers';
  const head = (text: string, isRight: boolean): TableCell => cellOf(words(text, { size: SIZE.small, bold: true, color: QUIET }), isRight);
  const header = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: [head(rowHeading, false), ...columns.map(({ heading }, at) => head(heading, right(at)))],
  });
  const body = rows.map(
    ({ label, cells }) =>
      new TableRow({ cantSplit: true, children: [cellOf(words(label)), ...cells.map((cell, at) => cellOf(words(cell.text), right(at)))] }),
  );
  return grid(isHeaded ? [header, ...body] : body, columnWidthsOf({ rowHeading, columns, rows }));
}

/** The width of a page between its margins, in twentieths of a point. */
const PAGE_WIDTH = 9_600;

/** Returns the widths of a table's columns, by the longest that stands in each: numbers take no more than they need, or the words before them would be broken into letters. */
function columnWidthsOf({ rowHeading, columns, rows }: Omit<Table, 'title'>): number[] {
  const longest = (texts: readonly string[]): number => Math.max(...texts.map(({ length }) => length));
  const wanted = [
    Math.min(Math.max(longest([rowHeading, ...rows.map(({ label }) => label)]), 6), 60),
    ...columns.map(({ heading, holds }, at) => {
      const told = longest(rows.map(({ cells }) => cells[at]?.text ?? ''));
      const word = longest(heading.split(/\s+/));
      return holds === 'numbers' ? Math.min(Math.max(told, word, 4) + 4, 20) : Math.min(Math.max(told, word, 8), 60);
    }),
  ];
  const all = wanted.reduce((sum, one) => sum + one, 0);
  return wanted.map((one) => Math.round((one * PAGE_WIDTH) / all));
}

function grid(rows: TableRow[], columnWidths?: number[]): WordTable {
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
  const line = { style: BorderStyle.SINGLE, size: 4, color: RULE };
  return new WordTable({
    width: { size: 100, type: WidthType.PERCENTAGE },
    ...(columnWidths && { columnWidths, layout: TableLayoutType.FIXED }),
    borders: { top: line, bottom: line, insideHorizontal: line, left: none, right: none, insideVertical: none },
    rows,
  });
}

function cellOf(run: TextRun, isRight = false): TableCell {
  return new TableCell({
    margins: { top: 40, bottom: 40, left: 80, right: 80 },
    children: [new Paragraph({ spacing: { after: 0 }, alignment: isRight ? AlignmentType.RIGHT : AlignmentType.LEFT, children: [run] })],
  });
}

/** Returns the height of a chart in pixels: a line or two for each row, and no more than leaves room on a page for its heading and the head of its table. */
function chartHeightOf(rows: Table['rows']): number {
  const lines = rows.reduce((sum, { label }) => sum + (label.length > LONG_LABEL ? 2 : 1), 0);
  return Math.min(60 + 26 * lines, TALLEST_CHART);
}

/** In pixels, as are all heights of charts. */
const TALLEST_CHART = 800;
/** A taller one begins a page with its heading, which some programs would leave at the foot of the one before. */
const HALF_A_PAGE = 560;
/** So much of a chart's row is left to its label, in points; the letters are 9 points high where there is room. */
const LABEL_POINTS = 0.45;

/** Longer ones stand on two lines beside a chart, and would stand on the next bar. */
const LONG_LABEL = 40;

/** Bars that Word draws from numbers of its own, which are those of the table; *not recorded* is a gap. */
function chartOf({ table: { title, columns, rows }, drawn, of }: BlockOf<'chart'>): Paragraph[] {
  if (rows.length === 0) return [];
  const name = [columns[drawn]?.heading ?? '', title].find((text) => text !== '') ?? '';
  const numbers = rows.map(({ cells }) => cells[drawn]?.number ?? null);
  const height = chartHeightOf(rows);
  // Each with as many as any of them has, as the table writes them.
  const decimals = Math.max(0, ...numbers.map((number) => String(number ?? '').split('.')[1]?.length ?? 0));
  const said = rows.map(({ label, cells }) => `${label}: ${cells[drawn]?.text ?? ''}`);
  const chart = new ChartRun({
    type: 'bar',
    categories: rows.map(({ label }) => clean(label)),
    series: [{ name: clean(name === '' ? title : name), values: numbers, color: ACCENT }],
    legend: false,
    gapWidth: 60,
    categoryAxis: { reverseOrder: true, font: { size: Math.min(9, Math.max(4, Math.floor((height / rows.length) * LABEL_POINTS))) } },
    valueAxis: { minimum: 0, maximum: Math.max(of, 1), visible: false, gridlines: false },
    dataLabels: { value: true, ...(decimals > 0 && { numberFormat: `0.${'0'.repeat(decimals)}` }) },
    transformation: { width: 620, height },
    altText: { name: clean(title), title: clean(title), description: clean(said.join('; ')) },
  });
  return [new Paragraph({ keepNext: true, children: [chart] })];
}
