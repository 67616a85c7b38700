import { z } from 'zod';
import { entity, field, word } from './entity.ts';
import * as value from './values.ts';
import { MODES, PRECISIONS } from './vocabularies.ts';

/** Anything in the calendar; a workshop is an activity with an agenda and people. */
export const activity = entity('activity', {
  spaces: ['plan', 'calendar'],
  topic: 'activity',
  fields: {
    /** A proper name in the workshop's own words ... */
    name: field('text', value.line, { search: true }),
    /** ... or a title per language; one of the two is set. */
    title: field('json', value.line, { localised: true, search: true }),
    projects: field('json', value.labels),
    partners: field('json', value.labels),
    languages: field('json', z.array(value.language).max(100), { newer: z.array(value.newerWord).max(100) }),
    countries: field('json', z.array(value.country).max(250)),
    mode: word(MODES),
    start: field('text', value.day),
    end: field('text', value.day),
    place: field('text', value.line),
    precision: word(PRECISIONS),
    dateTbc: field('boolean', z.boolean()),
    courseId: field('text', value.id),
    courseVersion: field('text', value.line, { merge: 'latest' }),
    /** The letters of its attendance sheet; none: those of the language. Since model 4. */
    letters: field('json', value.letterSet, { newer: value.newerLetterSet }),
    /** Bundled sample data, so that it is never taken for a real workshop. */
    sample: field('boolean', z.boolean()),
    /** Out of the list and of *Today*, with everything in it; the later of two says it. Since model 4. */
    archived: field('boolean', z.boolean(), { merge: 'latest' }),
  },
});

/** A session of a delivery (French: séance). */
export const agendaItem = entity('agendaItem', {
  spaces: ['plan'],
  topic: 'activity',
  fields: {
    activityId: field('text', value.id),
    name: field('text', value.line, { search: true }),
    title: field('json', value.line, { localised: true, search: true }),
    /** [half-day, fractional key]. */
    placement: field('json', value.placementIn(value.halfDay)),
    start: field('text', value.clock),
    end: field('text', value.clock),
    mode: word(MODES),
    room: field('text', value.line),
    trainers: field('text', value.line, { search: true }),
    counts: field('boolean', z.boolean()),
    sessionId: field('text', value.id),
  },
});
