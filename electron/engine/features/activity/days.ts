import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { activityContract } from '../../../../shared/features/activity/contract.ts';
import { bringBack } from '../../../../shared/features/activity/bring-back.ts';
import { halfDaysOf } from '../../../../shared/features/activity/half-days.ts';
import { moveDays } from '../../../../shared/features/activity/move-days.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { weekendOf } from '../../../../shared/kernel/weekends.ts';
import { activity, agendaItem } from '../../../../shared/model/activity.ts';
import { formWrites } from '../../../../shared/model/field-writes.ts';
import { deletionSeen } from '../../../../shared/node/store/deletion.ts';
import type { EngineContext } from '../../context.ts';
import { agendaRows, itemTitle, markedHalfDays } from './activity-rows.ts';
import { foundActivity, itemSeen } from './activity-writes.ts';
import { listOf } from './workshop.ts';

/** The calls that give a workshop other days: all that follows from them is written in one step. */
export function daysHandlers(
  context: EngineContext,
): Pick<Handlers<typeof activityContract>, 'activity.reschedule' | 'activity.bringHalfDayBack'> {
  const { store } = context;
  const { reader } = store;

  return {
    'activity.reschedule': ({ id, start, end, drop, weekends, seen, seenItems }) => {
      const row = foundActivity(reader, id);
      if (!row.ok) return row;
      const items = agendaRows(reader, id).map((item) => ({ ...item, title: itemTitle(item.row, row.value) }));
      const marked = markedHalfDays(reader, id);
      const free = weekendOf(listOf(row.value.countries));
      const moved = moveDays({ start: row.value.start, end: row.value.end, items, marked }, { start, end, drop, free, weekends });
      if (!moved.ok) return moved;
      store.commit([
        {
          space: row.value.space,
          writes: [
            ...formWrites(activity, id, { start, end }, seen),
            ...moved.value.deleted.flatMap((itemId) => deletionSeen(reader, 'agendaItem', itemId, itemSeen(seenItems, itemId))),
            ...moved.value.moved.flatMap((item) => {
              const values = { placement: item.placement, start: item.start ?? undefined, end: item.end ?? undefined };
              return formWrites(agendaItem, item.id, values, itemSeen(seenItems, item.id));
            }),
          ],
        },
      ]);
      return ok({ halfDays: [...moved.value.halfDays] });
    },

    'activity.bringHalfDayBack': ({ id, halfDay, seen, seenItems }) => {
      const row = foundActivity(reader, id);
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
            ...(counts === undefined ? [] : formWrites(agendaItem, counts, { counts: true }, itemSeen(seenItems, counts))),
          ],
        },
      ]);
      const after = foundActivity(reader, id);
      return after.ok ? ok({ halfDays: halfDaysOf(after.value.start, after.value.end, agendaRows(reader, id)) }) : after;
    },
  };
}
