import { cellShown, isUnreadable, statusShown, type CellShown, type HeadOfMark } from '../../../shared/features/attendance/cells.ts';
import type { attendanceContract } from '../../../shared/features/attendance/contract.ts';
import { markWrites, type NewMark } from '../../../shared/features/attendance/marking.ts';
import type { CellMark } from '../../../shared/features/attendance/rules.ts';
import { refuseMarks, summarise } from '../../../shared/features/attendance/rules.ts';
import type { Handlers } from '../../../shared/contract/rpc.ts';
import type { HalfDay } from '../../../shared/kernel/dates.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { ok } from '../../../shared/kernel/result.ts';
import { mark } from '../../../shared/model/attendance.ts';
import { markId, type MarkedCell } from '../../../shared/model/derivations.ts';
import { peopleSpace } from '../../../shared/model/spaces.ts';
import { isReadable } from '../../../shared/model/judge.ts';
import { DELETED } from '../../../shared/sync/merge.ts';
import { instant, receivedAtOf } from '../sync/conflicts.ts';
import type { Reader } from '../../../shared/node/store/store.ts';
import type { FieldWrite, Head, ValueId } from '../../../shared/sync/types.ts';
import { METHODS, type Method } from '../../../shared/model/vocabularies.ts';
import type { EngineContext } from '../context.ts';
import { writtenBy } from '../written-by.ts';
import { attendanceExportHandlers } from './attendance-export.ts';
import { moveHandlers } from './mark-moves.ts';
import { marksImportHandlers } from './marks-import.ts';
import { orphanHandlers, orphansOf } from './orphans.ts';
import { isListed, peopleOf, workshopOf } from './workshop.ts';

/** The calls of attendance over a store. */
export function attendanceHandlers(context: EngineContext): Handlers<typeof attendanceContract> {
  const { store, clock } = context;
  const { reader } = store;

  const idOf = (cell: MarkedCell): Id => markId(context.hasher, cell);
  const statusHeads = (id: Id): Head[] => reader.heads('mark', id, 'status');
  const isGone = (id: Id): boolean => reader.get<{ live: number }>('select live from mark where id = ?', id)?.live === 0;

  const writesOfMark = (wanted: NewMark, headsOfMark: (id: Id) => readonly Head[]): FieldWrite[] => {
    const id = idOf(wanted);
    const heads = headsOfMark(id);
    const removal = heads.length > 0 && isGone(id) ? reader.heads('mark', id, DELETED) : [];
    return markWrites(wanted, { id, heads, removal });
  };

  return {
    ...orphanHandlers(context),
    ...moveHandlers(context),
    ...attendanceExportHandlers(context),
    ...marksImportHandlers(context, { writesOfMark, marksOf: (activityId) => marksOf(reader, activityId) }),

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
      const last = new Map(args.marks.map((wanted) => [wanted.personId, wanted]));
      const writes = [...last.values()].flatMap((wanted) =>
        writesOfMark({ ...wanted, activityId, halfDay, method, happenedAt }, statusHeads),
      );
      if (writes.length > 0) store.commit([{ space: peopleSpace(activityId), writes }]);
      const cells = [...last.keys()].map((personId) => ({ personId, ...cellOf(statusHeads(idOf({ activityId, halfDay, personId }))) }));
      return ok({ marked: last.size, cells });
    },

    'attendance.grid': ({ activityId }) => {
      const workshop = workshopOf(reader, activityId);
      if (!workshop.ok) return workshop;
      const { halfDays } = workshop.value;
      const marks = marksOf(reader, activityId).filter((row) => halfDays.includes(row.halfDay));
      const heads = reader.headsWhere('mark', 'status', 'activityId = ? and live = 1', activityId);
      return ok({
        halfDays: [...halfDays],
        marks: marks.map(({ id, personId, halfDay }) => ({ personId, halfDay, ...cellOf(heads.get(id) ?? []) })),
      });
    },

    'attendance.history': ({ activityId, halfDay, personId }) => {
      const workshop = workshopOf(reader, activityId);
      if (!workshop.ok) return workshop;
      const id = idOf({ activityId, halfDay, personId });
      const [methods, happenings] = [reader.history(id, 'method', mark.type), reader.history(id, 'happenedAt', mark.type)];
      return ok(
        reader
          .history(id, 'status', mark.type)
          .filter((entry) => !entry.erased)
          .map((entry) => ({
            status: statusShown([entry]),
            unreadable: isUnreadable([entry]),
            ...writtenBy(context, entry.replica),
            method: methodOf(beside(methods, entry)),
            happenedAt: occasionOf(beside(happenings, entry)) || instant(entry.t),
            recordedAt: instant(entry.t),
            receivedAt: receivedAtOf(context, entry.id),
            current: entry.current,
          })),
      );
    },

    'attendance.summary': ({ activityId, threshold }) => {
      const workshop = workshopOf(reader, activityId);
      if (!workshop.ok) return workshop;
      const tested = reader.all<{ personId: Id }>(
        "select personId from sheet where activityId = ? and wave = 'post' and live = 1",
        activityId,
      );
      const { halfDays, expected } = workshop.value;
      const tests = new Set(tested.map(({ personId }) => personId));
      const summary = summarise(peopleOf(reader, activityId), halfDays, marksOf(reader, activityId), threshold, tests);
      return ok({
        ...summary,
        held: [...summary.held],
        notHeld: summary.notHeld.filter((halfDay) => expected.includes(halfDay)),
        outside: orphansOf(reader, workshop.value).filter(({ outside }) => outside).length,
      });
    },
  };
}

/** The marks of a workshop as its sheet shows them. */
export function marksOf(reader: Reader, activityId: Id): (CellMark & { readonly id: Id })[] {
  return reader
    .all<{ id: Id; personId: Id; halfDay: HalfDay; status: string }>(
      'select id, personId, halfDay, status from mark where activityId = ? and live = 1 and personId is not null and halfDay is not null',
      activityId,
    )
    .map((row) => ({ ...row, status: statusShown([{ value: row.status }]) }));
}

function cellOf(heads: readonly Head[]): CellShown & { heads: ValueId[] } {
  return { ...cellShown(heads), heads: heads.map((head) => head.id) };
}

/** The value of another field that was written with this one, else the one that stood when it was written. */
function beside(
  history: readonly (Head & { readonly hash: string })[],
  entry: HeadOfMark & Head & { readonly hash: string },
): Head | undefined {
  return history.find((other) => other.hash === entry.hash) ?? history.find((other) => other.t <= entry.t) ?? history.at(-1);
}

function methodOf(head: Head | undefined): Method {
  return METHODS.find((method) => method === head?.value) ?? 'list';
}

function occasionOf(head: Head | undefined): string {
  return typeof head?.value === 'string' && isReadable('mark', 'happenedAt', head.value) ? head.value : '';
}
