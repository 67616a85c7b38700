import { openLocalSettings } from '../../../shared/node/store/sqlite/local.ts';
import { othersPending, ownPending, type ChainPending } from '../../../shared/node/store/sqlite/own-chains.ts';
import { closedSpaces, turnedDown } from '../../../shared/node/store/sqlite/quarantine.ts';
import { earlierReplicas } from './earlier-names.ts';
import type { SqliteStore } from '../../../shared/node/store/sqlite/sqlite-store.ts';
import { decodeCertificate } from '../../../shared/sync/certificate.ts';
import type { ReplicaId, SpaceId } from '../../../shared/sync/types.ts';
import { accountOf, PEER } from './repository/account.ts';
import { certifiedBy, type SyncPorts } from './context.ts';
import { blockedSpaces } from './access/evicted-spaces.ts';
import { sampleSpaces } from './sample-spaces.ts';

/** The spaces of which nothing travels: those that the repository keeps closed to this laptop, those it has lost, and those of sample workshops. */
export function spacesThatStay(store: SqliteStore): Set<SpaceId> {
  return new Set([...closedSpaces(store), ...blockedSpaces(openLocalSettings(store)), ...sampleSpaces(store.reader)]);
}

/** The change-sets that wait to be sent, counted by space. */
export interface Waiting {
  /** What this user made: on this laptop, under whatever name it had then, or on another of theirs. */
  readonly own: readonly ChainPending[];
  /** What others made and this laptop was given in a room or by a stick; the repository may have it from them by now. */
  readonly brought: readonly ChainPending[];
}

/** Counts what of ours waits, and what of others', as a run would send it: whatever came from a backup, a stick or a room is counted as what it is. */
export function waitingHere(ports: SyncPorts): Waiting {
  const { store, settings } = ports;
  const stay = spacesThatStay(store);
  const travels = ({ space }: ChainPending): boolean => !stay.has(space);
  const replicas = [store.replica, ...earlierReplicas(ports)];
  const own = replicas.flatMap((replica) => ownPending(store.db, PEER, replica)).filter(travels);
  const account = accountOf(settings);
  if (!account) return { own: bySpace(own), brought: [] };
  const others = othersPending(store.db, PEER, new Set(replicas)).filter(travels);
  const ended = others.length > 0 ? endedChains(store) : new Set();
  const brought: ChainPending[] = [];
  for (const chain of others) {
    if (ended.has(`${chain.replica} ${chain.space}`)) continue;
    const user = certifiedUser({ ...ports, account }, chain.replica);
    // The user's own, of a laptop that they had before or have beside this one.
    if (user === account.user) own.push(chain);
    else if (user !== null) brought.push(chain);
  }
  return { own: bySpace(own), brought: bySpace(brought) };
}

/** Whose replica it is by a certificate of this laptop's repository; null: nobody's, and its work cannot be brought there. */
function certifiedUser(ports: Parameters<typeof certifiedBy>[0], replica: ReplicaId): string | null {
  const bytes = certifiedBy(ports, replica);
  const certificate = bytes && decodeCertificate(bytes);
  return certificate?.ok ? certificate.value.user : null;
}

/** Whether a run would have something to send. */
export function isAnythingWaiting(ports: SyncPorts): boolean {
  const { own, brought } = waitingHere(ports);
  return own.length + brought.length > 0;
}

/** The chains of which the repository has turned something down: nothing that follows it is offered. */
function endedChains(store: SqliteStore): ReadonlySet<string> {
  const chainOf = store.db.prepare(`select replica || ' ' || space from change_set where hash = ?`).pluck();
  return new Set([...turnedDown(store)].flatMap((hash) => (chainOf.get(hash) as string | undefined) ?? []));
}

function bySpace(chains: readonly ChainPending[]): ChainPending[] {
  const spaces = new Map<SpaceId, ChainPending>();
  for (const { space, changeSets, bytes } of chains) {
    const before = spaces.get(space);
    spaces.set(space, { space, changeSets: (before?.changeSets ?? 0) + changeSets, bytes: (before?.bytes ?? 0) + bytes });
  }
  return [...spaces.values()];
}
