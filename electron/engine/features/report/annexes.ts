import { attended } from '../../../../shared/features/attendance/counts.ts';
import { fieldWords, type FieldWords } from '../../../../shared/features/people/field-words.ts';
import type { ActivityFigures } from '../../../../shared/features/report/contract.ts';
import { answersSheet, participantsSheet, signaturesSheet, type AnnexPerson } from '../../../../shared/features/report/annex-sheets.ts';
import type { ReportWords } from '../../../../shared/features/report/report-words.ts';
import type { HalfDay } from '../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { WrittenSheet } from '../../../../shared/kernel/table.ts';
import { METHODS } from '../../../../shared/model/vocabularies.ts';
import type { EngineContext } from '../../context.ts';
import { attendanceSheets } from '../attendance/attendance-export.ts';
import { marksOf } from '../attendance/linked-marks.ts';
import { representedIn, workshopOf } from '../activity/workshop.ts';
import { listedPeople, type StoredPerson } from '../people/people-rows.ts';

/** The annexes of a report: participants, signatures, marks with the meaning of their letters, answers without names, and the notes that countries need. */
export function annexes(context: EngineContext, activityId: Id, figures: ActivityFigures, words: ReportWords): WrittenSheet[] {
  const workshop = workshopOf(context.store.reader, activityId);
  if (!workshop.ok) return [];
  const people = annexPeople(context, activityId, words);
  const notes = { name: words.say('part.notes'), headings: [], rows: figures.notes.map((note) => [note]) };
  return [
    participantsSheet(people, words),
    signaturesSheet(people, workshop.value.halfDays, methodsOf(context, activityId, words), words),
    ...attendanceSheets(context, workshop.value, words.language),
    answersSheet(figures.opinions, words),
    ...(figures.notes.length > 0 ? [notes] : []),
  ];
}

/** Who was erased is a count without a name: there is nothing to write of them. */
function annexPeople(context: EngineContext, activityId: Id, { language, format }: ReportWords): AnnexPerson[] {
  const word = fieldWords((key, values) => context.translate(language, `people:${key}`, values), format);
  return listedPeople(context.store.reader, activityId).flatMap(({ person }) => (person.erased === 1 ? [] : [annexPerson(person, word)]));
}

function annexPerson({ id, familyName, givenName, sex, profession, institution, country }: StoredPerson, word: FieldWords): AnnexPerson {
  return {
    ...{ id, familyName: familyName ?? '', givenName: givenName ?? '', institution: institution ?? '' },
    sex: sex === null ? '' : word('sex', sex),
    profession: profession === null ? '' : word('profession', profession),
    country: country === null ? '' : word('country', country),
  };
}

/** Returns how somebody's presence in a half-day was taken, in words; null where they were not there. */
function methodsOf(
  { store: { reader } }: EngineContext,
  activityId: Id,
  { say }: ReportWords,
): (person: Id, halfDay: HalfDay) => string | null {
  const there = new Set(marksOf(reader, activityId).flatMap((mark) => (attended(mark.status) ? [`${mark.personId} ${mark.halfDay}`] : [])));
  const represented = representedIn(reader, activityId);
  const methods = new Map(
    reader
      .all<{ personId: Id; halfDay: HalfDay; method: string | null }>(
        'select personId, halfDay, method from mark where activityId = ? and live = 1 and personId is not null and halfDay is not null',
        activityId,
      )
      .map(({ personId, halfDay, method }) => [`${represented.get(personId) ?? personId} ${halfDay}`, method]),
  );
  return (person, halfDay) => {
    const cell = `${person} ${halfDay}`;
    if (!there.has(cell)) return null;
    const method = METHODS.find((one) => one === methods.get(cell));
    return method === undefined ? say('notRecorded') : say(`annex.method.${method}`);
  };
}
