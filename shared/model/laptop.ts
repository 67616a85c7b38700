import { entity, field } from './entity.ts';
import * as value from './values.ts';

/**
 * The entity of the name that people gave a laptop. It is the name of the replica that wrote it and of no other, whoever has the record: so nobody names
 * another's laptop. It lies where everybody who may read anything reads. Since model 4.
 */
export const laptop = entity('laptop', {
  spaces: ['library'],
  topic: 'sync',
  labels: 'sync:laptopField',
  not: {
    searched: 'a laptop is read beside what it wrote',
    imported: 'people name their own laptop',
    exported: 'files name people, not laptops',
    personal: 'names the machine or the place, and no person, as is said where it is asked for',
  },
  fields: { name: field('text', value.line, { merge: 'latest' }) },
});
