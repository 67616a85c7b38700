import { expectedHalfDays, halfDaysOf } from '../../../../shared/features/activity/half-days.ts';
import type { LetterSet } from '../../../../shared/features/attendance/letters.ts';
import type { ListedPerson } from '../../../../shared/features/attendance/rules.ts';
import type { KnownIdentity } from '../../../../shared/features/intake/people-index.ts';
import { representatives, type PersonLink } from '../../../../shared/features/people/links.ts';
import type { Day, HalfDay } from '../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { Result } from '../../../../shared/kernel/result.ts';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { weekendOf } from '../../../../shared/kernel/weekends.ts';
import { activity, type agendaItem } from '../../../../shared/model/activity.ts';
import { CALENDAR } from '../../../../shared/model/spaces.ts';
import { recordColumns, type RecordRow, type RowOf } from '../../../../shared/model/records.ts';
import type { Title } from '../../../../shared/model/title.ts';
import { titleOf } from '../../../../shared/model/title.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import { isPersonInSight, isWorkshopInSight, peopleInSight } from '../people/in-sight.ts';

/** The workshop as the features that work inside it need to know it. A day is '' where it cannot be read. */
export interface Workshop {
  readonly id: Id;
  readonly title: Title;
  readonly start: Day;
  readonly end: Day;
  readonly courseId: Id | null;
  /** The half-days for which attendance is taken. */
  readonly halfDays: readonly HalfDay[];
  /** Of these, where one expects something to be held. */
  readonly expected: readonly HalfDay[];
  /** The letters of its attendance sheet; null: those of the language. */
  readonly letters: LetterSet | null;
}

/** A workshop that is in sight (see `in-sight.ts`); refuses `activity.unknown`. */
export function workshopOf(reader: Reader, id: Id): Result<Workshop, 'activity.unknown'> {
  const row = reader.get<RecordRow<typeof activity>>(`select ${recordColumns(activity)} from activity where id = ?`, id);
  if (!row || row.space === CALENDAR || (row.live === 0 && !isWorkshopInSight(reader, id))) return refuse('activity.unknown');
  const [start, end] = [row.start ?? '', row.end ?? ''];
  const items = reader
    .all<Pick<RowOf<typeof agendaItem>, 'placement' | 'counts'>>(
      'select placement, counts from agendaItem where activityId = ? and live = 1',
      id,
    )
    .flatMap(({ placement, counts }) =>
      placement === null ? [] : [{ halfDay: (JSON.parse(placement) as [HalfDay, string])[0], counts: counts !== 0 }],
    );
  const halfDays = halfDaysOf(start, end, items);
  return ok({
    id,
    title: titleOf(row),
    start,
    end,
    courseId: row.courseId,
    halfDays,
    expected: expectedHalfDays(halfDays, items, weekendOf(listOf(row.countries))),
    letters: chosenLettersOf(row),
  });
}

/** The letters that were chosen for a workshop's attendance sheet; null where none were. */
export function chosenLettersOf(row: { readonly letters: string | null }): LetterSet | null {
  return row.letters === null ? null : (JSON.parse(row.letters) as LetterSet);
}

/** The values of a column that holds a list. */
export function listOf<T = string>(column: string | null): T[] {
  return column === null ? [] : (JSON.parse(column) as T[]);
}

/** The people of a workshop who are in sight, in the list's order; of the records that are one person the one that stands for it. */
export function peopleOf(reader: Reader, activityId: Id): ListedPerson[] {
  const represented = representedIn(reader, activityId);
  return recordsOf(reader, activityId).filter(({ id }) => !represented.has(id));
}

/** Every record of a person that is in sight, in the list's order: a file may name any of them. */
export function recordsOf(reader: Reader, activityId: Id): ListedPerson[] {
  return reader.all<ListedPerson>(
    `select id, coalesce(ref, '') as ref from participant where ${RECORDED} order by coalesce("position", '~'), id`,
    ...recordedIn(reader, activityId),
  );
}

/** Returns the identities of a workshop's people, for lists that name them: by any of their records. */
export function identitiesOf(reader: Reader, activityId: Id): KnownIdentity[] {
  return reader.all<KnownIdentity>(
    `select id, ref, familyName, givenName, email, country, institution from participant where ${RECORDED} order by coalesce("position", '~'), id`,
    ...recordedIn(reader, activityId),
  );
}

/**
 * Returns which record stands for which among the people of a workshop, see `representatives`; whose record was erased comes after the others. What two laptops
 * said differently of two records makes them no one person.
 */
export function representedIn(reader: Reader, activityId: Id): ReadonlyMap<Id, Id> {
  const links = reader.all<PersonLink>(
    `select "first", "second" from personLink where activityId = ? and live = 1 and same = 1 and conflicts = 0 and "first" is not null and "second" is not null and ${IN_ONE_WORKSHOP}`,
    activityId,
  );
  if (links.length === 0) return NOBODY;
  // Who was erased stands for nobody who is known by name.
  const erased = new Set(
    reader.all<{ id: Id }>("select distinct entity as id from erasure where type = 'participant'").map(({ id }) => id),
  );
  const records = recordsOf(reader, activityId).map(({ id }) => id);
  return representatives([...records.filter((id) => !erased.has(id)), ...records.filter((id) => erased.has(id))], links);
}

/** The condition under which a link is of two records of one workshop: what is said of records of two workshops makes no list shorter. */
export const IN_ONE_WORKSHOP =
  '(select count(distinct p.activityId) from participant p where p.id in (personLink."first", personLink."second")) < 2';

const NOBODY: ReadonlyMap<Id, Id> = new Map();

/** The condition under which a record is on the list of a workshop, over the columns of `participant`; its parameters are `recordedIn`. */
export const RECORDED = 'activityId = ? and (live = 1 or id in (select value from json_each(?)))';

/** The parameters of `RECORDED`: the workshop, and who was removed and is in sight. */
export function recordedIn(reader: Reader, activityId: Id): [activityId: Id, inSight: string] {
  return [activityId, JSON.stringify([...peopleInSight(reader, activityId).keys()])];
}

/** Whether somebody is on a workshop's list. */
export function isListed(reader: Reader, activityId: Id, personId: Id): boolean {
  return isPersonInSight(reader, activityId, personId);
}
