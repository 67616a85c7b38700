import { inCalendar, touching } from '../../../../shared/features/calendar/calendar-entries.ts';
import { attended } from '../../../../shared/features/attendance/counts.ts';
import { statusShown } from '../../../../shared/features/attendance/cells.ts';
import {
  periodDoubles,
  periodFigures,
  type PeriodActivity,
  type PeriodCount,
  type PeriodFigures,
  type PeriodGiven,
  type PeriodRecord,
} from '../../../../shared/features/report/period-figures.ts';
import type { LabelledCount, ToldPeriod } from '../../../../shared/features/report/period-document.ts';
import { NOT_RECORDED } from '../../../../shared/features/report/figures.ts';
import type { ReportWords } from '../../../../shared/features/report/report-words.ts';
import { countryFootnote } from '../../../../shared/kernel/countries.ts';
import { addDays, isDay, type Day } from '../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { textIn, type Language } from '../../../../shared/kernel/text.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import type { EngineContext } from '../../context.ts';
import { saidOfRecords } from '../people/people-links.ts';
import { activitySummaries, anyActivityRow, summaryOf, type ActivitySummary } from '../activity/activity-rows.ts';

/** A period that is asked for: from a day, or since a meeting. */
export interface AskedPeriod {
  readonly from?: Day | undefined;
  readonly since?: Id | undefined;
  readonly to: Day;
}

export type PeriodRefusal = 'activity.unknown' | 'report.sinceUndated' | 'report.sinceLater';

interface Period {
  readonly from: Day;
  readonly to: Day;
  readonly since: { readonly id: Id; readonly title: string } | null;
}

/** An activity of a period with all that is recorded of it. */
export type ToldActivity = ActivitySummary & { readonly attendances: number | null; readonly partOfTitle: string };

/** The figures of a period with their words, and its activities one by one. */
export interface PeriodReport {
  readonly figures: ToldPeriod;
  readonly activities: readonly ToldActivity[];
}

/** Returns the figures of a period, with its labels in the language of `words`. */
export function periodOf(context: EngineContext, asked: AskedPeriod, words: ReportWords): Result<PeriodReport, PeriodRefusal> {
  const { language } = words;
  const period = periodAsked(context.store.reader, asked, language);
  if (!period.ok) return period;
  const { given, summaries } = givenOf(context, within(period.value), language);
  const { each, ...figures } = periodFigures(given);
  return ok({
    figures: { ...period.value, ...told(context, figures, words) },
    activities: each.map(({ activity: { id, partOf }, attendances }) => ({
      ...summaries.get(id)!,
      ...{ attendances, partOfTitle: partOf?.title ?? '' },
    })),
  });
}

/** Returns the pairs of records of a period that may be one person. */
export function doublesOf(context: EngineContext, asked: AskedPeriod): Result<[PeriodRecord, PeriodRecord][], PeriodRefusal> {
  const period = periodAsked(context.store.reader, asked, 'en');
  return period.ok ? ok(periodDoubles(givenOf(context, within(period.value), 'en').given)) : period;
}

/** The period that is asked for: since a meeting, it begins the day after. */
function periodAsked(reader: Reader, { from, since, to }: AskedPeriod, language: Language): Result<Period, PeriodRefusal> {
  if (since === undefined) return ok({ from: from ?? to, to, since: null });
  const row = anyActivityRow(reader, since);
  if (!row) return refuse('activity.unknown');
  const { id, title, start, end } = summaryOf(row, 0);
  if (!isDay(start)) return refuse('report.sinceUndated');
  const first = addDays(isDay(end) && end > start ? end : start, 1);
  return first > to ? refuse('report.sinceLater') : ok({ from: first, to, since: { id, title: textIn(title, language) } });
}

/** Returns the figures of some activities of the calendar, whenever they are, and the activities as the calls give them, the earliest first. */
export function figuresOf(
  context: EngineContext,
  language: Language,
  pick: (calendar: readonly ActivitySummary[]) => readonly ActivitySummary[],
): { readonly figures: PeriodFigures; readonly summaries: ReadonlyMap<Id, ActivitySummary> } {
  const { given, summaries } = givenOf(context, pick, language);
  return { figures: periodFigures(given), summaries };
}

const within =
  ({ from, to }: Period) =>
  (calendar: readonly ActivitySummary[]): readonly ActivitySummary[] =>
    touching(calendar, from, to);

function givenOf(
  context: EngineContext,
  pick: (calendar: readonly ActivitySummary[]) => readonly ActivitySummary[],
  language: Language,
): { readonly given: PeriodGiven; readonly summaries: ReadonlyMap<Id, ActivitySummary> } {
  const { reader } = context.store;
  const calendar = inCalendar(activitySummaries(context));
  const summaries = new Map(calendar.map((activity) => [activity.id, activity]));
  // A workshop that was opened from an entry is what the entry's parts are parts of.
  const opened = new Map(calendar.flatMap(({ id, entryId }) => (entryId === null ? [] : [[entryId, id]])));
  const wholeOf = ({ id, partOf }: ActivitySummary): PeriodActivity['partOf'] => {
    const whole = partOf === null ? undefined : summaries.get(opened.get(partOf) ?? partOf);
    return whole && whole.id !== id ? { id: whole.id, title: textIn(whole.title, language) } : null;
  };
  const ids = JSON.stringify(calendar.filter((one) => !one.inCalendar).map(({ id }) => id));
  const given = {
    activities: pick(calendar).map((activity) => ({
      ...activity,
      ...{ title: textIn(activity.title, language), partOf: wholeOf(activity) },
    })),
    calendar: calendar.map(({ id }) => id),
    ...{ records: recordsIn(reader, ids), said: saidOfRecords(reader), ...presences(reader) },
  };
  return { given, summaries };
}

type Numbers = Omit<PeriodFigures, 'each'>;

function told(context: EngineContext, figures: Numbers, words: ReportWords): Omit<ToldPeriod, keyof Period> {
  const { language, say, format } = words;
  const labelled = (counts: readonly PeriodCount[], label: (key: string) => string): LabelledCount[] =>
    counts.map((count) => ({ ...count, label: count.key === NOT_RECORDED ? say('notRecorded') : label(count.key) }));
  const byName = (counts: readonly LabelledCount[]): LabelledCount[] =>
    counts.toSorted((a, b) => Number(a.key === NOT_RECORDED) - Number(b.key === NOT_RECORDED) || format.compare(a.label, b.label));
  const notes = new Set(figures.byCountry.flatMap(({ key }) => (key === NOT_RECORDED ? [] : (countryFootnote(key, language) ?? []))));
  const chosen = (key: string): string => context.translate(language, `activity:${key}`);
  return {
    ...figures,
    notes: [...notes],
    byProject: labelled(figures.byProject, (key) => key),
    byMode: labelled(figures.byMode, (key) => chosen(`mode.${key}`)),
    byKind: labelled(figures.byKind, (key) => chosen(`kind.${key}`)),
    byLanguage: labelled(figures.byLanguage, words.languageName),
    byRegion: labelled(figures.byRegion, (key) => say(`region.${key}`)),
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

/** Who was there at least once, and the workshops in which anybody was marked: of all that are here, a report looks at its own. */
function presences(reader: Reader): { there: ReadonlySet<Id>; marked: ReadonlySet<Id> } {
  const taken = "live = 1 and personId is not null and status is not null and status <> 'notTaken'";
  const statuses = reader.all<{ status: string }>(`select distinct status from mark where ${taken}`);
  const attending = statuses.flatMap(({ status }) => (attended(statusShown([{ value: status }])) ? [status] : []));
  const there = reader.all<{ personId: Id }>(
    `select distinct personId from mark where ${taken} and status in (select value from json_each(?))`,
    JSON.stringify(attending),
  );
  const marked = reader.all<{ activityId: Id }>(`select distinct activityId from mark where ${taken}`);
  return { there: new Set(there.map(({ personId }) => personId)), marked: new Set(marked.map(({ activityId }) => activityId)) };
}
