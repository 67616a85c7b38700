import { z } from 'zod';
import { reads } from '../../contract/call.ts';
import * as shape from '../../contract/shapes.ts';
import { PROFESSIONS } from '../../model/vocabularies.ts';

/** A record of somebody, with the workshop that it belongs to. */
const record = z.object({
  id: shape.id,
  familyName: z.string(),
  givenName: z.string(),
  profession: z.enum(PROFESSIONS).nullable(),
  country: shape.country.nullable(),
  institution: z.string(),
  email: z.string(),
  activityId: shape.id,
  workshop: shape.titleShown,
  start: shape.dayShown,
  end: shape.dayShown,
  unreadable: shape.unreadable,
});

export const historyContract = {
  /** People of every workshop that is here whose name or institution has every word of `text` by its beginning; the latest workshop first, at most `limit`. */
  'people.find': reads(
    ['people', 'activity'],
    z.strictObject({ text: shape.optionalLine, limit: z.int().min(1).max(100).default(20) }),
    z.array(record),
  ),
  /**
   * Where somebody was: their record, those that somebody said are the same person (`linked`), and records of other workshops that are perhaps theirs, each with why
   * (as an import says it). The latest workshop first.
   */
  'people.history': reads(
    ['people', 'activity', 'attendance', 'evaluation'],
    z.strictObject({ id: shape.id }),
    z.array(
      record.extend({
        is: z.enum(['itself', 'linked', 'same', 'perhaps']),
        why: z.string(),
        /** Half-days on which they were there, of those on which somebody was marked. */
        attended: z.int(),
        held: z.int(),
        /** Tests of which a sheet is in. */
        tests: z.array(z.enum(['pre', 'post'])),
      }),
    ),
    ['people.unknown'],
  ),
};
