import { z } from 'zod';
import { entity, field, IN_ITS_WORKSHOP, word } from './entity.ts';
import * as value from './values.ts';
import { ACTIVITY_KINDS, ACTIVITY_MODES, HEADCOUNTS, MODES, PRECISIONS } from './vocabularies.ts';

const TITLE = 'activity:field.title';
/** Who gives a session is read in the programme by everybody; it is kept as long as that, in plain. */
const PROGRAMME = { purpose: 'programme', retention: 'none', stays: 'inPlan' } as const;
const A_TITLE = { personal: 'says what is taught, and not by whom' } as const;

/** A part of the report that people write. */
function narrative() {
  return field('json', value.longText, {
    localised: true,
    not: { searched: 'a report is read in its workshop', personal: 'tells of a workshop, in words that are sent' },
  });
}

/** The entity of anything in the calendar; a workshop is an activity with an agenda and people. */
export const activity = entity('activity', {
  spaces: ['plan', 'calendar'],
  topic: 'activity',
  labels: 'activity:field',
  imported: ['calendar.import'],
  exported: ['report.export', 'calendar.export'],
  not: {
    imported: 'an inventory does not say it: a workshop is opened by hand, from a course or like another one',
    exported: 'a calendar and a report name what it is and when; the rest is read on screen',
  },
  fields: {
    /** A proper name in the workshop's own words ... */
    name: field('text', value.line, { search: true, label: TITLE, not: A_TITLE }),
    /** ... or a title per language; one of the two is set. */
    title: field('json', value.line, { localised: true, search: true, not: A_TITLE }),
    projects: field('json', value.labels, { input: 'labels', blank: [], not: { personal: 'names projects' } }),
    partners: field('json', value.labels, { input: 'labels', blank: [], not: { personal: 'names institutions' } }),
    languages: field('json', z.array(value.language).max(100), { newer: z.array(value.newerWord).max(100), input: 'languages', blank: [] }),
    countries: field('json', z.array(value.country).max(250), { input: 'countries', blank: [] }),
    /** `unspecified` since model 6. */
    mode: word(ACTIVITY_MODES, { input: 'choice', blank: 'inPerson' }),
    start: field('text', value.day, { input: 'day', blank: '' }),
    end: field('text', value.day, { input: 'day', blank: '' }),
    place: field('text', value.line, { input: 'line', blank: '', not: { personal: 'names a town or a building' } }),
    /** `week` and `none` since model 6. */
    precision: word(PRECISIONS),
    dateTbc: field('boolean', z.boolean()),
    courseId: field('text', value.id, { label: 'activity:field.course' }),
    courseVersion: field('text', value.line, {
      merge: 'latest',
      not: { shown: 'kept with the course, for whoever asks later which text was taught' },
    }),
    /** The published version of the course as which it was planned; none: the course stood otherwise then. Since model 11. */
    courseVersionId: field('text', value.id, {
      merge: 'latest',
      not: { shown: 'names the version that the page of the workshop tells of' },
    }),
    /** The letters of its attendance sheet; none: those of the language. Since model 4. */
    letters: field('json', value.letterSet, { newer: value.newerLetterSet }),
    /** Bundled sample data, so that it is never taken for a real workshop. */
    sample: field('boolean', z.boolean()),
    /** Out of the list and of *Today*, with everything in it; the later of two says it. Since model 4. */
    archived: field('boolean', z.boolean(), { merge: 'latest' }),
    /** What it is in the calendar; left out: a workshop. Since model 6, as is all that follows. */
    kind: word(ACTIVITY_KINDS),
    /** The month under which a published inventory lists it: where it stands without a date. */
    listedUnder: field('text', value.month),
    /** Its date as it was published. */
    dateWording: field('text', value.line, { not: { searched: 'its days are what one looks for', personal: 'names days' } }),
    /** Its lines in the inventory as they were published. */
    wording: field('text', value.longText, {
      not: { searched: 'its title, projects and partners are found', personal: 'was published, and names projects and places' },
    }),
    /** The entry of the calendar from which a workshop was opened, and in whose place it stands. */
    entryId: field('text', value.id, { not: { shown: 'names the entry of the calendar that the workshop stands for' } }),
    /** What its report says in words, part by part, a text per language; none: what the figures suggest. Since model 7. */
    reportSummary: narrative(),
    reportLearning: narrative(),
    reportOpinions: narrative(),
    reportOutcomes: narrative(),
    reportFollowUp: narrative(),
    /** How sure the head-count is that the report's words say; none: exact. Since model 7. */
    headcount: word(HEADCOUNTS, { not: { personal: 'counts' } }),
    /** The activity that this one is a part of: a plenary of its country days, a training of trainers of the deliveries that follow it. Since model 8. */
    partOf: field('text', value.id, {
      merge: 'latest',
      not: { searched: 'the whole is found by its own title', personal: 'names an activity' },
    }),
    /** The design that its certificates have; the later of two says it. None: Itinera's own. Since model 9. */
    awardDesignId: field('text', value.id, { merge: 'latest', label: 'award:design.label' }),
  },
});

/** The entity of a session of a delivery (French: séance). */
export const agendaItem = entity('agendaItem', {
  spaces: ['plan'],
  topic: 'activity',
  labels: 'activity:agenda',
  not: { imported: 'a session comes from the course or is typed in', exported: 'the programme is read on screen' },
  fields: {
    activityId: field('text', value.id, { not: { shown: IN_ITS_WORKSHOP } }),
    name: field('text', value.line, { search: true, label: 'activity:agenda.title', not: A_TITLE }),
    title: field('json', value.line, { localised: true, search: true, not: A_TITLE }),
    /** [half-day, fractional key]. */
    placement: field('json', value.placementIn(value.halfDay), { label: 'activity:agenda.halfDay' }),
    start: field('text', value.clock, { input: 'clock', blank: '' }),
    end: field('text', value.clock, { input: 'clock', blank: '' }),
    /** Left out: as the workshop's. */
    mode: word(MODES, { input: 'choice', label: 'activity:field.mode' }),
    room: field('text', value.line, {
      input: 'line',
      blank: '',
      not: { searched: 'who looks for a session knows its title or who teaches it', personal: 'names a room' },
    }),
    trainers: field('text', value.line, { input: 'line', blank: '', search: true, personal: PROGRAMME }),
    counts: field('boolean', z.boolean(), { input: 'switch', blank: true }),
    sessionId: field('text', value.id, { not: { shown: 'names the session of the course that this one came from' } }),
  },
});
