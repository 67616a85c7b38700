import type { Handlers } from '../../../../shared/contract/rpc.ts';
import { isUnreadable, statusesApart, statusShown } from '../../../../shared/features/attendance/cells.ts';
import type { attendanceContract } from '../../../../shared/features/attendance/contract.ts';
import { letterOfStatus, lettersOf, type LetterSet } from '../../../../shared/features/attendance/letters.ts';
import {
  matrixSheets,
  type MatrixCell,
  type MatrixPerson,
  type MatrixWords,
} from '../../../../shared/features/attendance/matrix-export.ts';
import { splitHalfDay } from '../../../../shared/kernel/dates.ts';
import { formats } from '../../../../shared/kernel/formats.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { WrittenSheet } from '../../../../shared/kernel/table.ts';
import type { Language } from '../../../../shared/kernel/text.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import type { EngineContext } from '../../context.ts';
import { cellsOf } from './linked-marks.ts';
import { listedPeople } from '../people/people-rows.ts';
import { workshopOf, type Workshop } from '../activity/workshop.ts';
import { writeTable } from '../written-table.ts';

/** The call that writes a workshop's attendance as a table. */
export function attendanceExportHandlers(context: EngineContext): Pick<Handlers<typeof attendanceContract>, 'attendance.export'> {
  const { reader } = context.store;
  return {
    'attendance.export': async ({ activityId, path, language, format }, call) => {
      const workshop = workshopOf(reader, activityId);
      if (!workshop.ok) return workshop;
      call.progress({ label: 'attendance.writing', done: 0, total: 1, unit: 'items' });
      const [sheet, legend] = attendanceSheets(context, workshop.value, language);
      return writeTable(path, format, language, [sheet!, legend!]);
    },
  };
}

/** A workshop's attendance as a sheet, and one with the meaning of its letters. */
export function attendanceSheets(context: EngineContext, { id, halfDays, letters }: Workshop, language: Language): WrittenSheet[] {
  const { reader } = context.store;
  const words = matrixWords(context, language, letters ?? lettersOf(language));
  return matrixSheets(peopleNamed(reader, id), halfDays, matrixCells(reader, id), words);
}

function peopleNamed(reader: Reader, activityId: Id): MatrixPerson[] {
  return listedPeople(reader, activityId).map(({ person }) => ({
    id: person.id,
    ref: person.ref ?? '',
    familyName: person.familyName ?? '',
    givenName: person.givenName ?? '',
  }));
}

function matrixCells(reader: Reader, activityId: Id): MatrixCell[] {
  return cellsOf(reader, activityId).map(({ personId, halfDay, heads }) => {
    const statuses = statusesApart(heads.map((head) => ({ status: statusShown([head]) }))).map(({ status }) => status);
    return { personId, halfDay, statuses, unreadable: heads.some((head) => isUnreadable([head])) };
  });
}

function matrixWords({ translate }: Pick<EngineContext, 'translate'>, language: Language, letters: LetterSet): MatrixWords {
  const format = formats(language, translate(language, 'app:notReadable'));
  const halfDayWords: MatrixWords['halfDay'] = (halfDay) => {
    const { day, half } = splitHalfDay(halfDay);
    return translate(language, 'attendance:table.halfDay', { day: format.numericDay(day), half: translate(language, `app:half.${half}`) });
  };
  const status: MatrixWords['status'] = (value) => translate(language, `attendance:status.${value}`);
  return {
    sheet: (name) => translate(language, `attendance:table.sheet.${name}`),
    heading: (column) =>
      column === 'familyName' || column === 'givenName'
        ? translate(language, `people:field.${column}`)
        : translate(language, column === 'ref' ? 'people:table.ref' : `attendance:table.${column}`),
    halfDay: halfDayWords,
    status,
    letter: (value) => letterOfStatus(letters, value),
    apart: (halfDay, statuses) =>
      translate(language, 'attendance:table.apart', { halfDay: halfDayWords(halfDay), statuses: format.list(statuses.map(status)) }),
    notReadable: (halfDay) => translate(language, 'attendance:table.notReadable', { halfDay: halfDayWords(halfDay) }),
  };
}
