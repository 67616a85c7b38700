import { expect, test } from 'vitest';
import { COUNTRY_CODES, countryName } from '../../shared/kernel/countries.ts';
import { fittingChoices, readChoice, readTags, type Choices } from '../../shared/kernel/typed-choice.ts';

const countries: Choices = [
  { group: 'of the workshop', items: [{ value: 'SN', label: 'Sénégal' }] },
  {
    group: 'others',
    items: COUNTRY_CODES.filter((code) => code !== 'SN').map((value) => ({ value, label: countryName(value, 'fr') })),
  },
];
const people: Choices = [
  { value: 'p1', name: 'TRAORE Moussa, Parquet', label: '✓ TRAORE Moussa, Parquet' },
  { value: 'p2', name: 'TRAORE Moussa, Tribunal', label: 'TRAORE Moussa, Tribunal' },
  { value: 'p3', name: 'NDIAYE Cheikh', label: '✓ NDIAYE Cheikh' },
  { value: 'p4', name: 'DIOP Awa', label: '✓ DIOP Awa' },
  { value: 'p5', name: 'DIOP Awa Marie', label: 'DIOP Awa Marie' },
  { value: 'p6', name: 'N’GUESSAN Jean-Yves', label: 'N’GUESSAN Jean-Yves' },
];

test('a typed text means the choice of that name, or the only one in whose words it stands', () => {
  const chosen: readonly (readonly [Choices, string, string])[] = [
    [countries, 'sén', 'SN'],
    [countries, 'SENEGAL', 'SN'],
    [countries, ' sénégal ', 'SN'],
    [countries, 'cote d ivoire', 'CI'],
    [countries, 'Guinée', 'GN'],
    [countries, 'niger', 'NE'],
    [people, 'ndiaye cheikh', 'p3'],
    [people, 'Cheikh NDIAYE', 'p3'],
    [people, 'diop awa', 'p4'],
    [people, 'awa marie', 'p5'],
    [people, "n'guessan", 'p6'],
    [people, 'n guessan', 'p6'],
    [people, 'nguessan', 'p6'],
    [people, 'jeanyves', 'p6'],
    [people, 'jean yves', 'p6'],
    [people, 'traore moussa parquet', 'p1'],
  ];
  for (const [choices, typed, value] of chosen) expect(readChoice(choices, typed), typed).toEqual({ is: 'chosen', value });
});

test('a text that fits several or none means nothing', () => {
  expect(readChoice(people, 'traore moussa')).toEqual({ is: 'several', count: 2 });
  expect(readChoice(people, 'diop')).toEqual({ is: 'several', count: 2 });
  expect(readChoice(countries, 'guin').is).toBe('several');
  for (const typed of ['', '  ', 'nowhere', 'ndiaye awa', '-']) expect(readChoice(people, typed), typed).toEqual({ is: 'none' });
});

test('what is picked already leaves the others, and is found by its whole name', () => {
  expect(readChoice(people, 'diop', ['p4'])).toEqual({ is: 'chosen', value: 'p5' });
  expect(readChoice(people, 'diop awa', ['p4'])).toEqual({ is: 'chosen', value: 'p4' });
});

test('the list shows what fits, in its groups, at most so many', () => {
  expect(fittingChoices(countries, 'senegal')).toEqual([{ group: 'of the workshop', items: [{ value: 'SN', label: 'Sénégal' }] }]);
  expect(fittingChoices(people, 'moussa traore').map((one) => 'value' in one && one.value)).toEqual(['p1', 'p2']);
  expect(fittingChoices(people, '', 2)).toHaveLength(2);
  expect(fittingChoices(people, 'nobody')).toEqual([]);
  // Across groups, no more than so many; the groups in which none fits are not shown.
  expect(fittingChoices(countries, '', 2)).toMatchObject([{ items: [{ value: 'SN' }] }, { items: [{}] }]);
  expect(fittingChoices(countries, 'guin', 2)).toMatchObject([{ group: 'others', items: [{}, {}] }]);
});

test('a list in which nothing is typed is drawn without reading its names', () => {
  let read = 0;
  const people = Array.from({ length: 10_000 }, (_, at) => ({
    value: String(at),
    get label() {
      return `NOM ${++read}`;
    },
  }));
  expect(fittingChoices(people, '', 50)).toHaveLength(50);
  expect(read).toBe(0);
});

test('a new word that a known one differs from in accents or case alone is the known one', () => {
  expect(readTags(['GLACY+', 'Octopus', 'École'], ['octopus', 'ecole', 'GLACY', ' Neuf '])).toEqual(['Octopus', 'École', 'GLACY', 'Neuf']);
  expect(readTags(['Octopus'], ['Octopus', 'OCTOPUS', '  '])).toEqual(['Octopus']);
});
