import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { attendanceContract } from '../../../../shared/features/attendance/contract.ts';
import { planMoves } from '../../../../shared/features/attendance/moves.ts';
import { refuseMarks } from '../../../../shared/features/attendance/rules.ts';
import type { HalfDay } from '../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { mark } from '../../../../shared/model/attendance.ts';
import { markId } from '../../../../shared/model/derivations.ts';
import { peopleSpace } from '../../../../shared/model/spaces.ts';
import { writesOf } from '../../../../shared/model/field-writes.ts';
import { deletion, restoration } from '../../../../shared/node/store/deletion.ts';
import type { CommitRequest, Reader } from '../../../../shared/node/store/store.ts';
import type { FieldWrite, Head, ValueId } from '../../../../shared/sync/types.ts';
import type { EngineContext } from '../../context.ts';
import { isListed, workshopOf } from '../activity/workshop.ts';

type MoveCalls = 'attendance.move' | 'attendance.letGo' | 'attendance.bringBack';

/** A mark by its cell, with the status values that were on screen. */
interface ShownMark {
  readonly personId: Id;
  readonly halfDay: HalfDay;
  readonly seen?: readonly ValueId[] | undefined;
}

/** The calls by which people decide what becomes of marks that have no place: move them, let them go, take that back. */
export function moveHandlers(context: EngineContext): Pick<Handlers<typeof attendanceContract>, MoveCalls> {
  const { store, hasher } = context;
  const { reader } = store;
  const idOf = (activityId: Id, { personId, halfDay }: Pick<ShownMark, 'personId' | 'halfDay'>): Id =>
    markId(hasher, { activityId, halfDay, personId });
  const isLive = (id: Id): boolean => reader.get<{ live: number }>('select live from mark where id = ?', id)?.live === 1;

  return {
    'attendance.move': ({ activityId, marks, taken }) => {
      const workshop = workshopOf(reader, activityId);
      if (!workshop.ok) return workshop;
      for (const { to } of marks) {
        const listed = new Set(isListed(reader, activityId, to.personId) ? [to.personId] : []);
        const refusal = refuseMarks(listed, workshop.value.halfDays, to.halfDay, [to.personId]);
        if (refusal) return { ok: false, refusal };
      }
      const plan = planMoves(
        marks.map((wanted) => {
          const [from, to] = [idOf(activityId, wanted), idOf(activityId, wanted.to)];
          const heads = isLive(from) ? seenOnly(reader.heads('mark', from, 'status'), wanted.seen) : [];
          const there = isLive(to) ? reader.heads('mark', to, 'status') : [];
          return { ...wanted, from, target: to, values: heads.map(({ value }) => value), there: there.map(({ value }) => value) };
        }),
        taken,
      );
      if (!plan.ok) return plan;
      const requests = plan.value.moves.flatMap((move): CommitRequest[] => {
        const { to, target, from, seen, seenThere, values, lands } = move;
        const space = peopleSpace(activityId);
        const detail = { method: shownText(reader, from, 'method'), happenedAt: shownText(reader, from, 'happenedAt') };
        const [first, ...others] = lands ? values : [];
        const there = isLive(target) ? (seenThere ?? reader.heads('mark', target, 'status').map(({ id }) => id)) : undefined;
        const landing =
          first === undefined
            ? []
            : [
                ...restoration(reader, 'mark', target),
                ...writesOf(mark, target, { activityId, ...to, status: first, ...detail }, there ? { status: there } : {}),
              ];
        return [
          { space, writes: [...landing, ...departure(reader, from, seen)] },
          // Two values that stood beside each other stand so there too: each in a change-set of its own, over nothing.
          ...others.map((value) => ({ space, writes: writesOf(mark, target, { status: value }, { status: [] }) })),
        ];
      });
      if (requests.length > 0) store.commit(requests);
      return ok({ moved: plan.value.moves.length, left: plan.value.left });
    },

    'attendance.letGo': ({ activityId, marks }) => {
      const workshop = workshopOf(reader, activityId);
      if (!workshop.ok) return workshop;
      const known = marks.map((wanted) => ({ id: idOf(activityId, wanted), seen: wanted.seen }));
      const missing = known.filter(({ id }) => !isLive(id));
      if (missing.length > 0) return refuse('attendance.markUnknown', { count: missing.length });
      store.commit([{ space: peopleSpace(activityId), writes: known.flatMap(({ id, seen }) => departure(reader, id, seen)) }]);
      return ok({ letGo: known.length });
    },

    'attendance.bringBack': ({ activityId, marks }) => {
      const workshop = workshopOf(reader, activityId);
      if (!workshop.ok) return workshop;
      const writes = marks.flatMap((wanted) => restoration(reader, 'mark', idOf(activityId, wanted)));
      if (writes.length > 0) store.commit([{ space: peopleSpace(activityId), writes }]);
      return ok({ back: writes.length });
    },
  };
}

/** Returns the write that takes a mark out of its cell. A status that was not on screen is not named, and keeps it in sight. */
function departure(reader: Reader, id: Id, seen: readonly ValueId[] | undefined): FieldWrite[] {
  const unseen = new Set(
    reader
      .heads('mark', id, 'status')
      .map((head) => head.id)
      .filter((head) => seen !== undefined && !seen.includes(head)),
  );
  return deletion(reader, 'mark', id).map((write) => ({
    ...write,
    supersedes: (write.supersedes ?? []).filter((head) => !unseen.has(head)),
  }));
}

function seenOnly(heads: readonly Head[], seen: readonly ValueId[] | undefined): readonly Head[] {
  return seen === undefined ? heads : heads.filter(({ id }) => seen.includes(id));
}

function shownText(reader: Reader, id: Id, field: 'method' | 'happenedAt'): string | undefined {
  const value = reader.heads('mark', id, field)[0]?.value;
  return typeof value === 'string' ? value : undefined;
}
