import type { Id } from '../../kernel/ids.ts';
import { fold } from '../../kernel/text.ts';
import { SMALLEST_GROUP } from '../evaluation/figures.ts';
import { bySex, NOT_RECORDED, type Count } from './figures.ts';

/** An activity as a report of a period counts one. */
export interface PeriodActivity {
  readonly id: Id;
  readonly title: string;
  readonly projects: readonly string[];
  readonly countries: readonly string[];
  readonly languages: readonly string[];
  readonly mode: string;
  readonly kind: string;
}

/** Somebody on the list of a workshop of the period. */
export interface PeriodRecord {
  readonly id: Id;
  readonly activityId: Id;
  readonly familyName: string;
  readonly givenName: string;
  readonly email: string;
  readonly country: string;
  readonly institution: string;
  readonly sex: string;
}

/** The figures of a group of activities: people are counted once, attendances once a workshop. */
export interface PeriodCount {
  readonly key: string;
  readonly activities: number;
  readonly people: number;
  readonly attendances: number;
}

/** Activities that call themselves parts of one series, `(7/10)`. */
export interface Series {
  readonly title: string;
  /** Of how many it is said to be. */
  readonly of: number;
  /** Those of the period, in order. */
  readonly parts: readonly number[];
}

export interface PeriodFigures {
  readonly activities: number;
  /** Those that have a list of people. */
  readonly workshops: number;
  /** Workshops in which nobody was marked: who is on their lists counts as having attended. */
  readonly unmarked: number;
  readonly people: number;
  readonly attendances: number;
  /** People who attended more than one workshop. */
  readonly again: number;
  readonly countries: number;
  /** A joint activity counts for each of its projects. */
  readonly byProject: readonly PeriodCount[];
  readonly byMode: readonly PeriodCount[];
  readonly byKind: readonly PeriodCount[];
  readonly byLanguage: readonly PeriodCount[];
  /** People by where they are from; activities by the countries that they are for. */
  readonly byCountry: readonly PeriodCount[];
  /** None where fewer than five people attended. */
  readonly bySex: readonly Count[];
  readonly series: readonly Series[];
}

interface Given {
  readonly activities: readonly PeriodActivity[];
  readonly records: readonly PeriodRecord[];
  /** Pairs of records that somebody said are one person. */
  readonly links: readonly (readonly [Id, Id])[];
  /** Records with a mark of having been there. */
  readonly there: ReadonlySet<Id>;
  /** Workshops in which somebody was marked. */
  readonly marked: ReadonlySet<Id>;
}

/** Counts the activities of a period, and who attended them. */
export function periodFigures({ activities, records, links, there, marked }: Given): PeriodFigures {
  const personOf = peopleAcross(records, links);
  const attending = records.filter(({ id, activityId }) => there.has(id) || !marked.has(activityId));
  /** By workshop, who attended: a person of several records once. */
  const attendees = new Map<Id, Set<Id>>();
  for (const { id, activityId } of attending) {
    const here = attendees.get(activityId) ?? new Set<Id>();
    here.add(personOf(id));
    attendees.set(activityId, here);
  }
  const listed = new Set(records.map(({ activityId }) => activityId));
  const workshops = activities.filter(({ id }) => listed.has(id));
  const times = new Map<Id, number>();
  for (const here of attendees.values()) for (const person of here) times.set(person, (times.get(person) ?? 0) + 1);
  const people = [...times.keys()];
  const said = saidOf(attending, personOf);
  const groups = (keysOf: (activity: PeriodActivity) => readonly string[]): PeriodCount[] => grouped(activities, keysOf, attendees);
  return {
    activities: activities.length,
    workshops: workshops.length,
    unmarked: workshops.filter(({ id }) => !marked.has(id)).length,
    people: people.length,
    attendances: [...times.values()].reduce((sum, count) => sum + count, 0),
    again: [...times.values()].filter((count) => count > 1).length,
    countries: new Set(people.flatMap((person) => said.get(person)?.country || [])).size,
    byProject: groups(({ projects }) => (projects.length === 0 ? [NOT_RECORDED] : projects)),
    byMode: groups(({ mode }) => [mode]),
    byKind: groups(({ kind }) => [kind]),
    byLanguage: groups(({ languages }) => (languages.length === 0 ? [NOT_RECORDED] : languages)),
    byCountry: countriesOf(activities, people, times, (person) => said.get(person)?.country || NOT_RECORDED),
    bySex:
      people.length < SMALLEST_GROUP
        ? []
        : bySex(people.map((person) => ({ sex: said.get(person)?.sex ?? '', profession: null, country: null }))),
    series: seriesIn(activities),
  };
}

/**
 * Returns who each record is, over all workshops: records are one person where somebody said so, and where two lists have the same name with the same address, or with the same country and
 * institution. What two people of one workshop share tells nobody apart, and joins nobody.
 */
export function peopleAcross(records: readonly PeriodRecord[], links: Given['links']): (id: Id) => Id {
  const parents = new Map<Id, Id>();
  const rootOf = (id: Id): Id => {
    let root = id;
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) root = parent;
    // Ways are kept short: thousands of records lead to one.
    for (let at = id; at !== root;) {
      const next = parents.get(at)!;
      parents.set(at, root);
      at = next;
    }
    return root;
  };
  const join = (a: Id, b: Id): void => {
    const [first, second] = [rootOf(a), rootOf(b)].sort();
    if (first !== second) parents.set(second!, first!);
  };
  for (const [a, b] of links) join(a, b);
  const sharing = new Map<string, PeriodRecord[]>();
  for (const record of records)
    for (const key of keysOf(record)) {
      const those = sharing.get(key);
      if (those) those.push(record);
      else sharing.set(key, [record]);
    }
  for (const those of sharing.values()) {
    const people = new Map<Id, Id>();
    const isShared = those.some(({ id, activityId }) => {
      const before = people.get(activityId);
      people.set(activityId, rootOf(id));
      return before !== undefined && before !== rootOf(id);
    });
    if (!isShared) for (const { id } of those.slice(1)) join(those[0]!.id, id);
  }
  return rootOf;
}

/** By what a record is known again in another workshop; nothing where it says no full name. */
function keysOf({ familyName, givenName, email, country, institution }: PeriodRecord): string[] {
  if (familyName === '' || givenName === '')
    return familyName + givenName === '' || country === '' ? [] : [`n ${fold(familyName + givenName)} ${country} ${fold(institution)}`];
  const name = `${fold(familyName)}, ${fold(givenName)}`;
  return [...(email === '' ? [] : [`e ${fold(email)} ${name}`]), ...(country === '' ? [] : [`n ${name} ${country} ${fold(institution)}`])];
}

/** Returns the country and sex of each person, by the first of their records that says it. */
function saidOf(records: readonly PeriodRecord[], personOf: (id: Id) => Id): Map<Id, { country: string; sex: string }> {
  const said = new Map<Id, { country: string; sex: string }>();
  for (const { id, country, sex } of records) {
    const person = personOf(id);
    const before = said.get(person);
    said.set(person, { country: before?.country || country, sex: before?.sex || sex });
  }
  return said;
}

function grouped(
  activities: readonly PeriodActivity[],
  keysOf: (activity: PeriodActivity) => readonly string[],
  attendees: ReadonlyMap<Id, ReadonlySet<Id>>,
): PeriodCount[] {
  const groups = new Map<string, { activities: number; people: Set<Id>; attendances: number }>();
  for (const activity of activities)
    for (const key of new Set(keysOf(activity))) {
      const group = groups.get(key) ?? { activities: 0, people: new Set<Id>(), attendances: 0 };
      const here = attendees.get(activity.id) ?? [];
      for (const person of here) group.people.add(person);
      group.activities += 1;
      group.attendances += attendees.get(activity.id)?.size ?? 0;
      groups.set(key, group);
    }
  return [...groups].map(([key, group]) => ({ key, ...group, people: group.people.size })).sort(mostFirst);
}

function countriesOf(
  activities: readonly PeriodActivity[],
  people: readonly Id[],
  times: ReadonlyMap<Id, number>,
  countryOf: (person: Id) => string,
): PeriodCount[] {
  const counts = new Map<string, { activities: number; people: number; attendances: number }>();
  const at = (key: string) => {
    const count = counts.get(key) ?? { activities: 0, people: 0, attendances: 0 };
    counts.set(key, count);
    return count;
  };
  for (const { countries } of activities) for (const country of new Set(countries)) at(country).activities += 1;
  for (const person of people) {
    const count = at(countryOf(person));
    count.people += 1;
    count.attendances += times.get(person) ?? 0;
  }
  return [...counts].map(([key, count]) => ({ key, ...count })).sort(mostFirst);
}

/** Compares counts, the largest first; what is not recorded stands last, whatever there is of it. */
function mostFirst(a: PeriodCount, b: PeriodCount): number {
  const last = Number(a.key === NOT_RECORDED) - Number(b.key === NOT_RECORDED);
  return last || b.activities - a.activities || b.people - a.people || (a.key < b.key ? -1 : 1);
}

const PART = /\s*\(?\b(\d{1,3})\s*\/\s*(\d{1,3})\b\)?/u;

/** The series among activities, by what their titles say. */
export function seriesIn(activities: readonly Pick<PeriodActivity, 'title'>[]): Series[] {
  const series = new Map<string, { title: string; of: number; parts: number[] }>();
  for (const { title } of activities) {
    const found = PART.exec(title);
    const [number, of] = [Number(found?.[1]), Number(found?.[2])];
    // *24/7* is none.
    if (!found || !(number >= 1 && of >= 2 && number <= of)) continue;
    const rest = title.replace(PART, '').trim();
    const key = `${fold(rest)} ${of}`;
    const one = series.get(key) ?? { title: rest, of, parts: [] };
    if (!one.parts.includes(number)) one.parts.push(number);
    series.set(key, one);
  }
  return [...series.values()].map((one) => ({ ...one, parts: one.parts.sort((a, b) => a - b) }));
}
