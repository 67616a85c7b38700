import { isUnreadable, statusShown, type HeadOfMark } from '../../../../shared/features/attendance/cells.ts';
import type { attendanceContract } from '../../../../shared/features/attendance/contract.ts';
import { linkedHeads } from '../../../../shared/features/attendance/linked-cells.ts';
import type { Handlers } from '../../../../shared/contract/rpc.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { mark } from '../../../../shared/model/attendance.ts';
import { markId } from '../../../../shared/model/derivations.ts';
import { isReadable } from '../../../../shared/model/judge.ts';
import { instant, receivedAtOf } from '../../sync/review/conflicts.ts';
import type { Head } from '../../../../shared/sync/types.ts';
import { METHODS, type Method } from '../../../../shared/model/vocabularies.ts';
import type { EngineContext } from '../../context.ts';
import { attributionOf } from '../../attribution.ts';
import { linkedMark, linkedPeople } from './linked-marks.ts';
import { workshopOf } from '../activity/workshop.ts';

/** The call that tells what was written in one cell, by whom and when. */
export function historyHandlers(context: EngineContext): Pick<Handlers<typeof attendanceContract>, 'attendance.history'> {
  const { reader } = context.store;
  return {
    'attendance.history': ({ activityId, halfDay, personId }) => {
      const workshop = workshopOf(reader, activityId);
      if (!workshop.ok) return workshop;
      const linked = linkedPeople(reader, activityId);
      const standing = linked.standsFor(personId);
      const others = linked.others(standing);
      const ids = [standing, ...others].map((record) => markId(context.hasher, { activityId, halfDay, personId: record }));
      const standingHeads = others.length > 0 ? new Set(linkedHeads(ids.map((id) => linkedMark(reader, id))).map(({ id }) => id)) : null;
      return ok(
        ids.flatMap((id) => {
          const [methods, happenings] = [reader.history(id, 'method', mark.type), reader.history(id, 'happenedAt', mark.type)];
          return reader
            .history(id, 'status', mark.type)
            .filter((entry) => !entry.erased)
            .map((entry) => ({
              status: statusShown([entry]),
              unreadable: isUnreadable([entry]),
              ...attributionOf(context, entry.replica),
              method: methodOf(beside(methods, entry)),
              happenedAt: occasionOf(beside(happenings, entry)) || instant(entry.t),
              recordedAt: instant(entry.t),
              receivedAt: receivedAtOf(context, entry.id),
              current: standingHeads ? standingHeads.has(entry.id) : entry.current,
            }));
        }),
      );
    },
  };
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
