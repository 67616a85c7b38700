import type { Handlers } from '../../../../shared/contract/rpc.ts';
import { attended } from '../../../../shared/features/attendance/counts.ts';
import type { peopleContract } from '../../../../shared/features/people/contract.ts';
import { planCopy } from '../../../../shared/features/people/copy-plan.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { textIn } from '../../../../shared/kernel/text.ts';
import { participant } from '../../../../shared/model/people.ts';
import { peopleSpace } from '../../../../shared/model/spaces.ts';
import { writesOf } from '../../../../shared/model/field-writes.ts';
import { restoration } from '../../../../shared/node/store/deletion.ts';
import type { EngineContext } from '../../context.ts';
import { rememberImport } from '../../import-log.ts';
import { activityRow } from '../activity/activity-rows.ts';
import { marksOf } from '../attendance/linked-marks.ts';
import { everyone, listedPeople } from './people-rows.ts';
import { workshopOf } from '../activity/workshop.ts';

/** The call that takes people of another workshop into this one. */
export function copyHandlers(context: EngineContext): Pick<Handlers<typeof peopleContract>, 'people.copy'> {
  const { store, hasher } = context;
  const { reader } = store;

  /** Who was there in some half-day. */
  const attendedIn = (activityId: Id): ReadonlySet<Id> =>
    new Set(marksOf(reader, activityId).flatMap(({ personId, status }) => (attended(status) ? [personId] : [])));

  return {
    'people.copy': ({ activityId, from, who, decisions, apply, skipRejected }) => {
      if (activityId === from) return refuse('people.copyItself');
      const source = workshopOf(reader, from);
      if (!source.ok) return source;
      const roster = reader.get<{ key: string }>(
        'select key from roster where activityId = ? and live = 1 and key is not null',
        activityId,
      );
      if (!roster || !activityRow(reader, activityId)) return refuse('activity.unknown');
      const there = who === 'attended' ? attendedIn(from) : null;
      const people = listedPeople(reader, from).flatMap(({ person }) =>
        person.erased !== 1 && (there === null || there.has(person.id)) ? [person] : [],
      );
      const plan = planCopy(people, {
        known: everyone(reader, activityId),
        roster: { activityId, rosterKey: roster.key },
        hasher,
        decisions,
      });
      if (!plan.ok) return plan;
      const { rows, additions, here, rejected } = plan.value;
      const applied = apply && (rejected.length === 0 || skipRejected);
      const file = textIn(source.value.title, context.language());
      const importId = !applied
        ? null
        : store.transaction(() => {
            const writes = additions.flatMap(({ id, restore, values }) => [
              ...(restore ? restoration(reader, participant.type, id) : []),
              ...writesOf(participant, id, { activityId, ...values }),
            ]);
            const changeSets = writes.length > 0 ? store.commit([{ space: peopleSpace(activityId), writes }]) : [];
            return rememberImport(context, { activityId, kind: 'people', file }, changeSets);
          });
      return ok({ applied, added: applied || !apply ? additions.length : 0, here, rows: [...rows], rejected: [...rejected], importId });
    },
  };
}
