import { z } from 'zod';
import { entity, field } from './entity.ts';

const line = z.string().max(500);

/** Lives in the library, or in the plan of the workshop it was added to. */
export const material = entity('material', {
  spaces: ['library', 'institution', 'plan'],
  topic: 'material',
  fields: {
    name: field('text', line, { search: true }),
    title: field('json', line, { localised: true, search: true }),
    kind: field('text', line),
    audience: field('text', line),
    courseId: field('text', line.nullable()),
    activityId: field('text', line.nullable()),
  },
});

/** A file of a material in one language. */
export const materialVersion = entity('materialVersion', {
  spaces: ['library', 'institution', 'plan'],
  topic: 'material',
  fields: {
    materialId: field('text', line),
    language: field('text', line),
    fileName: field('text', line, { search: true }),
    type: field('text', line),
    sha256: field('text', line),
    size: field('integer', z.int()),
    addedAt: field('text', line, { merge: 'latest' }),
  },
});
