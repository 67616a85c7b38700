import type { Id } from '../kernel/ids.ts';
import type { SpaceId } from '../sync/types.ts';
import type { SpaceKind } from './entity.ts';

export const LIBRARY: SpaceId = 'library';
export const DIRECTORY: SpaceId = 'directory';
export const CALENDAR: SpaceId = 'calendar';

/** The space of an institution's own courses and materials. */
export function institutionSpace(institutionId: Id): SpaceId {
  return `institution/${institutionId}`;
}

/** The space of a workshop's agenda, dates, places and own materials. */
export function planSpace(activityId: Id): SpaceId {
  return `workshop/${activityId}/plan`;
}

/** The space of a workshop's roster and attendance. */
export function peopleSpace(activityId: Id): SpaceId {
  return `workshop/${activityId}/people`;
}

/** The space of a workshop's answer sheets. */
export function answersSpace(activityId: Id): SpaceId {
  return `workshop/${activityId}/answers`;
}

/** The workshop that a space belongs to; null for any other space. */
export function workshopOf(space: SpaceId): Id | null {
  const parsed = parseSpace(space);
  return parsed && parsed.kind !== 'institution' ? parsed.owner : null;
}

const ONE_PART = new Set(['library', 'directory', 'calendar']);
const WORKSHOP_KINDS = new Set(['plan', 'people', 'answers']);

/** The parts of a space id. `owner`: the workshop's or institution's id. */
interface ParsedSpace {
  readonly kind: SpaceKind;
  readonly owner: string | null;
}

// Asked of every value that is written or read, of few spaces at a time.
const places = new Map<SpaceId, ParsedSpace | null>();
const MOST_PLACES = 1_000;

/** Parses a space id into its kind and owner; null when it is none of ours. */
export function parseSpace(space: SpaceId): ParsedSpace | null {
  const known = places.get(space);
  if (known !== undefined) return known;
  if (places.size >= MOST_PLACES) places.clear();
  const place = placeOf(space);
  places.set(space, place);
  return place;
}

function placeOf(space: SpaceId): ParsedSpace | null {
  if (ONE_PART.has(space)) return { kind: space as SpaceKind, owner: null };
  const parts = space.split('/');
  if (parts[0] === 'institution' && parts.length === 2 && parts[1]) return { kind: 'institution', owner: parts[1] };
  if (parts[0] === 'workshop' && parts.length === 3 && parts[1] && WORKSHOP_KINDS.has(parts[2]!)) {
    return { kind: parts[2] as SpaceKind, owner: parts[1] };
  }
  return null;
}
