import { z } from 'zod';
import { reads, writes } from '../../contract/call.ts';
import * as shape from '../../contract/shapes.ts';
import { AWARD_KINDS, LEVELS } from '../../model/vocabularies.ts';
import { GROUNDS } from './certification.ts';

const title = z.partialRecord(shape.language, z.string());
/** The certificates by which somebody may deliver a course, the latest first. */
const grounds = z.array(
  z.object({
    why: z.enum(GROUNDS),
    number: z.string(),
    issuedOn: shape.dayShown,
    activityId: shape.id,
    workshop: shape.titleShown,
  }),
);
/** The courses that come before one, and whether a certificate that is here says that somebody was there. */
const before = z.array(z.object({ courseId: shape.id, title, held: z.boolean() }));

export const certificationContract = {
  /** Says which courses come before one, by ids or codes; none: it comes after no other. `seen`: as `course.open` has it for the course. */
  'course.comesAfter': writes(
    z.strictObject({ id: shape.line, after: z.array(shape.line).max(20), seen: shape.seen.optional() }),
    z.object({ id: shape.id }),
    ['course.afterItself', 'course.unknown'],
  ),
  /** The courses that come before one, and who may deliver it: everybody with a trainer's certificate that stands and says so, by name. `id` is that of the record of the latest one. */
  'course.deliverers': reads(
    ['course', 'award', 'people', 'activity'],
    z.strictObject({ courseId: shape.line }),
    z.object({
      before: z.array(z.object({ courseId: shape.id, title })),
      people: z.array(
        z.object({
          id: shape.id,
          familyName: z.string(),
          givenName: z.string(),
          country: shape.country.nullable(),
          institution: z.string(),
          grounds,
          before,
          unreadable: shape.unreadable,
        }),
      ),
    }),
    ['course.unknown'],
  ),
  /** The certificates of somebody that stand, over all records that are certainly theirs, and the courses that they may deliver. */
  'people.mayDeliver': reads(
    ['course', 'award', 'people', 'activity'],
    z.strictObject({ id: shape.id }),
    z.object({
      certificates: z.array(
        z.object({
          number: z.string(),
          kind: z.enum(AWARD_KINDS),
          issuedOn: shape.dayShown,
          activityId: shape.id,
          workshop: shape.titleShown,
          courseId: shape.id.nullable(),
        }),
      ),
      courses: z.array(z.object({ id: shape.id, code: z.string(), title, level: z.enum(LEVELS), grounds, before })),
    }),
    ['people.unknown'],
  ),
  /**
   * What followed from an activity, a training of trainers say: the workshops that are parts of it, or of its parts, and all who attended them, each once. `trainers`: how many people have a trainer's
   * certificate of it that stands. Figures are null where no delivery has a list of people.
   */
  'activity.cascade': reads(
    ['activity', 'people', 'attendance', 'award'],
    z.strictObject({ id: shape.id }),
    z.object({
      trainers: z.int(),
      deliveries: z.array(
        z.object({
          id: shape.id,
          title: shape.titleShown,
          start: shape.dayShown,
          end: shape.dayShown,
          courseId: shape.id.nullable(),
          countries: z.array(shape.country),
          attendances: z.int().nullable(),
        }),
      ),
      /** At least so many, and at most: see `report.period`. */
      people: z.int().nullable(),
      peopleAtMost: z.int().nullable(),
      attendances: z.int().nullable(),
      countries: z.int(),
    }),
    ['activity.unknown'],
  ),
};
