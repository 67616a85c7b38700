import { z } from 'zod';
import { reads, writes } from '../../contract/call.ts';
import { answerShapes } from '../../contract/record-shapes.ts';
import * as shape from '../../contract/shapes.ts';
import { institution } from '../../model/institution.ts';

/** The id of an institution: that of its space. A repository gives its own to those whom it enrols, which need be no UUID. */
export const institutionId = z.string().regex(/^[^/\s]{1,100}$/);

const said = { name: shape.line, country: shape.country, languages: z.array(shape.language).min(1).max(4) };

export const institutionContract = {
  /** Adds the user's own institution, or a new one for whoever belongs to none; one that there is keeps what was said of it. */
  'institution.create': writes(z.strictObject(said), z.object({ id: institutionId })),
  /** `seen`: what `institution.list` showed of it. */
  'institution.update': writes(
    z.strictObject({ id: institutionId, ...z.object(said).partial().shape, seen: shape.seen.optional() }),
    z.object({ id: institutionId }),
    ['institution.unknown'],
  ),
  /** `change`: whether the user may change it, and write courses for it. */
  'institution.list': reads(
    ['course', 'sync'],
    shape.nothing,
    z.array(
      z.object({
        id: institutionId,
        ...answerShapes(institution),
        change: shape.permission,
        unreadable: shape.unreadable,
        seen: shape.shown,
      }),
    ),
  ),
  /** Whether the user may add an institution: their own where it is not here, and a new one where they belong to none. */
  'institution.mayAdd': reads(['course', 'sync'], shape.nothing, shape.permission),
};
