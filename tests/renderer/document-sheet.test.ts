import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { DocumentSheet } from '../../renderer/desktop/features/document/DocumentSheet.tsx';
import type { Block, Document } from '../../shared/features/document/blocks.ts';

/** Each kind of block as the window shows it. */

const shown = (...blocks: Block[]): string => {
  const document: Document = { language: 'pt', blocks };
  return renderToStaticMarkup(createElement(DocumentSheet, { document, name: 'report' })).replaceAll(/ class="[^"]*"/g, '');
};
const article = (content: string): string => `<article lang="pt">${content}</article>`;

test('headings stand beneath the heading of the page', () => {
  expect(shown({ is: 'heading', level: 1, text: 'Ateliê', lead: '12 de julho' }, { is: 'heading', level: 2, text: 'Notas' })).toBe(
    article('<header><h2>Ateliê</h2><p>12 de julho</p></header><h3>Notas</h3>'),
  );
});

test('a fact says its name, its value and what it is of', () => {
  const facts = [{ key: 'people', label: 'Pessoas', cell: { text: '25', number: 25, name: 'Todas as pessoas' }, of: 'de 6 países' }];
  expect(shown({ is: 'facts', look: 'figures', facts })).toBe(
    article('<dl><div><dt>Pessoas</dt><dd data-testid="report-people">25</dd><dd>de 6 países</dd></div></dl>'),
  );
});

test('a table has its title, the headings of its columns and of its rows', () => {
  const rows = [{ key: 'a', label: 'segunda', cells: [{ text: '3', number: 3 }, { text: 'Sala A' }] }];
  const columns = [
    { heading: 'Presentes', holds: 'numbers' as const },
    { heading: 'Sala', holds: 'words' as const },
  ];
  expect(shown({ is: 'table', title: 'Presenças', rowHeading: 'Meio dia', columns, rows })).toBe(
    article(
      '<table><caption>Presenças</caption><thead><tr><th scope="col">Meio dia</th><th scope="col">Presentes</th><th scope="col">Sala</th></tr></thead>' +
        '<tbody><tr><th scope="row">segunda</th><td>3</td><td>Sala A</td></tr></tbody></table>',
    ),
  );
});

test('a chart is its table, with bars that are only seen', () => {
  const rows = [
    { key: 'female', label: 'Mulheres', cells: [{ text: '10', number: 10 }] },
    { key: 'notRecorded', label: 'Homens', cells: [{ text: 'Não registado' }] },
  ];
  const table = { title: 'Por sexo', rowHeading: '', columns: [{ heading: '', holds: 'numbers' as const }], rows };
  const bar = (width: string) => `<td><span style="width:${width}" aria-hidden="true"></span></td>`;
  expect(shown({ is: 'chart', table, drawn: 0, of: 25 })).toBe(
    article(
      `<table data-narrow="true"><caption>Por sexo</caption><tbody><tr><th scope="row">Mulheres</th><td>10</td>${bar('40%')}</tr>` +
        `<tr><th scope="row">Homens</th><td>Não registado</td>${bar('0%')}</tr></tbody></table>`,
    ),
  );
});

test('whoever signs finds a line, a role and a name where there is one', () => {
  const signers = [
    { key: 'head', role: 'Diretora', name: 'Awa DIOP' },
    { key: 'trainer', role: 'Formador', name: '' },
  ];
  expect(shown({ is: 'signature', signers })).toBe(
    article('<ul><li><span>Awa DIOP</span><span>Diretora</span></li><li><span>Formador</span></li></ul>'),
  );
});

test('what only a list says is not on the page', () => {
  expect(shown({ is: 'note', text: '* Kosovo' }, { is: 'heading', only: 'list', level: 2, text: 'Ateliê' })).toBe(
    article('<p>* Kosovo</p>'),
  );
});
