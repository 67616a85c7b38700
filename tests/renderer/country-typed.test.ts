import { expect, test } from 'vitest';
import { countryTyped } from '../../renderer/desktop/features/people/choices.ts';
import { COUNTRY_CODES, countryName } from '../../shared/kernel/countries.ts';

const choices = [
  { items: [{ value: 'SN', label: 'Sénégal' }] },
  { items: COUNTRY_CODES.filter((code) => code !== 'SN').map((value) => ({ value, label: countryName(value, 'fr') })) },
];

test('a typed country is the one of that name, or the only one in whose name it stands', () => {
  const meant: readonly (readonly [string, string | null])[] = [
    ['sén', 'SN'],
    ['SENEGAL', 'SN'],
    ['cote d ivoire', 'CI'],
    ['Guinée', 'GN'],
    ['guin', null],
    ['', null],
    ['  ', null],
    ['nowhere', null],
  ];
  for (const [typed, country] of meant) expect(countryTyped(choices, typed), typed).toBe(country);
});
