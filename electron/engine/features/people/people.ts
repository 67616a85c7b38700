import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { peopleContract } from '../../../../shared/features/people/contract.ts';
import type { IntakeOptions } from '../../../../shared/features/intake/shapes.ts';
import { understoodAsRead } from '../../../../shared/features/intake/form-choices.ts';
import { readEitherWay } from '../../../../shared/features/intake/turned-sheets.ts';
import { planUnknownColumns } from '../../../../shared/features/intake/unknown-columns.ts';
import { planList, type ListPlan } from '../../../../shared/features/people/list/list-plan.ts';
import { compareRecords, pairsOf } from '../../../../shared/features/people/pairs.ts';
import { isListField } from '../../../../shared/features/people/list/headings.ts';
import { waysToReadPeople, type ReadList } from '../../../../shared/features/people/list/read-list.ts';
import { isComplete, nameKey, participantsOf, type Participant, type ParticipantRow } from '../../../../shared/features/people/rules.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { keysAfter } from '../../../../shared/kernel/order.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { participant } from '../../../../shared/model/people.ts';
import { newRecordId } from '../../../../shared/model/record-id.ts';
import { answersSpace, peopleSpace } from '../../../../shared/model/spaces.ts';
import { writesOf } from '../../../../shared/model/writes.ts';
import { deletionSeen, restoration } from '../../../../shared/node/store/deletion.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import type { Source } from '../../../../shared/kernel/source.ts';
import type { FieldWrite } from '../../../../shared/sync/types.ts';
import type { EngineContext } from '../../context.ts';
import { rememberImport } from '../../import-log.ts';
import { readRecalled, rememberChoices } from '../../form-memory.ts';
import { nameOfSource } from '../../intake-source.ts';
import { activityRow, spokenLanguagesOf } from '../activity/activity-rows.ts';
import { isPersonInSight, removedPeople } from './in-sight.ts';
import { bulkHandlers } from './people-bulk.ts';
import { copyHandlers } from './people-copy.ts';
import { erasureHandlers } from './people-erasure.ts';
import { shownOfRecords, writesOfForm } from './people-form.ts';
import { listExportHandlers } from './people-list-export.ts';
import { linkedIn, linkedRecords, linkHandlers, withoutToldApart } from './people-links.ts';
import { everyone, listedPeople, PERSON_COLUMNS, type StoredPerson } from './people-rows.ts';
import { linkedPeople } from '../attendance/linked-marks.ts';
import { endsOf, HANGING, ownEndsOf } from '../removals.ts';

/** The calls of a workshop's people over a store. */
export function peopleHandlers(context: EngineContext): Handlers<typeof peopleContract> {
  const { store, hasher, random } = context;
  const { reader } = store;

  const inSight = (id: Id): Result<StoredPerson> => {
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

  const planned = (activityId: Id, source: Source, read: ReadList, options: IntakeOptions): Result<ListPlan> => {
    const roster = reader.get<{ key: string }>('select key from roster where activityId = ? and live = 1 and key is not null', activityId);
    if (!roster || !activityRow(reader, activityId)) return refuse('activity.unknown');
    return planList(source, read, { known: everyone(reader, activityId), roster: { activityId, rosterKey: roster.key }, hasher, options });
  };

  return {
    ...erasureHandlers(context),
    ...listExportHandlers(context),
    ...linkHandlers(context),
    ...copyHandlers(context),
    ...bulkHandlers(context),

    'people.import': async ({ activityId, path, text, apply, skipRejected, remember, ...said }, call) => {
      if (!activityRow(reader, activityId)) return refuse('activity.unknown');
      call.progress({ label: 'table.reading', done: 0, total: 1, unit: 'items' });
      const given = await readRecalled(context, { activityId, kind: 'people', isMeaning: isListField }, { path, text }, said);
      if (!given.ok) return given;
      const { options, recalled } = given.value;
      // A cancel that came while the file was read is heard here; from here on nothing waits, so the list is whole or absent.
      await new Promise((resolve) => setImmediate(resolve));
      if (call.signal.aborted) return refuse('job.cancelled');
      const ways = waysToReadPeople(options, { languages: spokenLanguagesOf(reader, activityId) });
      const { source, turned, read } = readEitherWay(given.value.source, options, ways);
      if (!read.ok) {
        const shown = apply ? null : planUnknownColumns(source, options, read.refusal, turned);
        return shown ? ok({ ...shown, applied: false, added: 0, updated: 0, unchanged: 0, homonyms: [] }) : read;
      }
      call.progress({ label: 'people.checking', done: 0, total: read.value.rows.length, unit: 'items' });
      const plan = planned(activityId, source, read.value, options);
      if (!plan.ok) return plan;
      const { additions, updates, unchanged, rejected, rows, account, homonyms, doubtful } = plan.value;
      const applied = apply && (rejected.length === 0 || skipRejected);
      let importId: string | null = null;
      if (applied) {
        call.progress({ label: 'people.saving', done: 0, total: additions.length + updates.length, unit: 'items' });
        importId = store.transaction(() => {
          const changeSets = store.commit([{ space: peopleSpace(activityId), writes: writesOfPlan(reader, activityId, plan.value) }]);
          rememberChoices(context, { activityId, kind: 'people', remember }, read.value.understood, { ...read.value, options: said });
          return rememberImport(context, { activityId, kind: 'people', file: nameOfSource({ path }) }, changeSets);
        });
      }
      // Looking says what would be; a list that was to be taken and was not has added nobody.
      const counts = applied || !apply ? { added: additions.length, updated: updates.length } : { added: 0, updated: 0 };
      return ok({
        ...{ applied, ...counts, unchanged, importId },
        understood: understoodAsRead(read.value.understood, { recalled, turned }),
        questions: [...read.value.questions],
        rows: [...rows],
        account: { ...account, leftFor: [...account.leftFor] },
        columnsUnknown: null,
        homonyms: homonyms.map((group) => [...group]),
        rejected: [...rejected],
        doubtful: [...doubtful],
      });
    },

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

function writesOfPlan(reader: Reader, activityId: Id, plan: ListPlan): FieldWrite[] {
  return [
    ...plan.additions.flatMap(({ id, restore, values }) => [
      ...(restore ? restoration(reader, 'participant', id) : []),
      ...writesOf(participant, id, { activityId, ...values }),
    ]),
    ...plan.updates.flatMap(({ id, values }) => writesOf(participant, id, values)),
  ];
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
