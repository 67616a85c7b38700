import { z } from 'zod';
import { LANGUAGES } from '../kernel/text.ts';
import { entity, field, word } from './entity.ts';
import * as value from './values.ts';
import { INTAKE_KINDS, PROFESSIONS, SEXES } from './vocabularies.ts';

const IDENTIFY = { purpose: 'identify', retention: 'activity+5y' } as const;
const CONTACT = { purpose: 'contact', retention: 'activity+2y' } as const;
const ORGANISE = { purpose: 'organise', retention: 'activity+2y' } as const;
const CONSENT = { purpose: 'consent', retention: 'activity+5y' } as const;
const FIGURES = { purpose: 'figures', retention: 'activity+5y' } as const;
const LINE = { input: 'line', blank: '' } as const;

/** One per workshop, made with it. `key` (random) salts the ids derived from a list, so that an id alone tells no name. */
export const roster = entity('roster', {
  spaces: ['people'],
  topic: 'people',
  fields: { activityId: field('text', value.id), key: field('text', value.saltKey) },
});

/**
 * A person in a workshop. Ids: derived from the roster's key and the list's own id where an import brings one (two laptops
 * may import one list apart), random for a walk-in.
 */
export const participant = entity('participant', {
  spaces: ['people'],
  topic: 'people',
  fields: {
    activityId: field('text', value.id),
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
    consentPhoto: field('text', value.consent, { input: 'consent', personal: CONSENT }),
    consentDirectory: field('text', value.consent, { input: 'consent', personal: CONSENT }),
    consentFollowUp: field('text', value.consent, { input: 'consent', personal: CONSENT }),
    /** Order in the list as imported; walk-ins follow. Fractional key. */
    position: field('text', value.orderKey, { merge: 'latest' }),
  },
});

/**
 * What somebody said of two records of a workshop: they are one person (`same` true) or two (false); null takes it back. Its id is `personLinkId` of the two, so that
 * two laptops that say it of the same two write one record.
 */
export const personLink = entity('personLink', {
  spaces: ['people'],
  topic: 'people',
  fields: {
    activityId: field('text', value.id, { merge: 'latest' }),
    /** The smaller of the two ids, and the other one. */
    first: field('text', value.id, { merge: 'latest' }),
    second: field('text', value.id, { merge: 'latest' }),
    same: field('boolean', z.boolean()),
    /** Values of these records over which another record's was chosen, while they are one person. */
    settles: field('json', value.valueIds, { merge: 'latest' }),
  },
});

/**
 * What somebody said, for the workshop, of files of one form (`form`: a digest of its headings): the meaning of columns by the digest of their heading, answers by the key
 * of their question, the encoding. Its id follows from workshop, kind and form, so that two laptops that say it write one record; the later of two says it.
 */
export const intakeForm = entity('intakeForm', {
  spaces: ['people'],
  topic: 'people',
  fields: {
    activityId: field('text', value.id, { merge: 'latest' }),
    kind: word(INTAKE_KINDS, { merge: 'latest' }),
    form: field('text', value.digest, { merge: 'latest' }),
    columns: field('json', value.choices, { merge: 'latest' }),
    answers: field('json', value.choices, { merge: 'latest' }),
    encoding: field('text', value.line, { merge: 'latest' }),
  },
});
