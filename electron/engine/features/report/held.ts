import { minutesBetween, type PlannedSession } from '../../../../shared/features/report/delivery.ts';
import type { ActivityFigures } from '../../../../shared/features/report/contract.ts';
import type { ReportWords } from '../../../../shared/features/report/report-words.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { LANGUAGES, textIn } from '../../../../shared/kernel/text.ts';
import { titleOf } from '../../../../shared/model/title.ts';
import type { EngineContext } from '../../context.ts';
import { agendaRows } from '../activity/activity-rows.ts';
import type { Workshop } from '../activity/workshop.ts';
import { MATERIAL_COLUMNS, versionsOf, type MaterialRow } from '../library/material-list.ts';

/** The sessions of a workshop's programme that count for attendance, each with its length: by its hours, else by its course. */
export function plannedSessions({ store: { reader } }: EngineContext, { id }: Pick<Workshop, 'id'>): PlannedSession[] {
  const inCourse = (sessionId: Id | null): number | null =>
    sessionId === null
      ? null
      : (reader.get<{ minutes: number | null }>('select minutes from session where id = ?', sessionId)?.minutes ?? null);
  return agendaRows(reader, id).flatMap(({ halfDay, start, end, counts, row }) => {
    if (!counts) return [];
    const minutes = minutesBetween(start, end) ?? inCourse(row.sessionId);
    // A session of no minutes is one whose length nobody gave.
    return [{ halfDay, minutes: minutes === 0 ? null : minutes }];
  });
}

/** The materials of a workshop: its own and those of its course, by title. */
export function materialsOf(
  { store: { reader } }: EngineContext,
  { id, courseId }: Pick<Workshop, 'id' | 'courseId'>,
  { language, format, materialKind }: ReportWords,
): ActivityFigures['materials'] {
  return reader
    .all<MaterialRow>(`select ${MATERIAL_COLUMNS} from material where live = 1 and (activityId = ? or courseId = ?)`, id, courseId ?? '')
    .flatMap((row) => {
      const own = new Set(versionsOf(reader, row.id).map((version) => version.language));
      if (own.size === 0) return [];
      const languages = format.unitList(LANGUAGES.filter((one) => own.has(one)).map(format.language));
      return [{ id: row.id, title: textIn(titleOf(row), language), kind: materialKind(row.kind ?? 'other'), languages }];
    })
    .toSorted((a, b) => format.compare(a.title, b.title) || (a.id < b.id ? -1 : 1));
}
