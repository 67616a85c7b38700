import { z } from 'zod';
import { SOURCE_REFUSALS } from '../../kernel/source.ts';
import { job, reads, writes } from '../../contract/call.ts';
import * as shape from '../../contract/shapes.ts';
import { METHODS, SEXES, STATUSES } from '../../model/vocabularies.ts';
import { DECISION_REFUSALS, intakeAnswer, intakeOptions, intakeSource, isOneSource, remember } from '../intake/shapes.ts';
import { ORPHAN_REASONS } from './orphans.ts';

const status = z.enum(STATUSES);

const cell = z.strictObject({ personId: shape.id, halfDay: shape.halfDay });
/** A mark by its cell, with the status values that were on screen. */
const shownMark = cell.extend({ seen: shape.supersedes.optional() });

const standingMark = z.object({
  activityId: shape.id,
  personId: shape.id,
  halfDay: shape.halfDay,
  status,
  /** As people call them; '' where this laptop knows no such person, or cannot read any name of theirs (`unreadable`: `person`). */
  person: z.string(),
  ref: z.string(),
  heads: z.array(z.string()),
  conflict: z.boolean(),
  /** Of `status` and `person` those that this program cannot read; such a status is *not yet taken*. */
  unreadable: shape.unreadable,
  author: z.string(),
  device: z.string(),
  laptop: z.string(),
  recordedAt: z.string(),
});

export const attendanceContract = {
  /** Each mark is durable when the call returns. `at`: when it happened (the device's clock when left out). That somebody signed in by phone is said by their phone alone. */
  'attendance.mark': writes(
    z.strictObject({
      activityId: shape.id,
      halfDay: shape.halfDay,
      marks: z
        .array(z.strictObject({ personId: shape.id, status, seen: shape.supersedes.optional() }))
        .min(1)
        .max(5_000),
      method: z.enum(METHODS).exclude(['selfCheckIn']).default('list'),
      at: shape.instant.optional(),
    }),
    z.object({
      marked: z.int(),
      /** What each cell now shows, so that a grid need not fetch again. */
      cells: z.array(z.object({ personId: shape.id, status, heads: z.array(z.string()), conflict: z.boolean(), unreadable: z.boolean() })),
    }),
    ['activity.unknown', 'attendance.halfDayUnknown', 'attendance.personUnknown'],
  ),
  /**
   * Parts a name that was typed in one field and says who of the list it may be, likeliest first; `sure` is false where only a guess says which word is the family name.
   * `turned`: it is the other one.
   */
  'attendance.recognise': reads(
    ['people'],
    z.strictObject({
      activityId: shape.id,
      name: shape.optionalLine,
      country: shape.country.nullable().default(null),
      turned: z.boolean().default(false),
    }),
    z.object({
      familyName: z.string(),
      givenName: z.string(),
      /** What a title before the name says. */
      sex: z.enum(SEXES).nullable(),
      sure: z.boolean(),
      candidates: z.array(z.object({ personId: shape.id, why: z.string() })),
    }),
    ['activity.unknown'],
  ),
  /** Adds somebody who came in and marks them in a half-day, in one step. */
  'attendance.walkIn': writes(
    z.strictObject({
      activityId: shape.id,
      halfDay: shape.halfDay,
      status: status.default('present'),
      familyName: shape.line,
      givenName: shape.optionalLine.default(''),
      country: shape.country.nullable().default(null),
      sex: z.enum(SEXES).nullable().default(null),
    }),
    z.object({ id: shape.id }),
    ['activity.unknown', 'attendance.halfDayUnknown', 'attendance.personUnknown'],
  ),
  /** The grid: one entry per mark that exists; every other cell is not yet taken. */
  'attendance.grid': reads(
    ['attendance', 'people', 'activity'],
    z.strictObject({ activityId: shape.id }),
    z.object({
      halfDays: z.array(shape.halfDay),
      /** How many marks `attendance.gone` lists. */
      gone: z.int(),
      marks: z.array(
        z.object({
          personId: shape.id,
          halfDay: shape.halfDay,
          status,
          heads: z.array(z.string()),
          conflict: z.boolean(),
          /** Something stands there that this program cannot read; `status` is then *not yet taken*. */
          unreadable: z.boolean(),
        }),
      ),
    }),
    ['activity.unknown'],
  ),
  /** Who marked a cell, when it happened and when it was recorded; the latest first. */
  'attendance.history': reads(
    ['attendance', 'people'],
    z.strictObject({ activityId: shape.id, halfDay: shape.halfDay, personId: shape.id }),
    z.array(
      z.object({
        status,
        /** What was written cannot be read here; `status` is then *not yet taken*. */
        unreadable: z.boolean(),
        author: z.string(),
        device: z.string(),
        laptop: z.string(),
        method: z.enum(METHODS),
        happenedAt: z.string(),
        recordedAt: z.string(),
        /** When the repository received it, or this laptop where that is not known yet; null where it is not known at all. */
        receivedAt: z.string().nullable(),
        current: z.boolean(),
      }),
    ),
    ['activity.unknown'],
  ),
  /**
   * Marks that wait for a person's decision: their half-day is not in the sheet any more, or their person or workshop was removed by somebody who had not seen
   * them. By half-day and person. `movedTo`: the half-day that the dates of today made of it, where there is one.
   */
  'attendance.orphans': reads(
    ['attendance', 'people', 'activity'],
    z.strictObject({ activityId: shape.id.optional() }),
    z.array(
      standingMark.extend({
        reason: z.enum(ORPHAN_REASONS),
        title: shape.titleShown,
        movedTo: shape.halfDay.nullable(),
        /** What the cell it would move to shows; null where that is not taken, or where there is none. */
        there: status.nullable(),
        /** Values of that cell, for `attendance.move`. */
        thereHeads: z.array(z.string()),
        /** Whether the half-day can be brought back, see `activity.bringHalfDayBack`. */
        canComeBack: z.boolean(),
      }),
    ),
    ['activity.unknown'],
  ),
  /**
   * Moves marks to other cells of their workshop, with how and when they were made. Where such a cell has another mark: `ask` refuses the whole call
   * (`attendance.cellTaken` {count, cells}), `keep` leaves both as they are, `replace` writes over it what was seen there (`seenThere`). An equal mark there takes
   * this one in. Refuses `attendance.halfDayUnknown`, `attendance.personUnknown`, `attendance.markUnknown`.
   */
  'attendance.move': writes(
    z.strictObject({
      activityId: shape.id,
      marks: z
        .array(shownMark.extend({ to: cell, seenThere: shape.supersedes.optional() }))
        .min(1)
        .max(5_000),
      taken: z.enum(['ask', 'keep', 'replace']).default('ask'),
    }),
    z.object({ moved: z.int(), left: z.int() }),
    ['activity.unknown', 'attendance.cellTaken', 'attendance.halfDayUnknown', 'attendance.markUnknown', 'attendance.personUnknown'],
  ),
  /** Lets marks go: a decision that is recorded as it is, and can be taken back (`attendance.bringBack`). Refuses `attendance.markUnknown`. */
  'attendance.letGo': writes(
    z.strictObject({ activityId: shape.id, marks: z.array(shownMark).min(1).max(5_000) }),
    z.object({ letGo: z.int() }),
    ['activity.unknown', 'attendance.markUnknown'],
  ),
  /** Marks of a workshop that were let go, moved away or taken back with an import, each with who decided and when. */
  'attendance.gone': reads(
    ['attendance', 'people'],
    z.strictObject({ activityId: shape.id }),
    z.array(standingMark.extend({ goneBy: z.string(), goneDevice: z.string(), goneAt: z.string() })),
    ['activity.unknown'],
  ),
  /** Brings marks back that `attendance.gone` lists: into their cells, or among those that wait for a decision where there is no cell. */
  'attendance.bringBack': writes(
    z.strictObject({ activityId: shape.id, marks: z.array(cell).min(1).max(5_000) }),
    z.object({ back: z.int() }),
    ['activity.unknown'],
  ),
  /**
   * A file of attendance, or the `text` of a pasted table, in any usual form: a column for each half-day, day or session, a line for each person and session, joining and leaving times, a log of comings and goings, one session,
   * a sheet a day. `letters`: what letters of the sheet mean. `rejected` holds the import up unless `skipRejected`. Refuses `attendance.formUnknown`, and with `apply`
   * `attendance.sessionOpen` where nothing says which half-day the sheet is of: the question `session` of the preview asks for it.
   */
  'attendance.import': job(
    z
      .strictObject({
        activityId: shape.id,
        ...intakeSource,
        apply: z.boolean(),
        skipRejected: z.boolean().default(false),
        ...intakeOptions,
        remember,
        letters: z.record(z.string().max(40), z.enum([...STATUSES, ''])).optional(),
      })
      .refine(isOneSource),
    z.object({
      applied: z.boolean(),
      marked: z.int(),
      unchanged: z.int(),
      rejected: z.array(shape.rejectedRow),
      doubtful: z.array(shape.rejectedRow),
      ...intakeAnswer,
    }),
    ['activity.unknown', 'attendance.formUnknown', 'attendance.sessionOpen', ...DECISION_REFUSALS, ...SOURCE_REFUSALS],
  ),
  /**
   * Writes the attendance in `language`, a column for each half-day: XLSX, or CSV for Excel (BOM; `;` in fr, es, pt). Read back in by `attendance.import` it changes
   * nothing: a cell in which people disagree has no letter, and a last column says what stands there. Refuses `file.notWritable`.
   */
  'attendance.export': job(
    z.strictObject({ activityId: shape.id, path: shape.path, language: shape.language, format: shape.tableFormat }),
    z.object({ path: z.string(), rows: z.int() }),
    ['activity.unknown', 'file.notWritable'],
  ),
  /**
   * `threshold`: the share of half-days for a certificate, as a share (0.75) or in percent (75; the default).
   * `rate`: percent of the marks taken, one decimal; null while no mark is taken. Present, late, left early and remote attend.
   */
  'attendance.summary': reads(
    ['attendance', 'people', 'activity'],
    z.strictObject({ activityId: shape.id, threshold: z.number().positive().max(100).optional() }),
    z.object({
      registered: z.int(),
      cells: z.int(),
      codes: z.record(status, z.int()),
      presentOrLate: z.int(),
      rate: z.number().nullable(),
      perHalfDay: z.record(shape.halfDay, z.int()),
      /** People who attended every half-day. */
      full: z.int(),
      /** People at or above the threshold, and those of them who took a post-test. */
      eligible: z.int(),
      eligibleWithPostTest: z.int(),
      /** The list's own ids (a participant's id where the list has none), in the list's order. */
      below: z.array(z.string()),
      exactly: z.array(z.string()),
      threshold: z.number(),
      /** Half-days on which somebody was marked: what the threshold and `full` are of. */
      held: z.array(shape.halfDay),
      /** Working half-days of the sheet on which nobody was marked. */
      notHeld: z.array(shape.halfDay),
      /** Marks that have no cell in the sheet and are not counted above; `attendance.orphans` lists them. */
      outside: z.int(),
    }),
    ['activity.unknown'],
  ),
};
