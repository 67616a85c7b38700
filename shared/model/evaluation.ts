import { z } from 'zod';
import { entity, field, IN_ITS_WORKSHOP, word } from './entity.ts';
import * as value from './values.ts';
import { FORM_KINDS, ITEM_TYPES, WAVES } from './vocabularies.ts';

/** `Q1`, `S1`, `O1`: the letter of a part and a number; also the letter of an option. */
const itemId = z.string().max(20);
const letters = z.record(itemId, z.string().max(20));
const items = (type: z.ZodType<string>) =>
  z.array(z.looseObject({ id: itemId, type, text: value.texts, options: z.record(itemId, value.texts) })).max(500);

/** The longest answer in words, in characters. */
export const LONGEST_ANSWER = 4_000;
/** The schema of a sheet's answers: by item id the letter, the scale value as text, or the words written; a blank is left out. */
export const answers = z.record(itemId, z.string().max(LONGEST_ANSWER));

/** Points that somebody reached, out of as many. */
const points = z.looseObject({ points: z.number().min(0).max(1_000), of: z.number().positive().max(1_000) });

/** The entity of a questionnaire. */
export const form = entity('form', {
  spaces: ['library', 'institution'],
  topic: 'evaluation',
  labels: 'evaluation:form',
  not: {
    searched: 'a questionnaire is chosen from a short list',
    imported: 'questionnaires come with the program',
    exported: 'a questionnaire is read on screen',
    personal: 'asks everybody the same, and names nobody',
  },
  fields: {
    code: field('text', value.line),
    kind: word(FORM_KINDS),
    title: field('json', value.line, { localised: true }),
    anonymous: field('boolean', z.boolean()),
    /** [{id, type, text: {en...}, options: {a: {en...}}}] */
    items: field('json', items(z.enum(ITEM_TYPES)), { newer: items(value.newerWord) }),
    /** Right answers of a test: {"Q1": "c"}. */
    key: field('json', letters),
    /** The course whose test it is, since model 11; left out: that of any workshop. */
    courseId: field('text', value.id, { label: 'activity:field.course' }),
  },
});

/** The entity that holds the secret of a workshop's answers, one per workshop; `key` (random) salts the ids derived from a sheet's printed token. */
export const answerBook = entity('answerBook', {
  spaces: ['answers'],
  topic: 'evaluation',
  labels: 'evaluation:book',
  not: { shown: 'salts the ids of sheets' },
  fields: { activityId: field('text', value.id), key: field('text', value.saltKey) },
});

/**
 * The entity of an answer sheet, written once. A test names the person and the wave; an anonymous sheet neither, and it carries a day, never a time. A
 * correction is a new sheet that names the one it `corrects`.
 */
export const sheet = entity('sheet', {
  spaces: ['answers'],
  topic: 'evaluation',
  appendOnly: true,
  about: 'personId',
  labels: 'evaluation:sheet',
  imported: ['evaluation.import'],
  exported: ['people.export'],
  not: {
    searched: 'answers are counted, not looked for',
    exported: 'the figures of all stand in the report; alone, what a person answered is told to that person',
    personal: 'says of no person anything without the answers, and goes with them',
  },
  fields: {
    activityId: field('text', value.id, { not: { shown: IN_ITS_WORKSHOP } }),
    formId: field('text', value.id, { not: { shown: 'a sheet stands among those of its questionnaire' } }),
    personId: field('text', value.id, { personal: { purpose: 'learning', retention: 'activity+2y' } }),
    wave: word(WAVES, { label: 'people:field.wave' }),
    answers: field('json', answers, { personal: { purpose: 'learning', retention: 'activity+2y' } }),
    /** Of a test whose answers are not told: {points, of}. Since model 2. */
    points: field('json', points, { label: 'people:field.points', personal: { purpose: 'learning', retention: 'activity+2y' } }),
    day: field('text', value.day, { not: { shown: 'the day that an anonymous sheet is sealed with' } }),
    corrects: field('text', value.id, { not: { shown: 'names the sheet in whose place it stands' } }),
  },
});
