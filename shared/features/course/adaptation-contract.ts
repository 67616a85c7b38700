import { z } from 'zod';
import { reads, writes } from '../../contract/call.ts';
import * as shape from '../../contract/shapes.ts';
import { courseVersion } from '../../model/course.ts';
import * as value from '../../model/values.ts';
import { changeCounts } from './contract.ts';
import { institutionId } from '../institution/contract.ts';

const anyValue = z.unknown();

const texts = z.partialRecord(shape.language, z.string());
/** In which module a part stands, and behind which part; null: in the course itself, and in front of all. */
const place = z.object({ inside: texts.nullable(), after: texts.nullable() });

export const upstreamChange = z.object({
  type: z.enum(['course', 'module', 'session']),
  /** The title of the part, and of the module that it stands in. */
  title: texts,
  inside: texts.nullable(),
  /** Of one that was moved: where it stands here, and would stand. */
  places: z.object({ mine: place.nullable(), theirs: place.nullable() }).nullable(),
  /** The part here; of one that is not here, that of the source. */
  part: shape.id,
  /** '' of a part that was added or removed. */
  field: z.string(),
  language: shape.language.optional(),
  kind: z.enum(['changed', 'added', 'removed', 'moved']),
  touchedHere: z.boolean(),
  removedHere: z.boolean(),
  base: anyValue,
  mine: anyValue,
  theirs: anyValue,
  /** The values that stand here, for the `seen` of a choice. */
  seen: z.array(z.string()),
});

export const upstreamChoice = z.strictObject({
  part: shape.id,
  /** Left out: every change of the part that was not changed here too. */
  field: z.string().max(100).optional(),
  language: shape.language.optional(),
  take: z.enum(['theirs', 'mine', 'merge']),
  /** The merged text. Left out: merged by itself where nobody has to decide. */
  text: value.longText.optional(),
  seen: shape.supersedes.optional(),
});

export const adaptationContract = {
  'course.fork': writes(z.strictObject({ courseId: shape.line, institutionId }), z.object({ id: shape.id }), [
    'course.unknown',
    'institution.unknown',
  ]),
  'course.publish': writes(
    z.strictObject({
      courseId: shape.line,
      version: shape.line,
      notes: z.partialRecord(shape.language, courseVersion.fields.notes.schema).default({}),
    }),
    z.object({ id: shape.id, version: z.string() }),
    ['course.tooLarge', 'course.unchanged', 'course.unknown', 'course.versionTaken'],
  ),
  /** `from`, `to`: the version of the source that was taken last, and its present one. */
  'course.upstream': reads(
    ['course'],
    z.strictObject({ courseId: shape.line }),
    z.object({ from: z.string(), to: z.string(), changes: z.array(upstreamChange) }),
    ['course.notAdapted', 'course.sourceAway', 'course.unknown'],
  ),
  /** The adaptations of whose sources something is to be taken, with the version and how many changes of each kind. */
  'course.updates': reads(['course'], shape.nothing, z.array(z.object({ courseId: shape.id, to: z.string(), changes: changeCounts }))),
  /** How many changes were taken, left as they are here, merged, and are still open. `taking`: what `course.undoTaking` takes back; null where nothing was written. */
  'course.takeUpstream': writes(
    z.strictObject({ courseId: shape.line, choices: z.array(upstreamChoice).max(10_000) }),
    z.object({ taken: z.int(), kept: z.int(), merged: z.int(), open: z.int(), taking: z.string().nullable() }),
    ['course.notAdapted', 'course.sourceAway', 'course.unknown'],
  ),
  /** Takes a taking back: each value of it gives way to the one before, and what it decided is open again. `left`: values over which something was written since, which stay. */
  'course.undoTaking': writes(
    z.strictObject({ courseId: shape.line, taking: z.string().max(80) }),
    z.object({ undone: z.int(), left: z.int() }),
    ['course.notAdapted', 'course.sourceAway', 'course.unknown'],
  ),
};
