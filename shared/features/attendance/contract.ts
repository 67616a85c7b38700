import { z } from 'zod';
import { job, reads, writes } from '../../contract/call.ts';
import * as shape from '../../contract/shapes.ts';

/** Letters on screen and in files: P L D E A R, and an empty ring for not yet taken. */
export const STATUSES = ['present', 'late', 'leftEarly', 'excused', 'absent', 'remote', 'notTaken'] as const;
export type Status = (typeof STATUSES)[number];
export const METHODS = ['list', 'selfCheckIn', 'paper', 'import'] as const;

const status = z.enum(STATUSES);

export const attendanceContract = {
  /** Each mark is durable when the call returns. `at`: when it happened (the device's clock when left out). */
  'attendance.mark': writes(
    z.strictObject({
      activityId: shape.id,
      halfDay: shape.halfDay,
      marks: z
        .array(z.strictObject({ personId: shape.id, status, seen: shape.supersedes.optional() }))
        .min(1)
        .max(5_000),
      method: z.enum(METHODS).default('list'),
      at: shape.instant.optional(),
    }),
    z.object({
      marked: z.int(),
      /** What each cell now shows, so that a grid need not fetch again. */
      cells: z.array(z.object({ personId: shape.id, status, heads: z.array(z.string()), conflict: z.boolean() })),
    }),
  ),
  /** The grid: one entry per mark that exists; every other cell is not yet taken. */
  'attendance.grid': reads(
    ['attendance', 'people', 'activity'],
    z.strictObject({ activityId: shape.id }),
    z.object({
      halfDays: z.array(shape.halfDay),
      marks: z.array(z.object({ personId: shape.id, halfDay: shape.halfDay, status, heads: z.array(z.string()), conflict: z.boolean() })),
    }),
  ),
  /** Who marked a cell, when it happened and when it was recorded; the latest first. */
  'attendance.history': reads(
    ['attendance'],
    z.strictObject({ activityId: shape.id, halfDay: shape.halfDay, personId: shape.id }),
    z.array(
      z.object({
        status,
        author: z.string(),
        device: z.string(),
        method: z.enum(METHODS),
        happenedAt: z.string(),
        recordedAt: z.string(),
        current: z.boolean(),
      }),
    ),
  ),
  /** Matrix CSV or XLSX: first column the list's own id, then one column per half-day, letters P L D E A R. */
  'attendance.import': job(
    z.strictObject({ activityId: shape.id, path: shape.path, apply: z.boolean(), skipRejected: z.boolean().default(false) }),
    z.object({ applied: z.boolean(), marked: z.int(), unchanged: z.int(), rejected: z.array(shape.rejectedRow) }),
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
    }),
  ),
};
