import { entity, field, word } from './entity.ts';
import * as value from './values.ts';
import { AUDIENCES, MATERIAL_KINDS } from './vocabularies.ts';
import { LANGUAGES } from '../kernel/text.ts';

const ITS_FILE = {
  imported: 'a material is the file that was added, not what a table says of it',
  exported: 'the file itself leaves',
} as const;
const OF_A_TEXT = { personal: 'says what is handed out, and not to whom' } as const;

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
