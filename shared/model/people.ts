import { z } from 'zod';
import { entity, field } from './entity.ts';

const line = z.string().max(500);
const IDENTIFY = { purpose: 'identify', retention: 'activity+5y' } as const;
const CONTACT = { purpose: 'contact', retention: 'activity+2y' } as const;
const FIGURES = { purpose: 'figures', retention: 'activity+5y' } as const;

/** One per workshop, made with it. `key` (random) salts the ids derived from a list, so that an id alone tells no name. */
export const roster = entity('roster', {
  spaces: ['people'],
  topic: 'people',
  fields: { activityId: field('text', line), key: field('text', line) },
});

/**
 * A person in a workshop. Ids: derived from the roster's key and the list's own id where an import brings one (two laptops
 * may import one list apart), random for a walk-in.
 */
export const participant = entity('participant', {
  spaces: ['people'],
  topic: 'people',
  fields: {
    activityId: field('text', line),
    ref: field('text', line, { personal: IDENTIFY }),
    familyName: field('text', line, { personal: IDENTIFY, search: true }),
    givenName: field('text', line, { personal: IDENTIFY, search: true }),
    sex: field('text', line, { personal: FIGURES }),
    profession: field('text', line.nullable(), { personal: FIGURES }),
    country: field('text', line.nullable(), { personal: FIGURES }),
    institution: field('text', line, { personal: IDENTIFY, search: true }),
    language: field('text', line.nullable(), { personal: CONTACT }),
    email: field('text', line, { personal: CONTACT }),
    /** Order in the list as imported; walk-ins follow. Fractional key. */
    position: field('text', line, { merge: 'latest' }),
  },
});
