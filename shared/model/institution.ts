import { z } from 'zod';
import { entity, field } from './entity.ts';
import * as value from './values.ts';

/**
 * The entity of a training institution, since model 10: one per space of an institution, whose id is the institution's. Its own id follows from that space, so that two laptops of
 * one institution make one record.
 */
export const institution = entity('institution', {
  spaces: ['institution'],
  topic: 'course',
  labels: 'course:institution',
  not: {
    searched: 'an institution is chosen from a short list',
    imported: 'an institution is made once, by hand',
    exported: 'stands with its courses',
    personal: 'is of an institution, and says nothing of anybody',
  },
  fields: {
    /** As it calls itself. */
    name: field('text', value.line, { input: 'line', blank: '' }),
    country: field('text', value.country, { input: 'country', blank: '' }),
    /** The languages in which it teaches. */
    languages: field('json', z.array(value.language).max(100), { newer: z.array(value.newerWord).max(100), input: 'languages', blank: [] }),
  },
});
