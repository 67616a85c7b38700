import { z } from 'zod';
import { RESCHEDULE_REFUSALS } from './reschedule.ts';
import { DECISION_REFUSALS } from '../intake/shapes.ts';
import { reads, writes } from '../../contract/call.ts';
import { answerShapes, changeShapes, newShapes } from '../../contract/record-shapes.ts';
import * as shape from '../../contract/shapes.ts';
import { activity as activityEntity, agendaItem as agendaItemEntity } from '../../model/activity.ts';
import { ACTIVITY_KINDS, ACTIVITY_MODES, PRECISIONS } from '../../model/vocabularies.ts';
import { FIRST_STEPS } from './first-steps.ts';

/** A letter for each status of attendance. */
const letterSet = z.strictObject({
  present: shape.optionalLine,
  late: shape.optionalLine,
  leftEarly: shape.optionalLine,
  excused: shape.optionalLine,
  absent: shape.optionalLine,
  remote: shape.optionalLine,
});

const added = newShapes(activityEntity);
/** The days are changed by `activity.reschedule`. */
const { start: _start, end: _end, ...changed } = changeShapes(activityEntity);

const summary = z.object({
  id: shape.id,
  title: shape.titleShown,
  ...answerShapes(activityEntity),
  precision: z.enum(PRECISIONS),
  dateTbc: z.boolean(),
  kind: z.enum(ACTIVITY_KINDS),
  /** An entry of the calendar: it has no agenda and no people, until a workshop is opened from it. */
  inCalendar: z.boolean(),
  /** `2021-07`: the month under which an inventory lists it. */
  listedUnder: z.string().nullable(),
  /** Its date, and all of it, as they were published; '' where it was not. */
  dateWording: z.string(),
  wording: z.string(),
  /** The entry of the calendar in whose place a workshop stands. */
  entryId: shape.id.nullable(),
  /** The activity that this one is a part of. */
  partOf: shape.id.nullable(),
  courseId: shape.id.nullable(),
  people: z.int(),
  /** Bundled sample data. */
  sample: z.boolean(),
  /** Put away: not in the list nor in *Today*, and found all the same. */
  archived: z.boolean(),
  /** Fields whose values this program cannot read; each is shown as such. */
  unreadable: shape.unreadable,
  /** Set where it was removed, but written to by somebody who had not seen that. */
  removed: shape.removed.nullable(),
});

const agendaItem = z.object({
  id: shape.id,
  title: shape.localisedText,
  halfDay: shape.halfDay,
  ...answerShapes(agendaItemEntity),
  mode: shape.mode,
  /** The course's session it came from. */
  sessionId: shape.id.nullable(),
  unreadable: shape.unreadable,
});

/** A workshop under way, with that day's sessions. */
const underWay = summary.extend({ agendaToday: z.array(agendaItem) });

/** As the agenda shows it for work. `outside`: it stands on no half-day of the workshop's dates any more. */
const agendaItemShown = agendaItem.extend({ outside: z.boolean(), removed: shape.removed.nullable(), seen: shape.shown });

/** A session takes the mode of its workshop where it says none. */
const changedItem = { ...changeShapes(agendaItemEntity), mode: shape.mode.optional() };

/** The value ids that the agenda's open items showed, by item. */
const seenItems = z.record(shape.id, shape.seen).optional();

export const activityContract = {
  'activity.create': writes(
    z.strictObject({
      title: shape.title,
      /** A course's id or code. */
      courseId: shape.line.optional(),
      ...added,
      languages: added.languages.default(['en']),
      start: shape.day,
      end: shape.day,
      /** Whether a course is laid on the free days of the countries' week too; left out, only where it does not fit otherwise. */
      weekends: z.boolean().optional(),
      /** Sessions of the course to leave out when it does not fit. */
      drop: z.array(shape.id).optional(),
      /** The entry of the calendar from which it is opened: the workshop stands in its place. */
      entryId: shape.id.optional(),
      /** The activity that it is a part of. */
      partOf: shape.id.optional(),
    }),
    z.object({ id: shape.id }),
    [...RESCHEDULE_REFUSALS, 'activity.unknown', 'course.unknown'],
  ),
  /**
   * Opens a workshop like another one on other dates: its facts and its agenda, in which everything stands on the same day from the first; with `people` those of its list, as new participants.
   * Attendance, sheets and files stay where they are. `left`: people without a family name, who are not taken. Refuses as `activity.reschedule` does.
   */
  'activity.duplicate': writes(
    z.strictObject({
      /** The workshop that the new one is like. */
      from: shape.id,
      /** Left out: as the other one's. */
      title: shape.title.optional(),
      start: shape.day,
      end: shape.day,
      people: z.boolean().default(false),
      /** Agenda items of the other one to leave out. */
      drop: z.array(shape.id).optional(),
      /** Whether sessions may stand on free days of the week; left out, only where they do so there, or do not fit otherwise. */
      weekends: z.boolean().optional(),
    }),
    z.object({ id: shape.id, people: z.int(), left: z.int() }),
    [...RESCHEDULE_REFUSALS, 'activity.unknown', ...DECISION_REFUSALS],
  ),
  'activity.get': reads(
    ['activity', 'people'],
    z.strictObject({ id: shape.id }),
    summary.extend({
      halfDays: z.array(shape.halfDay),
      agenda: z.array(agendaItemShown),
      /** The letters of its attendance sheet; null: those of the language. */
      letters: letterSet.nullable(),
      seen: shape.shown,
    }),
    ['activity.unknown'],
  ),
  /** What a workshop holds, and `seen` for removing it: asked for where somebody is about to. */
  'activity.contents': reads(
    ['activity', 'people', 'attendance', 'evaluation', 'material'],
    z.strictObject({ id: shape.id }),
    z.object({ people: z.int(), marks: z.int(), sheets: z.int(), seen: shape.shown }),
    ['activity.unknown'],
  ),
  'activity.list': reads(
    ['activity', 'people'],
    z.strictObject({
      from: shape.day.optional(),
      to: shape.day.optional(),
      project: shape.line.optional(),
      mode: z.enum(ACTIVITY_MODES).optional(),
      country: shape.country.optional(),
      text: shape.optionalLine.optional(),
      /** Entries of the calendar alone, or workshops alone; left out: both. */
      inCalendar: z.boolean().optional(),
    }),
    z.array(summary),
  ),
  /** Sessions of every workshop that is here whose title or trainers have every word of `text` by its beginning; the latest first, at most `limit`. */
  'activity.findSessions': reads(
    ['activity'],
    z.strictObject({ text: shape.optionalLine, limit: z.int().min(1).max(100).default(20) }),
    z.array(
      agendaItem.pick({ id: true, title: true, halfDay: true, start: true, unreadable: true }).extend({
        activityId: shape.id,
        workshop: shape.titleShown,
      }),
    ),
  ),
  /** `letters`: null takes those of the language again; `partOf`: null makes it a part of none. Refuses `activity.partOfItself` where it would be a part of itself, however far, `attendance.letterWrong`, `attendance.letterOfKey`, `attendance.letterTwice`. */
  'activity.update': writes(
    z.strictObject({
      id: shape.id,
      title: shape.title.optional(),
      ...changed,
      kind: z.enum(ACTIVITY_KINDS).optional(),
      partOf: shape.id.nullable().optional(),
      letters: letterSet.nullable().optional(),
      seen: shape.seen.optional(),
    }),
    shape.done,
    ['activity.partOfItself', 'activity.unknown', 'attendance.letterOfKey', 'attendance.letterTwice', 'attendance.letterWrong'],
  ),
  /** `drop`: agenda items to leave out. Without it, what no longer fits is named in a refusal `agenda.overflow` {items}. */
  'activity.reschedule': writes(
    z.strictObject({
      id: shape.id,
      start: shape.day,
      end: shape.day,
      drop: z.array(shape.id).optional(),
      /** Of a workshop that moves: whether sessions may stand on free days of the week; left out, only where they did before, or do not fit otherwise. */
      weekends: z.boolean().optional(),
      seen: shape.seen.optional(),
      seenItems,
    }),
    z.object({ halfDays: z.array(shape.halfDay) }),
    [...RESCHEDULE_REFUSALS, 'activity.unknown'],
  ),
  /** Takes attendance for a half-day again that the plan lost: the dates reach to it, or its first session counts. Nothing else moves. */
  'activity.bringHalfDayBack': writes(
    z.strictObject({ id: shape.id, halfDay: shape.halfDay, seen: shape.seen.optional(), seenItems }),
    z.object({ halfDays: z.array(shape.halfDay) }),
    ['activity.dates', 'activity.unknown'],
  ),
  /**
   * Removing keeps in sight what others wrote without having seen it (`removed`); `activity.restore` keeps the workshop after all, and removing once more with
   * what is seen now removes it.
   */
  'activity.remove': writes(z.strictObject({ id: shape.id, seen: shape.seen.optional() }), shape.done, ['activity.unknown']),
  'activity.restore': writes(z.strictObject({ id: shape.id }), shape.done, ['activity.unknown']),
  /** Puts a workshop away, or back: nothing in it changes. Whoever may change its dates may, and so whoever may write the workshop's own record (`PERMITS`). */
  'activity.archive': writes(z.strictObject({ id: shape.id, archived: z.boolean(), seen: shape.seen.optional() }), shape.done, [
    'activity.unknown',
  ]),
  'activity.addItem': writes(
    z.strictObject({
      activityId: shape.id,
      title: shape.title,
      halfDay: shape.halfDay,
      ...changedItem,
      counts: changedItem.counts.default(true),
    }),
    z.object({ id: shape.id }),
    ['activity.unknown', 'agenda.halfDay', 'agenda.marked'],
  ),
  'activity.updateItem': writes(
    z.strictObject({
      id: shape.id,
      title: shape.title.optional(),
      halfDay: shape.halfDay.optional(),
      ...changedItem,
      seen: shape.seen.optional(),
    }),
    shape.done,
    ['activity.unknown', 'agenda.halfDay', 'agenda.itemUnknown', 'agenda.marked'],
  ),
  'activity.removeItem': writes(z.strictObject({ id: shape.id, seen: shape.seen.optional() }), shape.done, [
    'activity.unknown',
    'agenda.itemUnknown',
    'agenda.marked',
  ]),
  'activity.restoreItem': writes(z.strictObject({ id: shape.id }), shape.done, ['activity.unknown', 'agenda.itemUnknown', 'agenda.marked']),
  /** What *Today* shows: the workshop under way or next, what is not ready, what waits. `day`: the window's day. */
  'activity.today': reads(
    ['activity', 'people', 'attendance', 'material', 'sync'],
    z.strictObject({ day: shape.day }),
    z.object({
      /** The first of `underWay`; null: none is. */
      current: underWay.nullable(),
      underWay: z.array(underWay),
      upcoming: z.array(summary),
      recent: z.array(summary),
      /** People of the workshops shown of whom something is missing, and the first workshop that has some. */
      toComplete: z.int(),
      toCompleteIn: shape.id.nullable(),
      /** Marks of the workshops shown that wait for a decision (`attendance.orphans`), and the first workshop that has some. */
      orphans: z.int(),
      orphansIn: shape.id.nullable(),
      /** Files that are not on this laptop, and the first workshop that needs one. */
      materialsMissing: z.int(),
      materialsMissingIn: shape.id.nullable(),
      pending: z.int(),
      conflicts: z.int(),
    }),
  ),
  /** Loads the bundled sample workshop (invented people) once; a second call gives the same id. */
  'activity.loadSample': writes(shape.nothing, z.object({ id: shape.id }), [
    ...RESCHEDULE_REFUSALS,
    'activity.sampleDamaged',
    'course.unknown',
  ]),
  /** What a new trainer does on the sample, and what of it is done; no steps without a sample. Of this laptop alone. */
  'activity.firstSteps': reads(
    ['activity', 'settings'],
    shape.nothing,
    z.object({
      sampleId: shape.id.nullable(),
      hidden: z.boolean(),
      steps: z.array(z.object({ step: z.enum(FIRST_STEPS), done: z.boolean() })),
    }),
  ),
  'activity.showFirstSteps': writes(z.strictObject({ shown: z.boolean() }), shape.done),
};
