import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { shareDrawn, type Document } from '../../../shared/features/document/blocks.ts';
import { csvOfDocument } from '../../../shared/features/document/csv.ts';
import { LANGUAGES, type Language } from '../../../shared/kernel/text.ts';

/** A document as a list for Excel: one of every kind of block. */

const HEADINGS = { part: 'Partie', figure: 'Donnée', value: 'Valeur' };

const document = (language: Language): Document => ({
  language,
  blocks: [
    { is: 'heading', only: 'page', level: 1, text: 'Atelier', lead: '12 juillet' },
    { is: 'facts', only: 'page', look: 'figures', facts: [{ key: 'people', label: 'Personnes', cell: { text: '1 250', number: 1_250 } }] },
    { is: 'heading', level: 2, text: 'Personnes' },
    {
      is: 'facts',
      look: 'lines',
      facts: [
        { key: 'people', label: 'Nombre', cell: { text: '1 250', number: 1_250 }, of: 'de 3 pays' },
        { key: 'rate', label: 'Taux', cell: { text: '92,5 %', number: 92.5, name: 'Pour cent' } },
        { key: 'none', label: 'Âge', cell: { text: 'Non renseigné' } },
      ],
    },
    {
      is: 'chart',
      table: {
        title: 'Par sexe',
        rowHeading: '',
        columns: [{ heading: '', holds: 'numbers' }],
        rows: [{ key: 'female', label: 'Femmes', cells: [{ text: '10', number: 10 }] }],
      },
      drawn: 0,
      of: 25,
    },
    {
      is: 'table',
      title: 'Présences',
      rowHeading: 'Jour',
      columns: [
        { heading: 'Présents', holds: 'numbers' },
        { heading: 'Salle', holds: 'words' },
      ],
      rows: [
        {
          key: 'a',
          label: 'lundi',
          cells: [
            { text: '3', number: 3, name: 'lundi : présents' },
            { text: 'A; B', name: 'lundi : salle' },
          ],
        },
      ],
    },
    { is: 'heading', level: 2, text: 'Remarques' },
    { is: 'note', text: 'Une remarque "dite".' },
    { is: 'signature', signers: [{ key: 'head', role: 'Directrice', name: 'Awa DIOP' }] },
  ],
});

const rowsOf = (one: Document): string[][] =>
  Papa.parse<string[]>(csvOfDocument(one, HEADINGS).slice(1).trimEnd(), { delimiter: one.language === 'en' ? ',' : ';' }).data;

describe('a document as a list', () => {
  it('has a line for each fact, cell and note, in the order of the document, and nothing that only a page says', () => {
    expect(rowsOf(document('fr'))).toEqual([
      ['Partie', 'Donnée', 'Valeur'],
      ['Personnes', 'Nombre', '1250'],
      ['Personnes', 'Pour cent', '92,5'],
      ['Personnes', 'Âge', 'Non renseigné'],
      ['Par sexe', 'Femmes', '10'],
      ['Présences', 'lundi : présents', '3'],
      ['Présences', 'lundi : salle', 'A; B'],
      ['Remarques', '', 'Une remarque "dite".'],
    ]);
  });

  it.each(LANGUAGES)('begins with the mark and parts its cells as Excel does in %s', (language) => {
    const text = csvOfDocument(document(language), HEADINGS);
    expect(text.startsWith('\uFEFFPartie')).toBe(true);
    expect(text.endsWith('\r\n')).toBe(true);
    expect(text.split('\r\n')[2]).toBe(language === 'en' ? 'Personnes,Pour cent,92.5' : 'Personnes;Pour cent;92,5');
  });

  it('runs nothing, whichever part of a block holds a formula', () => {
    const formula = '=HYPERLINK("http://x.example.org")';
    const cell = { text: formula, name: formula };
    const planted: Document = {
      language: 'fr',
      blocks: [
        { is: 'heading', level: 2, text: formula },
        {
          is: 'facts',
          look: 'lines',
          facts: [
            { key: 'a', label: formula, cell },
            { key: 'b', label: formula, cell: { text: '-1+1' } },
          ],
        },
        { is: 'table', title: formula, rowHeading: '', columns: [], rows: [{ key: 'a', label: formula, cells: [cell] }] },
        { is: 'note', text: formula },
      ],
    };
    const cells = rowsOf(planted).flat();
    expect(cells.filter((text) => /^[=+\-@\t\r]/.test(text))).toEqual([]);
    expect(cells.filter((text) => text === `'${formula}`).length).toBe(10);
    // A negative number is a number.
    const negative: Document = {
      language: 'fr',
      blocks: [{ is: 'facts', look: 'lines', facts: [{ key: 'a', label: 'a', cell: { text: '−2,5', number: -2.5 } }] }],
    };
    expect(rowsOf(negative)[1]).toEqual(['', 'a', '-2,5']);
  });
});

describe('the bar of a row', () => {
  it.each([
    [25, 10, 0.4],
    [25, 0, 0],
    [25, 30, 1],
    [25, -1, 0],
    [0, 3, 0],
    [25, undefined, 0],
  ])('of %j, %j: %j', (of, number, share) => expect(shareDrawn(of, number)).toBe(share));
});
