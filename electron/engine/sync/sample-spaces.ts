import type { Reader } from '../../../shared/node/store/store.ts';
import { answersSpace, peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import type { SpaceId } from '../../../shared/sync/types.ts';

/**
 * The spaces of sample workshops. They stay on this laptop: invented people would stand among real ones in the repository, once for every
 * laptop that tried the sample.
 */
export function sampleSpaces(reader: Reader): ReadonlySet<SpaceId> {
  const samples = reader.all<{ id: string }>('select id from activity where sample = 1');
  return new Set(samples.flatMap(({ id }) => [planSpace(id), peopleSpace(id), answersSpace(id)]));
}
