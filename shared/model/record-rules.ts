import type { RecordRules } from '../sync/accept.ts';
import type { SpaceId } from '../sync/types.ts';
import { entityOf } from './entities.ts';
import { participant } from './people.ts';
import { parseSpace } from './spaces.ts';
import { isBoundWorkshopId } from './workshop-id.ts';

/** The rules of our records that acceptance asks for. */
export const RECORD_RULES: RecordRules = {
  personType: participant.type,
  aboutField: (entityType) => entityOf(entityType)?.about,
  livesIn,
};

/**
 * Whether an entity can live in a space: its type says in which kinds, a workshop's plan holds that workshop alone, and an id that says who may open a workshop
 * is of no other record. True where the type or the
 * space is a newer program's.
 */
export function livesIn(entityType: string, entityId: string, space: SpaceId): boolean {
  const definition = entityOf(entityType);
  const place = parseSpace(space);
  if (!definition || !place) return true;
  if (!definition.spaces.includes(place.kind)) return false;
  if (entityType !== 'activity') return true;
  // Else whoever hears of a workshop first could write it where its opener may not.
  return place.kind === 'plan' ? place.owner === entityId : !isBoundWorkshopId(entityId);
}
