import type { ResultOf } from '../../../../shared/contract/call.ts';
import { followersOf } from '../../../../shared/features/activity/cascade.ts';
import type { certificationContract } from '../../../../shared/features/course/certification-contract.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import type { EngineContext } from '../../context.ts';
import { anyActivityRow } from '../activity/activity-rows.ts';
import { linkedPeople } from '../attendance/linked-marks.ts';
import { awardsOf } from '../award/award-rows.ts';
import { figuresOf } from './period.ts';

type Cascade = ResultOf<(typeof certificationContract)['activity.cascade']>;

/** Returns the workshops that followed from an activity with the figures of all of them, counted as a report of a period counts. */
export function cascadeOf(context: EngineContext, id: Id): Result<Cascade, 'activity.unknown'> {
  const { reader } = context.store;
  if (!anyActivityRow(reader, id)) return refuse('activity.unknown');
  // Titles are told in all their languages; the figures have none.
  const { figures, summaries } = figuresOf(context, 'en', (calendar) =>
    followersOf(calendar, id).filter(({ kind }) => kind === 'workshop'),
  );
  const isKnown = figures.workshops > 0;
  const { standsFor } = linkedPeople(reader, id);
  const standing = awardsOf(reader, id, 'trainer').filter(({ revokedOn, name }) => revokedOn === null && name !== null);
  return ok({
    trainers: new Set(standing.map(({ personId }) => standsFor(personId))).size,
    deliveries: figures.each.map(({ activity, attendances }) => {
      const { title, start, end, courseId, countries } = summaries.get(activity.id)!;
      return { id: activity.id, title, start, end, courseId, countries: [...countries], attendances };
    }),
    people: isKnown ? figures.people : null,
    peopleAtMost: isKnown ? figures.peopleAtMost : null,
    attendances: isKnown ? figures.attendances : null,
    countries: figures.countries,
  });
}
