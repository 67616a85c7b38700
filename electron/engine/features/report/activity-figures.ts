import { attended, takenOf } from '../../../../shared/features/attendance/counts.ts';
import { summarise } from '../../../../shared/features/attendance/rules.ts';
import type { ActivityFigures } from '../../../../shared/features/report/contract.ts';
import { deliveryFigures } from '../../../../shared/features/report/delivery.ts';
import type { CountedPerson } from '../../../../shared/features/report/figures.ts';
import { byCountry, byProfession, byProfessionSex, bySex, countries } from '../../../../shared/features/report/figures.ts';
import type { ReportWords } from '../../../../shared/features/report/report-words.ts';
import { countryFootnote } from '../../../../shared/kernel/countries.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { Result } from '../../../../shared/kernel/result.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { textIn } from '../../../../shared/kernel/text.ts';
import type { EngineContext } from '../../context.ts';
import { marksOf } from '../attendance/linked-marks.ts';
import { listedPeople } from '../people/people-rows.ts';
import { peopleOf, workshopOf } from '../activity/workshop.ts';
import { evaluated } from './evaluated.ts';
import { narrativeOf } from './narrative.ts';
import { materialsOf, plannedSessions } from './held.ts';

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
  const told = evaluated(context, activityId, words);
  const facts = {
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
  };
  return ok({
    ...facts,
    delivery: deliveryFigures(plannedSessions(context, workshop), summary.held),
    ...told,
    materials: materialsOf(context, workshop, words),
    narrative: narrativeOf(context, activityId, { ...facts, ...told }, words),
    notes: [...notes],
  });
}
