import { describe, expect, it } from 'vitest';
import { sourceOfText } from '../../../shared/node/tables/read-source-file.ts';
import { listOf } from '../../support/lists/lists.ts';

function peopleIn(text: string) {
  const source = sourceOfText(text);
  if (!source.ok) throw new Error(source.refusal.code);
  return listOf(source.value).rows.map(({ row, values, asks }) => ({ row, ...values, ...(asks.length > 0 ? { asks } : {}) }));
}

describe('people out of a mail that was pasted', () => {
  it('stand in a list with a sign before each, with what is said of them; other lines are nobody', () => {
    const text = [
      'Bonjour, voici la liste :',
      '',
      '- Awa Diop (juge, TGI Dakar) awa.diop@example.org',
      '- Moussa Fall <moussa.fall@example.org>, procureur',
      '– Mme Bineta Sow - Cour d’appel de Thiès',
      'Cordialement',
      'Ibra',
    ].join('\n');
    expect(peopleIn(text)).toEqual([
      { row: 3, familyName: 'Diop', givenName: 'Awa', profession: 'judge', email: 'awa.diop@example.org' },
      { row: 4, familyName: 'Fall', givenName: 'Moussa', profession: 'prosecutor', email: 'moussa.fall@example.org' },
      { row: 5, familyName: 'Sow', givenName: 'Bineta', sex: 'female', institution: 'Cour d’appel de Thiès' },
    ]);
  });

  it.each([
    ['Caros colegas:', ['1. Dra. Maria Lopes, Juíza de Direito', '2) João Tavares, Procurador da República', '3 - Ana Silva']],
    ['Dear Anna, our nominees:', ['* Maria Lopes, High Court Judge', '• João Tavares, Public Prosecutor', '· Ana Silva']],
  ])('in other languages and under other signs: %s', (greeting, lines) => {
    expect(peopleIn([greeting, ...lines].join('\r\n')).map(({ familyName, profession }) => [familyName, profession])).toEqual([
      ['Lopes', 'judge'],
      ['Tavares', 'prosecutor'],
      ['Silva', undefined],
    ]);
  });

  it.each([
    'Awa Diop <awa.diop@example.org>; "FALL, Moussa" <moussa.fall@example.org>; bsow@example.org; Ana Sy <ana@example.org>',
    'À : Awa Diop <awa.diop@example.org>, "FALL, Moussa" <moussa.fall@example.org>,\n bsow@example.org, Ana Sy <ana@example.org>',
  ])('are the addressees: %s', (text) => {
    const people = peopleIn(text);
    expect(people.map(({ familyName, givenName, email }) => [familyName, givenName, email])).toEqual([
      ['Diop', 'Awa', 'awa.diop@example.org'],
      ['FALL', 'Moussa', 'moussa.fall@example.org'],
      ['', undefined, 'bsow@example.org'],
      ['Sy', 'Ana', 'ana@example.org'],
    ]);
    expect(people[2]!.asks).toMatchObject([{ code: 'required' }]);
  });

  it('are not looked for in a table', () => {
    for (const table of [
      'Nom;Prénom;Courriel\nDiop;Awa;Awa Diop <awa@example.org>\nFall;Moussa;Moussa Fall <moussa@example.org>',
      'N°\tNom\n1.\tAwa Diop\n2.\tMoussa Fall',
      '1. Awa;Diop\n2. Moussa;Fall',
    ])
      expect(sourceOfText(table)).toMatchObject({
        ok: true,
        value: { sheets: [{ rows: [{ row: 1 }, { row: 2 }, ...(table.startsWith('N') ? [{ row: 3 }] : [])] }] },
      });
    const table = sourceOfText('1. Awa;Diop\n2. Moussa;Fall');
    expect(table.ok && table.value.sheets[0]!.rows[0]!.cells).toEqual(['1. Awa', 'Diop']);
  });
});
