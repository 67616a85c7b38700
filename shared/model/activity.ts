import { z } from 'zod';
import { entity, field } from './entity.ts';

const line = z.string().max(500);
const lines = z.array(line);

/** Anything in the calendar; a workshop is an activity with an agenda and people. */
export const activity = entity('activity', {
  spaces: ['plan', 'calendar'],
  topic: 'activity',
  fields: {
    /** A proper name in the workshop's own words ... */
    name: field('text', line, { search: true }),
    /** ... or a title per language; one of the two is set. */
    title: field('json', line, { localised: true, search: true }),
    projects: field('json', lines),
    partners: field('json', lines),
    languages: field('json', lines),
    countries: field('json', lines),
    mode: field('text', line),
    start: field('text', line),
    end: field('text', line),
    place: field('text', line),
    precision: field('text', line),
    dateTbc: field('boolean', z.boolean()),
    courseId: field('text', line.nullable()),
    courseVersion: field('text', line.nullable(), { merge: 'latest' }),
    /** Bundled sample data, so that it is never taken for a real workshop. */
    sample: field('boolean', z.boolean()),
  },
});

/** A session of a delivery (French: séance). */
export const agendaItem = entity('agendaItem', {
  spaces: ['plan'],
  topic: 'activity',
  fields: {
    activityId: field('text', line),
    name: field('text', line),
    title: field('json', line, { localised: true }),
    /** [half-day, fractional key]. */
    placement: field('json', z.tuple([z.string(), z.string()])),
    start: field('text', line),
    end: field('text', line),
    mode: field('text', line),
    room: field('text', line),
    trainers: field('text', line),
    counts: field('boolean', z.boolean()),
    sessionId: field('text', line.nullable()),
  },
});
