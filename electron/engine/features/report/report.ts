import type { Handlers } from '../../../../shared/contract/rpc.ts';
import { attended, takenOf } from '../../../../shared/features/attendance/counts.ts';
import { summarise } from '../../../../shared/features/attendance/rules.ts';
import { csvOfDocument } from '../../../../shared/features/document/csv.ts';
import type { ActivityFigures, reportContract } from '../../../../shared/features/report/contract.ts';
import { deliveryFigures } from '../../../../shared/features/report/delivery.ts';
import type { CountedPerson } from '../../../../shared/features/report/figures.ts';
import { byCountry, byProfession, byProfessionSex, bySex, countries } from '../../../../shared/features/report/figures.ts';
import { periodDocument } from '../../../../shared/features/report/period-document.ts';
import { listHeadings, reportDocument } from '../../../../shared/features/report/report-document.ts';
import { reportWords, type ReportWords } from '../../../../shared/features/report/report-words.ts';
import { countryFootnote } from '../../../../shared/kernel/countries.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { Result } from '../../../../shared/kernel/result.ts';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { textIn } from '../../../../shared/kernel/text.ts';
import type { EngineContext } from '../../context.ts';
import { marksOf } from '../attendance/linked-marks.ts';
import { listedPeople } from '../people/people-rows.ts';
import { peopleOf, workshopOf } from '../activity/workshop.ts';
import { writeChosen } from '../written-file.ts';
import { periodOf } from './period.ts';
import { evaluated } from './evaluated.ts';
import { materialsOf, plannedSessions } from './held.ts';

/** The calls of report over a store. */
export function reportHandlers(context: EngineContext): Handlers<typeof reportContract> {
  return {
    'report.period': ({ from, to, language }) => {
      const words = reportWords(context, language);
      const { byProject, byMode, byKind, byLanguage, byCountry, bySex, series, notes, ...figures } = periodOf(context, from, to, words);
      const told = { ...figures, byProject, byMode, byKind, byLanguage, byCountry, bySex, series, notes };
      return ok({
        ...figures,
        ...{ byProject: [...byProject], byMode: [...byMode], byKind: [...byKind], byLanguage: [...byLanguage] },
        ...{ byCountry: [...byCountry], bySex: [...bySex], notes: [...notes] },
        series: series.map((one) => ({ ...one, parts: [...one.parts] })),
        document: periodDocument(told, words),
      });
    },

    'report.exportPeriod': async ({ from, to, language, path: target }, call) => {
      const words = reportWords(context, language);
      call.progress({ label: 'report.writing', done: 0, total: 1, unit: 'items' });
      const list = csvOfDocument(periodDocument(periodOf(context, from, to, words), words), listHeadings(words));
      return writeChosen(target, new TextEncoder().encode(list));
    },

    'report.activity': ({ activityId, language }) => {
      const words = reportWords(context, language);
      const figures = activityFigures(context, activityId, words);
      return figures.ok ? ok({ ...figures.value, document: reportDocument(figures.value, words) }) : figures;
    },

    'report.export': async ({ activityId, language, path: target }, call) => {
      const words = reportWords(context, language);
      const figures = activityFigures(context, activityId, words);
      if (!figures.ok) return figures;
      if (call.signal.aborted) return refuse('job.cancelled');
      call.progress({ label: 'report.writing', done: 0, total: 1, unit: 'items' });
      const list = csvOfDocument(reportDocument(figures.value, words), listHeadings(words));
      return writeChosen(target, new TextEncoder().encode(list));
    },
  };
}

/** Returns the figures of a workshop, with its labels and sentences in the language of `words`. */
export function activityFigures(context: EngineContext, activityId: Id, words: ReportWords): Result<ActivityFigures, 'activity.unknown'> {
  const { reader } = context.store;
  const { language } = words;
  const found = workshopOf(reader, activityId);
  if (!found.ok) return found;
  const workshop = found.value;
  const listed = peopleOf(reader, activityId);
  const counted = listedPeople(reader, activityId).map(({ person }): CountedPerson => ({ ...person, sex: person.sex ?? '' }));
  const marks = marksOf(reader, activityId);
  const summary = summarise(listed, workshop.halfDays, marks);
  const here = new Set(listed.map(({ id }) => id));
  const taken = marks.filter((mark) => here.has(mark.personId) && mark.status !== 'notTaken');
  const notes = new Set(counted.flatMap(({ country }) => (country === null ? [] : (countryFootnote(country, language) ?? []))));
  return ok({
    title: textIn(workshop.title, language),
    start: workshop.start,
    end: workshop.end,
    halfDays: workshop.halfDays.length,
    people: listed.length,
    attendances: summary.presentOrLate,
    rate: summary.rate,
    full: summary.full,
    countries: countries(counted),
    bySex: words.sex(bySex(counted)),
    byProfession: words.profession(byProfession(counted)),
    byProfessionSex: words.professionSex(byProfessionSex(counted)),
    byCountry: words.country(byCountry(counted)),
    taken: takenOf(summary.codes),
    perHalfDay: workshop.halfDays.map((halfDay) => {
      const mine = taken.filter((mark) => mark.halfDay === halfDay);
      return { halfDay, label: words.halfDay(halfDay), attended: mine.filter((mark) => attended(mark.status)).length, taken: mine.length };
    }),
    delivery: deliveryFigures(plannedSessions(context, workshop), summary.held),
    ...evaluated(context, activityId, words),
    materials: materialsOf(context, workshop, words),
    notes: [...notes],
  });
}
