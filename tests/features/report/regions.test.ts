import { expect, it } from 'vitest';
import { COUNTRY_CODES } from '../../../shared/kernel/countries.ts';
import { regionOf, REGIONS } from '../../../shared/kernel/regions.ts';

it('every country lies in one region, and every region has some', () => {
  expect(COUNTRY_CODES.filter((code) => regionOf(code) === null)).toEqual(['AQ']);
  for (const region of REGIONS) expect(COUNTRY_CODES.filter((code) => regionOf(code) === region).length, region).toBeGreaterThan(4);
  expect(['XK', 'MA', 'CV', 'MU', 'PH', 'TO', 'DO'].map(regionOf)).toEqual([
    ...['southEastEurope', 'middleEastNorthAfrica', 'westCentralAfrica', 'eastSouthernAfrica', 'asia', 'pacific', 'caribbean'],
  ]);
});
