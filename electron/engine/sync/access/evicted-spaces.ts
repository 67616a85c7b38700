import type { Id } from '../../../../shared/kernel/ids.ts';
import type { Title } from '../../../../shared/model/title.ts';
import type { Hash, SpaceId } from '../../../../shared/sync/types.ts';
import type { LocalSettings } from '../../local-settings.ts';
import { EVICTED_SPACES } from '../../local-state/of-sync.ts';

/** A change-set of this laptop's user in a space that was wiped, without personal values: what the tray shows, and what is offered again. */
export interface KeptChangeSet {
  readonly hash: Hash;
  /** Why it has no effect. */
  readonly code: string;
  /** base64; hash and signature still verify. */
  readonly body: string;
  /** Whether no log holds it: the repository has it in quarantine. */
  readonly offered: boolean;
}

/**
 * A space that the repository once gave this laptop and gives no more. `leaving`: what it lacks is being brought to it; `unknownThere`: the repository does not
 * say that the space is closed (it was put back to a time before there was one), so nothing goes; `wiped`; `returning`: access is back, and
 * the space is being filled.
 */
export interface EvictedSpace {
  readonly space: SpaceId;
  readonly stage: 'leaving' | 'unknownThere' | 'wiped' | 'returning';
  /** When it was noticed, ISO 8601, by this laptop's clock. */
  readonly since: string;
  readonly activityId: Id | null;
  /** The workshop's title, which no person is in; '' where it was not here. */
  readonly title: Title;
  readonly kept: readonly KeptChangeSet[];
  /** Files that no record here names any more, until they are removed. */
  readonly files: readonly string[];
  /** Whether the user has put the notice away. */
  readonly seen: boolean;
}

/** Every space that is evicted or about to be, in order. */
export function evictedSpaces(settings: Pick<LocalSettings, 'list'>): EvictedSpace[] {
  return EVICTED_SPACES.list(settings).map(({ value }) => value);
}

/** Returns the record of one evicted space; undefined for any other. */
export function evictedSpace(settings: Pick<LocalSettings, 'get'>, space: SpaceId): EvictedSpace | undefined {
  return EVICTED_SPACES.read(settings, space);
}

/** Writes the record of an evicted space, with its stage. */
export function putEvicted(settings: LocalSettings, evicted: EvictedSpace): void {
  EVICTED_SPACES.write(settings, evicted.space, evicted);
}

/** Removes the record of an evicted space: it is here again. */
export function removeEvicted(settings: LocalSettings, space: SpaceId): void {
  EVICTED_SPACES.remove(settings, space);
}

/** The evicted spaces of which nothing is exchanged, with anybody. */
export function blockedSpaces(settings: Pick<LocalSettings, 'list'>): Set<SpaceId> {
  return new Set(evictedSpaces(settings).flatMap(({ space, stage }) => (stage === 'leaving' || stage === 'wiped' ? [space] : [])));
}
