import type { ResultOf } from '../../../../shared/contract/call.ts';
import type { activityContract } from '../../../../shared/features/activity/contract.ts';
import { splitHalfDay, type Day } from '../../../../shared/kernel/dates.ts';
import { inList, ownWorkshops, planDay } from '../../../../shared/features/activity/day-plan.ts';
import { isComplete } from '../../../../shared/features/people/rules.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import type { EngineContext } from '../../context.ts';
import { filesNeeded } from '../../files/needs.ts';
import { countOrphans } from '../attendance/orphans.ts';
import { listedPeople } from '../people/people-rows.ts';
import { activityRow, activitySummaries, agendaItemOf, agendaRows, type ActivitySummary } from './activity-rows.ts';

type Today = ResultOf<(typeof activityContract)['activity.today']>;

/** Counts what waits to be synced and to be settled. */
export interface PendingWork {
  pending(): number;
  conflicts(): number;
}

const UPCOMING = 20;
const RECENT = 5;

/** Returns what *Today* shows on a day: the workshops under way, those to come, the last ones, and what of all these is not ready. */
export function today(context: Pick<EngineContext, 'store' | 'files' | 'settings'>, pending: PendingWork, day: Day): Today {
  const { reader } = context.store;
  const plan = planDay(
    inList(activitySummaries(context)).filter(({ inCalendar }) => !inCalendar),
    day,
  );
  const underWay = plan.underWay.map((workshop) => ({ ...workshop, agendaToday: agendaOn(reader, workshop.id, day) }));
  const upcoming = plan.upcoming.slice(0, UPCOMING);
  const recent = plan.recent.slice(0, RECENT);
  const shown = ownWorkshops([...underWay, ...upcoming, ...recent]);
  const orphans = shown.map(({ id }) => ({ id, count: countOrphans(reader, id) })).filter(({ count }) => count > 0);
  return {
    current: underWay[0] ?? null,
    underWay,
    upcoming,
    recent,
    ...peopleToComplete(reader, shown),
    orphans: orphans.reduce((sum, { count }) => sum + count, 0),
    orphansIn: orphans[0]?.id ?? null,
    ...materialsMissing(context, ownWorkshops([...underWay, ...upcoming])),
    pending: pending.pending(),
    conflicts: pending.conflicts(),
  };
}

function agendaOn(reader: Reader, activityId: Id, day: Day): NonNullable<Today['current']>['agendaToday'] {
  const row = activityRow(reader, activityId);
  if (!row) return [];
  return agendaRows(reader, activityId)
    .filter((item) => splitHalfDay(item.halfDay).day === day)
    .map((item) => agendaItemOf(item.row, row));
}

/** People of whom something is missing in these workshops, and the first of them that has some. */
function peopleToComplete(reader: Reader, shown: readonly ActivitySummary[]): Pick<Today, 'toComplete' | 'toCompleteIn'> {
  const linked = new Set(
    reader.all<{ id: Id }>('select distinct activityId as id from personLink where live = 1 and same = 1').map(({ id }) => id),
  );
  const counted = reader.all<{ activityId: Id; people: number }>(
    `select p.activityId, count(*) as people from participant p join activity a on a.id = p.activityId and a.live = 1
     where p.live = 1 and (p.sex is null or p.profession is null or p.country is null or coalesce(p.institution, '') = '')
     and not exists (select 1 from erasure e where e.entity = p.id and e.type = 'participant')
     and p.activityId in (select value from json_each(?)) group by p.activityId order by p.activityId`,
    JSON.stringify(shown.map(({ id }) => id)),
  );
  // What one of somebody's records lacks another may say.
  const rows = counted
    .map(({ activityId, people }) => ({
      activityId,
      people: linked.has(activityId)
        ? listedPeople(reader, activityId).filter(({ person }) => person.live === 1 && person.erased !== 1 && !isComplete(person)).length
        : people,
    }))
    .filter(({ people }) => people > 0);
  const those = new Set(rows.map(({ activityId }) => activityId));
  return {
    toComplete: rows.reduce((sum, { people }) => sum + people, 0),
    toCompleteIn: shown.find(({ id }) => those.has(id))?.id ?? null,
  };
}

/** Files of these workshops and of their courses that are not on this laptop, and the first workshop that needs one. */
function materialsMissing(
  context: Pick<EngineContext, 'store' | 'files'>,
  activities: readonly ActivitySummary[],
): Pick<Today, 'materialsMissing' | 'materialsMissingIn'> {
  if (activities.length === 0) return { materialsMissing: 0, materialsMissingIn: null };
  const wanted = activities.flatMap(({ id, courseId }) => (courseId === null ? [id] : [id, courseId]));
  const missing = filesNeeded(context, wanted);
  const needing = new Set(missing.flatMap(({ activityId, courseId }) => [activityId, courseId]));
  return {
    materialsMissing: new Set(missing.map(({ sha256 }) => sha256)).size,
    materialsMissingIn: activities.find(({ id, courseId }) => needing.has(id) || (courseId !== null && needing.has(courseId)))?.id ?? null,
  };
}
