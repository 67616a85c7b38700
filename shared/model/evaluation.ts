import { z } from 'zod';
import { entity, field } from './entity.ts';

const line = z.string().max(500);

/** A questionnaire. */
export const form = entity('form', {
  spaces: ['library', 'institution'],
  topic: 'evaluation',
  fields: {
    code: field('text', line),
    kind: field('text', line),
    title: field('json', line, { localised: true }),
    anonymous: field('boolean', z.boolean()),
    /** [{id, type, text: {en...}, options: {a: {en...}}}] */
    items: field('json', z.array(z.unknown())),
    /** Right answers of a test: {"Q1": "c"}. */
    key: field('json', z.record(z.string(), z.string())),
  },
});

/** One per workshop; `key` (random) salts the ids derived from a sheet's printed token. */
export const answerBook = entity('answerBook', {
  spaces: ['answers'],
  topic: 'evaluation',
  fields: { activityId: field('text', line), key: field('text', line) },
});

/**
 * One answer sheet, written once. A test names the person and the wave; an anonymous sheet neither, and it carries a day,
 * never a time. A correction is a new sheet that names the one it `corrects`.
 */
export const sheet = entity('sheet', {
  spaces: ['answers'],
  topic: 'evaluation',
  appendOnly: true,
  about: 'personId',
  fields: {
    activityId: field('text', line),
    formId: field('text', line),
    personId: field('text', line.nullable(), { personal: { purpose: 'learning', retention: 'activity+2y' } }),
    wave: field('text', line.nullable()),
    answers: field('json', z.record(z.string(), z.string()), { personal: { purpose: 'learning', retention: 'activity+2y' } }),
    day: field('text', line),
    corrects: field('text', line.nullable()),
  },
});
