/** A list of invented people in 30 columns: its headings, and each row by its place. */

const HEADINGS = ['N°', 'Nom', 'Prénom', 'Sexe', 'Pays', 'Institution', 'Fonction', 'Courriel', 'Langue'];
const COLUMNS = 30;

export const heading = [...HEADINGS, ...Array.from({ length: COLUMNS - HEADINGS.length }, (_, index) => `Observation ${index + 1}`)];

export function rowOf(index: number): string[] {
  const family = syllables(400 + ((index * 7) % 8_000)).toUpperCase();
  const given = ['Awa', 'Moussa', 'Aïssata', 'Hélène', 'Jean-Pierre', 'Ibra'][index % 6]!;
  return [
    String(index + 1),
    family,
    given,
    index % 2 === 0 ? 'F' : 'M',
    ['Sénégal', 'Mali', 'Bénin', 'Niger'][index % 4]!,
    `Tribunal de grande instance ${index % 97}`,
    ['Juge', 'Procureur', 'Avocat'][index % 3]!,
    `p${index}@example.org`,
    'français',
    ...Array.from({ length: COLUMNS - HEADINGS.length }, (_, column) => ((index + column) % 4 === 0 ? `remarque ${index % 31}` : '')),
  ];
}

const SYLLABLES = 'ba ke di mo fu la ne si to ru ga pe zi vo hu ja we ri so nu'.split(' ');

/** A family name of three syllables or four: a few bear one, as in any country. */
function syllables(number: number): string {
  return number < 20 ? SYLLABLES[number]! : syllables(Math.floor(number / 20)) + SYLLABLES[number % 20]!;
}
