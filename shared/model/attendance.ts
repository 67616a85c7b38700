import { z } from 'zod';
import { entity, field } from './entity.ts';

const line = z.string().max(500);
/** A mark holds no name: with the person's own fields gone it is a count in a half-day. */
const PRESENCE = { purpose: 'presence', retention: 'activity+5y', staysAsCount: true } as const;

/** Id = derivedId('attendance', activity, half-day, participant): two laptops that mark one cell write one entity. */
export const mark = entity('mark', {
  spaces: ['people'],
  topic: 'attendance',
  fields: {
    activityId: field('text', line, { merge: 'latest' }),
    personId: field('text', line, { merge: 'latest' }),
    halfDay: field('text', line, { merge: 'latest' }),
    status: field('text', line, { personal: PRESENCE }),
    method: field('text', line, { merge: 'latest' }),
    happenedAt: field('text', line, { merge: 'latest' }),
  },
});
