import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { activityContract } from '../../../../shared/features/activity/contract.ts';
import { halfDaysOf } from '../../../../shared/features/activity/half-days.ts';
import { matches } from '../../../../shared/features/activity/search.ts';
import { checkLetters } from '../../../../shared/features/attendance/letters.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { activity } from '../../../../shared/model/activity.ts';
import { titleValues } from '../../../../shared/model/title.ts';
import { formWrites } from '../../../../shared/model/field-writes.ts';
import { deletionSeen, restoration } from '../../../../shared/node/store/deletion.ts';
import type { EngineContext } from '../../context.ts';
import { activitySummaries, anyActivityRow, isEntry, agendaRows, agendaShown, peopleCount, summaryOf } from './activity-rows.ts';
import { checkPartOf, commitWrites, foundActivity, type FoundActivity } from './activity-writes.ts';
import { agendaHandlers } from './agenda.ts';
import { daysHandlers } from './days.ts';
import { duplicateHandlers } from './duplicate-activity.ts';
import { sessionHandlers } from './find-sessions.ts';
import { firstStepsHandlers } from './first-steps.ts';
import { genesisOf } from './new-activity.ts';
import { removedWorkshop } from '../people/in-sight.ts';
import { endsOf, HANGING, ownEndsOf, shownOf, spacesOfWorkshop } from '../removals.ts';
import { loadSample } from './sample.ts';
import { today, type PendingWork } from './today.ts';
import { chosenLettersOf } from './workshop.ts';

/** The calls of the calendar, the workshop and its agenda. `pending`: what waits, for *Today*. */
export function activityHandlers(context: EngineContext, pending: PendingWork): Handlers<typeof activityContract> {
  const { store } = context;
  const { reader } = store;

  const found = (id: Id): Result<FoundActivity, 'activity.unknown'> => foundActivity(reader, id);

  return {
    ...daysHandlers(context),
    ...agendaHandlers(context),
    ...duplicateHandlers(context),
    ...firstStepsHandlers(context),
    ...sessionHandlers(context),

    'activity.create': (args) => {
      const entry = args.entryId === undefined ? undefined : anyActivityRow(reader, args.entryId);
      if (args.entryId !== undefined && !(entry && isEntry(entry))) return refuse('activity.unknown');
      if (args.partOf !== undefined && !anyActivityRow(reader, args.partOf)) return refuse('activity.unknown');
      const genesis = genesisOf(context, { ...args, partOf: args.partOf ?? entry?.partOf ?? undefined });
      if (!genesis.ok) return genesis;
      store.commit(genesis.value.requests);
      return ok({ id: genesis.value.id });
    },

    'activity.get': ({ id }) => {
      const row = found(id);
      if (!row.ok) return row;
      const items = agendaRows(reader, id);
      return ok({
        ...summaryOf(row.value, peopleCount(reader, id), removedWorkshop(context, id)),
        halfDays: halfDaysOf(row.value.start, row.value.end, items),
        agenda: agendaShown(context, row.value),
        letters: chosenLettersOf(row.value),
        seen: shownOf(reader, 'activity', id),
      });
    },

    'activity.contents': ({ id }) => {
      const row = found(id);
      if (!row.ok) return row;
      const count = (table: 'mark' | 'sheet', more: string): number =>
        reader.get<{ n: number }>(`select count(*) as n from ${table} where activityId = ? and live = 1${more}`, id)!.n;
      return ok({
        people: peopleCount(reader, id),
        marks: count('mark', " and status is not null and status <> 'notTaken'"),
        sheets: count('sheet', ''),
        seen: { ...shownOf(reader, 'activity', id), [HANGING]: endsOf(reader, spacesOfWorkshop(id)) },
      });
    },

    'activity.list': ({ inCalendar, ...filter }) =>
      ok(
        activitySummaries(context).filter(
          (summary) => (inCalendar === undefined || summary.inCalendar === inCalendar) && matches(summary, filter),
        ),
      ),

    'activity.update': ({ id, title, letters, seen, ...fields }) => {
      const row = found(id);
      if (!row.ok) return row;
      const checked = letters ? checkLetters(letters) : ok(letters);
      if (!checked.ok) return checked;
      const nested = checkPartOf(reader, id, fields.partOf);
      if (!nested.ok) return nested;
      const values = { ...(title !== undefined && titleValues(title, row.value)), letters: checked.value, ...fields };
      return commitWrites(store, row.value.space, formWrites(activity, id, values, seen));
    },

    'activity.remove': ({ id, seen }) => {
      const row = found(id);
      if (!row.ok) return row;
      const hanging = seen === undefined ? endsOf(reader, spacesOfWorkshop(id)) : ownEndsOf(store, spacesOfWorkshop(id));
      return commitWrites(store, row.value.space, deletionSeen(reader, 'activity', id, seen, hanging));
    },

    'activity.restore': ({ id }) => {
      const row = reader.get<{ space: string }>('select space from activity where id = ?', id);
      return row ? commitWrites(store, row.space, restoration(reader, 'activity', id)) : refuse('activity.unknown');
    },

    'activity.archive': ({ id, archived, seen }) => {
      const row = found(id);
      return row.ok ? commitWrites(store, row.value.space, formWrites(activity, id, { archived }, seen)) : row;
    },

    'activity.today': ({ day }) => ok(today(context, pending, day)),

    'activity.loadSample': () => loadSample(context),
  };
}
