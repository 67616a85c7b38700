import type { Block, Cell, Document } from '../document/blocks.ts';
import type { PaperWords } from './paper-words.ts';

/** The mark that stands on paper for signs of which no bundled font has a picture. */
export const UNPRINTED = '[?]';

/**
 * Returns a document in which such signs (`signs`) are marked wherever somebody is quoted who cannot be asked to write otherwise, with a note of how many marks there are; null where no quotation has any. Elsewhere a
 * sign stays: in a name it is refused, and put right.
 */
export function withUnprinted(document: Document, signs: readonly string[], words: Pick<PaperWords, 'say'>): Document | null {
  let marks = 0;
  const unprinted = new RegExp(
    `(?:[${signs.map((sign) => `\\u{${sign.codePointAt(0)!.toString(16)}}`).join('')}]\\p{Default_Ignorable_Code_Point}*)+`,
    'gu',
  );
  const marked = (cell: Cell): Cell => {
    if (cell.quoted !== true) return cell;
    const text = cell.text.normalize('NFC').replace(unprinted, () => {
      marks++;
      return UNPRINTED;
    });
    return { ...cell, text };
  };
  const blocks = document.blocks.map((block): Block =>
    block.is === 'table' ? { ...block, rows: block.rows.map((row) => ({ ...row, cells: row.cells.map(marked) })) } : block,
  );
  if (marks === 0) return null;
  return { ...document, blocks: [...blocks, { is: 'note', text: words.say('unprinted', { count: marks, mark: UNPRINTED }) }] };
}
