import { expect, it } from 'vitest';
import type { Document } from '../../../shared/features/document/blocks.ts';
import { withUnprinted } from '../../../shared/features/paper/unprinted.ts';

const words = { say: (key: string, values?: Readonly<Record<string, unknown>>) => `${key} ${JSON.stringify(values)}` };
const quoting = (text: string, label = '1', quoted?: true): Document => ({
  language: 'fr',
  blocks: [
    {
      ...{ is: 'table', title: '', rowHeading: '', columns: [{ heading: '', holds: 'words' }] },
      rows: [{ key: '0', label, cells: [{ text, ...(quoted && { quoted }) }] }],
    },
  ],
});
const textsOf = ({ blocks }: Document): string[] =>
  blocks.flatMap((block) =>
    block.is === 'table' ? block.rows.flatMap((row) => row.cells.map(({ text }) => text)) : block.is === 'note' ? [block.text] : [],
  );

it('marks each run of such signs in what is quoted, and says how many', () => {
  const marked = withUnprinted(
    quoting('Bien \u{1F44D}\u{1F3FD}\u200D\u{1F44D}, \u6F22! ]', '1', true),
    ['\u{1F44D}', '\u{1F3FD}', '\u6F22', ']'],
    words,
  )!;
  expect(textsOf(marked)).toEqual(['Bien [?], [?]! [?]', 'unprinted {"count":3,"mark":"[?]"}']);
});

it('leaves what can be put right, and says nothing where nothing is quoted', () => {
  expect(withUnprinted(quoting('\u6F22'), ['\u6F22'], words)).toBeNull();
  expect(withUnprinted(quoting('Bien', '\u6F22', true), ['\u6F22'], words)).toBeNull();
});
