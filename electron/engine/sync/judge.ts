import { authorQuarantine } from '../../../shared/features/sync/author-quarantine.ts';
import type { ReadingActor } from '../../../shared/features/sync/reading.ts';
import { fromHex } from '../../../shared/kernel/hex.ts';
import type { Quarantine } from '../../../shared/sync/accept.ts';
import { replicaIdOf } from '../../../shared/sync/change-set.ts';
import type { ReplicaId } from '../../../shared/sync/types.ts';
import { accountOf } from './repository/account.ts';
import type { SyncPorts } from './context.ts';
import { isRevoked } from './revocations.ts';

/**
 * Returns the judge of change-sets that another laptop or a stick brings (`authorQuarantine`): each by the certificate of its own author, as the store stands
 * when it is added. `introducer`: who brings authors whom the repository has not certified yet; they may do no more than whoever vouches for them. Nothing
 * speaks where this laptop belongs to no repository, for then nobody has given rights.
 */
export function judgeAuthors(ports: Pick<SyncPorts, 'store' | 'settings' | 'hasher' | 'trust'>, introducer: ReplicaId | null): Quarantine {
  const { store, settings, hasher, trust } = ports;
  const account = accountOf(settings);
  if (!account) return () => null;
  const actors = new Map<ReplicaId, ReadingActor | null>();
  const actorOf = (replica: ReplicaId): ReadingActor | null => {
    const known = actors.get(replica);
    if (known !== undefined) return known;
    const actor = trust.actorOf(replica) ?? (introducer === null ? null : trust.actorOf(introducer));
    actors.set(replica, actor);
    return actor;
  };
  const reason = store.db.prepare('select reason from quarantine where hash = ?').pluck();
  return authorQuarantine({
    hasher,
    workshop: trust.workshop,
    record: trust.record,
    trusted: [store.replica, replicaIdOf(fromHex(account.repositoryKey), hasher)],
    quarantined: (hash) => (reason.get(hash) as string | undefined) ?? null,
    isRevoked: (replica) => isRevoked(settings, replica),
    actorOf,
  });
}
