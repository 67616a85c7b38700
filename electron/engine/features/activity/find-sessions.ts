import type { ResultOf } from '../../../../shared/contract/call.ts';
import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { activityContract } from '../../../../shared/features/activity/contract.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { agendaItem } from '../../../../shared/model/activity.ts';
import type { EngineContext } from '../../context.ts';
import { activityRow, agendaItemOf, summaryOf, type AgendaItemRow } from './activity-rows.ts';
import { searchFullText } from '../library/full-text.ts';

type FoundSession = ResultOf<(typeof activityContract)['activity.findSessions']>[number];

/** The call that looks for sessions over every workshop that is here. */
export function sessionHandlers({ store: { reader } }: EngineContext): Pick<Handlers<typeof activityContract>, 'activity.findSessions'> {
  return {
    'activity.findSessions': ({ text, limit }) => {
      const matches = searchFullText(reader, text, [agendaItem.type]);
      if (matches === null) return ok([]);
      const rows = reader.all<AgendaItemRow>(
        'select * from agendaItem where live = 1 and placement is not null and id in (select value from json_each(?))',
        JSON.stringify([...matches]),
      );
      const sessions = rows.flatMap((row): FoundSession[] => {
        const activity = activityRow(reader, row.activityId);
        if (!activity) return [];
        const { id, title, halfDay, start, unreadable } = agendaItemOf(row, activity);
        return [{ id, title, halfDay, start, unreadable, activityId: row.activityId, workshop: summaryOf(activity, 0).title }];
      });
      return ok(sessions.sort(latestFirst).slice(0, limit));
    },
  };
}

function latestFirst(a: FoundSession, b: FoundSession): number {
  const [one, other] = [a, b].map(({ halfDay, start }) => `${halfDay} ${start}`);
  return one! > other! ? -1 : one! < other! ? 1 : a.id < b.id ? -1 : 1;
}
