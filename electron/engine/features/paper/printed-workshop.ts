import type { SignedWorkshop } from '../../../../shared/features/paper/attendance-sheet.ts';
import type { AgendaEntry, ListedParticipant, ListedWorkshop } from '../../../../shared/features/paper/lists.ts';
import type { PaperWords } from '../../../../shared/features/paper/paper-words.ts';
import { fieldWords } from '../../../../shared/features/people/field-words.ts';
import { countryFootnote } from '../../../../shared/kernel/countries.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { textIn, type Language } from '../../../../shared/kernel/text.ts';
import type { EngineContext } from '../../context.ts';
import { activityRow, agendaItemOf, agendaRows } from '../activity/activity-rows.ts';
import { workshopOf } from '../activity/workshop.ts';
import { listedPeople, type StoredPerson } from '../people/people-rows.ts';

/** The facts of a workshop that papers say. */
export interface PrintedWorkshop extends SignedWorkshop {
  listedIn(words: PaperWords): ListedWorkshop;
  participantsIn(words: PaperWords): ListedParticipant[];
  agendaIn(words: PaperWords): AgendaEntry[];
  /** The footnotes that the countries of its people need. */
  notesIn(language: Language): string[];
}

/** Returns the facts of a workshop that papers say; who was erased is on none. */
export function printedWorkshop(context: EngineContext, activityId: Id): Result<PrintedWorkshop, 'activity.unknown'> {
  const { reader } = context.store;
  const found = workshopOf(reader, activityId);
  if (!found.ok) return found;
  const workshop = found.value;
  const row = activityRow(reader, activityId);
  if (!row) return refuse('activity.unknown');
  const place = row.place ?? '';
  const people = listedPeople(reader, activityId).flatMap(({ person }) => (person.erased === 1 ? [] : [person]));
  const title = ({ language }: Pick<PaperWords, 'language'>): string => textIn(workshop.title, language);
  return ok({
    ...{ id: activityId, title, place, start: workshop.start, end: workshop.end, halfDays: workshop.halfDays },
    people: people.map((person) => ({ id: person.id, name: nameOf(person), institution: person.institution ?? '' })),
    listedIn: (words) => ({ title: title(words), place, start: workshop.start, end: workshop.end }),
    participantsIn: ({ language, format }) => {
      const say = fieldWords((key, values) => context.translate(language, `people:${key}`, values), format);
      return people.map((person) => ({
        id: person.id,
        name: nameOf(person),
        profession: person.profession === null ? '' : say('profession', person.profession),
        institution: person.institution ?? '',
        country: person.country === null ? '' : format.country(person.country),
      }));
    },
    agendaIn: (words) =>
      agendaRows(reader, activityId)
        .map((item) => agendaItemOf(item.row, row))
        .map((item) => ({
          id: item.id,
          halfDay: item.halfDay,
          hours: [item.start, item.end]
            .filter((hour) => hour !== '')
            .map(words.format.hour)
            .join(' – '),
          title: textIn(item.title, words.language),
          room: item.room,
          trainers: item.trainers,
        })),
    notesIn: (language) => [
      ...new Set(people.flatMap(({ country }) => (country === null ? [] : (countryFootnote(country, language) ?? [])))),
    ],
  });
}

/** *TRAORE Moussa*: the family name first, as lists are read. */
function nameOf({ familyName, givenName }: StoredPerson): string {
  return [familyName ?? '', givenName ?? ''].filter((part) => part !== '').join(' ');
}
