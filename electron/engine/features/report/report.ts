import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { ResultOf } from '../../../../shared/contract/call.ts';
import { attended, takenOf } from '../../../../shared/features/attendance/counts.ts';
import { summarise } from '../../../../shared/features/attendance/rules.ts';
import { testPairs } from '../../../../shared/features/evaluation/figures.ts';
import type { reportContract } from '../../../../shared/features/report/contract.ts';
import type { CountedPerson } from '../../../../shared/features/report/figures.ts';
import { byCountry, byProfession, byProfessionSex, bySex, countries } from '../../../../shared/features/report/figures.ts';
import { csvOf, type CsvCell } from '../../../../shared/kernel/csv.ts';
import { countryFootnote } from '../../../../shared/kernel/countries.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { Result } from '../../../../shared/kernel/result.ts';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import type { Language } from '../../../../shared/kernel/text.ts';
import { textIn } from '../../../../shared/kernel/text.ts';
import type { EngineContext } from '../../context.ts';
import { marksOf } from '../attendance/linked-marks.ts';
import { figuresOf, formsOf, sheetsOf } from '../evaluation/evaluation-sheets.ts';
import type { ReportWords } from './report-words.ts';
import { reportWords } from './report-words.ts';
import { listedPeople } from '../people/people-rows.ts';
import { peopleOf, workshopOf } from '../activity/workshop.ts';
import { writeChosen } from '../written-file.ts';

type ActivityReport = ResultOf<(typeof reportContract)['report.activity']>;

/** The calls of report over a store. */
export function reportHandlers(context: EngineContext): Handlers<typeof reportContract> {
  return {
    'report.activity': ({ activityId, language }) => activityReport(context, activityId, language),

    'report.export': async ({ activityId, language, path: target }, call) => {
      const report = activityReport(context, activityId, language);
      if (!report.ok) return report;
      if (call.signal.aborted) return refuse('job.cancelled');
      call.progress({ label: 'report.writing', done: 0, total: 1, unit: 'items' });
      const rows = rowsOf(report.value, reportWords(context, language));
      return writeChosen(target, new TextEncoder().encode(csvOf(rows, language)));
    },
  };
}

function activityReport(context: EngineContext, activityId: Id, language: Language): Result<ActivityReport> {
  const { reader } = context.store;
  const found = workshopOf(reader, activityId);
  if (!found.ok) return found;
  const workshop = found.value;
  const words = reportWords(context, language);
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
    evaluation: evaluationOf(context, activityId, language, words),
    notes: [...notes],
  });
}

/** One entry a questionnaire of which something is in; its figures as one sentence. */
function evaluationOf(context: EngineContext, activityId: Id, language: Language, words: ReportWords): ActivityReport['evaluation'] {
  const people = new Set(peopleOf(context.store.reader, activityId).map(({ id }) => id));
  return formsOf(context.store.reader).flatMap((form) => {
    const figures = figuresOf(context, activityId, form);
    const entry = { formId: form.id, kind: form.kind, title: textIn(form.title, language) };
    if (figures.kind === 'prepost') {
      if (figures.nPre + figures.nPost === 0) return [];
      const pairs = testPairs(form, sheetsOf(context, activityId, form), people);
      return [{ ...entry, sentence: words.test(figures, pairs), n: figures.nPaired, suppressed: false }];
    }
    return figures.n === 0 ? [] : [{ ...entry, sentence: words.survey(figures), n: figures.n, suppressed: figures.suppressed }];
  });
}

/** The report as a table of three columns: what part, what figure, its value. */
function rowsOf(report: ActivityReport, words: ReportWords): CsvCell[][] {
  const { say } = words;
  const figures = (part: string, list: readonly { readonly label: string; readonly count: number }[]): CsvCell[][] =>
    list.map(({ label, count }) => [say(`part.${part}`), label, count]);
  return [
    [say('column.part'), say('column.figure'), say('column.value')],
    [say('part.activity'), say('figure.title'), report.title],
    [say('part.activity'), say('figure.start'), words.day(report.start)],
    [say('part.activity'), say('figure.end'), words.day(report.end)],
    [say('part.activity'), say('figure.halfDays'), report.halfDays],
    [say('part.people'), say('figure.people'), report.people],
    [say('part.people'), say('figure.countries'), report.countries],
    ...figures('sex', report.bySex),
    ...figures('profession', report.byProfession),
    ...figures('professionSex', report.byProfessionSex),
    ...figures('country', report.byCountry),
    [say('part.attendance'), say('figure.attendances'), report.attendances],
    [say('part.attendance'), say('figure.rate'), report.rate ?? say('notRecorded')],
    [say('part.attendance'), say('figure.full'), report.full],
    ...report.perHalfDay.flatMap(({ label, attended: there, taken }): CsvCell[][] => [
      [say('part.attendance'), say('figure.attendedOn', { halfDay: label }), taken === 0 ? say('notRecorded') : there],
      [say('part.attendance'), say('figure.takenOn', { halfDay: label }), taken],
    ]),
    ...report.evaluation.map(({ title, sentence }): CsvCell[] => [say('part.evaluation'), title, sentence]),
    ...report.notes.map((note): CsvCell[] => [say('part.notes'), '', note]),
  ];
}
