import { z } from 'zod';
import { LONGEST_DAYS } from '../kernel/dates.ts';
import { COPIED, VALUES_BY_REGISTER } from './copied.ts';
import { entity, field, word } from './entity.ts';
import * as value from './values.ts';
import { LEVELS } from './vocabularies.ts';

const text = value.longText;
const TEXTS = { localised: true, input: 'texts', blank: {} } as const;
const LINE = { input: 'line', blank: '' } as const;
const FROM_THE_LIBRARY = {
  imported: 'courses come with the program',
  exported: 'a course is read on screen',
  personal: 'a course is written for whoever gives it, and names nobody',
} as const;
const READ_IN_ITS_COURSE = { searched: 'a course is found by its title, and read' } as const;
/** A length in days, or the number of a day in one. */
const days = z.int().min(1).max(LONGEST_DAYS);

export const course = entity('course', {
  spaces: ['library', 'institution'],
  topic: 'course',
  labels: 'course:field',
  not: FROM_THE_LIBRARY,
  fields: {
    code: field('text', value.line, { ...LINE, not: READ_IN_ITS_COURSE }),
    title: field('json', text, { ...TEXTS, search: true }),
    description: field('json', text, { ...TEXTS, not: READ_IN_ITS_COURSE }),
    audience: field('json', text, { ...TEXTS, not: READ_IN_ITS_COURSE }),
    level: word(LEVELS, { input: 'choice', blank: 'introductory' }),
    version: field('text', value.line, { ...LINE, not: READ_IN_ITS_COURSE }),
    /** The usual length in days. */
    days: field('integer', days, { input: 'number', blank: 1 }),
    /** Lengths that have a layout of their own. */
    variants: field('json', z.array(days).max(100), { input: 'numbers', blank: [] }),
    /** Ids of the courses that come before it, since model 11. */
    after: field('json', z.array(value.id).max(20), { blank: [] }),
    ...COPIED,
  },
});

/** The entity of a module of a course. */
export const courseModule = entity('module', {
  spaces: ['library', 'institution'],
  topic: 'course',
  labels: 'course:field',
  not: FROM_THE_LIBRARY,
  fields: {
    title: field('json', text, { ...TEXTS, not: READ_IN_ITS_COURSE }),
    /** [course id, fractional key]. */
    placement: field('json', value.placementIn(value.id)),
    ...COPIED,
  },
});

export const session = entity('session', {
  spaces: ['library', 'institution'],
  topic: 'course',
  labels: 'course:field',
  not: FROM_THE_LIBRARY,
  fields: {
    title: field('json', text, { ...TEXTS, search: true }),
    objectives: field('json', text, { ...TEXTS, not: READ_IN_ITS_COURSE }),
    method: field('json', text, { ...TEXTS, not: READ_IN_ITS_COURSE }),
    trainerNotes: field('json', text, { ...TEXTS, not: READ_IN_ITS_COURSE }),
    minutes: field(
      'integer',
      z
        .int()
        .min(0)
        .max(24 * 60),
      { input: 'number', blank: 0 },
    ),
    /** [module id, fractional key]. */
    placement: field('json', value.placementIn(value.id)),
    /** Length in days -> where the session stands there: {"4": {"day": 1, "half": "AM"}}; a length it is not part of is left out. */
    layouts: field('json', z.record(z.string().regex(/^[1-9]\d{0,2}$/), z.object({ day: days, half: z.enum(['AM', 'PM']) }))),
    ...COPIED,
  },
});

/**
 * The entity of a published version of a course, since model 10, written once: the values that each of its parts had then, by their ids, so that what was published is read from the
 * log itself and cannot be changed.
 */
export const courseVersion = entity('courseVersion', {
  spaces: ['library', 'institution'],
  topic: 'course',
  appendOnly: true,
  labels: 'course:publication',
  not: {
    searched: 'a version is found with its course',
    imported: 'a version is published, not brought in',
    exported: 'a version is told with its course',
    personal: 'says what changed in a course, and names nobody',
  },
  fields: {
    courseId: field('text', value.id, { not: { shown: 'a version stands with its course' } }),
    version: field('text', value.line),
    notes: field('json', value.notes, { localised: true }),
    publishedAt: field('text', value.instant),
    /** Id of a part (the course itself, a module, a session) -> register -> its values. */
    parts: field('json', z.record(value.id, VALUES_BY_REGISTER), { not: { shown: 'ids of the values that were published' } }),
  },
});
