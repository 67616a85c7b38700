import type { Handlers } from '../../../../shared/contract/rpc.ts';
import { checkDates } from '../../../../shared/features/activity/reschedule.ts';
import { inCalendar, touching } from '../../../../shared/features/calendar/calendar-entries.ts';
import { calendarSheets } from '../../../../shared/features/calendar/calendar-table.ts';
import { calendarWords } from '../../../../shared/features/calendar/calendar-words.ts';
import type { calendarContract } from '../../../../shared/features/calendar/contract.ts';
import { planEntries, type KnownActivity, type PlannedEntry } from '../../../../shared/features/calendar/import-plan.ts';
import { readInventory } from '../../../../shared/features/calendar/read-inventory.ts';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { textIn } from '../../../../shared/kernel/text.ts';
import { activity } from '../../../../shared/model/activity.ts';
import { formWrites, withoutEmpty, writesOf } from '../../../../shared/model/field-writes.ts';
import { derivedRecordId } from '../../../../shared/model/record-id.ts';
import { recordColumns, type RecordRow } from '../../../../shared/model/records.ts';
import { CALENDAR } from '../../../../shared/model/spaces.ts';
import { titleOf, titleValues } from '../../../../shared/model/title.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import { readLines } from '../../../../shared/node/tables/read-lines.ts';
import type { EngineContext } from '../../context.ts';
import {
  activityRow,
  activitySummaries,
  agendaItemOf,
  agendaRows,
  anyActivityRow,
  isEntry,
  languagesOf,
} from '../activity/activity-rows.ts';
import { checkPartOf, commitWrites } from '../activity/activity-writes.ts';
import { listOf } from '../activity/workshop.ts';
import { writeChosen } from '../written-file.ts';
import { writeTable } from '../written-table.ts';
import { agendaIcal } from './agenda-ical.ts';
import { isIcal, readIcal } from './ical-inventory.ts';
import { hasDate, icalOf } from './ical.ts';

/** The calls of the calendar. */
export function calendarHandlers(context: EngineContext): Handlers<typeof calendarContract> {
  const { store, hasher } = context;
  return {
    'calendar.update': ({ id, title, days, seen, ...fields }) => {
      const row = anyActivityRow(store.reader, id);
      if (!row || !isEntry(row)) return refuse('activity.unknown');
      const dates = days ? checkDates(days.start, days.end) : ok(null);
      if (!dates.ok) return dates;
      const nested = checkPartOf(store.reader, id, fields.partOf);
      if (!nested.ok) return nested;
      const values = {
        ...(title !== undefined && titleValues(title, row)),
        ...(days && { ...days, precision: 'day' as const }),
        ...fields,
      };
      return commitWrites(store, CALENDAR, formWrites(activity, id, values, seen));
    },

    'calendar.exportAgenda': async ({ activityId, path, zone, zones, language: asked }, call) => {
      const row = activityRow(store.reader, activityId);
      if (!row) return refuse('activity.unknown');
      const language = asked ?? languagesOf(row)[0] ?? context.language();
      call.progress({ label: 'calendar.writing', done: 0, total: 1, unit: 'items' });
      const words = calendarWords(language, (key, values) => context.translate(language, key, values));
      const sessions = agendaRows(store.reader, activityId).map((item) => {
        const { title, ...session } = agendaItemOf(item.row, row);
        return { ...session, title: textIn(title, language) };
      });
      const agenda = { title: textIn(titleOf(row), language), place: row.place ?? '', sessions, zone, zones };
      const { text, untimed } = agendaIcal(agenda, words, context.clock.now());
      const written = await writeChosen(path, new TextEncoder().encode(text));
      return written.ok ? ok({ path: written.value.path, events: sessions.length, untimed }) : written;
    },

    'calendar.export': async ({ from, to, path, format, language = context.language() }, call) => {
      call.progress({ label: 'calendar.writing', done: 0, total: 1, unit: 'items' });
      const words = calendarWords(language, (key, values) => context.translate(language, key, values));
      const activities = touching(inCalendar(activitySummaries(context)), from, to);
      const dated = activities.filter(hasDate);
      const undated = activities.length - dated.length;
      if (format === 'ics') {
        const written = await writeChosen(path, new TextEncoder().encode(icalOf(dated, words, context.clock.now())));
        return written.ok ? ok({ path: written.value.path, events: dated.length, undated }) : written;
      }
      const written = await writeTable(path, 'xlsx', language, calendarSheets(activities, words));
      return written.ok ? ok({ path: written.value.path, events: activities.length, undated }) : written;
    },

    'calendar.import': async ({ path, text, year, projects, partners, apply }) => {
      const lines = path === undefined ? ok(text ?? '') : await readLines(path);
      if (!lines.ok) return lines;
      const known = knownNames(store.reader);
      const all = { projects: [...projects, ...known.projects], partners: [...partners, ...known.partners] };
      const inventory = isIcal(lines.value) ? readIcal(lines.value, all) : readInventory(lines.value, { year, known: all });
      if (inventory === null) return refuse('table.unreadable');
      const understood = planEntries(inventory.understood, knownActivities(store.reader), (same) =>
        derivedRecordId(CALENDAR, hasher, activity.type, same),
      );
      const wanted = understood.filter(({ does }) => does === 'new');
      if (apply && wanted.length > 0) store.commit([{ space: CALENDAR, writes: wanted.flatMap(entryWrites) }]);
      return ok({
        understood: [...understood].map((entry) => ({ ...entry, projects: [...entry.projects], partners: [...entry.partners] })),
        doubtful: inventory.doubtful.map((line) => ({ ...line, reasons: [...line.reasons], unknown: [...line.unknown] })),
        skipped: inventory.skipped.length,
        skippedLines: [...inventory.skipped],
        added: apply ? wanted.length : 0,
      });
    },
  };
}

/** The writes that put an entry of an inventory into the calendar. */
function entryWrites(entry: PlannedEntry): ReturnType<typeof writesOf> {
  const { id, title, projects, partners, mode, start, end, precision, dateTbc, kind, heading, dateText, text } = entry;
  return writesOf(
    activity,
    id,
    withoutEmpty({
      ...{ name: title, projects: [...projects], partners: [...partners], mode, start: start ?? '', end: end ?? '', precision, dateTbc },
      ...{ kind, listedUnder: heading ?? '', dateWording: dateText, wording: text },
    }),
  );
}

type Row = RecordRow<typeof activity>;

function knownActivities(reader: Reader): KnownActivity[] {
  return reader.all<Row>(`select ${recordColumns(activity)} from activity`).map((row) => ({
    ...{ id: row.id, title: titleOf(row), start: row.start ?? '', end: row.end ?? '', live: row.live === 1 || row.flagged === 1 },
  }));
}

/** The projects and partners that activities of this laptop name. */
function knownNames(reader: Reader): { projects: string[]; partners: string[] } {
  const rows = reader.all<Pick<Row, 'projects' | 'partners'>>('select projects, partners from activity where live = 1 and sample is not 1');
  const all = (field: 'projects' | 'partners'): string[] => [...new Set(rows.flatMap((row) => listOf(row[field])))];
  return { projects: all('projects'), partners: all('partners') };
}
