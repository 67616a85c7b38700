import { entity, field, word } from './entity.ts';
import * as value from './values.ts';
import { AUDIENCES, MATERIAL_KINDS } from './vocabularies.ts';
import { LANGUAGES } from '../kernel/text.ts';

/** Lives in the library, or in the plan of the workshop it was added to. */
export const material = entity('material', {
  spaces: ['library', 'institution', 'plan'],
  topic: 'material',
  fields: {
    name: field('text', value.line, { search: true }),
    title: field('json', value.line, { localised: true, search: true }),
    kind: word(MATERIAL_KINDS),
    audience: word(AUDIENCES),
    courseId: field('text', value.id),
    activityId: field('text', value.id),
  },
});

/** A file of a material in one language. */
export const materialVersion = entity('materialVersion', {
  spaces: ['library', 'institution', 'plan'],
  topic: 'material',
  fields: {
    materialId: field('text', value.id),
    language: word(LANGUAGES),
    fileName: field('text', value.line, { search: true }),
    type: field('text', value.mediaType),
    sha256: field('text', value.sha256),
    size: field('integer', value.fileSize),
    addedAt: field('text', value.occasion, { merge: 'latest' }),
  },
});
