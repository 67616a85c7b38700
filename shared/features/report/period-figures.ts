import type { Id } from '../../kernel/ids.ts';
import { regionOf } from '../../kernel/regions.ts';
import { fold } from '../../kernel/text.ts';
import { SMALLEST_GROUP } from '../evaluation/figures.ts';
import { doublesAmong, peopleAcross, type AcrossRecord, type SaidOfRecords } from '../people/people-across.ts';
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
  /** The activity that this one is a part of; null: of none that is known. */
  readonly partOf: { readonly id: Id; readonly title: string } | null;
}

/** Somebody on the list of a workshop. */
export interface PeriodRecord extends AcrossRecord {
  readonly sex: string;
}

/** The figures of a group of activities: people are counted once, attendances once a workshop. Null where none of them has a list of people: nothing is known then. */
export interface PeriodCount {
  readonly key: string;
  readonly activities: number;
  readonly people: number | null;
  readonly attendances: number | null;
}

/** Activities that call themselves parts of one series, `(7/10)`. */
export interface Series {
  readonly title: string;
  /** Of how many it is said to be. */
  readonly of: number;
  /** Those of the period, in order. */
  readonly parts: readonly number[];
}

/** An activity that has parts, e.g. a plenary and its country days. */
export interface Nested {
  readonly id: Id;
  readonly title: string;
  /** How many of its parts are activities of the period. */
  readonly parts: number;
  /** Of these parts, and of itself where it is of the period; null where none of them has a list of people. */
  readonly people: number | null;
  readonly attendances: number | null;
}

export interface PeriodFigures {
  readonly activities: number;
  /** Those that have a list of people. */
  readonly workshops: number;
  /** Those that are parts of another one. */
  readonly parts: number;
  /** Workshops in which nobody was marked: who is on their lists counts as having attended. */
  readonly unmarked: number;
  /** At least so many: who may be one person is counted as one. */
  readonly people: number;
  /** How many people more there are if none of the possible doubles is one person ... */
  readonly doubles: number;
  /** ... and how many there are then. */
  readonly peopleAtMost: number;
  readonly attendances: number;
  /** People who attended more than one workshop. */
  readonly again: number;
  readonly countries: number;
  /** A joint activity counts for each of its projects. */
  readonly byProject: readonly PeriodCount[];
  readonly byMode: readonly PeriodCount[];
  readonly byKind: readonly PeriodCount[];
  readonly byLanguage: readonly PeriodCount[];
  /** People by where they are from; activities by the countries that they are for. So are regions. */
  readonly byCountry: readonly PeriodCount[];
  readonly byRegion: readonly PeriodCount[];
  /** Of those who first came in a workshop of the period, see `sexesTold`. */
  readonly bySex: readonly Count[];
  /** People of the period who are in none of these counts. */
  readonly sexWithheld: number;
  readonly series: readonly Series[];
  readonly nested: readonly Nested[];
  /** The attendances of each activity, in the order of the calendar; null of one that has no list of people. */
  readonly each: readonly { readonly activity: PeriodActivity; readonly attendances: number | null }[];
}

export interface PeriodGiven {
  /** Those of the period. */
  readonly activities: readonly PeriodActivity[];
  /** Every activity of the calendar, the earliest first. */
  readonly calendar: readonly Id[];
  /** The people of all of them: who somebody is does not depend on the period. */
  readonly records: readonly PeriodRecord[];
  readonly said: SaidOfRecords;
  /** Records with a mark of having been there. */
  readonly there: ReadonlySet<Id>;
  /** Workshops in which somebody was marked. */
  readonly marked: ReadonlySet<Id>;
}

/** Counts the activities of a period, and who attended them. */
export function periodFigures(given: PeriodGiven): PeriodFigures {
  const { activities, records, marked } = given;
  const { attending, across, personOf, attendees } = attendance(given);
  const inPeriod = new Set(activities.map(({ id }) => id));
  const here = attending.filter(({ activityId }) => inPeriod.has(activityId));
  const listed = new Set(records.map(({ activityId }) => activityId));
  const workshops = activities.filter(({ id }) => listed.has(id));
  const times = new Map<Id, number>();
  for (const { id } of activities) for (const person of attendees.get(id) ?? []) times.set(person, (times.get(person) ?? 0) + 1);
  const people = [...times.keys()];
  const { length: doubles } = doublesAmong(
    here.map(({ id }) => id),
    across,
  );
  const countryOf = firstSaid(here, personOf, 'country');
  const groups = (keysOf: (activity: PeriodActivity) => readonly string[]): PeriodCount[] => grouped(activities, keysOf, attendees, listed);
  const placed = (placeOf: (country: string) => string): PeriodCount[] =>
    placesOf(activities, people, times, listed, placeOf, (person) => countryOf.get(person) || NOT_RECORDED);
  return {
    activities: activities.length,
    workshops: workshops.length,
    parts: activities.filter(({ partOf }) => partOf !== null).length,
    unmarked: workshops.filter(({ id }) => !marked.has(id)).length,
    people: people.length,
    ...{ doubles, peopleAtMost: people.length + doubles },
    attendances: [...times.values()].reduce((sum, count) => sum + count, 0),
    again: [...times.values()].filter((count) => count > 1).length,
    countries: new Set(people.flatMap((person) => countryOf.get(person) || [])).size,
    byProject: groups(({ projects }) => (projects.length === 0 ? [NOT_RECORDED] : projects)),
    byMode: groups(({ mode }) => [mode]),
    byKind: groups(({ kind }) => [kind]),
    byLanguage: groups(({ languages }) => (languages.length === 0 ? [NOT_RECORDED] : languages)),
    byCountry: placed((country) => country),
    byRegion: placed((country) => regionOf(country) ?? NOT_RECORDED),
    ...sexesTold(people, inPeriod, given.calendar, attendees, firstSaid(attending, personOf, 'sex')),
    series: seriesIn(activities),
    nested: nestedIn(activities, attendees, listed),
    each: activities.map((activity) => ({
      activity,
      attendances: listed.has(activity.id) ? (attendees.get(activity.id)?.size ?? 0) : null,
    })),
  };
}

/** Returns the pairs of records of a period's workshops that may be one person, as many as `doubles` counts. */
export function periodDoubles(given: PeriodGiven): [PeriodRecord, PeriodRecord][] {
  const { attending, across } = attendance(given);
  const inPeriod = new Set(given.activities.map(({ id }) => id));
  const here = new Map(attending.flatMap((record) => (inPeriod.has(record.activityId) ? [[record.id, record]] : [])));
  return doublesAmong([...here.keys()], across).map(([one, other]) => [here.get(one)!, here.get(other)!]);
}

/** Who attended, who each of them is, and by workshop the people who did: one of several records once. */
function attendance({ records, said, there, marked }: PeriodGiven) {
  const across = peopleAcross(records, said);
  const attending = records.filter(({ id, activityId }) => there.has(id) || !marked.has(activityId));
  const attendees = new Map<Id, Set<Id>>();
  for (const { id, activityId } of attending) {
    const here = attendees.get(activityId) ?? new Set<Id>();
    here.add(across.atLeast(id));
    attendees.set(activityId, here);
  }
  return { attending, across, personOf: across.atLeast, attendees };
}

/**
 * Counts the women and men among people of a period so that no number of such reports tells of fewer than five together. Everybody belongs to the workshop in which they first came, in all the
 * calendar; a workshop tells of all who first came there or, where they are fewer than five, of nobody, whatever the period. What reports differ by, however they are added and subtracted, are then
 * whole workshops of five and more. Who came first before the period is told of in the report of that time.
 */
function sexesTold(
  people: readonly Id[],
  inPeriod: ReadonlySet<Id>,
  calendar: readonly Id[],
  attendees: ReadonlyMap<Id, ReadonlySet<Id>>,
  sexOf: ReadonlyMap<Id, string>,
): Pick<PeriodFigures, 'bySex' | 'sexWithheld'> {
  const met = new Set<Id>();
  const told: Id[] = [];
  for (const activity of calendar) {
    const first = [...(attendees.get(activity) ?? [])].filter((person) => !met.has(person));
    for (const person of first) met.add(person);
    if (first.length >= SMALLEST_GROUP && inPeriod.has(activity)) told.push(...first);
  }
  const counts = bySex(told.map((person) => ({ sex: sexOf.get(person) ?? '', profession: null, country: null })));
  return { bySex: counts, sexWithheld: people.length - told.length };
}

/** Returns what the first of each person's records that says something says in a field. */
function firstSaid(records: readonly PeriodRecord[], personOf: (id: Id) => Id, field: 'country' | 'sex'): Map<Id, string> {
  const said = new Map<Id, string>();
  for (const record of records) {
    const person = personOf(record.id);
    if (!said.get(person)) said.set(person, record[field]);
  }
  return said;
}

function nestedIn(activities: readonly PeriodActivity[], attendees: ReadonlyMap<Id, ReadonlySet<Id>>, listed: ReadonlySet<Id>): Nested[] {
  const nested = new Map<Id, { title: string; parts: Id[] }>();
  for (const { id, partOf } of activities) {
    if (partOf === null) continue;
    const one = nested.get(partOf.id) ?? { title: partOf.title, parts: [] };
    one.parts.push(id);
    nested.set(partOf.id, one);
  }
  const inPeriod = new Set(activities.map(({ id }) => id));
  return [...nested].map(([id, { title, parts }]) => {
    const ids = [...(inPeriod.has(id) ? [id] : []), ...parts];
    if (!ids.some((one) => listed.has(one))) return { id, title, parts: parts.length, people: null, attendances: null };
    const lists = ids.map((one) => attendees.get(one) ?? new Set<Id>());
    const people = new Set(lists.flatMap((list) => [...list]));
    return { id, title, parts: parts.length, people: people.size, attendances: lists.reduce((sum, { size }) => sum + size, 0) };
  });
}

function grouped(
  activities: readonly PeriodActivity[],
  keysOf: (activity: PeriodActivity) => readonly string[],
  attendees: ReadonlyMap<Id, ReadonlySet<Id>>,
  listed: ReadonlySet<Id>,
): PeriodCount[] {
  const groups = new Map<string, { activities: number; people: Set<Id>; attendances: number; isKnown: boolean }>();
  for (const activity of activities)
    for (const key of new Set(keysOf(activity))) {
      const group = groups.get(key) ?? { activities: 0, people: new Set<Id>(), attendances: 0, isKnown: false };
      const here = attendees.get(activity.id) ?? [];
      for (const person of here) group.people.add(person);
      group.activities += 1;
      group.attendances += attendees.get(activity.id)?.size ?? 0;
      group.isKnown ||= listed.has(activity.id);
      groups.set(key, group);
    }
  return [...groups]
    .map(([key, { isKnown, ...group }]) => ({ key, ...group, ...told(isKnown, group.people.size, group.attendances) }))
    .sort(mostFirst);
}

/** Counts by place: an activity for each place of its countries, people and their attendances for that of their own. */
function placesOf(
  activities: readonly PeriodActivity[],
  people: readonly Id[],
  times: ReadonlyMap<Id, number>,
  listed: ReadonlySet<Id>,
  placeOf: (country: string) => string,
  countryOf: (person: Id) => string,
): PeriodCount[] {
  const counts = new Map<string, { activities: number; people: number; attendances: number; isKnown: boolean }>();
  const at = (key: string) => {
    const count = counts.get(key) ?? { activities: 0, people: 0, attendances: 0, isKnown: false };
    counts.set(key, count);
    return count;
  };
  for (const { id, countries } of activities)
    for (const place of new Set(countries.map(placeOf))) {
      const count = at(place);
      count.activities += 1;
      count.isKnown ||= listed.has(id);
    }
  for (const person of people) {
    const count = at(placeOf(countryOf(person)));
    count.people += 1;
    count.isKnown = true;
    count.attendances += times.get(person) ?? 0;
  }
  return [...counts]
    .map(([key, { isKnown, ...count }]) => ({ key, ...count, ...told(isKnown, count.people, count.attendances) }))
    .sort(mostFirst);
}

/** People and attendances as they are told: where there is no list nobody knows who came, and none is no number. */
function told(isKnown: boolean, people: number, attendances: number): Pick<PeriodCount, 'people' | 'attendances'> {
  return isKnown ? { people, attendances } : { people: null, attendances: null };
}

/** Compares counts, the largest first; what is not recorded stands last, whatever there is of it. */
function mostFirst(a: PeriodCount, b: PeriodCount): number {
  const last = Number(a.key === NOT_RECORDED) - Number(b.key === NOT_RECORDED);
  return last || b.activities - a.activities || (b.people ?? 0) - (a.people ?? 0) || (a.key < b.key ? -1 : 1);
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
