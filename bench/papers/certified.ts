import { openTestEngine } from '../../tests/support/laptops/engine.ts';

/** Names as lists have them: with and without accents, short and long. */
const FAMILY = ['N’GUESSAN', 'MAÏGA', 'ĐORĐEVIĆ', 'ŞENTÜRK', 'MUÑOZ', "D'ALMEIDA", 'ČERMÁKOVÁ', 'TRAORE', 'DE LA VISITATION Y SANTOS'];
const GIVEN = ['Aya', 'Fatoumata', 'Ana', 'Marie-Antoinette Bernadette', 'Moussa', 'João'];
const TITLE = {
  en: 'Introductory course on cybercrime and electronic evidence',
  fr: 'Cours d’introduction à la cybercriminalité et aux preuves électroniques',
  es: 'Curso de introducción a la ciberdelincuencia y las pruebas electrónicas',
  pt: 'Curso de introdução ao cibercrime e às provas eletrónicas',
};

/** Fills an empty data folder with a workshop of `count` people, each with a certificate; returns the workshop's id. */
export async function certifiedWorkshop(folder: string, count: number): Promise<string> {
  const engine = await openTestEngine(folder);
  try {
    const workshop = { title: TITLE, start: '2021-07-12', end: '2021-07-15', languages: ['fr'], place: 'Praia', projects: ['GLACY+'] };
    const { id: activityId } = await engine.call<{ id: string }>('activity.create', { ...workshop, mode: 'inPerson' });
    const marks: object[] = [];
    for (let i = 0; i < count; i++) {
      const familyName = `${FAMILY[i % FAMILY.length]!} ${numeral(i + 1)}`;
      const givenName = GIVEN[i % GIVEN.length];
      const { id } = await engine.call<{ id: string }>('people.add', { activityId, familyName, givenName, country: 'CV' });
      marks.push({ personId: id, status: 'present' });
    }
    await engine.call('attendance.mark', { activityId, halfDay: '2021-07-12-AM', marks });
    await engine.call('certificate.issue', { activityId, issuedOn: '2021-07-15', apply: true });
    return activityId;
  } finally {
    await engine.close();
  }
}

/** A number in letters, so that no two people are called alike. */
function numeral(number: number): string {
  return [...String(number)].map((digit) => 'ABCDEFGHIJ'[Number(digit)]!).join('');
}
