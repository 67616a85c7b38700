import type { Handlers } from '../../../shared/contract/rpc.ts';
import type { activityContract } from '../../../shared/features/activity/contract.ts';
import { halfDaysOf } from '../../../shared/features/activity/half-days.ts';
import { marksLost, reschedule, type AgendaEntry } from '../../../shared/features/activity/reschedule.ts';
import { matches } from '../../../shared/features/activity/search.ts';
import { halfDaysBetween, type HalfDay } from '../../../shared/kernel/dates.ts';
import { timeOrderedId, type Id } from '../../../shared/kernel/ids.ts';
import { keysAfter } from '../../../shared/kernel/order.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { activity, agendaItem } from '../../../shared/model/activity.ts';
import { titleValues } from '../../../shared/model/title.ts';
import { writesOf } from '../../../shared/model/writes.ts';
import { deletion, restoration } from '../../../shared/node/store/deletion.ts';
import type { FieldWrite } from '../../../shared/sync/types.ts';
import type { EngineContext } from '../context.ts';
import {
  activityRow,
  activitySummaries,
  agendaItemOf,
  agendaRows,
  entryOf,
  itemTitle,
  markedHalfDays,
  peopleCount,
  summaryOf,
  type ActivityRow,
  type AgendaItemRow,
} from './activity-rows.ts';
import { genesisOf } from './new-activity.ts';
import { loadSample } from './sample.ts';
import { today, type Standing } from './today.ts';

/** The calls of the calendar, the workshop and its agenda. `standing`: what waits, for *Today*. */
export function activityHandlers(context: EngineContext, standing: Standing): Handlers<typeof activityContract> {
  const { store, clock, random } = context;
  const { reader } = store;

  const found = (id: Id): Result<ActivityRow & { readonly start: string; readonly end: string }> => {
    const row = activityRow(reader, id);
    return row && row.start !== null && row.end !== null ? ok({ ...row, start: row.start, end: row.end }) : refuse('activity.unknown');
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
        ...summaryOf(row.value, peopleCount(reader, id)),
        halfDays: halfDaysOf(row.value.start, row.value.end, items),
        agenda: items.map((item) => agendaItemOf(item.row, row.value)),
      });
    },

    'activity.list': (filter) => ok(activitySummaries(reader).filter((summary) => matches(summary, filter))),

    'activity.update': ({ id, title, ...fields }) => {
      const row = found(id);
      if (!row.ok) return row;
      return commit(row.value.space, writesOf(activity, id, { ...(title !== undefined && titleValues(title, row.value)), ...fields }));
    },

    'activity.reschedule': ({ id, start, end, drop }) => {
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
            ...writesOf(activity, id, { start, end }),
            ...moved.value.deleted.flatMap((itemId) => deletion(reader, 'agendaItem', itemId)),
            ...moved.value.moved.flatMap((item) =>
              writesOf(agendaItem, item.id, { placement: item.placement, start: item.start ?? undefined, end: item.end ?? undefined }),
            ),
          ],
        },
      ]);
      return ok({ halfDays: [...moved.value.halfDays] });
    },

    'activity.remove': ({ id }) => {
      const row = found(id);
      return row.ok ? commit(row.value.space, deletion(reader, 'activity', id)) : row;
    },

    'activity.restore': ({ id }) => {
      const row = reader.get<{ space: string }>('select space from activity where id = ?', id);
      return row ? commit(row.space, restoration(reader, 'activity', id)) : refuse('activity.unknown');
    },

    'activity.addItem': ({ activityId, title, halfDay, start, end, mode, room, trainers, counts }) => {
      const row = found(activityId);
      if (!row.ok) return row;
      if (!halfDaysBetween(row.value.start, row.value.end).includes(halfDay)) return refuse('agenda.halfDay');
      const id = timeOrderedId(clock, random);
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

    'activity.updateItem': ({ id, title, halfDay, ...fields }) => {
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
      return commit(row.space, writesOf(agendaItem, id, { ...(title !== undefined && titleValues(title, item)), placement, ...fields }));
    },

    'activity.removeItem': ({ id }) => {
      const target = foundItem(id);
      if (!target.ok) return target;
      const { row } = target.value;
      const kept = keepsMarks(row, (items) => items.filter((entry) => entry.id !== id));
      return kept.ok ? commit(row.space, deletion(reader, 'agendaItem', id)) : kept;
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
