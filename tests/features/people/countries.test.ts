import { describe, expect, test } from 'vitest';
import { COUNTRY_CODES, countryCode, countryFootnote, countryName } from '../../../shared/kernel/countries.ts';
import { COUNTRY_ALIASES } from '../../../shared/kernel/country-aliases.ts';
import { COUNTRY_NAMES } from '../../../shared/kernel/country-names.ts';
import { LANGUAGES } from '../../../shared/kernel/text.ts';

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '');

describe('countries', () => {
  test('every ISO 3166-1 country and Kosovo*, once each', () => {
    expect(COUNTRY_CODES).toHaveLength(250);
    expect(new Set(COUNTRY_CODES).size).toBe(250);
    expect(new Set(COUNTRY_NAMES.map(([, alpha3]) => alpha3)).size).toBe(250);
    for (const [alpha2, alpha3] of COUNTRY_NAMES) {
      expect(alpha2).toMatch(/^[A-Z]{2}$/);
      expect(alpha3).toMatch(/^[A-Z]{3}$/);
    }
  });

  test('names are unique in each language, composed, with typographic apostrophes', () => {
    for (const language of LANGUAGES) {
      const names = COUNTRY_CODES.map((code) => countryName(code, language));
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) {
        expect(name).toBe(name.normalize('NFC').trim());
        expect(name).not.toMatch(/['&]/);
      }
    }
  });

  test('every name is understood again, in four languages and however it is typed', () => {
    for (const code of COUNTRY_CODES) {
      for (const language of LANGUAGES) {
        const name = countryName(code, language);
        const spellings = [
          name,
          name.toUpperCase(),
          name.toLowerCase(),
          plain(name),
          name.replaceAll('’', "'"),
          name.normalize('NFD'),
          ` ${name}\u00A0`,
          name.replaceAll('-', ' '),
        ];
        for (const spelling of spellings) expect({ spelling, code: countryCode(spelling) }).toEqual({ spelling, code });
      }
    }
  });

  test('codes of two and three letters are understood in any case', () => {
    for (const [alpha2, alpha3] of COUNTRY_NAMES) {
      for (const text of [alpha2, alpha2.toLowerCase(), alpha3, alpha3.toLowerCase()])
        expect([text, countryCode(text)]).toEqual([text, alpha2]);
    }
  });

  test('no alias belongs to two countries', () => {
    for (const [code, aliases] of Object.entries(COUNTRY_ALIASES)) {
      expect(COUNTRY_CODES).toContain(code);
      for (const alias of aliases) expect([alias, countryCode(alias)]).toEqual([alias, code]);
    }
  });

  test.each([
    ["Cote d'Ivoire", 'CI'],
    ['COTE D’IVOIRE', 'CI'],
    ['Cote dIvoire', 'CI'],
    ['Ivory Coast', 'CI'],
    ['República de Côte d’Ivoire', 'CI'],
    ['Cape Verde', 'CV'],
    ['Républica de Cabo Verde', 'CV'],
    ['USA', 'US'],
    ['u.s.a.', 'US'],
    ['the United States of America', 'US'],
    ['Republic of Moldova', 'MD'],
    ['Moldova, Republic of', 'MD'],
    ['Macedonia', 'MK'],
    ['Macedonia, the former Yugoslav Republic of', 'MK'],
    ['Burma', 'MM'],
    ['Swaziland', 'SZ'],
    ['Congo-Kinshasa', 'CD'],
    ['Congo, Democratic Republic of the', 'CD'],
    ['Congo (the Democratic Republic of the)', 'CD'],
    ['DRC', 'CD'],
    ['RDC', 'CD'],
    ['Congo-Brazzaville', 'CG'],
    ['République du Congo', 'CG'],
    ['Czech Republic', 'CZ'],
    ['Turkey', 'TR'],
    ['Kosovo', 'XK'],
    ['Kosovo*', 'XK'],
    ['KOSOVO *', 'XK'],
    ['East Timor', 'TL'],
    ['Timor Leste', 'TL'],
    ['The Gambia', 'GM'],
    ['Gambia (the)', 'GM'],
    ['Gambie (la)', 'GM'],
    ['Sao Tome and Principe', 'ST'],
    ['São Tomé', 'ST'],
    ['Guinea', 'GN'],
    ['Guinée', 'GN'],
    ['Guiné-Bissau', 'GW'],
    ['Papua New Guinea', 'PG'],
    ['Republic of Korea', 'KR'],
    ['Korea, Republic of', 'KR'],
    ["Democratic People's Republic of Korea", 'KP'],
    ['la République du Sénégal', 'SN'],
    ['Sénégal', 'SN'],
    ["République d'Angola", 'AO'],
    ['Royaume du Maroc', 'MA'],
    ['Reino de Marruecos', 'MA'],
    ['República da Guiné-Bissau', 'GW'],
    ['Islamic Republic of Mauritania', 'MR'],
    ['Iran (Islamic Republic of)', 'IR'],
    ['Tanzania, United Republic of', 'TZ'],
    ['St. Kitts & Nevis', 'KN'],
    ['Trinidad & Tobago', 'TT'],
    ['State of Palestine', 'PS'],
    ['Palestine*', 'PS'],
    ['Holy See', 'VA'],
    ['Türkiye', 'TR'],
    ['Burkina-Faso', 'BF'],
    ['Burquina Faso', 'BF'],
    ['Níger', 'NE'],
    ['Federal Republic of Nigeria', 'NG'],
    ['República Dominicana', 'DO'],
    ['Dominica', 'DM'],
    ['Republic of China', 'TW'],
    ['England', 'GB'],
  ])('%s is %s', (text, code) => expect(countryCode(text)).toBe(code));

  test.each([
    '',
    '  ',
    '*',
    '-',
    'Congo',
    'CONGO',
    'Le Congo',
    'Korea',
    'Corée',
    'Corea',
    'Coreia',
    'Virgin Islands',
    'Atlantis',
    'X',
    'QQ',
    'constructor',
    '__proto__',
    'république',
    'x'.repeat(5000),
  ])('"%s" is no country, or no single one', (text) => expect(countryCode(text)).toBeNull());

  test('names follow the usage of the United Nations and the Council of Europe', () => {
    const shown = (code: string): string[] => LANGUAGES.map((language) => countryName(code, language));
    expect(shown('XK')).toEqual(['Kosovo*', 'Kosovo*', 'Kosovo*', 'Kosovo*']);
    expect(shown('CV')).toEqual(['Cabo Verde', 'Cap-Vert', 'Cabo Verde', 'Cabo Verde']);
    expect(shown('CI')).toEqual(['Côte d’Ivoire', 'Côte d’Ivoire', 'Côte d’Ivoire', 'Costa do Marfim']);
    expect(shown('MD')).toEqual(['Republic of Moldova', 'République de Moldova', 'República de Moldova', 'República da Moldávia']);
    expect(countryName('MK', 'en')).toBe('North Macedonia');
    expect(countryName('CZ', 'en')).toBe('Czechia');
    expect(countryName('SZ', 'en')).toBe('Eswatini');
    expect(countryName('ZZ', 'en')).toBe('ZZ');
  });

  test('the footnote of Kosovo* exists in four languages, and no other country has one', () => {
    for (const language of LANGUAGES) expect(countryFootnote('XK', language)).toMatch(/^\* .*1244\/1999.*Kosovo.*\.$/);
    expect(new Set(LANGUAGES.map((language) => countryFootnote('XK', language))).size).toBe(4);
    for (const code of COUNTRY_CODES) {
      for (const language of LANGUAGES) expect(countryFootnote(code, language) !== null).toBe(countryName(code, language).endsWith('*'));
    }
  });
});
