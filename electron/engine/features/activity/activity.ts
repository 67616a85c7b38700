import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { activityContract } from '../../../../shared/features/activity/contract.ts';
import { bringBack } from '../../../../shared/features/activity/bring-back.ts';
import { halfDaysOf } from '../../../../shared/features/activity/half-days.ts';
import { marksLost, reschedule, type AgendaEntry } from '../../../../shared/features/activity/reschedule.ts';
import { matches } from '../../../../shared/features/activity/search.ts';
import { checkLetters } from '../../../../shared/features/attendance/letters.ts';
import { halfDaysBetween, type HalfDay } from '../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { keysAfter } from '../../../../shared/kernel/order.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { activity, agendaItem } from '../../../../shared/model/activity.ts';
import { newRecordId } from '../../../../shared/model/record-id.ts';
import { titleValues } from '../../../../shared/model/title.ts';
import { formWrites, writesOf, type Seen } from '../../../../shared/model/writes.ts';
import { deletionSeen, restoration } from '../../../../shared/node/store/deletion.ts';
import type { FieldWrite } from '../../../../shared/sync/types.ts';
import type { EngineContext } from '../../context.ts';
import {
  activityRow,
  activitySummaries,
  agendaRows,
  agendaShown,
  entryOf,
  itemTitle,
  markedHalfDays,
  peopleCount,
  summaryOf,
  type ActivityRow,
  type AgendaItemRow,
} from './activity-rows.ts';
import { duplicateHandlers } from './duplicate-activity.ts';
import { sessionHandlers } from './find-sessions.ts';
import { firstStepsHandlers } from './first-steps.ts';
import { genesisOf } from './new-activity.ts';
import { removedWorkshop } from '../people/in-sight.ts';
import { endsOf, HANGING, ownEndsOf, shownOf, spacesOfWorkshop } from '../removals.ts';
import { loadSample } from './sample.ts';
import { today, type Standing } from './today.ts';
import { chosenLettersOf } from './workshop.ts';

/** The calls of the calendar, the workshop and its agenda. `standing`: what waits, for *Today*. */
export function activityHandlers(context: EngineContext, standing: Standing): Handlers<typeof activityContract> {
  const { store, random } = context;
  const { reader } = store;

  const found = (id: Id): Result<ActivityRow & { readonly start: string; readonly end: string }> => {
    const row = activityRow(reader, id);
    return row ? ok({ ...row, start: row.start ?? '', end: row.end ?? '' }) : refuse('activity.unknown');
  };

  const foundItem = (
    id: Id,
  ): Result<{ readonly item: AgendaItemRow; readonly row: ActivityRow & { readonly start: string; readonly end: string } }> => {
    const item = reader.get<AgendaItemRow>('select * from agendaItem where id = ? and live = 1 and placement is not null', id);
    if (!item) return refuse('agenda.itemUnknown');
    const row = found(item.activityId);
    return row.ok ? ok({ item, row: row.value }) : row;
  };

  const lastKeyIn = (activityId: Id, halfDay: HalfDay): string | null =>
    agendaRows(reader, activityId)
      .filter((entry) => entry.halfDay === halfDay)
      .at(-1)?.key ?? null;

  /** Refuses `agenda.marked` when the agenda, changed by `change`, would no longer count a half-day that has marks. */
  const keepsMarks = (
    row: { readonly id: Id; readonly start: string; readonly end: string },
    change: (items: AgendaEntry[]) => AgendaEntry[],
  ): Result<null> => {
    const delivery = { start: row.start, end: row.end, items: agendaRows(reader, row.id), marked: markedHalfDays(reader, row.id) };
    const lost = marksLost(delivery, change([...delivery.items]));
    return lost.length > 0 ? refuse('agenda.marked', { halfDays: lost, count: lost.length }) : ok(null);
  };

  const commit = (space: string, writes: readonly FieldWrite[]): Result<Record<string, never>> => {
    store.commit([{ space, writes }]);
    return ok({});
  };

  return {
    ...duplicateHandlers(context),
    ...firstStepsHandlers(context),
    ...sessionHandlers(context),

    'activity.create': (args) => {
      const genesis = genesisOf(context, args);
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

    'activity.list': (filter) => ok(activitySummaries(context).filter((summary) => matches(summary, filter))),

    'activity.update': ({ id, title, letters, seen, ...fields }) => {
      const row = found(id);
      if (!row.ok) return row;
      const checked = letters ? checkLetters(letters) : ok(letters);
      if (!checked.ok) return checked;
      const values = { ...(title !== undefined && titleValues(title, row.value)), letters: checked.value, ...fields };
      return commit(row.value.space, formWrites(activity, id, values, seen));
    },

    'activity.reschedule': ({ id, start, end, drop, seen, seenItems }) => {
      const row = found(id);
      if (!row.ok) return row;
      const items = agendaRows(reader, id).map((item) => ({ ...item, title: itemTitle(item.row, row.value) }));
      const marked = markedHalfDays(reader, id);
      const moved = reschedule({ start: row.value.start, end: row.value.end, items, marked }, { start, end, drop });
      if (!moved.ok) return moved;
      store.commit([
        {
          space: row.value.space,
          writes: [
            ...formWrites(activity, id, { start, end }, seen),
            ...moved.value.deleted.flatMap((itemId) => deletionSeen(reader, 'agendaItem', itemId, seenOf(seenItems, itemId))),
            ...moved.value.moved.flatMap((item) => {
              const values = { placement: item.placement, start: item.start ?? undefined, end: item.end ?? undefined };
              return formWrites(agendaItem, item.id, values, seenOf(seenItems, item.id));
            }),
          ],
        },
      ]);
      return ok({ halfDays: [...moved.value.halfDays] });
    },

    'activity.bringHalfDayBack': ({ id, halfDay, seen, seenItems }) => {
      const row = found(id);
      if (!row.ok) return row;
      const items = agendaRows(reader, id);
      const back = bringBack({ start: row.value.start, end: row.value.end, items }, halfDay);
      if (!back.ok) return back;
      const { counts, ...dates } = back.value;
      store.commit([
        {
          space: row.value.space,
          writes: [
            ...formWrites(activity, id, dates, seen),
            ...(counts === undefined ? [] : formWrites(agendaItem, counts, { counts: true }, seenOf(seenItems, counts))),
          ],
        },
      ]);
      const after = found(id);
      return after.ok ? ok({ halfDays: halfDaysOf(after.value.start, after.value.end, agendaRows(reader, id)) }) : after;
    },

    'activity.remove': ({ id, seen }) => {
      const row = found(id);
      if (!row.ok) return row;
      const hanging = seen === undefined ? endsOf(reader, spacesOfWorkshop(id)) : ownEndsOf(store, spacesOfWorkshop(id));
      return commit(row.value.space, deletionSeen(reader, 'activity', id, seen, hanging));
    },

    'activity.restore': ({ id }) => {
      const row = reader.get<{ space: string }>('select space from activity where id = ?', id);
      return row ? commit(row.space, restoration(reader, 'activity', id)) : refuse('activity.unknown');
    },

    'activity.archive': ({ id, archived, seen }) => {
      const row = found(id);
      return row.ok ? commit(row.value.space, formWrites(activity, id, { archived }, seen)) : row;
    },

    'activity.addItem': ({ activityId, title, halfDay, start, end, mode, room, trainers, counts }) => {
      const row = found(activityId);
      if (!row.ok) return row;
      if (!halfDaysBetween(row.value.start, row.value.end).includes(halfDay)) return refuse('agenda.halfDay');
      const id = newRecordId(row.value.space, random, context.hasher);
      const [key] = keysAfter(lastKeyIn(activityId, halfDay), 1);
      const kept = keepsMarks({ ...row.value, id: activityId }, (items) => [
        ...items,
        { id, title: {}, halfDay, key: key!, start: null, end: null, counts },
      ]);
      if (!kept.ok) return kept;
      const values = {
        activityId,
        ...titleValues(title),
        placement: [halfDay, key!],
        start,
        end,
        mode,
        room: room === '' ? undefined : room,
        trainers: trainers === '' ? undefined : trainers,
        counts,
      };
      store.commit([{ space: row.value.space, writes: writesOf(agendaItem, id, values) }]);
      return ok({ id });
    },

    'activity.updateItem': ({ id, title, halfDay, seen, ...fields }) => {
      const target = foundItem(id);
      if (!target.ok) return target;
      const { item, row } = target.value;
      const before = entryOf(item);
      const moves = halfDay !== undefined && halfDay !== before.halfDay;
      if (moves && !halfDaysBetween(row.start, row.end).includes(halfDay)) return refuse('agenda.halfDay');
      const kept = keepsMarks(row, (items) =>
        items.map((entry) =>
          entry.id === id ? { ...entry, halfDay: halfDay ?? entry.halfDay, counts: fields.counts ?? entry.counts } : entry,
        ),
      );
      if (!kept.ok) return kept;
      const placement = moves ? [halfDay, keysAfter(lastKeyIn(row.id, halfDay), 1)[0]!] : undefined;
      const values = { ...(title !== undefined && titleValues(title, item)), placement, ...fields };
      return commit(row.space, formWrites(agendaItem, id, values, seen));
    },

    'activity.removeItem': ({ id, seen }) => {
      const target = foundItem(id);
      if (!target.ok) return target;
      const { row } = target.value;
      const kept = keepsMarks(row, (items) => items.filter((entry) => entry.id !== id));
      return kept.ok ? commit(row.space, deletionSeen(reader, 'agendaItem', id, seen)) : kept;
    },

    'activity.restoreItem': ({ id }) => {
      const item = reader.get<AgendaItemRow & { space: string }>('select * from agendaItem where id = ?', id);
      if (!item) return refuse('agenda.itemUnknown');
      const row = found(item.activityId);
      if (!row.ok) return row;
      const kept = keepsMarks(row.value, (items) => [...items.filter((entry) => entry.id !== id), entryOf(item)]);
      return kept.ok ? commit(item.space, restoration(reader, 'agendaItem', id)) : kept;
    },

    'activity.today': ({ day }) => ok(today(context, standing, day)),

    'activity.loadSample': () => loadSample(context),
  };
}

/** What a screen showed of one item: nothing, where it is not among those that the screen had. */
function seenOf(seenItems: Readonly<Record<Id, Seen>> | undefined, id: Id): Seen | undefined {
  return seenItems && (Object.hasOwn(seenItems, id) ? seenItems[id] : {});
}
