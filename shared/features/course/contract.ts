import { z } from 'zod';
import { reads } from '../../contract/call.ts';
import * as shape from '../../contract/shapes.ts';
import { LEVELS } from '../../model/vocabularies.ts';

const summary = z.object({
  id: shape.id,
  code: z.string(),
  title: shape.localisedText,
  level: z.enum(LEVELS),
  version: z.string(),
  /** The usual length. */
  days: z.int(),
  /** Every length that has a layout of its own, the usual one among them. */
  variants: z.array(z.int()),
  languages: z.array(shape.language),
  /** Fields whose values this program cannot read; each is shown as such. */
  unreadable: shape.unreadable,
});

const session = z.object({
  id: shape.id,
  title: shape.localisedText,
  objectives: shape.localisedText,
  method: shape.localisedText,
  trainerNotes: shape.localisedText,
  minutes: z.int(),
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
      audience: shape.localisedText,
      description: shape.localisedText,
      modules: z.array(z.object({ id: shape.id, title: shape.localisedText, unreadable: shape.unreadable, sessions: z.array(session) })),
    }),
    ['course.unknown'],
  ),
};
