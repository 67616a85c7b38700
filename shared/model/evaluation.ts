import { z } from 'zod';
import { COPIED, VALUES_BY_REGISTER } from './copied.ts';
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

/** The id of an option or of a row of an item: a letter, a word, a number. */
const optionId = z.string().regex(/^[a-z0-9]{1,12}$/i);
const optionIds = z.array(optionId).max(100);
const textById = z.record(optionId, value.longText);
/** The share of an item's points that an option is worth; below 0 it takes points away. */
const share = z.number().min(-1).max(1);

/** The schema of the right answer to an item: what of it is said goes by the item's type. */
export const answerKey = z.looseObject({
  /** Option -> its share of the points. */
  shares: z.record(optionId, share).optional(),
  /** Row of a matrix -> its option. */
  rows: z.record(optionId, optionId).optional(),
  /** The options of a ranking, the first one at index 0. */
  order: optionIds.optional(),
  /** A number as written with a point, or a day. */
  value: value.line.optional(),
  /** How far a number may lie from it. */
  tolerance: z.number().min(0).optional(),
  /** Words that are right, each. */
  texts: z.array(value.line).max(100).optional(),
});
const most = z.number().min(0).max(1_000);
/** The schema of how many items are drawn of each topic. */
export const draws = z.array(z.looseObject({ topic: value.line, count: z.int().min(0).max(500) })).max(100);

const IN_ITS_FORM = { searched: 'an item is found by its text and topic' } as const;
const OF_A_FORM = {
  imported: 'questionnaires are written, or come with the program',
  exported: 'a questionnaire is read on screen',
  personal: 'asks everybody the same, and names nobody',
} as const;

/** The entity of a questionnaire. */
export const form = entity('form', {
  spaces: ['library', 'institution'],
  topic: 'evaluation',
  labels: 'evaluation:form',
  not: {
    ...OF_A_FORM,
    searched: 'a questionnaire is found by its title, and read',
  },
  fields: {
    code: field('text', value.line),
    kind: word(FORM_KINDS),
    title: field('json', value.line, { localised: true, search: true }),
    anonymous: field('boolean', z.boolean()),
    /** Of a questionnaire that comes with the program: [{id, type, text: {en...}, options: {a: {en...}}}]. A `formItem` says what was changed of one of these. */
    items: field('json', items(z.enum(ITEM_TYPES)), { newer: items(value.newerWord) }),
    /** Right answers of these: {"Q1": "c"}. */
    key: field('json', letters),
    /** The course whose test it is, since model 11; left out: that of any workshop. */
    courseId: field('text', value.id, { label: 'activity:field.course' }),
    /** The share of the points with which a test is passed, in percent. Since model 11, as the next ones. */
    passMark: field('integer', z.int().min(0).max(100)),
    /** How many items are drawn of each topic; a topic is named in any language. None: all are asked. */
    draws: field('json', draws),
    ...COPIED,
  },
});

/**
 * The entity of an item of a questionnaire, since model 11: a part that stands by a fractional key, as a session does. Of one that lies in `items` of its form only what was changed is
 * written, under an id that follows from both.
 */
export const formItem = entity('formItem', {
  spaces: ['library', 'institution'],
  topic: 'evaluation',
  labels: 'evaluation:item',
  not: OF_A_FORM,
  fields: {
    /** [form id, fractional key]. */
    placement: field('json', value.placementIn(value.id)),
    type: word(ITEM_TYPES, { input: 'choice', blank: 'choice', not: IN_ITS_FORM }),
    text: field('json', value.longText, { localised: true, input: 'texts', blank: {}, search: true }),
    /** The ids of the options, in their order. */
    options: field('json', optionIds, { not: IN_ITS_FORM }),
    /** Option -> its text, in each language. */
    optionTexts: field('json', textById, { localised: true }),
    /** The ids of the rows of a matrix, in their order. */
    rows: field('json', optionIds, { not: IN_ITS_FORM }),
    rowTexts: field('json', textById, { localised: true }),
    key: field('json', answerKey),
    /** What a right answer is worth; nothing said: 1. */
    points: field('json', most),
    topic: field('json', value.line, { localised: true, input: 'texts', blank: {}, search: true }),
    /** Why the answer is right, for whoever has given theirs. */
    explanation: field('json', value.longText, { localised: true, input: 'texts', blank: {}, not: IN_ITS_FORM }),
    required: field('boolean', z.boolean(), { input: 'switch', blank: false }),
    ...COPIED,
  },
});

/**
 * The entity of a version of a questionnaire, since model 11, written once: one that was published, or the one that a workshop asks, with the items that were drawn for it. It
 * names the values of the form and of each item, so that what a sheet answered is read from the log itself.
 */
export const formVersion = entity('formVersion', {
  spaces: ['library', 'institution', 'plan'],
  topic: 'evaluation',
  appendOnly: true,
  labels: 'evaluation:publication',
  not: {
    searched: 'a version is found with its questionnaire',
    imported: 'a version is published, not brought in',
    exported: 'a version is told with its questionnaire',
    personal: 'says what a questionnaire asked, and names nobody',
  },
  fields: {
    formId: field('text', value.id, { not: { shown: 'a version stands with its questionnaire' } }),
    /** The workshop that asks it; none where it was published. */
    activityId: field('text', value.id, { not: { shown: IN_ITS_WORKSHOP } }),
    version: field('text', value.line, { not: { personal: 'is a number or a word for an edition' } }),
    notes: field('json', value.notes, {
      localised: true,
      not: { personal: 'says what is new in a questionnaire' },
    }),
    publishedAt: field('text', value.instant),
    /** Id of a part (the form itself, an item) -> register -> its values. Items of `items` that were not changed have none. */
    parts: field('json', z.record(value.id, VALUES_BY_REGISTER), { not: { shown: 'ids of the values that were published' } }),
    /** The ids of the items that were drawn; none said: all. */
    drawn: field('json', z.array(value.id).max(500), { not: { shown: 'the questionnaire of a workshop has these items and no others' } }),
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
    /** The version that it answers. None: the items that came with the program, as they are there. Since model 11. */
    version: field('text', value.id, { not: { shown: 'names the edition by which the sheet is counted' } }),
    /** The country whose answers these are, where a questionnaire is put to countries. Since model 11. */
    country: field('text', value.country, { not: { imported: 'what a country answers is typed in, or comes as a file of its own' } }),
    answers: field('json', answers, { personal: { purpose: 'learning', retention: 'activity+2y' } }),
    /** Of a test whose answers are not told: {points, of}. Since model 2. */
    points: field('json', points, { label: 'people:field.points', personal: { purpose: 'learning', retention: 'activity+2y' } }),
    day: field('text', value.day, { not: { shown: 'the day that an anonymous sheet is sealed with' } }),
    corrects: field('text', value.id, { not: { shown: 'names the sheet in whose place it stands' } }),
  },
});
