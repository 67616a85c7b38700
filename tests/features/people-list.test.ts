import { readFileSync } from 'node:fs';
import path from 'node:path';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { listColumns } from '../../shared/features/people/list-columns.ts';
import { planImport, type ImportPlan, type KnownPerson } from '../../shared/features/people/list-import.ts';
import { languageOf, professionOf, sexOf, splitName } from '../../shared/features/people/list-values.ts';
import { isEmail } from '../../shared/model/values.ts';
import type { Table } from '../../shared/kernel/table.ts';
import { nodeHasher } from '../../shared/node/crypto.ts';
import { decodeBytes } from '../../shared/node/tables/text-encoding.ts';
import { readDelimited } from '../../shared/node/tables/read-delimited.ts';
import { encoded, ENCODINGS } from '../support/encodings.ts';

const ROSTER = { key: '00112233445566778899aabbccddeeff' };

function tableOf(rows: readonly (readonly string[])[]): Table {
  const numbered = rows.map((cells, index) => ({ row: index + 1, cells })).filter(({ cells }) => cells.some((cell) => cell !== ''));
  const [header, ...others] = numbered;
  return { header: header!.cells, headerRow: header!.row, rows: others };
}

function plan(rows: readonly (readonly string[])[], known: readonly KnownPerson[] = []): ImportPlan {
  const planned = planImport(tableOf(rows), known, ROSTER, nodeHasher);
  if (!planned.ok) throw new Error(planned.refusal.code);
  return planned.value;
}

/** The people of a workshop after a plan. */
function after(planned: ImportPlan, before: readonly KnownPerson[] = []): KnownPerson[] {
  const blank = {
    ref: null,
    familyName: null,
    givenName: null,
    sex: null,
    profession: null,
    country: null,
    institution: null,
    language: null,
    email: null,
  };
  const people = new Map(before.map((person) => [person.id, person]));
  for (const { id, values } of planned.additions) people.set(id, { ...blank, ...people.get(id), ...values, id, live: true });
  for (const { id, values } of planned.updates) people.set(id, { ...people.get(id)!, ...values });
  return [...people.values()];
}

const FIXTURE = Papa.parse<string[]>(
  readFileSync(path.resolve(import.meta.dirname, '../fixtures/workshop-a/participants.csv'), 'utf8').trim(),
).data;

const HEADERS = {
  en: ['ID', 'Surname', 'First name', 'Gender', 'Role', 'Country', 'Organisation', 'Working language', 'E-mail address'],
  fr: [
    'N° d’inscription',
    'Nom',
    'Prénom(s)',
    'Sexe (F/M)',
    'Profession / fonction',
    'Pays',
    'Institution',
    'Langue de travail',
    'Courriel',
  ],
  es: ['Referencia', 'APELLIDOS', 'Nombre', 'Sexo', 'Cargo', 'País', 'Institución', 'Idioma', 'Correo electrónico'],
  pt: ['Código', 'Apelido', 'Nome', 'Género', 'Profissão', 'País', 'Instituição', 'Língua', 'Endereço de correio eletrónico'],
} as const;

const COUNTRIES: Readonly<Record<string, Readonly<Record<keyof typeof HEADERS, string>>>> = {
  Benin: { en: 'Benin', fr: 'Bénin', es: 'Benín', pt: 'Benim' },
  'Burkina Faso': { en: 'Burkina Faso', fr: 'BURKINA FASO', es: 'Burkina Faso', pt: 'Burquina Faso' },
  "Cote d'Ivoire": { en: 'Ivory Coast', fr: 'Côte d’Ivoire', es: 'Costa de Marfil', pt: 'Costa do Marfim' },
  Niger: { en: 'Niger', fr: 'Niger', es: 'Níger', pt: 'Níger' },
  Mali: { en: 'Mali', fr: 'Mali', es: 'Malí', pt: 'Mali' },
  Senegal: { en: 'Senegal', fr: 'Sénégal', es: 'Senegal', pt: 'Senegal' },
};
const WORDS: Readonly<Record<string, Readonly<Record<keyof typeof HEADERS, string>>>> = {
  F: { en: 'Female', fr: 'Femme', es: 'Mujer', pt: 'Feminino' },
  M: { en: 'm', fr: 'masculin', es: 'Hombre', pt: 'Homem' },
  judge: { en: 'Judge', fr: 'Juge', es: 'Jueza', pt: 'Juiz/Juíza' },
  prosecutor: { en: 'Public prosecutor', fr: 'Procureure', es: 'Fiscal', pt: 'Procurador(a)' },
};
const ORDERS = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8],
  [8, 7, 6, 5, 4, 3, 2, 1, 0],
  [5, 2, 8, 0, 1, 7, 3, 6, 4],
];

describe('a list of people', () => {
  const wanted = plan(FIXTURE);
  const people = (planned: ImportPlan) => planned.additions.map(({ id, values }) => ({ id, ...values }));

  it('has the figures of its workshop', () => {
    expect(wanted.additions).toHaveLength(25);
    expect(wanted.rejected).toEqual([]);
    expect(wanted.homonyms).toHaveLength(1);
    const refs = new Map(wanted.additions.map(({ id, values }) => [id, values.ref]));
    expect(wanted.homonyms[0]!.map((id) => refs.get(id))).toEqual(['P06', 'P17']);
  });

  for (const language of ['en', 'fr', 'es', 'pt'] as const) {
    for (const [number, order] of ORDERS.entries()) {
      it(`reads the same in ${language}, column order ${number}, in every encoding, with ; , and tab, extra columns and blank lines`, () => {
        const rows = FIXTURE.map((cells, index) =>
          index === 0
            ? HEADERS[language]
            : cells.map((cell, column) => (column === 5 ? COUNTRIES[cell]![language] : (WORDS[cell]?.[language] ?? cell))),
        );
        const turned = rows.map((cells, index) => [
          index === 0 ? 'Observations' : 'salle, 2; étage',
          ...order.map((column) => cells[column]!),
          index === 0 ? 'Téléphone' : '',
        ]);
        const blank = turned[0]!.map(() => '');
        const spaced = [turned[0]!, blank, ...turned.slice(1, 9), blank, ...turned.slice(9), blank];
        for (const encoding of ENCODINGS) {
          for (const delimiter of [';', ',', '\t']) {
            const text = decodeBytes(encoded(Papa.unparse(spaced, { delimiter }), encoding))?.text;
            const records = readDelimited(text ?? '');
            if (!records.ok) throw new Error(records.refusal.code);
            const planned = plan(records.value.rows.map(({ cells }) => cells));
            expect(people(planned), `${encoding} ${delimiter}`).toEqual(people(wanted));
            expect(planned.rejected).toEqual([]);
            expect(planned.columns[0]).toEqual({ header: 'Observations', field: '' });
            expect(planned.columns.at(-1)).toEqual({ header: 'Téléphone', field: '' });
          }
        }
      });
    }
  }

  it('adds nobody the second time, whatever the list then lacks', () => {
    const known = after(wanted);
    expect(plan(FIXTURE, known)).toMatchObject({ additions: [], updates: [], unchanged: 25 });
    const withoutRefs = FIXTURE.map((cells) => cells.slice(1));
    expect(plan(withoutRefs, known)).toMatchObject({ additions: [], updates: [], unchanged: 25 });
    const withoutRefsAndMail = FIXTURE.map((cells) => cells.slice(1, -1));
    expect(plan(withoutRefsAndMail, known)).toMatchObject({ additions: [], updates: [], unchanged: 25 });
  });

  it('makes the same people on two laptops, by ref, by mailbox and by names', () => {
    for (const cut of [0, 1]) {
      for (const end of [9, 8]) {
        const rows = FIXTURE.map((cells) => cells.slice(cut, end));
        expect(plan(rows).additions.map(({ id }) => id)).toEqual(plan(rows).additions.map(({ id }) => id));
        expect(new Set(plan(rows).additions.map(({ id }) => id)).size).toBe(25);
      }
    }
  });

  it('updates only the fields that differ, and a blank cell changes nothing', () => {
    const known = after(wanted);
    const rows = FIXTURE.map((cells) => [...cells]);
    rows[1]![6] = 'CRIET';
    rows[2]![4] = '';
    rows[3]![1] = 'DOSSOU-YOVO';
    const planned = plan(rows, known);
    expect(planned.updates.map(({ values }) => values)).toEqual([{ institution: 'CRIET' }, { familyName: 'DOSSOU-YOVO' }]);
    expect(planned).toMatchObject({ additions: [], unchanged: 23 });
  });

  it('lists bad cells with row, field and code, each of them', () => {
    const planned = plan([
      ['id', 'Nom', 'Prénom', 'Sexe', 'Pays', 'Langue', 'Courriel'],
      ['1', '', 'Awa', 'F', 'Sénégal', 'fr', 'awa@example.org'],
      ['2', 'DIOP', 'Awa', 'inconnu', 'Atlantide', 'klingon', 'awa at example.org'],
      [],
      ['3', 'FALL', 'Seynabou', 'F', 'Sénégal', 'français', ''],
      ['3', 'BA', 'Ousmane', 'M', 'Sénégal', 'français', ''],
      ['4', 'x'.repeat(501), 'Ousmane', 'M', 'Congo', 'français', ''],
    ]);
    expect(planned.rejected).toEqual([
      { row: 2, field: 'familyName', code: 'required' },
      { row: 3, field: 'sex', code: 'sex.unknown' },
      { row: 3, field: 'country', code: 'country.unknown' },
      { row: 3, field: 'language', code: 'language.unknown' },
      { row: 3, field: 'email', code: 'email.invalid' },
      { row: 6, field: 'ref', code: 'ref.duplicate' },
      { row: 7, field: 'familyName', code: 'tooLong' },
      { row: 7, field: 'country', code: 'country.unknown' },
    ]);
    expect(planned.additions).toHaveLength(1);
    expect(planned.rows).toBe(5);
  });

  it('keeps homonyms apart and says so, and tells a repeated line from them', () => {
    const planned = plan([
      ['Nom', 'Prénom', 'Pays', 'Institution'],
      ['TRAORE', 'Moussa', 'Mali', 'Cour d’appel'],
      ['Traoré', 'MOUSSA', 'Mali', 'Parquet'],
      ['TRAORE', 'Moussa', 'Mali', 'Cour d’appel'],
    ]);
    expect(planned.additions).toHaveLength(2);
    expect(planned.homonyms).toEqual([planned.additions.map(({ id }) => id)]);
    expect(planned.rejected).toEqual([{ row: 4, field: 'familyName', code: 'row.duplicate' }]);
  });

  it('does not turn one person into another when running numbers are given anew', () => {
    const first = [
      ['N°', 'Nom', 'Prénom', 'Pays', 'Institution'],
      ['1', 'DIOP', 'Awa', 'Sénégal', 'Parquet'],
      ['2', 'FALL', 'Seynabou', 'Sénégal', 'Tribunal'],
    ];
    const known = after(plan(first));
    const sorted = [
      first[0]!,
      ['1', 'BA', 'Ousmane', 'Sénégal', 'Cour'],
      ['2', 'DIOP', 'Awa', 'Sénégal', 'Parquet'],
      ['3', 'FALL', 'Seynabou', 'Sénégal', 'Tribunal'],
    ];
    const again = plan(sorted, known);
    expect(again.additions.map(({ values }) => values.familyName)).toEqual(['BA']);
    expect(again.updates.map(({ values }) => values)).toEqual([{ ref: '2' }, { ref: '3' }]);
    const named = after(again, known);
    expect(plan(sorted, named)).toMatchObject({ additions: [], updates: [], unchanged: 3 });
    // A list's own id that is no running number must not change hands.
    const taken = plan(
      [
        ['id', 'Nom', 'Prénom'],
        ['P01', 'KEITA', 'Ibrahim'],
      ],
      after(plan(FIXTURE)),
    );
    expect(taken.rejected).toEqual([{ row: 2, field: 'ref', code: 'ref.otherPerson' }]);
  });

  it('lets people share a mailbox', () => {
    const rows = [
      ['Nom', 'Prénom', 'Email'],
      ['DIOP', 'Awa', 'parquet@example.org'],
      ['FALL', 'Seynabou', 'parquet@example.org'],
    ];
    const planned = plan(rows);
    expect(planned.additions).toHaveLength(2);
    expect(plan(rows, after(planned))).toMatchObject({ additions: [], updates: [], unchanged: 2, rejected: [] });
  });

  it('refuses a list without names and one without rows', () => {
    expect(
      planImport(
        tableOf([
          ['Pays', 'Email'],
          ['Mali', 'a@example.org'],
        ]),
        [],
        ROSTER,
        nodeHasher,
      ),
    ).toMatchObject({ refusal: { code: 'people.headerUnknown' } });
    expect(planImport(tableOf([['Nom', 'Prénom']]), [], ROSTER, nodeHasher)).toMatchObject({ refusal: { code: 'table.empty' } });
  });

  it('leaves out the empty numbered lines of a form', () => {
    expect(
      plan([
        ['N°', 'Nom', 'Prénom'],
        ['1', 'DIOP', 'Awa'],
        ['2', '', ''],
        ['3', '', ''],
      ]),
    ).toMatchObject({ rows: 1, rejected: [] });
  });
});

describe('headers', () => {
  const fields = (...header: string[]) => listColumns(tableOf([header, header.map(() => 'x')]))?.columns.map(({ field }) => field);

  it('settle an ambiguous name by what stands beside it', () => {
    expect(fields('Nom', 'Prénom')).toEqual(['familyName', 'givenName']);
    expect(fields('Nombre', 'Apellidos')).toEqual(['givenName', 'familyName']);
    expect(fields('Name', 'Surname')).toEqual(['givenName', 'familyName']);
    expect(fields('Name', 'First name')).toEqual(['familyName', 'givenName']);
    expect(fields('Nome', 'Apelido')).toEqual(['givenName', 'familyName']);
    expect(fields('Nom', 'Pays')).toEqual(['fullName', 'country']);
    expect(fields('NOM ET PRÉNOMS', 'Pays')).toEqual(['fullName', 'country']);
  });

  it('stand in two languages, with brackets, marks and blanks', () => {
    expect(fields('Nom / Family name', 'Prénom / Given name', 'Pays (Country)*', ' E-MAIL : ')).toEqual([
      'familyName',
      'givenName',
      'country',
      'email',
    ]);
    expect(fields('familyName', 'given_name', 'COUNTRY_CODE')).toEqual(['familyName', 'givenName', 'country']);
  });

  it('are found under a title', () => {
    const table = tableOf([
      ['Liste des participants'],
      ['Dakar, 12-15 juillet 2021'],
      [],
      ['Nom', 'Prénom', 'Pays'],
      ['DIOP', 'Awa', 'Sénégal'],
    ]);
    expect(listColumns(table)?.headerRow).toBe(4);
    expect(plan([['Liste des participants'], [], ['Nom', 'Prénom', 'Pays'], ['DIOP', 'Awa', 'Atlantide']]).rejected).toEqual([
      { row: 4, field: 'country', code: 'country.unknown' },
    ]);
  });

  it('take the surer of two columns for one field', () => {
    expect(fields('N°', 'id', 'Nom', 'Fonction', 'Profession')).toEqual(['', 'ref', 'fullName', '', 'profession']);
  });
});

describe('values', () => {
  it('never map a profession by translating magistrat', () => {
    for (const text of [
      'magistrat',
      'Magistrate',
      'MAGISTRADO',
      'magistrada',
      'magistrat du siège',
      'magistrado do Ministério Público',
      'magistrat / juge',
    ])
      expect(professionOf(text), text).toBeNull();
    const planned = plan([
      ['Nom', 'Prénom', 'Profession'],
      ['DIOP', 'Awa', 'magistrat'],
    ]);
    expect(planned.additions[0]!.values).not.toHaveProperty('profession');
    expect(planned.doubtful).toEqual([{ row: 2, field: 'profession', code: 'profession.unknown' }]);
  });

  it('know professions in four languages and both genders', () => {
    const words: Readonly<Record<string, string>> = {
      'Juge d’instruction': 'investigatingJudge',
      'jueza de instrucción': 'investigatingJudge',
      'Procureur de la République': 'prosecutor',
      procuradora: 'prosecutor',
      'juez / jueza': 'judge',
      'Juge (siège)': 'judge',
      greffière: 'courtStaff',
      'Officier de police judiciaire': 'lawEnforcement',
      'Polícia Judiciária': 'lawEnforcement',
      advogada: 'lawyer',
      autre: 'other',
      lawEnforcement: 'lawEnforcement',
    };
    for (const [word, profession] of Object.entries(words)) expect(professionOf(word), word).toBe(profession);
  });

  it('know sex, language and e-mail', () => {
    expect(['F', 'femme', 'Mulher', 'H', 'M', 'x', 'non précisé', '?'].map(sexOf)).toEqual([
      'female',
      'female',
      'female',
      'male',
      'male',
      'other',
      'notStated',
      null,
    ]);
    expect(['FR', 'fr-FR', 'Anglais', 'castellano', 'português / inglês', 'arabe'].map(languageOf)).toEqual([
      'fr',
      'fr',
      'en',
      'es',
      'pt',
      null,
    ]);
    expect(['a@b.org', 'a.b+c@d-e.f.org', 'a@b', '@b.org', 'a b@c.org', 'a@b..org', 'a@b.org; c@d.org'].map(isEmail)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('part a whole name by comma, by capitals, else by guess', () => {
    expect(splitName('TRAORE, Moussa', 'givenFirst')).toEqual({ familyName: 'TRAORE', givenName: 'Moussa', guessed: false });
    expect(splitName('Moussa TRAORE', 'familyFirst')).toEqual({ familyName: 'TRAORE', givenName: 'Moussa', guessed: false });
    expect(splitName("N'GUESSAN Akissi", 'givenFirst')).toEqual({ familyName: "N'GUESSAN", givenName: 'Akissi', guessed: false });
    expect(splitName('Maria do Carmo de SOUSA LIMA', 'givenFirst')).toEqual({
      familyName: 'de SOUSA LIMA',
      givenName: 'Maria do Carmo',
      guessed: false,
    });
    expect(splitName('Moussa Traore', 'familyFirst')).toEqual({ familyName: 'Moussa', givenName: 'Traore', guessed: true });
    expect(splitName('MOUSSA TRAORE', 'givenFirst')).toEqual({ familyName: 'TRAORE', givenName: 'MOUSSA', guessed: true });
    expect(splitName('Pelé', 'givenFirst')).toEqual({ familyName: 'Pelé', givenName: '', guessed: false });
  });
});
