import { z } from 'zod';
import { reads, writes } from '../../contract/call.ts';
import { answerShapes } from '../../contract/record-shapes.ts';
import * as shape from '../../contract/shapes.ts';
import { institution } from '../../model/institution.ts';

/** The id of an institution: that of its space. A repository gives its own to those whom it enrols, which need be no UUID. */
export const institutionId = z.string().regex(/^[^/\s]{1,100}$/);

export const institutionContract = {
  /** Adds the user's own institution, or a new one for whoever belongs to none; one that there is keeps what was said of it. */
  'institution.create': writes(
    z.strictObject({ name: shape.line, country: shape.country, languages: z.array(shape.language).min(1).max(4) }),
    z.object({ id: institutionId }),
  ),
  'institution.list': reads(
    ['course'],
    shape.nothing,
    z.array(z.object({ id: institutionId, ...answerShapes(institution), unreadable: shape.unreadable })),
  ),
};
