import { entity, field, word } from './entity.ts';
import * as value from './values.ts';
import { STATUSES } from './vocabularies.ts';

/** A mark holds no name: with the person's own fields gone it is a count in a half-day. */
const PRESENCE = { purpose: 'presence', retention: 'activity+5y', staysAsCount: true } as const;

/** Its id is `markId` of its cell. */
export const mark = entity('mark', {
  spaces: ['people'],
  topic: 'attendance',
  fields: {
    activityId: field('text', value.id, { merge: 'latest' }),
    personId: field('text', value.id, { merge: 'latest' }),
    halfDay: field('text', value.halfDay, { merge: 'latest' }),
    status: word(STATUSES, { personal: PRESENCE }),
    /** How it was taken, one of `METHODS`: a remark beside the mark, so that any short text stands; what is none of them shows as not readable. */
    method: field('text', value.line, { merge: 'latest' }),
    /** Marks of the same person's other records that were on screen when the status was written: it was decided over them. */
    settles: field('json', value.valueIds, { merge: 'latest' }),
    happenedAt: field('text', value.occasion, { merge: 'latest' }),
  },
});
