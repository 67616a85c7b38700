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
import { sourceOf, rowsAt } from '../../support/lists/lists.ts';
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
      { key: 'name.missing:A', code: 'name.missing', column: 'A', options: ['leave', 'known'], chosen: null, rows: rowsAt(3, 4, 5) },
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
