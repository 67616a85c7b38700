import { readFileSync } from 'node:fs';
import path from 'node:path';
import Papa from 'papaparse';
import { afterAll, describe, expect, it } from 'vitest';
import { readPeople } from '../../../shared/features/people/list/read-list.ts';
import { languageOf } from '../../../shared/features/people/listed/listed-language.ts';
import { professionOf } from '../../../shared/features/people/listed/listed-profession.ts';
import type { ListPlan } from '../../../shared/features/people/list/list-plan.ts';
import { isEmail } from '../../../shared/model/values.ts';
import { encoded, ENCODINGS } from '../../support/lists/encodings.ts';
import { after, known, planOf, told } from '../../support/lists/list-plans.ts';
import { sheetOf, sourceOf } from '../../support/lists/lists.ts';
import { sourceFiles } from '../../support/sources.ts';

const FIXTURE = Papa.parse<string[]>(
  readFileSync(path.resolve(import.meta.dirname, '../../fixtures/workshop-a/participants.csv'), 'utf8').trim(),
).data;
const lines = (rows: readonly (readonly string[])[]): string[] => rows.map((cells) => cells.join('|'));
const cut = (...places: number[]): string[] => lines(FIXTURE.map((cells) => cells.filter((_, place) => !places.includes(place))));
const files = sourceFiles();
afterAll(() => files.close());

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
  const wanted = planOf(lines(FIXTURE));
  const people = (planned: ListPlan) => planned.additions.map(({ id, values }) => ({ id, ...values }));

  it('has the figures of its workshop', () => {
    expect(wanted.additions).toHaveLength(25);
    expect([wanted.rejected, wanted.doubtful]).toEqual([[], []]);
    const refs = new Map(wanted.additions.map(({ id, values }) => [id, values.ref]));
    expect(wanted.homonyms.map((group) => group.map((id) => refs.get(id)))).toEqual([['P06', 'P17']]);
  });

  for (const language of ['en', 'fr', 'es', 'pt'] as const) {
    for (const [number, order] of ORDERS.entries()) {
      it(`makes the same of it in ${language}, column order ${number}, in every encoding, with ; , and tab, extra columns and blank lines`, async () => {
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
            const planned = planOf(await files.read(encoded(Papa.unparse(spaced, { delimiter }), encoding)), [], { languages: [language] });
            expect(people(planned), `${encoding} ${delimiter}`).toEqual(people(wanted));
            expect(planned.rejected).toEqual([]);
          }
        }
      });
    }
  }

  it('adds nobody the second time, whatever the list then lacks', () => {
    const before = after(wanted);
    for (const list of [lines(FIXTURE), cut(0), cut(0, 8), cut(8), cut(0, 6, 8), cut(3, 4, 5, 7)])
      expect(planOf(list, before), list[0]).toMatchObject({ additions: [], updates: [], unchanged: 25, rejected: [] });
  });

  it('finds again whom the version before made of it: they keep their ids', () => {
    const old = after(wanted).map((person, at) => ({ ...person, id: `${String(at).padStart(8, '0')}-0000-8000-8000-000000000000` }));
    const planned = planOf(lines(FIXTURE), old);
    expect(planned).toMatchObject({ additions: [], updates: [], unchanged: 25 });
    expect(planned.rows.map(({ personId }) => personId)).toEqual(old.map(({ id }) => id));
  });

  it('changes only what differs, and a blank cell changes nothing', () => {
    const rows = FIXTURE.map((cells) => [...cells]);
    rows[1]![6] = 'CRIET';
    rows[2]![4] = '';
    rows[3]![1] = 'DOSSOU-YOVO';
    const planned = planOf(lines(rows), after(wanted));
    expect(planned.updates.map(({ values }) => values)).toEqual([{ institution: 'CRIET' }, { familyName: 'DOSSOU-YOVO' }]);
    expect(planned).toMatchObject({ additions: [], unchanged: 23 });
    expect(planned.rows[2]!.changes).toEqual([{ field: 'familyName', from: 'DOSSOU', to: 'DOSSOU-YOVO' }]);
  });

  it('brings back whom it names and who was removed, with what is known of them', () => {
    const gone = known(['Nom|Prénom|Pays|Institution', 'DIOP|Awa|SN|Parquet']).map((person) => ({ ...person, live: false }));
    const planned = planOf(['Nom|Prénom|Pays', 'DIOP|Awa|Sénégal'], gone);
    expect(planned.additions).toMatchObject([{ id: gone[0]!.id, restore: true }]);
    expect(Object.keys(planned.additions[0]!.values)).toEqual(['position']);
  });

  it('refuses what is no list, and one without rows', () => {
    expect(() => planOf(['Pays|Email', 'Mali|a@example.org'])).toThrow('people.headerUnknown');
    expect(() => planOf(['Nom|Prénom'])).toThrow('table.empty');
  });
});

describe('who is who in a list', () => {
  it('a list that was renumbered renames nobody', () => {
    const before = known([
      'N°|Nom|Prénom|Pays|Email',
      '1|ALAMI|Mohamed|Maroc|alami@example.org',
      '2|BENALI|Mohamed|Maroc|benali@example.org',
      '3|CHAKIR|Mohamed|Maroc|chakir@example.org',
    ]);
    expect(before.map(({ ref }) => ref)).toEqual([null, null, null]);
    for (const list of [
      ['N°|Nom|Prénom|Pays|Email', '1|BENALI|Mohamed|Maroc|benali@example.org', '2|CHAKIR|Mohamed|Maroc|chakir@example.org'],
      ['No.|Surname|First name|Country', '1|CHAKIR|Mohamed|Morocco', '2|ALAMI|Mohamed|Morocco', '3|BENALI|Mohamed|Morocco'],
      ['#|Apellidos|Nombre', '1|CHAKIR|Mohamed', '2|BENALI|Mohamed'],
    ])
      expect(planOf(list, before), list[0]).toMatchObject({ additions: [], updates: [], rejected: [], unchanged: list.length - 1 });
    const more = planOf(['N°|Nom|Prénom|Pays', '1|BADA|Ali|Maroc', '2|ALAMI|Mohamed|Maroc'], before);
    expect(told(more)).toEqual(['2 new', '3 same names.country']);
  });

  it('a list’s own code is never taken against the name, and never given to another', () => {
    const before = known(['Code|Nom|Prénom', 'P01|KEITA|Ibrahim', 'P02|SOW|Ada']);
    expect(planOf(['Code|Nom|Prénom', 'P01|DIARRA|Oumou', 'P07|SOW|Ada'], before).rejected).toEqual([
      { row: 2, field: 'ref', code: 'ref.otherPerson' },
      { row: 3, field: 'familyName', code: 'person.refDiffers' },
    ]);
    expect(planOf(['Code|Nom|Prénom|Email', 'P01|SOW|Ada|ada@example.org'], before).rejected).toEqual([
      { row: 2, field: 'ref', code: 'ref.otherPerson' },
    ]);
    const sheets = sourceOf(
      sheetOf(['Code|Nom|Prénom', 'P03|BA|Ousmane', 'P04|SY|Oumar'], 'Groupe 1'),
      sheetOf(['Code|Nom|Prénom', 'P03|FALL|Awa', 'P05|NDAO|Sokhna'], 'Groupe 2'),
    );
    expect(planOf(sheets).rejected).toEqual([{ row: 2, field: 'ref', code: 'ref.duplicate' }]);
  });

  it('somebody known with less said is found again, and what is new is added', () => {
    const before = known(['Nom|Prénom|Pays', 'DIOP|Awa|Sénégal', 'FALL|Ibra|Sénégal']);
    const fuller = planOf(['Nom|Prénom|Pays|Institution', 'DIOP|Awa|Sénégal|Parquet de Dakar', 'FALL|Ibra|Sénégal|Cour d’appel'], before);
    expect(told(fuller)).toEqual(['2 change institution', '3 change institution']);
    const walkIn = { ...before[0]!, id: '00000000-0000-4000-8000-000000000001', country: null };
    expect(told(planOf(['Full name|Email', 'Awa DIOP|awa@example.org'], [walkIn]))).toEqual(['2 change email']);
    expect(told(planOf(['Nombre y apellidos|País', 'Awa DIOP|Senegal'], after(fuller, before)))).toEqual(['2 same names.country']);
  });

  it('apostrophes, invisible signs, no-break spaces and accents in two parts make nobody else', () => {
    for (const [one, other] of [
      ["N'GUESSAN|Akissi|Côte d'Ivoire", 'N´GUESSAN|Akissi|Côte d´Ivoire'],
      ['N’GUESSAN|Akissi|Côte d’Ivoire', 'NGUESSAN|AKISSI|Cote d Ivoire'],
      ['\u200EDIOP|Awa|Sénégal', 'DIOP|A\u00ADwa|Sénégal'],
      ['DIOP\u00A0|\u00A0Awa Marie|Sénégal', 'DIOP|Awa\u202FMarie|Sénégal'],
      ['KONE\u0301|Ai\u0308ssata|Mali', 'KONÉ|Aïssata|Mali'],
      ['d’Almeida|João|Angola', "D'ALMEIDA|JOAO|Angola"],
      ['Müller-Lüdenscheidt|Jörg|Germany', 'MULLER LUDENSCHEIDT|JORG|Germany'],
    ]) {
      const before = known(['Nom|Prénom|Pays', one!]);
      expect(before).toHaveLength(1);
      expect(planOf(['Nom|Prénom|Pays', other!], before), other).toMatchObject({ additions: [], updates: [], unchanged: 1, rejected: [] });
    }
  });

  it('the richer spelling stays, and comes', () => {
    const rich = known(['Nom|Prénom|Pays|Institution', 'KONÉ|Aïssata|Mali|Cour d’appel de Ségou']);
    for (const poorer of ['KONE|AISSATA|Mali|COUR D APPEL DE SEGOU', 'Kone|Aissata|Mali|Cour d’appel', 'koné|aïssata|Mali|CAS'])
      expect(planOf(['Nom|Prénom|Pays|Institution', poorer], rich), poorer).toMatchObject({ updates: [], unchanged: 1 });
    const poor = known(['Nom|Prénom|Pays|Institution', 'KONE|AISSATA|Mali|Cour d’appel']);
    expect(
      planOf(['Nom|Prénom|Pays|Institution', 'KONÉ|Aïssata|Mali|Cour d’appel de Ségou'], poor).updates.map(({ values }) => values),
    ).toEqual([{ familyName: 'KONÉ', givenName: 'Aïssata', institution: 'Cour d’appel de Ségou' }]);
    // A list that parts names otherwise, or shortens them, says nothing; one that says a name more does.
    const known2 = known(['Nom|Prénom|Institution', 'OULD AHMED|Babah Salem|Parquet']);
    expect(planOf(['Nom et prénom|Institution', 'Babah Salem Ould Ahmed|Parquet'], known2)).toMatchObject({ updates: [], unchanged: 1 });
    expect(planOf(['Nom|Prénom|Institution', 'OULD AHMED|B. S.|Parquet'], known2)).toMatchObject({ updates: [], unchanged: 1 });
    expect(planOf(['Nom|Prénom|Institution', 'OULD AHMED|Babah Salem Vall|Parquet'], known2).updates).toMatchObject([
      { values: { givenName: 'Babah Salem Vall' } },
    ]);
  });

  it('short family names are names under their heading, although countries have them for codes', () => {
    const named = (list: readonly string[]) => planOf(list).additions.map(({ values }) => `${values.familyName} ${values.givenName}`);
    expect(named(['Nom|Prénom', 'BA|Cheikh', 'SY|Awa', 'BA|Fatou', 'MA|Lin'])).toEqual(['BA Cheikh', 'SY Awa', 'BA Fatou', 'MA Lin']);
    expect(named(['Surname|First name|Country', 'LY|Awa|SN', 'KA|Moussa|ML'])).toEqual(['LY Awa', 'KA Moussa']);
  });

  it('people share a mailbox', () => {
    const list = ['Nom|Prénom|Pays|Email', ...['DIOP|Awa', 'FALL|Ibra', 'SOW|Ada'].map((name) => `${name}|Sénégal|greffe@example.org`)];
    expect(known(list)).toHaveLength(3);
    expect(planOf(list, known(list))).toMatchObject({ additions: [], updates: [], unchanged: 3, rejected: [] });
    expect(told(planOf(['Nom|Prénom|Email', 'DIOP|Ibra|greffe@example.org'], known(list)))).toEqual(['2 new']);
  });

  it('homonyms stay apart, and a line that is there twice is asked about once', () => {
    const list = ['Nom|Prénom|Pays|Institution', 'TRAORE|Moussa|Mali|Cour d’appel de Bamako', 'Traoré|MOUSSA|Burkina Faso|Parquet de Bobo'];
    const before = known(list);
    expect(before).toHaveLength(2);
    expect(planOf(list, before)).toMatchObject({ additions: [], updates: [], unchanged: 2, rejected: [] });
    expect(planOf(list, before).homonyms).toEqual([before.map(({ id }) => id)]);
    expect(told(planOf([...list, 'TRAORE|Moussa|Mali|Cour d’appel de Bamako']))).toEqual(['2 new', '3 new', '4 ask row.duplicate']);
    expect(told(planOf([...list, 'TRAORE|Moussa|Mali|Cour d’appel de Bamako'], before))).toEqual([
      '2 same names.institution',
      '3 same names.institution',
      '4 ask row.duplicate',
    ]);
    // The second homonym of a list is new where the first is the one who is known.
    expect(told(planOf(list, [before[0]!]))).toEqual(['2 same names.institution', '3 new']);
    expect(planOf(list, [before[0]!]).doubtful).toEqual([]);
    expect(told(planOf(['Nom|Prénom', 'TRAORE|Moussa'], before))).toEqual(['2 ask person.homonyms']);
    expect(told(planOf(['Nom|Prénom|Pays|Institution', 'TRAORE|Moussa|Mali|Parquet de Kayes'], before))).toEqual([
      '2 ask person.institutionDiffers',
    ]);
  });

  it('two rows that may be one known person are both asked about, unless one says more', () => {
    const before = known(['Nom|Prénom|Pays', 'TRAORE|Moussa|Mali']);
    const rows = ['TRAORE|Moussa|Mali|Cour d’appel', 'TRAORE|Moussa|Mali|Parquet'];
    expect(told(planOf(['Nom|Prénom|Pays|Institution', ...rows], before))).toEqual(['2 ask person.homonyms', '3 ask person.homonyms']);
    const fuller = known(['Nom|Prénom|Pays|Institution', rows[1]!]);
    expect(told(planOf(['Nom|Prénom|Pays|Institution', ...rows], fuller))).toEqual(['2 new', '3 same names.institution']);
  });

  it('are shown by twenty where a hundred bear one name, and whichever of them it is may be chosen', () => {
    const before = known(['Nom|Prénom|Courriel', ...Array.from({ length: 100 }, (_, at) => `TRAORE|Moussa|m${at}@example.org`)]);
    const asked = planOf(['Nom|Prénom', 'TRAORE|Moussa'], before);
    expect([told(asked), asked.rows[0]!.candidates.length]).toEqual([['2 ask person.homonyms'], 20]);
    const other = before.find(({ id }) => !asked.rows[0]!.candidates.some(({ personId }) => personId === id))!;
    const decisions = [{ row: 2, take: 'same' as const, personId: other.id }];
    expect(told(planOf(['Nom|Prénom', 'TRAORE|Moussa'], before, { options: { decisions } }))).toEqual(['2 same decided']);
  });

  it('a shorter name gives way to the right one', () => {
    const before = known(['Nom|Prénom|Institution', 'DIOP|Awa|Parquet']);
    expect(told(planOf(['Nom|Prénom|Institution', 'DIOP|Awa Marie|Parquet', 'DIOP|Awa|Parquet'], before))).toEqual([
      '2 ask person.nameClose',
      '3 same names.institution',
    ]);
    expect(told(planOf(['Nom|Prénom|Institution', 'DIOP|Awa Marie|Tribunal', 'DIOP|Awa|Parquet'], before))).toEqual([
      '2 new',
      '3 same names.institution',
    ]);
    expect(told(planOf(['Nom|Prénom', 'DIOP|Awa Marie'], before))).toEqual(['2 ask person.nameClose']);
  });
});

describe('a decision', () => {
  const before = known(['Nom|Prénom|Pays|Institution', 'TRAORE|Moussa|Mali|Cour d’appel', 'DIOP|Awa|Sénégal|Parquet']);
  const list = ['Nom|Prénom|Pays|Institution', 'TRAORE|Moussa|Mali|Parquet de Kayes', 'FALL|Ibra|Sénégal|Parquet'];
  const decide = (...decisions: { row: number; take: 'new' | 'same' | 'leave'; personId?: string; sheet?: string }[]) =>
    planOf(list, before, { options: { decisions } });

  it('makes a row new, somebody known, or leaves it out', () => {
    expect(told(planOf(list, before))).toEqual(['2 ask person.institutionDiffers', '3 new']);
    expect(told(decide({ row: 2, take: 'new' }))).toEqual(['2 new decided', '3 new']);
    expect(told(decide({ row: 2, take: 'same' }))).toEqual(['2 change institution', '3 new']);
    expect(told(decide({ row: 3, take: 'same', personId: before[1]!.id }))).toEqual([
      '2 ask person.institutionDiffers',
      '3 change familyName givenName',
    ]);
    const left = decide({ row: 2, take: 'leave' }, { row: 3, take: 'leave' });
    expect(left).toMatchObject({ additions: [], rejected: [], account: { taken: 0, asked: 0 } });
    expect(left.account.leftFor).toContainEqual({ why: 'rowLeft', cells: 8 });
  });

  it('about no row or nobody is refused, and one person is taken once', () => {
    expect(() => decide({ row: 9, take: 'leave' })).toThrow('intake.rowUnknown');
    expect(() => decide({ row: 2, take: 'leave', sheet: 'Liste' })).toThrow('intake.rowUnknown');
    expect(() => decide({ row: 3, take: 'same' })).toThrow('people.unknown');
    expect(() => decide({ row: 3, take: 'same', personId: '00000000-0000-4000-8000-000000000009' })).toThrow('people.unknown');
    const { id: personId } = before[1]!;
    expect(told(decide({ row: 2, take: 'same', personId }, { row: 3, take: 'same', personId }))[1]).toBe('3 ask row.duplicate');
  });

  it('takes a line that is there twice as two people, the same two on every laptop', () => {
    const twice = ['Nom|Prénom', 'PHAM|Anh', 'PHAM|Anh'];
    const ids = (row: number) => planOf(twice, [], { options: { decisions: [{ row, take: 'new' }] } }).additions.map(({ id }) => id);
    expect(new Set(ids(3)).size).toBe(2);
    expect(new Set(ids(2))).toEqual(new Set(ids(3)));
  });

  it('is asked for where the person of a row was renamed or erased since', () => {
    const first = planOf(['Nom|Prénom', 'DIOP|Awa']);
    const renamed = after(first).map((person) => ({ ...person, familyName: 'NDIAYE', givenName: 'Coumba' }));
    expect(told(planOf(['Nom|Prénom', 'DIOP|Awa'], renamed))).toEqual(['2 ask person.nameDiffers']);
    const erased = after(first).map((person) => ({ ...person, familyName: null, givenName: null, erased: 1 }));
    expect(told(planOf(['Nom|Prénom', 'DIOP|Awa'], erased))).toEqual(['2 ask person.erased']);
    const anew = planOf(['Nom|Prénom', 'DIOP|Awa'], erased, { options: { decisions: [{ row: 2, take: 'new' }] } });
    expect(anew.additions.map(({ id }) => id)).not.toContain(first.additions[0]!.id);
  });
});

describe('ids', () => {
  const list = [
    'N°|Nom|Prénom|Pays|Institution|Email|Fonction',
    '1|TRAORE|Moussa|Mali|Cour|m@example.org|juge',
    '2|TRAORE|Moussa|Mali|Parquet||procureur',
    '3|DIOP|Awa|Sénégal|Parquet|greffe@example.org|',
    '4|FALL|Ibra|Sénégal|Parquet|greffe@example.org|',
    '5|Moussa|Ibrahim|Niger|||',
    '6|Ibrahim|Moussa|Niger|||',
  ];
  const idsOf = (rows: readonly string[]) =>
    new Map(planOf(rows).additions.map(({ id, values }) => [`${values.familyName} ${values.givenName} ${values.institution ?? ''}`, id]));

  it('follow from what the rows say, in whatever order and spelling, and from no running number', () => {
    const ids = idsOf(list);
    expect(new Set(ids.values()).size).toBe(6);
    const sorted = [
      list[0]!,
      ...list
        .slice(1)
        .reverse()
        .map((line, at) => line.replace(/^\d+/, String(at + 1))),
    ];
    expect(idsOf(sorted)).toEqual(ids);
    expect([...idsOf(list.map((line, at) => (at === 0 ? line : line.toUpperCase()))).values()]).toEqual([...ids.values()]);
    const unnumbered = list.map((line) => line.split('|').slice(1).join('|'));
    expect(idsOf(unnumbered)).toEqual(ids);
  });

  it('are another workshop’s or another person’s never', () => {
    const ids = [...idsOf(list).values()];
    const others = planOf(['Nom|Prénom|Pays|Institution', 'TRAORE|Moussa|Burkina Faso|Cour', 'DIOP|Awa|Sénégal|Tribunal']).additions;
    for (const { id } of others) expect(ids).not.toContain(id);
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

  it('know languages and addresses', () => {
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
});

describe('rows that say something and name nobody', () => {
  const before = known(['Nom|Prénom|Courriel', 'FALL|Ibra|fall@example.org', 'SOW|Ada|sow@example.org']);
  const list = [
    'Nom|Prénom|Courriel|Institution',
    'DIOP|Awa|awa@example.org|',
    '||fall@example.org|Parquet de Dakar',
    '||nobody@example.org|',
    '|||Cour suprême',
  ];
  const answered = (answer: string, people = before, lines: readonly string[] = list) =>
    planOf(lines, people, { options: { answers: { 'name.missing:A': answer } } });

  it('are asked about once', () => {
    const source = sourceOf(list);
    const read = readPeople(source, {}, { languages: ['fr'] });
    expect(read.ok && read.value.questions).toMatchObject([
      { key: 'name.missing:A', code: 'name.missing', column: 'A', options: ['leave', 'known'], chosen: null, rows: [3, 4, 5] },
    ]);
    expect(told(planOf(list, before))).toEqual(['2 new', '3 ask required', '4 ask required', '5 ask required']);
    expect(told(answered('nonsense'))).toEqual(told(planOf(list, before)));
  });

  it('are left out, or are whom their address names and left out else, as one answer says', () => {
    const [leave, known_] = [answered('leave'), answered('known')];
    expect(told(leave)).toEqual(['2 new', '3 leave noName', '4 leave noName', '5 leave noName']);
    expect(told(known_)).toEqual(['2 new', '3 change institution', '4 leave noName', '5 leave noName']);
    for (const plan of [leave, known_]) expect([plan.rejected, plan.account.asked]).toEqual([[], 0]);
    expect(known_.updates).toEqual([{ id: before[0]!.id, values: { institution: 'Parquet de Dakar' } }]);
    const twice = [...list, '||FALL@example.org|Cour suprême'];
    expect(told(answered('known', before, twice)).at(-1)).toBe('6 leave noName');
  });

  it('bring nobody back who was removed', () => {
    const removed = before.map((person) => ({ ...person, live: person.familyName !== 'FALL' }));
    expect(told(answered('known', removed))[1]).toBe('3 leave noName');
  });

  it('may be decided one by one all the same', () => {
    const decisions = [
      { row: 4, take: 'same' as const, personId: before[1]!.id },
      { row: 5, take: 'new' as const },
    ];
    const plan = planOf(list, before, { options: { answers: { 'name.missing:A': 'leave' }, decisions } });
    expect(told(plan)).toEqual(['2 new', '3 leave noName', '4 change email', '5 ask required']);
  });

  it('are told by themselves where there is one, and cannot be found where they say no address', () => {
    const questions = (lines: readonly string[]) => {
      const read = readPeople(sourceOf(lines), {}, { languages: ['fr'] });
      return read.ok ? read.value.questions.map(({ options }) => options) : null;
    };
    expect(questions(list.slice(0, 3))).toEqual([]);
    expect(questions(['Nom|Prénom|Institution', 'DIOP|Awa|Parquet', '||Cour suprême', '||Parquet'])).toEqual([['leave']]);
  });
});
