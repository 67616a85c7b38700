import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { activityContract } from '../../../../shared/features/activity/contract.ts';
import { marksLost, type AgendaEntry } from '../../../../shared/features/activity/reschedule.ts';
import { halfDaysBetween, type HalfDay } from '../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { keysAfter } from '../../../../shared/kernel/order.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { agendaItem } from '../../../../shared/model/activity.ts';
import { newRecordId } from '../../../../shared/model/record-id.ts';
import { titleValues } from '../../../../shared/model/title.ts';
import { formWrites, withoutEmpty, writesOf } from '../../../../shared/model/field-writes.ts';
import { deletionSeen, restoration } from '../../../../shared/node/store/deletion.ts';
import type { EngineContext } from '../../context.ts';
import { agendaRows, entryOf, markedHalfDays, type AgendaItemRow } from './activity-rows.ts';
import { commitWrites, foundWorkshop, type FoundActivity } from './activity-writes.ts';

type AgendaCalls = Pick<
  Handlers<typeof activityContract>,
  'activity.addItem' | 'activity.updateItem' | 'activity.removeItem' | 'activity.restoreItem'
>;

/** The calls of a workshop's agenda; none of them takes a half-day away that has marks. */
export function agendaHandlers(context: EngineContext): AgendaCalls {
  const { store, random } = context;
  const { reader } = store;

  const foundItem = (
    id: Id,
  ): Result<{ readonly item: AgendaItemRow; readonly row: FoundActivity }, 'activity.unknown' | 'agenda.itemUnknown'> => {
    const item = reader.get<AgendaItemRow>('select * from agendaItem where id = ? and live = 1 and placement is not null', id);
    if (!item) return refuse('agenda.itemUnknown');
    const row = foundWorkshop(reader, item.activityId);
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
  ): Result<null, 'agenda.marked'> => {
    const delivery = { start: row.start, end: row.end, items: agendaRows(reader, row.id), marked: markedHalfDays(reader, row.id) };
    const lost = marksLost(delivery, change([...delivery.items]));
    return lost.length > 0 ? refuse('agenda.marked', { halfDays: lost, count: lost.length }) : ok(null);
  };

  return {
    'activity.addItem': ({ activityId, title, halfDay, ...fields }) => {
      const row = foundWorkshop(reader, activityId);
      if (!row.ok) return row;
      if (!halfDaysBetween(row.value.start, row.value.end).includes(halfDay)) return refuse('agenda.halfDay');
      const id = newRecordId(row.value.space, random, context.hasher);
      const [key] = keysAfter(lastKeyIn(activityId, halfDay), 1);
      const kept = keepsMarks({ ...row.value, id: activityId }, (items) => [
        ...items,
        { id, title: {}, halfDay, key: key!, start: null, end: null, counts: fields.counts },
      ]);
      if (!kept.ok) return kept;
      const values = { activityId, ...titleValues(title), placement: [halfDay, key!], ...withoutEmpty(fields) };
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
      return commitWrites(store, row.space, formWrites(agendaItem, id, values, seen));
    },

    'activity.removeItem': ({ id, seen }) => {
      const target = foundItem(id);
      if (!target.ok) return target;
      const { row } = target.value;
      const kept = keepsMarks(row, (items) => items.filter((entry) => entry.id !== id));
      return kept.ok ? commitWrites(store, row.space, deletionSeen(reader, 'agendaItem', id, seen)) : kept;
    },

    'activity.restoreItem': ({ id }) => {
      const item = reader.get<AgendaItemRow>('select * from agendaItem where id = ?', id);
      if (!item) return refuse('agenda.itemUnknown');
      const row = foundWorkshop(reader, item.activityId);
      if (!row.ok) return row;
      const kept = keepsMarks(row.value, (items) => [...items.filter((entry) => entry.id !== id), entryOf(item)]);
      return kept.ok ? commitWrites(store, item.space, restoration(reader, 'agendaItem', id)) : kept;
    },
  };
}
