import { z } from 'zod';
import { reads, writes } from '../../contract/call.ts';
import { changeShapes, newShapes } from '../../contract/record-shapes.ts';
import * as shape from '../../contract/shapes.ts';
import { course, courseModule, session } from '../../model/course.ts';

/** The space of a course that is made: the library, or that of an institution. */
const space = z.string().regex(/^(?:library|institution\/[^/\s]{1,100})$/);
const title = z
  .partialRecord(shape.language, z.string().trim().max(500))
  .refine((texts) => Object.values(texts).some((text) => text !== undefined && text !== ''));
const layouts = session.fields.layouts.schema;
/** The part behind which one is put; null: in front of all; left out: behind all. */
const after = shape.id.nullable().optional();
const seen = shape.seen.optional();
const made = z.object({ id: shape.id });

export const courseEditContract = {
  /** Where a course stands, whether the user may change it, and what is shown of each of its parts and of itself, by id: `seen` of what is written over it. `layouts`: where each session stands in each length. */
  'course.open': reads(
    ['course', 'sync'],
    z.strictObject({ id: shape.line }),
    z.object({
      id: shape.id,
      space: z.string(),
      change: shape.permission,
      seen: z.record(shape.id, shape.shown),
      layouts: z.record(shape.id, layouts),
    }),
    ['course.unknown'],
  ),
  /** The spaces in which the user may make a course; the first is that of a course of which nobody says it. */
  'course.writableSpaces': reads(['course', 'sync'], shape.nothing, z.array(space)),
  /** `space` left out: that of the user's institution, or the library for whoever belongs to none. */
  'course.create': writes(z.strictObject({ ...newShapes(course), title, space: space.optional() }), made, ['institution.unknown']),
  'course.update': writes(z.strictObject({ id: shape.line, ...changeShapes(course), seen }), made, ['course.unknown']),
  'course.addModule': writes(z.strictObject({ courseId: shape.line, ...newShapes(courseModule), title, after }), made, [
    'course.partUnknown',
    'course.unknown',
  ]),
  /** `courseId`: refused where the module is of another course. `layouts` left out: where the session before it stands. */
  'course.addSession': writes(
    z.strictObject({
      ...{ courseId: shape.line.optional(), moduleId: shape.id },
      ...{ ...newShapes(session), title, layouts: layouts.optional(), after },
    }),
    made,
    ['course.moduleElsewhere', 'course.partUnknown', 'course.unknown'],
  ),
  /** A module or a session. */
  'course.updatePart': writes(z.strictObject({ id: shape.id, ...changeShapes(session), layouts: layouts.optional(), seen }), made, [
    'course.notOfModule',
    'course.partUnknown',
  ]),
  'course.move': writes(z.strictObject({ id: shape.id, moduleId: shape.id.optional(), after, seen }), made, [
    'course.moduleElsewhere',
    'course.notOfModule',
    'course.partUnknown',
  ]),
  'course.removePart': writes(z.strictObject({ id: shape.id, seen }), made, ['course.partUnknown']),
  'course.restorePart': writes(z.strictObject({ id: shape.id }), made, ['course.partUnknown']),
};
