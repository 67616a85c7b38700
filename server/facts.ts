import { readingActor } from '../shared/features/sync/reading.ts';
import { parseSpace } from '../shared/model/spaces.ts';
import type { SpaceId } from '../shared/sync/types.ts';
import type { Actor } from './authorisation.ts';
import type { Device } from './registry.ts';

/** The actor of a credential or certificate; null when its role or scope are not ours. */
export function actorOf(claims: Pick<Device, 'user' | 'role' | 'scope'>): Actor | null {
  return readingActor(claims);
}

/** The workshop that a space belongs to; null for any other space. */
export function workshopOf(space: SpaceId): string | null {
  const parsed = parseSpace(space);
  return parsed && parsed.kind !== 'institution' ? parsed.owner : null;
}

/** The countries of an activity as its projection holds them. */
export function countriesOf(text: string | null | undefined): string[] {
  const value: unknown = JSON.parse(text ?? '[]');
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
