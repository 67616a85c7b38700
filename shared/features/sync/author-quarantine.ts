import type { Quarantine } from '../../sync/accept.ts';
import type { Hash, ReplicaId } from '../../sync/types.ts';
import { isNeverLogged } from './refused-place.ts';
import { authorise, isNeverAllowed, type Actor, type Facts } from './rights.ts';

/** The facts that a laptop has of the authors of what another laptop or a stick brings. */
export interface AuthorFacts extends Facts {
  /** This laptop, and the repository that it belongs to: what they wrote is not judged here. */
  readonly trusted: readonly ReplicaId[];
  /** Why a change-set that is here was kept without effect; null: it was not. */
  quarantined(hash: Hash): string | null;
  isRevoked(replica: ReplicaId): boolean;
  /** What an author may do; null: nobody says. */
  actorOf(replica: ReplicaId): Actor | null;
}

/** Returns the quarantine of change-sets by the rights that the repository asks too: each by its own author's, as things stand when it is taken. */
export function authorQuarantine(facts: AuthorFacts): Quarantine {
  return (changeSet) => {
    const { replica, prev } = changeSet.header;
    if (facts.trusted.includes(replica)) return null;
    if (isNeverAllowed(changeSet)) return 'sync.kindNotAllowed';
    const before = prev === null ? null : facts.quarantined(prev);
    if (isNeverLogged(before)) return before;
    if (facts.isRevoked(replica)) return 'sync.replicaRevoked';
    const actor = facts.actorOf(replica);
    return actor && authorise(actor, changeSet, facts);
  };
}
