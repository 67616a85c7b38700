import { describe, expect, it } from 'vitest';
import { wordDocument } from '../../../electron/engine/features/document/word-document.ts';
import type { Document, Table } from '../../../shared/features/document/blocks.ts';
import { partsOf, readWord } from '../../support/papers/office-text.ts';

/** A document as a file for Word: one of every kind of block. */

const FRAME = { language: 'fr' as const, region: 'FR', page: 'Page {n} sur {of}' };
const rows: Table['rows'] = [
  { key: 'f', label: 'Femmes & "autres" <x>', cells: [{ text: '10', number: 10 }] },
  { key: 'm', label: 'Sheet1', cells: [{ text: '15,5', number: 15.5 }] },
  { key: 'n', label: 'Non précisé', cells: [{ text: 'Non renseigné' }] },
];
const table = { title: 'Par sexe', rowHeading: 'Sexe', columns: [{ heading: 'Nombre', holds: 'numbers' as const }], rows };
const DOCUMENT: Document = {
  language: 'fr',
  blocks: [
    { is: 'heading', level: 1, text: 'Atelier\u0000 <1>', lead: '12 juillet' },
    { is: 'heading', level: 2, text: 'Personnes' },
    { is: 'facts', look: 'figures', facts: [{ key: 'a', label: 'Total', cell: { text: '25', number: 25 }, of: 'de 6 pays' }] },
    { is: 'facts', look: 'lines', facts: [{ key: 'b', label: 'Test', cell: { text: 'Tout va.' } }] },
    { is: 'facts', look: 'pairs', facts: [{ key: 'c', label: 'Moyenne', cell: { text: '4,30', number: 4.3 } }] },
    { is: 'heading', only: 'list', level: 2, text: 'Liste seulement' },
    { is: 'chart', table, drawn: 0, of: 25 },
    { is: 'table', ...table, title: 'Sans image' },
    { is: 'note', text: '* Kosovo' },
    { is: 'signature', signers: [{ key: 's', role: 'Directrice', name: 'Awa DIOP' }] },
  ],
};

describe('a file for Word', () => {
  it('has what a page has, under headings, and says its title and language', async () => {
    const read = readWord(await wordDocument(DOCUMENT, FRAME));
    expect({ language: read.language, title: read.title }).toEqual({ language: 'fr-FR', title: 'Atelier <1>' });
    expect(read.paragraphs.filter(({ text }) => text !== '').map(({ style, text }) => `${style}|${text}`)).toEqual([
      'Heading1|Atelier <1>',
      '|12 juillet',
      'Heading2|Personnes',
      '|Test Tout va.',
      'Heading3|Par sexe',
      'Heading3|Sans image',
      '|* Kosovo',
      '|Directrice Awa DIOP',
    ]);
    const told = [['Sexe', 'Nombre'], ...rows.map(({ label, cells }) => [label, cells[0]!.text])];
    expect(read.tables).toEqual([[['Total 25 de 6 pays']], [['Moyenne', '4,30']], told, told]);
    expect(read.repeated).toBe(2);
    expect(read.footer).toBe('Atelier <1>  ·  Page {PAGE} sur {NUMPAGES}');
  });

  it('has a chart of numbers of its own, which are those of its sheet and of the table', async () => {
    const [chart] = readWord(await wordDocument(DOCUMENT, FRAME)).charts;
    const expected = rows.map(({ label, cells }) => [label, cells[0]!.number ?? null]);
    expect(chart!.cached).toEqual(expected);
    expect(chart!.sheet).toEqual(expected);
  });

  it('gives the words of a table the room that its numbers leave, and a long chart no more than a page', async () => {
    const columns = Array.from({ length: 7 }, (_, at) => ({ heading: String(at), holds: 'numbers' as const }));
    const many = Array.from({ length: 60 }, (_, at) => ({
      ...{ key: String(at), label: `Les formateurs ont rendu les séances interactives ${at}` },
      cells: columns.map(() => ({ text: '4,30', number: 4.3 })),
    }));
    const wide: Document = {
      language: 'fr',
      blocks: [{ is: 'chart', table: { title: '', rowHeading: '', columns, rows: many }, drawn: 0, of: 5 }],
    };
    const entries = partsOf(await wordDocument(wide, FRAME)).texts;
    const written = entries.get('word/document.xml')!;
    const widths = [...written.matchAll(/<w:gridCol w:w="(\d+)"/g)].map(([, width]) => Number(width));
    expect(widths.length).toBe(8);
    expect(widths[0]! / widths.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(0.4);
    const [, height] = /<wp:extent cx="\d+" cy="(\d+)"/.exec(written)!;
    expect(Number(height) / 9_525).toBeLessThanOrEqual(800);
    expect(entries.get('word/charts/chart1.xml')).toContain('formatCode="0.0"');
  });

  it('is the same bytes whenever it is made', async () => {
    const [first, second] = [await wordDocument(DOCUMENT, FRAME), await wordDocument(DOCUMENT, FRAME)];
    expect(Buffer.from(first).equals(second)).toBe(true);
  });
});
