import { z } from 'zod';
import { job, writes } from '../../contract/call.ts';
import * as shape from '../../contract/shapes.ts';
import { isTimeZone } from '../../kernel/time-zones.ts';
import { SOURCE_REFUSALS } from '../../kernel/source.ts';
import { ACTIVITY_KINDS, ACTIVITY_MODES, PRECISIONS } from '../../model/vocabularies.ts';
import { ENTRY_OUTCOMES } from './import-plan.ts';
import { DOUBTS } from './read-inventory.ts';

/** The longest inventory, in characters: some thousands of activities. */
const LONGEST_TEXT = 1_000_000;
const names = z.array(shape.line).max(100);

const understood = z.object({
  /** The number of its first line, from 1; of a row, in a table. */
  line: z.int(),
  /** As it stands. */
  text: z.string(),
  heading: z.string().nullable(),
  projects: z.array(z.string()),
  partners: z.array(z.string()),
  title: z.string(),
  dateText: z.string(),
  precision: z.enum(PRECISIONS),
  start: shape.day.nullable(),
  end: shape.day.nullable(),
  dateTbc: z.boolean(),
  mode: z.enum(ACTIVITY_MODES),
  /** What it is taken for by its words. */
  kind: z.enum(ACTIVITY_KINDS),
  /** The line above that says the same. */
  repeats: z.int().nullable(),
  does: z.enum(ENTRY_OUTCOMES),
  /** Of the activity that it is, or becomes. */
  id: shape.id,
});

/** A place of the time zone database. */
const timeZone = z.string().max(60).refine(isTimeZone, { error: 'timeZone' });

export const calendarContract = {
  /**
   * Writes a workshop's agenda as iCalendar: each session at its instant, with the time in the room and in every zone of `zones` told in words. `zone`: that of the room. `untimed`: sessions without hours,
   * which are events of a whole day.
   */
  'calendar.exportAgenda': job(
    z.strictObject({
      activityId: shape.id,
      path: shape.path,
      zone: timeZone,
      zones: z.array(timeZone).max(20).default([]),
      language: shape.language.optional(),
    }),
    z.object({ path: z.string(), events: z.int(), untimed: z.int() }),
    ['activity.unknown', 'file.notWritable'],
  ),
  /** Changes an entry of the calendar; days that are given are known to the day. Refuses `activity.dates` where the last day is before the first, `activity.partOfItself`. */
  'calendar.update': writes(
    z.strictObject({
      id: shape.id,
      title: shape.title.optional(),
      kind: z.enum(ACTIVITY_KINDS).optional(),
      mode: z.enum(ACTIVITY_MODES).optional(),
      days: z.strictObject({ start: shape.day, end: shape.day }).optional(),
      dateTbc: z.boolean().optional(),
      /** The activity that it is a part of; null: of none. */
      partOf: shape.id.nullable().optional(),
      seen: shape.seen.optional(),
    }),
    shape.done,
    ['activity.unknown', 'activity.dates', 'activity.partOfItself'],
  ),
  /**
   * Writes the activities that touch a period, workshops and entries, as iCalendar or as a table, in the language that is asked for or the user's. `events`: those that are in the file; `undated`: those that are
   * listed under a month of the period and have no date, which only a table can say.
   */
  'calendar.export': job(
    z.strictObject({
      from: shape.day,
      to: shape.day,
      path: shape.path,
      format: z.enum(['ics', 'xlsx']),
      language: shape.language.optional(),
    }),
    z.object({ path: z.string(), events: z.int(), undated: z.int() }),
    ['file.notWritable'],
  ),
  /**
   * Reads a published inventory of activities, and writes what is understood into the calendar where `apply` is set; without it nothing is changed. Doubtful lines are never written, and
   * nothing in any is put right. What the calendar has already is not written twice.
   */
  'calendar.import': writes(
    z
      .strictObject({
        path: shape.path.optional(),
        text: z.string().max(LONGEST_TEXT).optional(),
        /** Of dates for which neither they nor a heading name a year. */
        year: z.int().min(1900).max(2199).optional(),
        /** Names that are projects, or organisations, beside those that are known. */
        projects: names.default([]),
        partners: names.default([]),
        apply: z.boolean().default(false),
      })
      .refine(({ path, text }) => (path === undefined) !== (text === undefined), { error: 'path or text' }),
    z.object({
      understood: z.array(understood),
      doubtful: z.array(
        z.object({
          line: z.int(),
          text: z.string(),
          reasons: z.array(z.enum(DOUBTS)),
          /** Names in it that are known for no project and no partner. */
          unknown: z.array(z.string()),
        }),
      ),
      /** Lines that are no activity: headings, rules, numbers of pages. */
      skipped: z.int(),
      skippedLines: z.array(z.object({ line: z.int(), text: z.string() })),
      /** Activities that were written. */
      added: z.int(),
    }),
    SOURCE_REFUSALS,
  ),
};
