import { inCalendar, touching } from '../../../../shared/features/calendar/calendar-entries.ts';
import { attended } from '../../../../shared/features/attendance/counts.ts';
import { statusShown } from '../../../../shared/features/attendance/cells.ts';
import { periodFigures, type PeriodCount, type PeriodRecord } from '../../../../shared/features/report/period-figures.ts';
import type { LabelledCount, ToldPeriod } from '../../../../shared/features/report/period-document.ts';
import { NOT_RECORDED } from '../../../../shared/features/report/figures.ts';
import type { ReportWords } from '../../../../shared/features/report/report-words.ts';
import { countryFootnote } from '../../../../shared/kernel/countries.ts';
import type { Day } from '../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { textIn } from '../../../../shared/kernel/text.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import type { EngineContext } from '../../context.ts';
import { activitySummaries } from '../activity/activity-rows.ts';

/** Returns the figures of a period, with its labels in the language of `words`. */
export function periodOf(context: EngineContext, from: Day, to: Day, words: ReportWords): ToldPeriod {
  const { reader } = context.store;
  const { language, say, format } = words;
  const activities = touching(inCalendar(activitySummaries(context)), from, to);
  const ids = JSON.stringify(activities.filter((one) => !one.inCalendar).map(({ id }) => id));
  const { there, marked } = presences(reader, ids);
  const figures = periodFigures({
    activities: activities.map((activity) => ({ ...activity, title: textIn(activity.title, language) })),
    ...{ records: recordsIn(reader, ids), links: linksIn(reader), there, marked },
  });
  const labelled = (counts: readonly PeriodCount[], label: (key: string) => string): LabelledCount[] =>
    counts.map((count) => ({ ...count, label: count.key === NOT_RECORDED ? say('notRecorded') : label(count.key) }));
  const byName = (counts: readonly LabelledCount[]): LabelledCount[] =>
    counts.toSorted((a, b) => Number(a.key === NOT_RECORDED) - Number(b.key === NOT_RECORDED) || format.compare(a.label, b.label));
  const notes = new Set(figures.byCountry.flatMap(({ key }) => (key === NOT_RECORDED ? [] : (countryFootnote(key, language) ?? []))));
  const chosen = (key: string): string => context.translate(language, `activity:${key}`);
  return {
    ...figures,
    ...{ from, to, notes: [...notes] },
    byProject: labelled(figures.byProject, (key) => key),
    byMode: labelled(figures.byMode, (key) => chosen(`mode.${key}`)),
    byKind: labelled(figures.byKind, (key) => chosen(`kind.${key}`)),
    byLanguage: labelled(figures.byLanguage, (key) => format.language(key)),
    byCountry: byName(labelled(figures.byCountry, (key) => format.country(key))),
    bySex: words.sex(figures.bySex),
  };
}

function recordsIn(reader: Reader, ids: string): PeriodRecord[] {
  return reader.all<PeriodRecord>(
    `select id, activityId, coalesce(familyName, '') as familyName, coalesce(givenName, '') as givenName, coalesce(email, '') as email,
     coalesce(country, '') as country, coalesce(institution, '') as institution, coalesce(sex, '') as sex
     from participant where live = 1 and activityId in (select value from json_each(?)) order by id`,
    ids,
  );
}

/** Returns the pairs of records that are one person; what two laptops said differently makes none. */
function linksIn(reader: Reader): (readonly [Id, Id])[] {
  return reader
    .all<{ first: Id; second: Id }>(
      'select "first", "second" from personLink where live = 1 and same = 1 and conflicts = 0 and "first" is not null and "second" is not null',
    )
    .map(({ first, second }) => [first, second] as const);
}

/** Who was there at least once, and the workshops in which anybody was marked. */
function presences(reader: Reader, ids: string): { there: ReadonlySet<Id>; marked: ReadonlySet<Id> } {
  const rows = reader.all<{ personId: Id; activityId: Id; status: string }>(
    `select distinct personId, activityId, status from mark
     where live = 1 and personId is not null and status is not null and status <> 'notTaken' and activityId in (select value from json_each(?))`,
    ids,
  );
  const isThere = ({ status }: { readonly status: string }): boolean => attended(statusShown([{ value: status }]));
  return {
    there: new Set(rows.filter(isThere).map(({ personId }) => personId)),
    marked: new Set(rows.map(({ activityId }) => activityId)),
  };
}
