import { z } from 'zod';
import { reads } from '../../contract/call.ts';
import { answerShapes } from '../../contract/record-shapes.ts';
import * as shape from '../../contract/shapes.ts';
import { course as courseEntity, courseModule, courseVersion, session as sessionEntity } from '../../model/course.ts';
import { institutionId } from '../institution/contract.ts';

/** The long texts are told of one course alone. */
const { audience, description, ...listed } = answerShapes(courseEntity);

const published = z.object({
  id: shape.id,
  version: z.string(),
  notes: z.partialRecord(shape.language, courseVersion.fields.notes.schema),
  publishedAt: z.string(),
});

/** How many changes there are of each kind. */
export const changeCounts = z.object({ changed: z.int(), moved: z.int(), added: z.int(), removed: z.int() });

const summary = z.object({
  id: shape.id,
  ...listed,
  languages: z.array(shape.language),
  space: z.string(),
  /** Whose course it is, with its name as it is known here; null: of the central library. */
  institution: z.object({ id: institutionId, name: z.string() }).nullable(),
  /** The course that this one was copied from. */
  origin: shape.id.nullable(),
  /** Its published versions, the earliest first. */
  published: z.array(published),
  /** Fields whose values this program cannot read; each is shown as such. */
  unreadable: shape.unreadable,
});

const session = z.object({
  id: shape.id,
  ...answerShapes(sessionEntity),
  /** Day (1, 2 ...) and half of the usual layout. */
  day: z.int(),
  half: z.enum(['AM', 'PM']),
  unreadable: shape.unreadable,
});

export const courseContract = {
  'course.list': reads(['course'], shape.nothing, z.array(summary)),
  /** `id`: the course's id or its code. `version`: the id of a published one, as which it is then read from the log; left out, as it stands. */
  'course.get': reads(
    ['course'],
    z.strictObject({ id: shape.line, version: shape.id.optional() }),
    summary.extend({
      audience,
      description,
      modules: z.array(z.object({ id: shape.id, ...answerShapes(courseModule), unreadable: shape.unreadable, sessions: z.array(session) })),
    }),
    ['course.unknown', 'course.versionUnknown'],
  ),
  /** Of each course that has any, how many texts it has in some language, and how many of them in each. */
  'course.completeness': reads(
    ['course'],
    shape.nothing,
    z.array(z.object({ courseId: shape.id, of: z.int(), written: z.record(shape.language, z.int()) })),
  ),
  /** The published version as which a workshop was planned, and the newest one with how much has changed since; null where it was planned as none, or none is newer. */
  'course.planned': reads(
    ['course', 'activity'],
    z.strictObject({ activityId: shape.id }),
    z.object({
      planned: published.nullable(),
      newer: published.extend({ changes: changeCounts }).nullable(),
    }),
    ['activity.unknown'],
  ),
};
