import { lateHandlers, type Handlers } from '../../../../shared/contract/rpc.ts';
import type { peopleContract } from '../../../../shared/features/people/contract.ts';
import { compareRecords, pairsOf } from '../../../../shared/features/people/pairs.ts';
import { isComplete, nameKey, participantsOf, type Participant, type ParticipantRow } from '../../../../shared/features/people/rules.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { keysAfter } from '../../../../shared/kernel/order.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { participant } from '../../../../shared/model/people.ts';
import { newRecordId } from '../../../../shared/model/record-id.ts';
import { answersSpace, peopleSpace } from '../../../../shared/model/spaces.ts';
import { writesOf } from '../../../../shared/model/field-writes.ts';
import { deletionSeen, restoration } from '../../../../shared/node/store/deletion.ts';
import type { EngineContext } from '../../context.ts';
import { activityRow } from '../activity/activity-rows.ts';
import { isPersonInSight, removedPeople } from './in-sight.ts';
import { bulkHandlers } from './people-bulk.ts';
import { copyHandlers } from './people-copy.ts';
import { erasureHandlers } from './people-erasure.ts';
import { shownOfRecords, writesOfForm } from './people-form.ts';
import { linkedIn, linkedRecords, linkHandlers, withoutToldApart } from './people-links.ts';
import { listedPeople, PERSON_COLUMNS, type StoredPerson } from './people-rows.ts';
import { linkedPeople } from '../attendance/linked-marks.ts';
import { endsOf, HANGING, ownEndsOf } from '../removals.ts';

type People = Handlers<typeof peopleContract>;

/** The calls of a workshop's people over a store. */
export function peopleHandlers(context: EngineContext): Handlers<typeof peopleContract> {
  const { store, hasher, random } = context;
  const { reader } = store;

  const inSight = (id: Id): Result<StoredPerson, 'people.unknown'> => {
    const row = reader.get<StoredPerson>(`select ${PERSON_COLUMNS} from participant where id = ?`, id);
    return row && (row.live === 1 || isPersonInSight(reader, row.activityId, id)) ? ok(row) : refuse('people.unknown');
  };

  const listOf = (activityId: Id): (Participant & { linked: Id[]; apart: string[] })[] => {
    const rows = listedPeople(reader, activityId);
    const links = new Map(rows.map(({ person, linked, apart }) => [person.id, { linked: [...linked], apart: [...apart] }]));
    const people = rows.map(({ person }) => person);
    return participantsOf(people, erasedName(), removedPeople(context, activityId)).map((one) => ({ ...one, ...links.get(one.id)! }));
  };
  /** The records of somebody, the one that stands for the others first; a removed one stands by itself. */
  const recordIdsOf = (activityId: Id, id: Id): readonly [Id, ...Id[]] => {
    const { standsFor, others } = linkedPeople(reader, activityId);
    const standing = standsFor(id);
    return [standing, ...others(standing)];
  };
  const spacesAbout = (activityId: Id): string[] => [peopleSpace(activityId), answersSpace(activityId)];

  const erasedName = (): string => context.translate(context.language(), 'people:erased.name');

  return {
    ...lateHandlers<People, 'people.import'>({ 'people.import': true }, async () =>
      (await import('./people-import.ts')).importHandlers(context),
    ),
    ...erasureHandlers(context),
    ...lateHandlers<People, 'people.exportList' | 'people.template'>({ 'people.exportList': true, 'people.template': true }, async () =>
      (await import('./people-list-export.ts')).listExportHandlers(context),
    ),
    ...linkHandlers(context),
    ...copyHandlers(context),
    ...bulkHandlers(context),

    'people.pairs': ({ activityId }) => {
      if (!activityRow(reader, activityId)) return refuse('activity.unknown');
      const people = new Map(listOf(activityId).flatMap((one) => (one.erased ? [] : [[one.id, one] as const])));
      const pairs = withoutToldApart(reader, activityId, pairsOf([...people.values()]));
      return ok(pairs.map(({ ids, why }) => ({ ids, why, fields: compareRecords(people.get(ids[0])!, people.get(ids[1])!) })));
    },

    'people.list': ({ activityId }) => (activityRow(reader, activityId) ? ok(listOf(activityId)) : refuse('activity.unknown')),

    'people.add': ({ activityId, sex, ...fields }) => {
      if (!activityRow(reader, activityId)) return refuse('activity.unknown');
      const others = listedPeople(reader, activityId).map(({ person }) => person);
      const id = newRecordId(peopleSpace(activityId), random, hasher);
      const [position] = keysAfter(lastPosition(others), 1);
      // What the desk did not ask is left unwritten: *not stated* is an answer, *not asked* is none.
      const values = { ...stated(fields), activityId, sex: sex === 'notStated' ? undefined : sex, position: position! };
      store.commit([{ space: peopleSpace(activityId), writes: writesOf(participant, id, values) }]);
      const added = inSight(id);
      if (!added.ok) return added;
      const name = nameKey(added.value);
      return ok({
        id,
        complete: isComplete(added.value),
        homonyms: others.filter((other) => nameKey(other) === name).map((other) => other.id),
      });
    },

    'people.update': ({ id, seen, ...fields }) => {
      const row = inSight(id);
      if (!row.ok) return row;
      const { activityId, space } = row.value;
      const records = recordIdsOf(activityId, id);
      const standing = inSight(records[0]);
      if (!standing.ok) return standing;
      if (standing.value.erased === 1) return refuse('people.erased');
      store.commit([{ space, writes: writesOfForm(reader, activityId, records, fields, seen) }]);
      const updated = listedPeople(reader, activityId).find(({ person }) => person.id === records[0]);
      return updated ? ok({ complete: isComplete(updated.person) }) : refuse('people.unknown');
    },

    'people.open': ({ id }) => {
      const row = inSight(id);
      if (!row.ok) return row;
      const { activityId } = row.value;
      const records = recordIdsOf(activityId, id);
      const shown = listOf(activityId).find((person) => person.id === records[0]);
      if (!shown) return refuse('people.unknown');
      return ok({
        participant: shown,
        ...linkedIn(context, activityId, shown.id),
        conflict: records.some((one) => reader.get('select 1 from participant where id = ? and conflicts > 0', one) !== undefined),
        seen: { ...shownOfRecords(reader, records), [HANGING]: endsOf(reader, spacesAbout(activityId)) },
      });
    },

    'people.remove': ({ id, seen }) => {
      const row = inSight(id);
      if (!row.ok) return row;
      const spaces = spacesAbout(row.value.activityId);
      const hanging = seen === undefined ? endsOf(reader, spaces) : ownEndsOf(store, spaces);
      // What was on screen was the one that stands for the others; they go with it, as this laptop has them.
      const records = recordIdsOf(row.value.activityId, id);
      const writes = records.flatMap((one) => deletionSeen(reader, 'participant', one, one === records[0] ? seen : undefined, hanging));
      store.commit([{ space: row.value.space, writes }]);
      return ok({});
    },

    'people.restore': ({ id }) => {
      const row = reader.get<{ space: string; activityId: Id }>('select space, activityId from participant where id = ?', id);
      if (!row) return refuse('people.unknown');
      const writes = linkedRecords(reader, row.activityId, id).flatMap((one) => restoration(reader, 'participant', one));
      store.commit([{ space: row.space, writes }]);
      return ok({});
    },
  };
}

function lastPosition(rows: readonly ParticipantRow[]): string | null {
  return rows.reduce<string | null>(
    (last, { position }) => (position !== null && (last === null || position > last) ? position : last),
    null,
  );
}

/** Only what says something. */
function stated<T extends Readonly<Record<string, string | null>>>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== '')) as Partial<T>;
}
