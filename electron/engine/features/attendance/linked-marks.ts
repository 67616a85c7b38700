import { statusShown } from '../../../../shared/features/attendance/cells.ts';
import { linkedHeads, type LinkedMark } from '../../../../shared/features/attendance/linked-cells.ts';
import type { CellMark } from '../../../../shared/features/attendance/rules.ts';
import { membersOf } from '../../../../shared/features/people/links.ts';
import type { HalfDay } from '../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import type { Head } from '../../../../shared/sync/types.ts';
import { representedIn } from '../activity/workshop.ts';

/** A cell of a workshop's sheet with the status values that it holds. */
export interface SheetCell {
  readonly personId: Id;
  readonly halfDay: HalfDay;
  readonly heads: readonly Head[];
}

const MARKS = 'activityId = ? and live = 1 and personId is not null and halfDay is not null';

/** The marks of a workshop as its sheet shows them: one a cell, whoever has several records. */
export function marksOf(reader: Reader, activityId: Id): CellMark[] {
  if (representedIn(reader, activityId).size > 0)
    return cellsOf(reader, activityId).map(({ personId, halfDay, heads }) => ({ personId, halfDay, status: statusShown(heads) }));
  return reader
    .all<{ personId: Id; halfDay: HalfDay; status: string }>(`select personId, halfDay, status from mark where ${MARKS}`, activityId)
    .map((row) => ({ ...row, status: statusShown([{ value: row.status }]) }));
}

/** The cells of a workshop's sheet, each once. */
export function cellsOf(reader: Reader, activityId: Id): SheetCell[] {
  const represented = representedIn(reader, activityId);
  const linked = new Set(represented.values());
  const heads = reader.headsWhere('mark', 'status', MARKS, activityId);
  const settles = represented.size > 0 ? reader.headsWhere('mark', 'settles', MARKS, activityId) : new Map<Id, Head[]>();
  const cells = new Map<string, { personId: Id; halfDay: HalfDay; marks: LinkedMark[] }>();
  for (const row of reader.all<{ id: Id; personId: Id; halfDay: HalfDay }>(
    `select id, personId, halfDay from mark where ${MARKS}`,
    activityId,
  )) {
    const personId = represented.get(row.personId) ?? row.personId;
    // Only marks of linked records share a cell: what else calls itself of one cell stands by itself.
    const key = linked.has(personId) ? `${personId} ${row.halfDay}` : row.id;
    const cell = cells.get(key) ?? { personId, halfDay: row.halfDay, marks: [] };
    cell.marks.push({ heads: heads.get(row.id) ?? [], settles: settledBy(settles.get(row.id) ?? []) });
    cells.set(key, cell);
  }
  return [...cells.values()].map(({ personId, halfDay, marks }) => ({
    personId,
    halfDay,
    heads: marks.length === 1 ? marks[0]!.heads : linkedHeads(marks),
  }));
}

/** The records of people: which one stands for each, and which others it stands for. */
export interface LinkedPeople {
  standsFor(personId: Id): Id;
  /** Those whom a record stands for. */
  others(personId: Id): readonly Id[];
}

export function linkedPeople(reader: Reader, activityId: Id): LinkedPeople {
  const represented = representedIn(reader, activityId);
  const members = membersOf(represented);
  return { standsFor: (id) => represented.get(id) ?? id, others: (id) => members.get(id) ?? [] };
}

/** Returns the values under a mark's id and those that its status was decided over; no values where it was let go. */
export function linkedMark(reader: Reader, id: Id): LinkedMark {
  return {
    heads: reader.isLive('mark', id) ? reader.heads('mark', id, 'status') : [],
    settles: settledBy(reader.heads('mark', id, 'settles')),
  };
}

function settledBy(heads: readonly Head[]): string[] {
  return heads.flatMap(({ value }) => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []));
}
