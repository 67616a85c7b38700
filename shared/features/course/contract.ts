import { z } from 'zod';
import { reads } from '../../contract/call.ts';
import { answerShapes } from '../../contract/record-shapes.ts';
import * as shape from '../../contract/shapes.ts';
import { course as courseEntity, courseModule, courseVersion, session as sessionEntity } from '../../model/course.ts';
import { institutionId } from '../institution/contract.ts';

/** The long texts are told of one course alone. */
const { audience, description, ...listed } = answerShapes(courseEntity);

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
  published: z.array(
    z.object({
      id: shape.id,
      version: z.string(),
      notes: z.partialRecord(shape.language, courseVersion.fields.notes.schema),
      publishedAt: z.string(),
    }),
  ),
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
  /** `id`: the course's id or its code. */
  'course.get': reads(
    ['course'],
    z.strictObject({ id: shape.line }),
    summary.extend({
      audience,
      description,
      modules: z.array(z.object({ id: shape.id, ...answerShapes(courseModule), unreadable: shape.unreadable, sessions: z.array(session) })),
    }),
    ['course.unknown'],
  ),
};
