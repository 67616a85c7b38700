import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { attendanceContract } from '../../../../shared/features/attendance/contract.ts';
import { markWrites } from '../../../../shared/features/attendance/marking.ts';
import { refuseMarks } from '../../../../shared/features/attendance/rules.ts';
import { recogniseWalkIn } from '../../../../shared/features/people/walk-in.ts';
import { keysAfter } from '../../../../shared/kernel/order.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { markId } from '../../../../shared/model/derivations.ts';
import { participant } from '../../../../shared/model/people.ts';
import { newRecordId } from '../../../../shared/model/record-id.ts';
import { peopleSpace } from '../../../../shared/model/spaces.ts';
import { writesOf } from '../../../../shared/model/field-writes.ts';
import type { EngineContext } from '../../context.ts';
import { linkedPeople } from '../attendance/linked-marks.ts';
import { everyone } from './people-rows.ts';
import { identitiesOf, workshopOf } from '../activity/workshop.ts';

type WalkInCalls = 'attendance.recognise' | 'attendance.walkIn';

/** The calls for somebody who comes in while attendance is taken: who they may be, and the list and the mark in one step. */
export function walkInHandlers(context: EngineContext): Pick<Handlers<typeof attendanceContract>, WalkInCalls> {
  const { store, hasher, random, clock } = context;
  const { reader } = store;
  return {
    'attendance.recognise': ({ activityId, name, country, turned }) => {
      const workshop = workshopOf(reader, activityId);
      if (!workshop.ok) return workshop;
      const { standsFor } = linkedPeople(reader, activityId);
      const { candidates, ...parts } = recogniseWalkIn(name, { country, turned, people: identitiesOf(reader, activityId) });
      const first = new Map(candidates.toReversed().map(({ id, why }) => [standsFor(id), why]));
      return ok({ ...parts, candidates: [...first].reverse().map(([personId, why]) => ({ personId, why })) });
    },

    'attendance.walkIn': ({ activityId, halfDay, status, familyName, givenName, country, sex }) => {
      const workshop = workshopOf(reader, activityId);
      if (!workshop.ok) return workshop;
      const space = peopleSpace(activityId);
      const id = newRecordId(space, random, hasher);
      const refusal = refuseMarks(new Set([id]), workshop.value.halfDays, halfDay, [id]);
      if (refusal) return { ok: false, refusal };
      const positions = everyone(reader, activityId).flatMap(({ position }) => (position === null ? [] : [position]));
      const [position] = keysAfter(positions.sort().at(-1) ?? null, 1);
      const known = { ...(givenName !== '' && { givenName }), ...(country !== null && { country }), ...(sex !== null && { sex }) };
      const cell = { activityId, halfDay, personId: id };
      store.commit([
        {
          space,
          writes: [
            ...writesOf(participant, id, { activityId, familyName, ...known, position: position! }),
            ...markWrites(
              { ...cell, status, method: 'list', happenedAt: new Date(clock.now()).toISOString() },
              { id: markId(hasher, cell), heads: [], removal: [] },
            ),
          ],
        },
      ]);
      return ok({ id });
    },
  };
}
