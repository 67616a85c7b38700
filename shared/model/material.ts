import { z } from 'zod';
import { entity, field, word } from './entity.ts';
import * as value from './values.ts';
import { AUDIENCES, MATERIAL_KINDS } from './vocabularies.ts';
import { LANGUAGES } from '../kernel/text.ts';

const ITS_FILE = {
  imported: 'a material is the file that was added, not what a table says of it',
  exported: 'the file itself leaves',
} as const;
const OF_A_TEXT = { personal: 'says what is handed out, and not to whom' } as const;

const READ_ON_ITS_CARD = { searched: 'a card is chosen from a short list, and read' } as const;
const parts = z
  .array(z.looseObject({ id: value.line, lines: z.int().min(1).max(40), text: value.texts, hint: value.texts.optional() }))
  .max(100);

/** The entity of a material; it lives in the library, or in the plan of the workshop it was added to. */
export const material = entity('material', {
  spaces: ['library', 'institution', 'plan'],
  topic: 'material',
  labels: 'material:field',
  not: ITS_FILE,
  fields: {
    name: field('text', value.line, { search: true, label: 'material:field.title', not: OF_A_TEXT }),
    title: field('json', value.line, { localised: true, search: true, not: OF_A_TEXT }),
    kind: word(MATERIAL_KINDS),
    audience: word(AUDIENCES),
    courseId: field('text', value.id, { label: 'activity:field.course' }),
    /** Since model 12, of a card and of a template, which lie here without a file: what it is for. */
    text: field('json', value.longText, { localised: true, not: { ...OF_A_TEXT, ...READ_ON_ITS_CARD } }),
    /** Of a card: who may use it, and in which languages it is not. */
    limits: field('json', value.longText, { localised: true, not: { ...OF_A_TEXT, ...READ_ON_ITS_CARD } }),
    spoken: field('json', z.array(value.language).max(100), { newer: z.array(value.newerWord).max(100) }),
    link: field('text', value.pageAddress, { not: { ...OF_A_TEXT, ...READ_ON_ITS_CARD } }),
    /** Of a template: [{id, lines, text: {en...}, hint: {en...}}], what is to be filled in and in how many lines. */
    parts: field('json', parts),
    activityId: field('text', value.id, { not: { shown: 'a material stands in its workshop or in the library' } }),
  },
});

/** The entity of a file of a material in one language. */
export const materialVersion = entity('materialVersion', {
  spaces: ['library', 'institution', 'plan'],
  topic: 'material',
  labels: 'material:field',
  not: ITS_FILE,
  fields: {
    materialId: field('text', value.id, { not: { shown: 'a version stands beneath its material' } }),
    language: word(LANGUAGES),
    fileName: field('text', value.line, { search: true, not: OF_A_TEXT }),
    type: field('text', value.mediaType, { not: { shown: 'by which another program opens the file' } }),
    sha256: field('text', value.sha256, { not: { shown: 'by which the file is found and proved whole' } }),
    size: field('integer', value.fileSize),
    addedAt: field('text', value.occasion, { merge: 'latest' }),
  },
});
