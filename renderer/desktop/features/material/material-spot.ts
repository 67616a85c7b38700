import type { Id } from '../../../../shared/kernel/ids.ts';
import type { Spot } from '../../app/view.ts';

const PREFIX = 'material:';

/** The row of a material in the library, as a part of the page to go to. */
export function materialSpot(id: Id): Spot {
  return PREFIX + id;
}

/** The material whose row that is; undefined for another part. */
export function materialAt(spot: Spot): Id | undefined {
  return spot.startsWith(PREFIX) ? (spot.slice(PREFIX.length) as Id) : undefined;
}
