import { z } from 'zod';
import { entity, field } from './entity.ts';

const text = z.string().max(20_000);

export const course = entity('course', {
  spaces: ['library', 'institution'],
  topic: 'course',
  fields: {
    code: field('text', text),
    title: field('json', text, { localised: true, search: true }),
    description: field('json', text, { localised: true }),
    audience: field('json', text, { localised: true }),
    level: field('text', text),
    version: field('text', text),
    /** The usual length in days. */
    days: field('integer', z.int()),
    /** Lengths that have a layout of their own. */
    variants: field('json', z.array(z.int())),
  },
});

/** `module` is what people say; the table of that name is fine in SQL. */
export const courseModule = entity('module', {
  spaces: ['library', 'institution'],
  topic: 'course',
  fields: {
    title: field('json', text, { localised: true }),
    /** [course id, fractional key]. */
    placement: field('json', z.tuple([z.string(), z.string()])),
  },
});

export const session = entity('session', {
  spaces: ['library', 'institution'],
  topic: 'course',
  fields: {
    title: field('json', text, { localised: true, search: true }),
    objectives: field('json', text, { localised: true }),
    method: field('json', text, { localised: true }),
    trainerNotes: field('json', text, { localised: true }),
    minutes: field('integer', z.int()),
    /** [module id, fractional key]. */
    placement: field('json', z.tuple([z.string(), z.string()])),
    /** Length in days -> where the session stands there: {"4": {"day": 1, "half": "AM"}}; a length it is not part of is left out. */
    layouts: field('json', z.record(z.string(), z.object({ day: z.int(), half: z.enum(['AM', 'PM']) }))),
  },
});
