import { z } from 'zod';
import { field } from './entity.ts';
import * as value from './values.ts';

/** The schema of the values of a record by register (`title@fr`), each by its id. */
export const VALUES_BY_REGISTER = z.record(z.string().max(60), value.valueIds);

/** The fields of a record that was copied from another: since model 10 of a course, a module and a session, since 11 of a questionnaire and its items. */
export const COPIED = {
  /** The id of the record that it was copied from, in another space or this one; written once. */
  origin: field('text', value.id, { not: { shown: 'names the record that this one was copied from' } }),
  /**
   * Register -> the values that the source had when it was copied, or when they were last taken or left: what a comparison starts from. Of a course also, by `<part>/<register>` and
   * by the part of the source, what was said of parts that are not here. The later of two says it.
   */
  originHeads: field('json', VALUES_BY_REGISTER, { merge: 'latest', not: { shown: 'ids of values that a comparison starts from' } }),
};
