import { cellShown, showsAlready, type CellShown } from '../../../../shared/features/attendance/cells.ts';
import type { attendanceContract } from '../../../../shared/features/attendance/contract.ts';
import { linkedHeads, type LinkedMark } from '../../../../shared/features/attendance/linked-cells.ts';
import { markWrites, type NewMark } from '../../../../shared/features/attendance/marking.ts';
import { refuseMarks, summarise } from '../../../../shared/features/attendance/rules.ts';
import { lateHandlers, type Handlers } from '../../../../shared/contract/rpc.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { markId, type MarkedCell } from '../../../../shared/model/derivations.ts';
import { peopleSpace } from '../../../../shared/model/spaces.ts';
import { DELETED } from '../../../../shared/sync/merge.ts';
import type { FieldWrite, Head, ValueId } from '../../../../shared/sync/types.ts';
import type { EngineContext } from '../../context.ts';
import { attendanceExportHandlers } from './attendance-export.ts';
import { historyHandlers } from './mark-history.ts';
import { moveHandlers } from './mark-moves.ts';
import { goneFrom, orphanHandlers, orphansOf } from './orphans.ts';
import { cellsOf, linkedMark, linkedPeople, marksOf, type LinkedPeople } from './linked-marks.ts';
import { postTested } from '../evaluation/evaluation-sheets.ts';
import { listedPeople } from '../people/people-rows.ts';
import { walkInHandlers } from '../people/walk-in.ts';
import { isListed, workshopOf } from '../activity/workshop.ts';

/** The calls of attendance over a store. */
export function attendanceHandlers(context: EngineContext): Handlers<typeof attendanceContract> {
  const { store, clock } = context;
  const { reader } = store;

  const idOf = (cell: MarkedCell): Id => markId(context.hasher, cell);
  const statusHeads = (id: Id): Head[] => reader.heads('mark', id, 'status');

  /** `others`: the marks of the person's other records in that half-day. */
  const writesOfMark = (wanted: NewMark, headsOfMark: (id: Id) => readonly Head[], others: readonly LinkedMark[] = []): FieldWrite[] => {
    const id = idOf(wanted);
    const heads = headsOfMark(id);
    const removal = heads.length > 0 && !reader.isLive('mark', id) ? reader.heads('mark', id, DELETED) : [];
    const { settles } = others.length > 0 ? linkedMark(reader, id) : NOT_LINKED;
    return markWrites(wanted, { id, heads, removal, ...(others.length > 0 && { linked: { settles, others } }) });
  };
  const othersOf = (people: LinkedPeople, cell: MarkedCell): LinkedMark[] =>
    people.others(cell.personId).map((personId) => linkedMark(reader, idOf({ ...cell, personId })));
  /** A file speaks of a record: what the person's one cell shows already is nothing new, and what differs stands beside it. */
  const isShownLinked = ({ personId, status, ...cell }: NewMark): boolean => {
    const people = linkedPeople(reader, cell.activityId);
    const standing = people.standsFor(personId);
    const marks = [standing, ...people.others(standing)].map((id) => linkedMark(reader, idOf({ ...cell, personId: id })));
    return marks.length > 1 && showsAlready(cellShown(linkedHeads(marks)), status);
  };

  return {
    ...historyHandlers(context),
    ...orphanHandlers(context),
    ...moveHandlers(context),
    ...attendanceExportHandlers(context),
    ...walkInHandlers(context),
    ...lateHandlers<Handlers<typeof attendanceContract>, 'attendance.import'>({ 'attendance.import': true }, async () =>
      (await import('./marks-import.ts')).marksImportHandlers(context, {
        writesOfMark: (wanted, headsOfMark) => (isShownLinked(wanted) ? [] : writesOfMark(wanted, headsOfMark)),
        marksOf: (activityId) => marksOf(reader, activityId),
      }),
    ),

    'attendance.mark': (args) => {
      const workshop = workshopOf(reader, args.activityId);
      if (!workshop.ok) return workshop;
      const { activityId, halfDay, method } = args;
      const personIds = args.marks.map((wanted) => wanted.personId);
      // One by one: a tap must not cost the reading of the whole list.
      const people = new Set(personIds.filter((id) => isListed(reader, activityId, id)));
      const refusal = refuseMarks(people, workshop.value.halfDays, halfDay, personIds);
      if (refusal) return { ok: false, refusal };
      const happenedAt = args.at ?? new Date(clock.now()).toISOString();
      const linked = linkedPeople(reader, activityId);
      const last = new Map(args.marks.map((wanted) => [linked.standsFor(wanted.personId), wanted]));
      // In one transaction: what decides, what is superseded and what is answered come of one reading of each mark.
      const cells = store.transaction(() => {
        const writes = [...last].flatMap(([personId, wanted]) => {
          const cell = { activityId, halfDay, personId };
          return writesOfMark({ ...wanted, ...cell, method, happenedAt }, statusHeads, othersOf(linked, cell));
        });
        if (writes.length > 0) store.commit([{ space: peopleSpace(activityId), writes }]);
        return [...last].map(([standing, { personId }]) => {
          const cell = { activityId, halfDay, personId: standing };
          const others = othersOf(linked, cell);
          const heads = others.length > 0 ? linkedHeads([linkedMark(reader, idOf(cell)), ...others]) : statusHeads(idOf(cell));
          return { personId, ...cellOf(heads) };
        });
      });
      return ok({ marked: last.size, cells });
    },

    'attendance.grid': ({ activityId }) => {
      const workshop = workshopOf(reader, activityId);
      if (!workshop.ok) return workshop;
      const { halfDays } = workshop.value;
      const cells = cellsOf(reader, activityId).filter((cell) => halfDays.includes(cell.halfDay));
      return ok({
        halfDays: [...halfDays],
        gone: goneFrom(reader, activityId).length,
        marks: cells.map(({ personId, halfDay, heads }) => ({ personId, halfDay, ...cellOf(heads) })),
      });
    },

    'attendance.summary': ({ activityId, threshold }) => {
      const workshop = workshopOf(reader, activityId);
      if (!workshop.ok) return workshop;
      const { halfDays, expected } = workshop.value;
      const { standsFor } = linkedPeople(reader, activityId);
      const tests = postTested(reader, activityId, standsFor);
      const listed = listedPeople(reader, activityId).map(({ person }) => ({ id: person.id, ref: person.ref ?? '' }));
      const summary = summarise(listed, halfDays, marksOf(reader, activityId), threshold, tests);
      return ok({
        ...summary,
        held: [...summary.held],
        notHeld: summary.notHeld.filter((halfDay) => expected.includes(halfDay)),
        outside: orphansOf(reader, workshop.value).filter(({ outside }) => outside).length,
      });
    },
  };
}

const NOT_LINKED: LinkedMark = { heads: [], settles: [] };

function cellOf(heads: readonly Head[]): CellShown & { heads: ValueId[] } {
  return { ...cellShown(heads), heads: heads.map((head) => head.id) };
}
