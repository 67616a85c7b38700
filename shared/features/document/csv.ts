import { csvOf, type CsvCell } from '../../kernel/csv.ts';
import { blocksOn, paragraphsOf, type Block, type Cell, type Document, type Table } from './blocks.ts';

/** The headings of the three columns of the list, in the document's language. */
export interface ListHeadings {
  readonly part: string;
  readonly figure: string;
  readonly value: string;
}

/** A line of the list. */
export type Line = readonly [part: string, figure: string, value: CsvCell];

/**
 * Returns a document as a list for Excel (`csvOf`): a line for each fact, cell and note, which says what part it is of (a table's title, else the heading
 * above), what it is called and its value. Numbers are written as numbers, all else as it is read.
 */
export function csvOfDocument(document: Document, headings: ListHeadings): string {
  return csvOf([[headings.part, headings.figure, headings.value], ...linesOf(document)], document.language);
}

/** Returns the lines of a document as a list, without headings. */
export function linesOf(document: Document): Line[] {
  let part = '';
  return blocksOn('list', document).flatMap((block) => {
    if (block.is === 'heading') part = block.text;
    return linesOfBlock(block, part);
  });
}

function linesOfBlock(block: Block, part: string): Line[] {
  switch (block.is) {
    case 'heading':
    case 'signature':
      return [];
    case 'facts':
      return block.facts.map(({ label, cell }) => lineOf(part, label, cell));
    case 'table':
      return linesOfTable(block);
    case 'chart':
      return linesOfTable(block.table);
    case 'prose':
      return paragraphsOf(block).map((text): Line => [part, '', text]);
    case 'note':
      return [[part, '', block.text]];
  }
}

function linesOfTable({ title, rows }: Table): Line[] {
  return rows.flatMap(({ label, cells }) => cells.map((cell) => lineOf(title, label, cell)));
}

function lineOf(part: string, label: string, { name = label, number, text }: Cell): Line {
  return [part, name, number ?? text];
}
