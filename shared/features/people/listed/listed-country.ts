import { countryCode } from '../../../kernel/countries.ts';
import { fold } from '../../../kernel/text.ts';
import { saysNothing } from '../../intake/nothing-said.ts';
import { countryOfPeople } from './demonyms.ts';

/** The country that a cell states: a code, nothing (`''`), or null where a person must look. */
export type ListedCountry = string | null;

/**
 * Reads a cell of a column of countries: a name, a code, a people (*sénégalaise*), a place with its country (`Dakar, Sénégal`). `codes`: the column writes codes,
 * so that two letters mean one. *EU* is no country, and *NA* only where the rest of the row speaks of Namibia (`supports`).
 */
export function listedCountry(text: string, codes: boolean, supports: (code: string) => boolean = () => false): ListedCountry {
  const trimmed = text.replace(/\s*\d+\)?$/u, '').trim();
  const folded = fold(trimmed);
  if (/^kosovo\b/u.test(folded) && !/serbi|albani|macedon/u.test(folded)) return 'XK';
  if (NO_COUNTRY.has(folded.replace(/[^\p{L}]+/gu, ''))) return null;
  if (saysNothing(text)) {
    const code = /^\p{L}{2}$/u.test(trimmed) ? countryCode(trimmed) : null;
    if (code === null) return '';
    if (supports(code)) return code;
    return codes ? null : '';
  }
  // In a column of names two small letters are short for anything.
  if (/^\p{L}{2}$/u.test(trimmed) && !codes && trimmed !== trimmed.toUpperCase()) return null;
  return countryCode(trimmed) ?? countryOfPeople(trimmed) ?? inPlace(trimmed);
}

/** Whether the texts of a column, which of them how often, are codes of countries rather than names. */
export function writesCodes(texts: ReadonlyMap<string, number>): boolean {
  let [filled, codes] = [0, 0];
  for (const [text, times] of texts) {
    const isNothing = saysNothing(text);
    if (isNothing && !/^[A-Z]{2}$/.test(text)) continue;
    filled += times;
    if (!isNothing && /^[A-Za-z]{2,3}$/.test(text) && countryCode(text) !== null) codes += times;
  }
  return codes >= 2 && codes >= filled * 0.6;
}

/** `Dakar, Sénégal`, `Mali (Bamako)`, `SN - Sénégal`: the one part that is a country, if the others name no second one. */
function inPlace(text: string): string | null {
  const parts = text
    .split(/\s*[,;/|()\n[\]]\s*|\s+[-–—]\s+/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length < 2 || parts.length > 4) return null;
  const found = parts.map((part) => (part.length > 2 || parts.length === 2 ? (countryCode(part) ?? countryOfPeople(part)) : null));
  const codes = new Set(found.filter((code) => code !== null));
  if (codes.size !== 1) return null;
  const rest = parts.filter((_, index) => found[index] === null);
  const names = rest.some(
    (part) => part.split(' ').length > 4 || part.split(' ').some((word) => word.length > 3 && countryCode(word) !== null),
  );
  return names ? null : [...codes][0]!;
}

/** Texts that stand for several countries, for all or for none. */
const NO_COUNTRY: ReadonlySet<string> = new Set(
  'eu,ue,europeanunion,unioneuropeenne,unioneuropea,uniaoeuropeia,europe,europa,africa,afrique,ecowas,cedeao,au,africanunion,unionafricaine,un,onu,international,internacional,regional,global,worldwide,coe,councilofeurope,conseildeleurope,asia,asie,world,monde,latinamerica,benelux'.split(
    ',',
  ),
);
