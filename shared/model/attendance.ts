import { entity, field, IN_ITS_WORKSHOP, word } from './entity.ts';
import * as value from './values.ts';
import { STATUSES } from './vocabularies.ts';

/** A mark holds no name: with the person's own fields gone it is a count in a half-day. */
const PRESENCE = { purpose: 'presence', retention: 'activity+5y', stays: 'asCount' } as const;

/** The entity of an attendance mark: the status of a person in a half-day. */
export const mark = entity('mark', {
  spaces: ['people'],
  topic: 'attendance',
  labels: 'attendance:field',
  imported: ['attendance.import'],
  exported: ['attendance.export', 'people.export'],
  not: { personal: 'says how a mark was taken, and goes with it' },
  fields: {
    activityId: field('text', value.id, { merge: 'latest', not: { shown: IN_ITS_WORKSHOP } }),
    personId: field('text', value.id, { merge: 'latest', not: { shown: 'a mark stands in the row of its person' } }),
    halfDay: field('text', value.halfDay, { merge: 'latest', not: { shown: 'a mark stands in the column of its half-day' } }),
    status: word(STATUSES, { personal: PRESENCE, label: 'people:field.status' }),
    /** How it was taken, one of `METHODS`: a remark beside the mark, so that any short text stands; what is none of them shows as not readable. */
    method: field('text', value.line, {
      merge: 'latest',
      not: {
        searched: 'one of a few words',
        imported: 'what a file brings was taken by a file',
        exported: 'the sheet says who was there, not how it was taken',
      },
    }),
    /** Marks of the same person's other records that were on screen when the status was written: it was decided over them. */
    settles: field('json', value.valueIds, { merge: 'latest', not: { shown: 'ids of values that were decided over' } }),
    happenedAt: field('text', value.occasion, {
      merge: 'latest',
      not: { exported: 'the sheet says who was there, not when it was written down' },
    }),
  },
});
