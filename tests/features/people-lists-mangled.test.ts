import { describe, expect, it } from 'vitest';
import type { ReadPerson } from '../../shared/features/people/read-list.ts';
import { listOf, sheetOf, sourceOf } from '../support/lists.ts';

/** Lists of one set of invented people, each mangled in another way; the seed is in the name of the test. */
const SEEDS = 120;

interface Known {
  readonly family: string;
  readonly given: string;
  readonly sex: 'female' | 'male';
  readonly country: string;
  readonly email: string;
}

const PEOPLE: readonly Known[] = (
  [
    ['DIOP', 'Awa', 'female', 'SN'],
    ["N'GUESSAN", 'Akissi', 'female', 'CI'],
    ['KONÉ', 'Aïssata', 'female', 'ML'],
    ['MENSAH', 'Kwame', 'male', 'GH'],
    ['GARCÍA LÓPEZ', 'María', 'female', 'PE'],
    ['van der BERG', 'Jan', 'male', 'ZA'],
    ['de SOUSA LIMA', 'João', 'male', 'MZ'],
    ['OULD AHMED', 'Mohamed', 'male', 'MR'],
    ['TRAORE', 'Moussa', 'male', 'ML'],
    ['TRAORE', 'Fatoumata', 'female', 'BF'],
    ['KOVAČEVIĆ', 'Željka', 'female', 'BA'],
    ['DOSSOU-YOVO', 'Rodrigue', 'male', 'BJ'],
  ] as const
).map(([family, given, sex, country], index) => ({ family, given, sex, country, email: `p${index}@example.org` }));

/** A small generator of numbers from a seed. */
function randomOf(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 374_761_393) | 0;
    return Math.abs(state >> 3) % below;
  };
}

const COUNTRIES: Readonly<Record<string, readonly string[]>> = {
  SN: ['Sénégal', 'Senegal', 'SN', 'sénégalaise', 'Dakar, Sénégal'],
  CI: ["Côte d'Ivoire", 'Ivory Coast', 'CI', 'ivoirienne', 'Abidjan (Côte d’Ivoire)'],
  ML: ['Mali', 'MALI', 'ML', 'malienne', 'Bamako / Mali'],
  GH: ['Ghana', 'GHANA', 'GH', 'Ghanaian', 'Accra, Ghana'],
  PE: ['Perú', 'Peru', 'PE', 'peruana', 'Lima, Perú'],
  ZA: ['Afrique du Sud', 'South Africa', 'ZA', 'South African', 'Pretoria, South Africa'],
  MZ: ['Moçambique', 'Mozambique', 'MZ', 'moçambicano', 'Maputo, Moçambique'],
  MR: ['Mauritanie', 'Mauritania', 'MR', 'mauritanien', 'Nouakchott, Mauritanie'],
  BF: ['Burkina Faso', 'BURKINA FASO', 'BF', 'burkinabè', 'Ouagadougou, Burkina Faso'],
  BA: ['Bosnie-Herzégovine', 'Bosnia and Herzegovina', 'BA', 'Bosnian', 'Sarajevo, Bosnia and Herzegovina'],
  BJ: ['Bénin', 'Benin', 'BJ', 'béninois', 'Cotonou, Bénin'],
};

const LANGUAGES = [
  {
    family: ['Nom', 'Nom de famille', '1. Nom', 'participant/nom', 'Nom de l’étudiant'],
    given: ['Prénom(s)', 'Prénoms', '2. Prénom', 'participant/prenom'],
    whole: ['Nom et prénom', 'Prénom et nom'],
    sex: 'Sexe (F/M)',
    female: 'F',
    male: 'M',
    country: ['Pays', 'Nationalité', 'Pays de résidence'],
    email: ['Courriel', 'Adresse e-mail'],
    number: 'N° d’ordre',
    titles: ['M.', 'Mme'],
    total: 'Total : 12 participants',
  },
  {
    family: ['Surname', 'DELEGATE LAST NAME', 'Q1. Family name', 'last_name'],
    given: ['Other names', 'Given name(s)', 'first_name'],
    whole: ['Surname and first name', 'First and last name'],
    sex: 'Gender',
    female: 'Female',
    male: 'Male',
    country: ['Country', 'Nationality'],
    email: ['E-mail address', 'Work email'],
    number: 'S/N',
    titles: ['Mr', 'Mrs'],
    total: 'Total number of participants',
  },
  {
    family: ['Apellidos', 'Primer apellido'],
    given: ['Nombres', 'Primer nombre'],
    whole: ['Apellidos y nombres', 'Nombre y apellidos'],
    sex: 'Sexo (H/M)',
    female: 'M',
    male: 'H',
    country: ['País', 'Nacionalidad'],
    email: ['Correo electrónico'],
    number: 'N.º',
    titles: ['Sr.', 'Sra.'],
    total: 'TOTAL:',
  },
  {
    family: ['Apelido', 'Apelidos'],
    given: ['Nome próprio', 'Nomes'],
    whole: ['Apelido e nome', 'Nome e apelido'],
    sex: 'Género',
    female: 'feminino',
    male: 'masculino',
    country: ['País de origem', 'Nacionalidade'],
    email: ['Endereço de correio eletrónico'],
    number: 'N.º de ordem',
    titles: ['Sr.', 'Sra.'],
    total: '12 participantes',
  },
] as const;

function mangled(seed: number) {
  const random = randomOf(seed);
  const pick = <T>(list: readonly T[]): T => list[random(list.length)]!;
  const words = pick(LANGUAGES);
  const people = [...PEOPLE].sort(() => random(3) - 1);
  const shape = random(3);
  const capitals = random(2) === 0;
  const withTitles = random(3) === 0;
  const commas = shape === 1 && random(3) === 0;
  const countries = random(5);
  const wholeFirst = random(2);
  const titled = (person: Known, name: string): string => (withTitles ? `${words.titles[person.sex === 'female' ? 1 : 0]} ${name}` : name);
  const given = (person: Known): string => (capitals && shape === 0 ? person.given.toUpperCase() : person.given);
  const columns: { readonly heading: string; readonly of: (person: Known, index: number) => string }[] = [];
  if (shape === 0) {
    columns.push(
      { heading: pick(words.family), of: (person) => person.family },
      { heading: pick(words.given), of: (person) => titled(person, given(person)) },
    );
    if (random(2) === 0) columns.reverse();
  } else {
    // Family names in capitals, before or behind the given name, whatever the heading says.
    const first = wholeFirst === 0;
    columns.push({
      heading: words.whole[wholeFirst]!,
      of: (person) =>
        titled(
          person,
          commas ? `${person.family}, ${person.given}` : first ? `${person.family} ${person.given}` : `${person.given} ${person.family}`,
        ),
    });
  }
  columns.push({ heading: words.sex, of: (person) => (person.sex === 'female' ? words.female : words.male) });
  columns.push({ heading: pick(words.country), of: (person) => COUNTRIES[person.country]![countries]! });
  columns.push({
    heading: pick(words.email),
    of: (person) => pick([person.email, `mailto:${person.email}`, `${person.email}.`, `<${person.email}>`]),
  });
  if (random(2) === 0) columns.unshift({ heading: words.number, of: (_, index) => String(index + 1) });
  if (random(2) === 0) columns.push({ heading: 'Observations', of: () => pick(['', 'salle 2', '-']) });
  const lines = [
    columns.map(({ heading }) => heading).join('|'),
    ...people.map((person, index) => columns.map(({ of }) => of(person, index)).join('|')),
  ];
  if (random(2) === 0) lines.push(words.total);
  const titles = random(2) === 0 ? ['Liste des participants', 'Dakar, 2-5 mars 2026', ''] : [];
  return { lines: [...titles, ...lines], people };
}

describe('lists of known people', () => {
  it.each(Array.from({ length: SEEDS }, (_, seed) => seed))('give each person their own, seed %i', (seed) => {
    const { lines, people } = mangled(seed);
    const list = listOf(sourceOf(sheetOf(lines)), { languages: ['fr', 'en', 'es', 'pt'] });
    const said = ({ values, asks }: ReadPerson) => ({ ...values, asks: asks.length });
    const plain = (text: string | undefined): string => (text ?? '').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    expect(list.rows).toHaveLength(people.length);
    for (const [index, person] of people.entries()) {
      const row = said(list.rows[index]!);
      expect(
        {
          family: plain(row.familyName),
          given: plain(row.givenName),
          sex: row.sex,
          country: row.country,
          email: row.email,
          asks: row.asks,
        },
        lines.join('\n'),
      ).toEqual({
        family: plain(person.family),
        given: plain(person.given),
        sex: person.sex,
        country: person.country,
        email: person.email,
        asks: 0,
      });
    }
    expect(list.rows.filter(({ doubts }) => doubts.length > 0)).toEqual([]);
  });
});
