import { fold } from '../../../kernel/text.ts';
import type { SheetRow } from '../../../kernel/source.ts';
import type { ColumnContent } from './column-content.ts';
import type { ColumnReading } from './people-columns.ts';

/**
 * Gives the columns of names their meaning, where it hangs on the other columns or on what stands in them: *Nom* beside *Prénom*, names under a profession,
 * a part of the name under an unknown heading. Changes `readings` in place.
 */
export function settleNames(readings: (ColumnReading | null)[], contents: readonly ColumnContent[], rows: readonly SheetRow[]): void {
  settlePeople(readings, contents);
  settleAmbiguous(readings, contents);
  findMissingPart(readings, contents);
  findWithoutHeadings(readings, contents);
  settleParts(readings, rows);
}

const NAMES = ['familyName', 'givenName', 'fullName', 'ambiguousName'] as const;

function placesOf(readings: readonly (ColumnReading | null)[], field: ColumnReading['field']): number[] {
  return readings.flatMap((reading, place) => (reading?.field === field ? [place] : []));
}

function has(readings: readonly (ColumnReading | null)[], field: ColumnReading['field']): boolean {
  return placesOf(readings, field).length > 0;
}

/** *Participant*, *Judge*: whole names if such stand there and nothing surer holds them. */
function settlePeople(readings: (ColumnReading | null)[], contents: readonly ColumnContent[]): void {
  const isTaken = has(readings, 'fullName') || (has(readings, 'familyName') && has(readings, 'givenName'));
  const whole = placesOf(readings, 'ambiguousName').some((place) => contents[place]!.wholeName >= 0.5);
  for (const place of placesOf(readings, 'people')) {
    const content = contents[place]!;
    const holdsNames = content.filled === 0 || content.name >= 0.5 || (content.wholeName > 0 && content.name >= 0.3);
    // *Estudiante* over *Profesor*, *Visitante*, *Visitante*: what people are, in a list without headings.
    const areKinds = content.filled > 1 && content.wholeName === 0 && content.givenName === 0 && content.distinct < 0.8;
    readings[place] = !isTaken && !whole && holdsNames && !areKinds ? { ...readings[place]!, field: 'fullName', why: 'both' } : null;
  }
}

function settleAmbiguous(readings: (ColumnReading | null)[], contents: readonly ColumnContent[]): void {
  for (const place of placesOf(readings, 'ambiguousName')) {
    const reading = readings[place]!;
    const [family, given, full] = [has(readings, 'familyName'), has(readings, 'givenName'), has(readings, 'fullName')];
    // *Nom* beside *Prénom* is the family name; *Nombre* beside *Apellidos*, *Name* beside *Surname* the given name.
    if (family) readings[place] = { ...reading, field: given ? 'fullName' : 'givenName' };
    else if (given) readings[place] = { ...reading, field: 'familyName' };
    else if (full) readings[place] = contents[place]!.wholeName < 0.3 ? { ...reading, field: 'givenName', rank: 2 } : null;
    else readings[place] = otherPart(readings, contents, place) ?? { ...reading, field: 'fullName' };
  }
}

/** *Nombre* over single names, beside a column of family names whose heading is unknown: the given names. Gives that column its meaning, and asks. */
function otherPart(readings: (ColumnReading | null)[], contents: readonly ColumnContent[], place: number): ColumnReading | null {
  const own = contents[place]!;
  if (own.wholeName >= 0.6 || own.name < 0.7) return null;
  const near = [place - 1, place + 1, place - 2, place + 2].find((at) => {
    const other = contents[at];
    return (
      other !== undefined &&
      readings[at] === null &&
      other.name >= 0.7 &&
      other.wholeName < 0.5 &&
      other.filled >= own.filled * 0.5 &&
      other.distinct > 0.5
    );
  });
  if (near === undefined) return null;
  readings[near] = { field: 'familyName', rank: 1, why: 'content', unsure: true };
  return { ...readings[place]!, field: 'givenName' };
}

/** The other part of the name under a heading that is unknown: the nearest column of names. */
function findMissingPart(readings: (ColumnReading | null)[], contents: readonly ColumnContent[]): void {
  if (has(readings, 'fullName')) return;
  const [family, given] = [placesOf(readings, 'familyName')[0], placesOf(readings, 'givenName')[0]];
  if ((family === undefined) === (given === undefined)) return;
  const known = (family ?? given)!;
  const content = contents[known]!;
  const near = contents
    .map((other, place) => ({ other, place, distance: Math.abs(place - known) }))
    .filter(
      ({ other, place, distance }) =>
        readings[place] === null && distance > 0 && distance <= 2 && other.name >= 0.7 && other.filled >= content.filled * 0.5,
    )
    .filter(({ other }) => other.wholeName < 0.6 || content.wholeName < 0.2)
    .sort((a, b) => a.distance - b.distance || b.other.givenName - a.other.givenName)[0];
  if (near) {
    const field = family === undefined ? 'familyName' : 'givenName';
    const isWholeName = near.other.wholeName >= 0.8 && field === 'familyName' && near.other.givenName >= 0.4;
    readings[near.place] = { field: isWholeName ? 'fullName' : field, rank: 1, why: 'content' };
    return;
  }
  // *Last name* over whole names, and no other column for the rest.
  const isApellidos = family !== undefined && content.givenName < 0.4 && content.wholeName < 0.95;
  if (content.wholeName >= 0.7 && content.filled >= 2 && !isApellidos)
    readings[known] = { ...readings[known]!, field: 'fullName', why: 'both' };
}

/** Columns of names under headings that say nothing of them, or under none. */
function findWithoutHeadings(readings: (ColumnReading | null)[], contents: readonly ColumnContent[]): void {
  if (NAMES.some((field) => has(readings, field))) return;
  const free = contents
    .map((content, place) => ({ content, place }))
    .filter(({ content, place }) => readings[place] === null && content.name >= 0.6 && content.filled >= 1 && content.distinct > 0.3);
  const set = (place: number, field: 'familyName' | 'givenName' | 'fullName', unsure = false): void => {
    readings[place] = { field, rank: 1, why: 'content', ...(unsure ? { unsure } : {}) };
  };
  const whole = free
    .filter(({ content }) => content.wholeName >= 0.5)
    .sort((a, b) => rankOf(b.content) - rankOf(a.content) || b.content.distinct - a.content.distinct)[0];
  const [first, second] = free.filter(({ content }) => content.wholeName < 0.5);
  // *Juan Antonio* | *León Cobos*: given names beside two family names each.
  const given =
    whole && free.find(({ content, place }) => Math.abs(place - whole.place) === 1 && content.wholeName < 0.5 && content.givenName >= 0.3);
  // *ALANIZ* | *Ruth Noemí*: a family name before nothing but given names.
  const family = whole && free.find(({ content, place }) => place === whole.place - 1 && content.wholeName < 0.5);
  if (
    family &&
    whole.content.givenNames >= 0.2 &&
    family.content.distinct >= 0.7 &&
    family.content.givenName < whole.content.givenName / 2
  ) {
    set(family.place, 'familyName');
    set(whole.place, 'givenName');
  } else if (given && whole.content.givenName < given.content.givenName / 2) {
    set(given.place, 'givenName');
    set(whole.place, 'familyName');
  } else if (first && second && second.place - first.place <= 2) {
    const capitals = first.content.capitals - second.content.capitals;
    const given = second.content.givenName - first.content.givenName;
    const familyFirst = capitals > 0.5 || (capitals > -0.5 && given > 0);
    set(first.place, familyFirst ? 'familyName' : 'givenName', Math.abs(capitals) <= 0.5 && Math.abs(given) < 0.2);
    set(second.place, familyFirst ? 'givenName' : 'familyName', Math.abs(capitals) <= 0.5 && Math.abs(given) < 0.2);
  } else if (whole) set(whole.place, 'fullName');
}

/** Names are mostly different ones, and many begin with a given name that many bear; those of places do not. */
function rankOf({ distinct, givenName }: ColumnContent): number {
  return (distinct >= 0.7 ? 1 : 0) + Math.round(givenName * 5) / 10;
}

/** With both parts at hand the whole name is a repetition; with one of them it gives the other. */
function settleParts(readings: (ColumnReading | null)[], rows: readonly SheetRow[]): void {
  const isChosen = (place: number): boolean => readings[place]!.why === 'chosen';
  const [family, given] = [placesOf(readings, 'familyName')[0], placesOf(readings, 'givenName')[0]];
  if (family !== undefined && given !== undefined) {
    // *Name* beside *Surname*, with the surname in every name: the whole name.
    if (readings[given]!.order && !isChosen(given) && partOf(rows, family, given) >= 0.8)
      readings[given] = { ...readings[given]!, field: 'fullName' };
    else for (const place of placesOf(readings, 'fullName')) if (!isChosen(place)) readings[place] = null;
  }
  const full = placesOf(readings, 'fullName')[0];
  if (full === undefined) return;
  for (const part of [family, given]) {
    // A part that is in no whole name is the name of something else.
    if (part !== undefined && part !== full && !isChosen(part) && partOf(rows, part, full) < 0.6) readings[part] = null;
  }
}

/** In which share of the rows the text of one column stands in that of another; 1 where no row has both. */
function partOf(rows: readonly SheetRow[], part: number, full: number): number {
  const both = rows.slice(0, 50).filter(({ cells }) => (cells[part] ?? '') !== '' && (cells[full] ?? '') !== '');
  const inside = both.filter(({ cells }) => fold(cells[full]!).includes(fold(cells[part]!)));
  return both.length === 0 ? 1 : inside.length / both.length;
}
