import { z } from 'zod';
import { LANGUAGES } from '../kernel/text.ts';
import { entity, field, IN_ITS_WORKSHOP, word } from './entity.ts';
import * as value from './values.ts';
import { INTAKE_KINDS, PROFESSIONS, SEXES } from './vocabularies.ts';

const IDENTIFY = { purpose: 'identify', retention: 'activity+5y' } as const;
const CONTACT = { purpose: 'contact', retention: 'activity+2y' } as const;
const ORGANISE = { purpose: 'organise', retention: 'activity+2y' } as const;
const CONSENT = {
  input: 'consent',
  personal: { purpose: 'consent', retention: 'activity+5y' },
  not: { imported: 'asked of the person alone: no list that others send says it' },
} as const;
const FIGURES = { purpose: 'figures', retention: 'activity+5y' } as const;
const LINE = { input: 'line', blank: '' } as const;

/**
 * The entity of a workshop's list of people, one per workshop, made with it. `key` (random) salts the ids derived from a list, so that an id alone tells no
 * name.
 */
export const roster = entity('roster', {
  spaces: ['people'],
  topic: 'people',
  labels: 'people:roster',
  not: { shown: 'salts the ids of people' },
  fields: { activityId: field('text', value.id), key: field('text', value.saltKey) },
});

/**
 * The entity of a person in a workshop. Ids: derived from the roster's key and the list's own id where an import brings one (two laptops may import one list
 * apart), random for a walk-in.
 */
export const participant = entity('participant', {
  spaces: ['people'],
  topic: 'people',
  labels: 'people:field',
  imported: ['people.import'],
  exported: ['people.exportList'],
  fields: {
    activityId: field('text', value.id, { not: { shown: IN_ITS_WORKSHOP } }),
    ref: field('text', value.line, { ...LINE, personal: IDENTIFY }),
    familyName: field('text', value.line, { ...LINE, personal: IDENTIFY, search: true }),
    givenName: field('text', value.line, { ...LINE, personal: IDENTIFY, search: true }),
    sex: word(SEXES, { input: 'choice', blank: 'notStated', personal: FIGURES }),
    profession: word(PROFESSIONS, { input: 'choice', personal: FIGURES }),
    institution: field('text', value.line, { ...LINE, personal: IDENTIFY, search: true }),
    country: field('text', value.country, { input: 'country', personal: FIGURES }),
    language: word(LANGUAGES, { input: 'language', personal: CONTACT }),
    email: field('text', value.email, { input: 'email', blank: '', personal: CONTACT }),
    phone: field('text', value.phone, { input: 'phone', blank: '', personal: CONTACT }),
    /** What somebody needs to take part (a ramp, an interpreter of signs), and how they eat. */
    accessNeeds: field('text', value.line, { ...LINE, personal: ORGANISE }),
    diet: field('text', value.line, { ...LINE, personal: ORGANISE }),
    notes: field('text', value.notes, { input: 'text', blank: '', personal: ORGANISE }),
    /** What somebody agreed to, each by itself, so that two laptops may ask for one each. */
    consentPhoto: field('text', value.consent, CONSENT),
    consentDirectory: field('text', value.consent, CONSENT),
    consentFollowUp: field('text', value.consent, CONSENT),
    /** Order in the list as imported; walk-ins follow. Fractional key. */
    position: field('text', value.orderKey, { merge: 'latest', not: { shown: 'the order of the list shows it' } }),
  },
});

/**
 * The entity of what somebody said of two records of a workshop: they are one person (`same` true) or two (false); null takes it back. Its id is `personLinkId`
 * of the two, so that two laptops that say it of the same two write one record.
 */
export const personLink = entity('personLink', {
  spaces: ['people'],
  topic: 'people',
  labels: 'people:link',
  not: {
    imported: 'whether two records are one person is for people to say',
    exported: 'of several records of one person the list has one',
    personal: 'names two records and nobody: with their people erased nothing is left of it',
  },
  fields: {
    activityId: field('text', value.id, { merge: 'latest', not: { shown: IN_ITS_WORKSHOP } }),
    /** The smaller of the two ids, and the other one. */
    first: field('text', value.id, { merge: 'latest', not: { shown: 'one of the two records, shown by its name' } }),
    second: field('text', value.id, { merge: 'latest', not: { shown: 'one of the two records, shown by its name' } }),
    same: field('boolean', z.boolean()),
    /** Values of these records over which another record's was chosen, while they are one person. */
    settles: field('json', value.valueIds, { merge: 'latest', not: { shown: 'ids of values that were decided over' } }),
  },
});

/**
 * The entity of what somebody said, for the workshop, of files of one form (`form`: a digest of its headings): the meaning of columns by the digest of their
 * heading, answers by the key of their question, the encoding. Its id follows from workshop, kind and form, so that two laptops that say it write one record;
 * the later of two says it.
 */
export const intakeForm = entity('intakeForm', {
  spaces: ['people'],
  topic: 'people',
  labels: 'people:intake',
  not: { shown: 'remembered for the next file of this form: no person is in it' },
  fields: {
    activityId: field('text', value.id, { merge: 'latest' }),
    kind: word(INTAKE_KINDS, { merge: 'latest' }),
    form: field('text', value.digest, { merge: 'latest' }),
    columns: field('json', value.choices, { merge: 'latest' }),
    answers: field('json', value.choices, { merge: 'latest' }),
    encoding: field('text', value.line, { merge: 'latest' }),
  },
});
