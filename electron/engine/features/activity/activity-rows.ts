import type { ResultOf } from '../../../../shared/contract/call.ts';
import type { activityContract } from '../../../../shared/features/activity/contract.ts';
import { inAgendaOrder, type AgendaEntry } from '../../../../shared/features/activity/reschedule.ts';
import { sessionMode } from '../../../../shared/features/activity/session-mode.ts';
import { outsideDates } from '../../../../shared/features/activity/bring-back.ts';
import type { Day, HalfDay } from '../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { LANGUAGES, type Language } from '../../../../shared/kernel/text.ts';
import { activity, agendaItem } from '../../../../shared/model/activity.ts';
import { filledOf, type RecordRow } from '../../../../shared/model/records.ts';
import { CALENDAR } from '../../../../shared/model/spaces.ts';
import { textsOf, titleOf } from '../../../../shared/model/title.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import type { EngineContext } from '../../context.ts';
import { isWorkshopInSight, removedRecord, workshopsInSight } from '../people/in-sight.ts';
import { shownOf, toldOf } from '../removals.ts';
import { listOf, peopleOf } from './workshop.ts';
import { unreadableIn } from '../unreadable.ts';

export type ActivitySummary = ResultOf<(typeof activityContract)['activity.list']>[number];
type ActivityDetail = ResultOf<(typeof activityContract)['activity.get']>;
type AgendaItemShown = ActivityDetail['agenda'][number];
type AgendaItem = Omit<AgendaItemShown, 'outside' | 'removed' | 'seen'>;

/** A row of the projection of activities, or of agenda items. */
export type ActivityRow = RecordRow<typeof activity>;
export type AgendaItemRow = RecordRow<typeof agendaItem> & { readonly activityId: Id };

/** The languages of a workshop that Itinera speaks, in the order in which it lists them. */
export function spokenLanguagesOf(reader: Reader, activityId: Id): Language[] {
  const said: readonly unknown[] = listOf<unknown>(activityRow(reader, activityId)?.languages ?? null);
  return LANGUAGES.filter((language) => said.includes(language));
}

/** The countries of a workshop, in its own order. */
export function askedCountries(reader: Reader, activityId: Id): string[] {
  return listOf<string>(activityRow(reader, activityId)?.countries ?? null);
}

/** A workshop that is in sight, as `anyActivityRow` has it; undefined for an entry of the calendar, which has no spaces of its own. */
export function activityRow(reader: Reader, id: Id): ActivityRow | undefined {
  const row = anyActivityRow(reader, id);
  return row && !isEntry(row) ? row : undefined;
}

/**
 * An activity that is in sight: not removed, or removed while others wrote to it; undefined for any other. Dates that are cleared or not readable take nothing
 * out of sight.
 */
export function anyActivityRow(reader: Reader, id: Id): ActivityRow | undefined {
  const row = reader.get<ActivityRow>('select * from activity where id = ?', id);
  return row && (row.live === 1 || isWorkshopInSight(reader, id)) ? row : undefined;
}

/** Whether an activity is an entry of the calendar: without an agenda and people. */
export function isEntry({ space }: Pick<ActivityRow, 'space'>): boolean {
  return space === CALENDAR;
}

/** Every activity that is in sight, the earliest first. */
export function activitySummaries(context: Pick<EngineContext, 'store' | 'settings'>): ActivitySummary[] {
  const { reader } = context.store;
  const removed = workshopsInSight(reader);
  const people = new Map(
    reader
      .all<{ activityId: Id; people: number }>('select activityId, count(*) as people from participant where live = 1 group by activityId')
      .map((row) => [row.activityId, row.people]),
  );
  // Who was removed and is in sight counts too, and who has several records counts once; few workshops have such people.
  for (const { id } of reader.all<{ id: Id }>(
    'select activityId as id from participant where live = 0 union select activityId from personLink where live = 1 and same = 1 and activityId is not null',
  ))
    people.set(id, peopleCount(reader, id));
  return reader
    .all<ActivityRow>('select * from activity order by "start", "end", id')
    .filter(({ id, live }) => live === 1 || removed.has(id))
    .map((row) => {
      const told = removed.get(row.id);
      return summaryOf(row, people.get(row.id) ?? 0, told ? toldOf(context, told.removed, told.written) : null);
    });
}

/** How many people a workshop has in sight. */
export function peopleCount(reader: Reader, activityId: Id): number {
  return peopleOf(reader, activityId).length;
}

/** An activity as the calls give it. */
export function summaryOf(row: ActivityRow, people: number, removed: ActivitySummary['removed'] = null): ActivitySummary {
  return {
    id: row.id,
    title: titleOf(row),
    ...filledOf(activity, row),
    precision: row.precision ?? 'day',
    dateTbc: row.dateTbc === 1,
    kind: row.kind ?? 'workshop',
    inCalendar: isEntry(row),
    listedUnder: row.listedUnder,
    dateWording: row.dateWording ?? '',
    wording: row.wording ?? '',
    entryId: row.entryId,
    partOf: row.partOf,
    courseId: row.courseId,
    people,
    sample: row.sample === 1,
    archived: row.archived === 1,
    removed,
    unreadable: unreadableIn(row),
  };
}

/** The working languages; the first one is the documents' language. */
export function languagesOf(row: Pick<ActivityRow, 'languages'>): Language[] {
  return listOf<Language>(row.languages);
}

/** An agenda item as the rules see it, with its row. */
export type PlacedRow = AgendaEntry & { readonly row: AgendaItemRow };

/** The live agenda items of an activity, in order. */
export function agendaRows(reader: Reader, activityId: Id): PlacedRow[] {
  return reader
    .all<AgendaItemRow>('select * from agendaItem where activityId = ? and live = 1 and placement is not null', activityId)
    .map((row) => ({ ...entryOf(row), row }))
    .sort(inAgendaOrder);
}

/** An agenda item as the rules see it. */
export function entryOf(row: AgendaItemRow): AgendaEntry {
  const [halfDay, key] = JSON.parse(row.placement ?? '["",""]') as [HalfDay, string];
  return { id: row.id, title: textsOf(row.title), halfDay, key, start: row.start, end: row.end, counts: row.counts !== 0 };
}

/** An agenda item as the calls give it; one with a proper name has it under the workshop's first language. */
export function agendaItemOf(row: AgendaItemRow, workshop: Pick<ActivityRow, 'languages' | 'mode'>): AgendaItem {
  return {
    id: row.id,
    title: itemTitle(row, workshop),
    halfDay: entryOf(row).halfDay,
    ...filledOf(agendaItem, row),
    mode: row.mode ?? sessionMode(workshop.mode ?? activity.fields.mode.blank),
    sessionId: row.sessionId,
    unreadable: unreadableIn(row),
  };
}

/** The agenda as it is shown for work: with what each item showed, and which stand outside the dates or were removed and written to. */
export function agendaShown(
  context: Pick<EngineContext, 'store' | 'settings'>,
  row: ActivityRow & { readonly start: Day; readonly end: Day },
): AgendaItemShown[] {
  const { reader } = context.store;
  const items = agendaRows(reader, row.id);
  const outside = outsideDates(row.start, row.end, items);
  return items.map((item) => ({
    ...agendaItemOf(item.row, row),
    outside: outside.has(item.id),
    removed: item.row.flagged === 1 ? removedRecord(context, 'agendaItem', item.id) : null,
    seen: shownOf(reader, 'agendaItem', item.id),
  }));
}

/** The title of an agenda item as a text per language. */
export function itemTitle(row: AgendaItemRow, workshop: Pick<ActivityRow, 'languages'>): AgendaItem['title'] {
  return row.name ? { [languagesOf(workshop)[0] ?? 'en']: row.name } : textsOf(row.title);
}

/** The half-days of an activity that have a mark other than *not yet taken*. */
export function markedHalfDays(reader: Reader, activityId: Id): HalfDay[] {
  return reader
    .all<{ halfDay: HalfDay }>(
      `select distinct halfDay from mark
       where activityId = ? and live = 1 and halfDay is not null and status is not null and status <> 'notTaken' order by halfDay`,
      activityId,
    )
    .map(({ halfDay }) => halfDay);
}
