import type { ReadingActor } from '../../../shared/features/sync/reading.ts';
import { authorise, type Facts, type Verdict } from '../../../shared/features/sync/rights.ts';
import { fromHex } from '../../../shared/kernel/hex.ts';
import type { Quarantine } from '../../../shared/sync/accept.ts';
import { replicaIdOf } from '../../../shared/sync/change-set.ts';
import type { ReplicaId } from '../../../shared/sync/types.ts';
import { accountOf } from './account.ts';
import type { SyncPorts } from './context.ts';
import { isRevoked } from './revocations.ts';

/**
 * Why the repository never takes a change-set into its log, whoever's rights change: so it takes nothing that follows it in its chain either, and what follows must
 * not stand here alone.
 */
const NEVER_LOGGED: Verdict = 'sync.kindNotAllowed';

/**
 * What speaks against change-sets that another laptop or a stick brings, by the rights that the repository asks too: each by the certificate of its own author,
 * as the store stands when it is taken. `introducer`: who brings authors whom the repository has not certified yet; they may do no more than whoever vouches
 * for them. Nothing speaks where this laptop belongs to no repository, for then nobody has given rights.
 */
export function judgeAuthors(ports: Pick<SyncPorts, 'store' | 'settings' | 'hasher' | 'trust'>, introducer: ReplicaId | null): Quarantine {
  const { store, settings, hasher, trust } = ports;
  const account = accountOf(settings);
  if (!account) return () => null;
  const ruler = replicaIdOf(fromHex(account.repositoryKey), hasher);
  const actors = new Map<ReplicaId, ReadingActor | null>();
  const actorOf = (replica: ReplicaId): ReadingActor | null => {
    const known = actors.get(replica);
    if (known !== undefined) return known;
    const actor = trust.actorOf(replica) ?? (introducer === null ? null : trust.actorOf(introducer));
    actors.set(replica, actor);
    return actor;
  };
  const keptFrom = store.db.prepare(`select 1 from quarantine where hash = ? and reason = '${NEVER_LOGGED}'`).pluck();
  const facts: Facts = { hasher, workshop: trust.workshop, record: trust.record };
  return (changeSet) => {
    const { replica, prev } = changeSet.header;
    if (replica === store.replica || replica === ruler) return null;
    if (prev !== null && keptFrom.get(prev) !== undefined) return NEVER_LOGGED;
    if (isRevoked(settings, replica)) return 'sync.replicaRevoked';
    const actor = actorOf(replica);
    return actor && authorise(actor, changeSet, facts);
  };
}
