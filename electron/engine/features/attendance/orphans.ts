import type { Handlers } from '../../../../shared/contract/rpc.ts';
import { bringBack } from '../../../../shared/features/activity/bring-back.ts';
import { hadSeen, type Removal } from '../../../../shared/features/activity/removal.ts';
import { isUnreadable, statusShown } from '../../../../shared/features/attendance/cells.ts';
import type { attendanceContract } from '../../../../shared/features/attendance/contract.ts';
import { hasCell, movedHalfDay, orphanReason, type OrphanReason, type Places } from '../../../../shared/features/attendance/orphans.ts';
import type { Day, HalfDay } from '../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import { inConflict } from '../../../../shared/sync/register.ts';
import type { Head } from '../../../../shared/sync/types.ts';
import type { Status } from '../../../../shared/model/vocabularies.ts';
import type { EngineContext } from '../../context.ts';
import { instant } from '../../sync/review/conflicts.ts';
import { attributionOf } from '../../attribution.ts';
import { agendaRows } from '../activity/activity-rows.ts';
import { hashOf } from '../people/in-sight.ts';
import { chainsOf, placeOf, removalsOf } from '../removals.ts';
import { unreadableIn } from '../unreadable.ts';
import { recordsOf, workshopOf, type Workshop } from '../activity/workshop.ts';

/** A mark with its status values, the one shown first at index 0. */
export interface MarkRow {
  readonly id: Id;
  readonly personId: Id;
  readonly halfDay: HalfDay;
  readonly heads: readonly Head[];
}

/** A mark that waits for a decision. `outside`: it has no cell in the sheet, where it would be counted. */
export interface Orphan extends MarkRow {
  readonly reason: OrphanReason;
  readonly outside: boolean;
}

/** The condition of a mark to be one: not only *not yet taken*; what this program cannot read says something. */
const STANDS = "personId is not null and halfDay is not null and (status is null or status <> 'notTaken' or conflicts > 0)";

/** The calls that list what waits for a decision and what was decided. */
export function orphanHandlers(
  context: EngineContext,
): Pick<Handlers<typeof attendanceContract>, 'attendance.orphans' | 'attendance.gone'> {
  const { reader } = context.store;
  return {
    'attendance.orphans': ({ activityId }) => {
      if (activityId === undefined) {
        const all = reader.all<{ id: Id }>('select id from activity order by "start", id');
        return ok(all.flatMap(({ id }) => shownOrphans(context, id)));
      }
      const workshop = workshopOf(reader, activityId);
      return workshop.ok ? ok(shownOrphans(context, activityId)) : workshop;
    },

    'attendance.gone': ({ activityId }) => {
      const workshop = workshopOf(reader, activityId);
      if (!workshop.ok) return workshop;
      return ok(
        goneFrom(reader, activityId).map((row) => {
          const [removal] = removalsOf(reader, 'mark', row.id);
          const told = removal ? attributionOf(context, removal.by.replica) : { author: '', device: '' };
          return {
            ...shownMark(context, activityId, row),
            goneBy: told.author,
            goneDevice: told.device,
            goneAt: removal ? instant(removal.by.t) : '',
          };
        }),
      );
    },
  };
}

/** How many marks of a workshop wait for a decision. */
export function countOrphans(reader: Reader, activityId: Id): number {
  const workshop = workshopOf(reader, activityId);
  return workshop.ok ? orphansOf(reader, workshop.value).length : 0;
}

/** The marks of a workshop that were taken out of it and say something. */
export function goneFrom(reader: Reader, activityId: Id): MarkRow[] {
  return marksWhere(reader, `activityId = ? and live = 0 and ${STANDS}`, activityId);
}

/** The marks of a workshop that wait for a decision, by half-day and then in the list's order. The rule is `orphanReason`. */
export function orphansOf(reader: Reader, workshop: Workshop): Orphan[] {
  const { id, halfDays } = workshop;
  const removed = reader.all<{ id: Id }>('select id from participant where activityId = ? and (live = 0 or flagged = 1)', id);
  const removals = removalsOf(reader, 'activity', id);
  const listed = recordsOf(reader, id).map((person) => person.id);
  const places: Places = {
    halfDays: new Set(halfDays),
    listed: new Set(listed),
    removed: new Set(removed.map((person) => person.id)),
    workshopRemoved: reader.get('select 1 from activity where id = ? and (live = 0 or flagged = 1)', id) !== undefined,
  };
  // Whoever has an ordinary place is left out by the query: of a long sheet only these few are looked at.
  const rows = marksWhere(
    reader,
    `activityId = ? and live = 1 and ${STANDS} and (? or halfDay not in (select value from json_each(?)) or personId not in
     (select value from json_each(?)))`,
    id,
    places.workshopRemoved ? 1 : 0,
    JSON.stringify(halfDays),
    JSON.stringify(listed.filter((person) => !places.removed.has(person))),
  );
  const leadsTo = chainsOf(reader);
  const ofPeople = new Map<Id, readonly Removal[]>();
  const removalsOfPerson = (person: Id): readonly Removal[] => {
    const known = ofPeople.get(person) ?? removalsOf(reader, 'participant', person);
    ofPeople.set(person, known);
    return known;
  };
  const wasSeen = ({ heads }: MarkRow, by: readonly Removal[]): boolean =>
    by.length > 0 &&
    heads
      .filter(({ value }) => value !== 'notTaken')
      .every((head) => {
        const place = placeOf(reader, hashOf(head.id));
        return place !== undefined && hadSeen(by, place, leadsTo);
      });
  const order = new Map(listed.map((person, place) => [person, place]));
  return rows
    .flatMap((row): Orphan[] => {
      const reason = orphanReason(
        {
          ...row,
          seenByWorkshopRemoval: places.workshopRemoved && wasSeen(row, removals),
          seenByPersonRemoval: places.removed.has(row.personId) && wasSeen(row, removalsOfPerson(row.personId)),
        },
        places,
      );
      return reason === null ? [] : [{ ...row, reason, outside: !hasCell(row, places) }];
    })
    .sort(
      (a, b) =>
        (a.halfDay < b.halfDay ? -1 : a.halfDay > b.halfDay ? 1 : 0) ||
        (order.get(a.personId) ?? order.size) - (order.get(b.personId) ?? order.size) ||
        (a.id < b.id ? -1 : 1),
    );
}

function marksWhere(reader: Reader, condition: string, ...params: (string | number)[]): MarkRow[] {
  const heads = reader.headsWhere('mark', 'status', condition, ...params);
  return reader
    .all<{ id: Id; personId: Id; halfDay: HalfDay }>(
      `select id, personId, halfDay from mark where ${condition} order by halfDay, id`,
      ...params,
    )
    .map((row) => ({ ...row, heads: heads.get(row.id) ?? [] }))
    .filter((row) => row.heads.some(({ value }) => value !== 'notTaken'));
}

/** A mark as the calls give it. */
function shownMark(context: EngineContext, activityId: Id, { personId, halfDay, heads }: MarkRow) {
  const { reader } = context.store;
  const person = reader.get<{ familyName: string | null; givenName: string | null; ref: string | null; unreadable: string | null }>(
    'select familyName, givenName, ref, unreadable from participant where id = ?',
    personId,
  );
  const name = [person?.familyName, person?.givenName].filter((part) => part).join(' ');
  const hasName = name !== '' || !person || !unreadableIn(person).some((field) => field === 'familyName' || field === 'givenName');
  const shown = heads.find(({ value }) => value !== 'notTaken') ?? heads[0]!;
  return {
    activityId,
    personId,
    halfDay,
    status: statusShown([shown]),
    person: name,
    ref: person?.ref ?? '',
    heads: heads.map(({ id }) => id),
    conflict: inConflict(heads),
    unreadable: [...(isUnreadable([shown]) ? ['status'] : []), ...(hasName ? [] : ['person'])],
    ...attributionOf(context, shown.replica),
    recordedAt: instant(shown.t),
  };
}

function shownOrphans(context: EngineContext, activityId: Id) {
  const { reader } = context.store;
  const found = workshopOf(reader, activityId);
  if (!found.ok) return [];
  const workshop = found.value;
  const orphans = orphansOf(reader, workshop);
  if (orphans.length === 0) return [];
  const halfDays = new Set(workshop.halfDays);
  const earlier = earlierStarts(reader, activityId, workshop.start);
  const items = agendaRows(reader, activityId);
  const cells = cellsOf(reader, activityId);
  return orphans.map((orphan) => {
    const { reason, halfDay, personId } = orphan;
    const movedTo = reason === 'halfDayGone' ? movedHalfDay(halfDay, earlier, workshop.start, halfDays) : null;
    const there = movedTo === null ? undefined : cells.get(`${personId} ${movedTo}`);
    return {
      ...shownMark(context, activityId, orphan),
      reason,
      title: workshop.title,
      movedTo,
      there: there ? there.status : null,
      thereHeads: there ? there.heads : [],
      canComeBack: reason === 'halfDayGone' && bringBack({ ...workshop, items }, halfDay).ok,
    };
  });
}

/** First days that a workshop had before, the newest first. */
function earlierStarts(reader: Reader, activityId: Id, start: Day): Day[] {
  const days = reader.history(activityId, 'start', 'activity').flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
  return [...new Set(days)].filter((day) => day !== start);
}

/** Returns the mark that each taken cell shows, by `<person> <half-day>`. */
function cellsOf(reader: Reader, activityId: Id): Map<string, { readonly status: Status; readonly heads: string[] }> {
  return new Map(
    marksWhere(reader, `activityId = ? and live = 1 and ${STANDS}`, activityId).map(({ personId, halfDay, heads }) => [
      `${personId} ${halfDay}`,
      { status: statusShown(heads), heads: heads.map(({ id }) => id) },
    ]),
  );
}
