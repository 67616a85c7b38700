import { z } from 'zod';
import { entity, field, IN_ITS_WORKSHOP, word } from './entity.ts';
import * as value from './values.ts';
import { AWARD_KINDS } from './vocabularies.ts';

const CERTIFY = { purpose: 'certify', retention: 'activity+5y' } as const;
const LATEST = { merge: 'latest' } as const;

/** The schema of what was asked of everybody when a certificate was issued: shares in percent, and what of the tests. */
const rule = z.looseObject({ threshold: z.number().min(0).max(100), test: value.newerWord, passMark: z.number().min(0).max(100) });

/**
 * The entity of a certificate that was issued to a participant. (*Certificate* in code is that of a laptop.) Its number is its id (`awardNumber`), which follows from the person, the
 * kind, the name on it and the certificate that it replaces: two laptops that issue one apart issue the same. What is printed is never written over: a
 * corrected name is another certificate, and the one before is revoked.
 */
export const award = entity('award', {
  spaces: ['people'],
  topic: 'award',
  about: 'personId',
  labels: 'award:field',
  exported: ['people.export'],
  not: {
    searched: 'a certificate is found by its number and by its person',
    imported: 'certificates are issued here, by the marks that are here',
    exported: 'says of no person anything, and stands on the certificate itself',
    personal: 'says of no person anything without the name, and stays so that the paper can be answered for',
  },
  fields: {
    activityId: field('text', value.id, { ...LATEST, not: { shown: IN_ITS_WORKSHOP } }),
    personId: field('text', value.id, { ...LATEST, not: { shown: 'a certificate stands in the row of its person' } }),
    kind: word(AWARD_KINDS, LATEST),
    /** As it is printed. */
    name: field('text', z.string().min(1).max(1_001), { ...LATEST, personal: CERTIFY }),
    issuedOn: field('text', value.day, LATEST),
    rule: field('json', rule, LATEST),
    /** Why it was issued to somebody who does not reach it. */
    exception: field('text', value.notes, { ...LATEST, personal: CERTIFY }),
    /** The certificate in whose place it stands. */
    replaces: field('text', value.id, LATEST),
    revokedOn: field('text', value.day, LATEST),
    revokedReason: field('text', value.notes, { ...LATEST, personal: CERTIFY }),
  },
});
