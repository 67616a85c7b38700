import { z } from 'zod';
import { VALUES_BY_REGISTER } from './copied.ts';
import { entity, field } from './entity.ts';
import * as value from './values.ts';

const BESIDE_ITS_COURSE = {
  searched: 'a suggestion is found with its course',
  imported: 'a suggestion is made and answered, not brought in',
  exported: 'a suggestion is told with its course',
  personal: 'is of two courses, and names nobody',
} as const;
const parts = z.record(value.id, VALUES_BY_REGISTER);

/**
 * The entity of what an institution suggests to the source of its adaptation, since model 12, written once into its own space: the values of each part as it stood then, by their
 * ids, and those of the source that it was made from. Whoever writes the source reads it, and takes of it like of a source.
 */
export const suggestion = entity('suggestion', {
  spaces: ['institution'],
  topic: 'course',
  appendOnly: true,
  labels: 'adaptation:suggestion.field',
  not: BESIDE_ITS_COURSE,
  fields: {
    /** The adaptation, and its source. */
    courseId: field('text', value.id, { not: { shown: 'a suggestion stands with its course' } }),
    sourceId: field('text', value.id, { not: { shown: 'a suggestion stands with the course that it is for' } }),
    note: field('text', value.longText),
    suggestedAt: field('text', value.instant),
    /** Id of a part of the adaptation -> register -> its values. */
    parts: field('json', parts, { not: { shown: 'ids of the values that were suggested' } }),
    /** Id of a part of the adaptation, removed ones too -> register -> the values of the source that it was copied from or compared with. */
    bases: field('json', parts, { not: { shown: 'ids of values that a comparison starts from' } }),
  },
});

/** The entity of the answer to a suggestion, since model 12: one in the space of the source, under an id that follows from the suggestion. */
export const suggestionAnswer = entity('suggestionAnswer', {
  spaces: ['library', 'institution'],
  topic: 'course',
  labels: 'adaptation:suggestion.field',
  not: BESIDE_ITS_COURSE,
  fields: {
    suggestionId: field('text', value.id, { not: { shown: 'an answer stands with its suggestion' } }),
    taken: field('boolean', z.boolean()),
    why: field('text', value.longText),
    answeredAt: field('text', value.instant),
    /** By `<part>/<register>` and by the part suggested: the suggested values that were decided, taken or not. */
    settled: field('json', VALUES_BY_REGISTER, { merge: 'latest', not: { shown: 'ids of the values that were decided' } }),
  },
});
