import path from 'node:path';
import { fromHex } from '../../../../shared/kernel/hex.ts';
import { DIRECTORY } from '../../../../shared/model/spaces.ts';
import { LIBRARY_PACK, libraryPublishers } from '../../../../shared/node/store/library.ts';
import { certificateOf } from '../../../../shared/node/store/sqlite/certificates.ts';
import { tips } from '../../../../shared/node/store/sqlite/change-log.ts';
import { replicaIdOf } from '../../../../shared/sync/change-set.ts';
import type { ReplicaId, SpaceId } from '../../../../shared/sync/types.ts';
import type { SyncPorts } from '../context.ts';
import { spacesThatStay } from '../waiting.ts';
import { certificateHere, unvouchedKey } from './trust.ts';

/** The spaces that may leave this laptop: what is here, but sample workshops and what the repository keeps closed to it. */
export function shareableSpaces({ store }: Pick<SyncPorts, 'store'>): SpaceId[] {
  const stay = spacesThatStay(store);
  return store.spaces().filter((space) => !stay.has(space));
}

/** Returns the spaces that are shared where nobody chose: all of them but the directory, which says more of people than any workshop does. */
export function sharedByDefault(ports: Pick<SyncPorts, 'store'>): SpaceId[] {
  return shareableSpaces(ports).filter((space) => space !== DIRECTORY);
}

/** An author whose work can be handed on, with what lets a reader believe it. */
export interface Vouched {
  readonly replica: ReplicaId;
  /** Null: the repository itself, or an author whose key alone is known. */
  readonly certificate: Uint8Array | null;
  /** Where no certificate names it. */
  readonly key: Uint8Array | null;
}

/**
 * The authors in a space whose work a reader can believe. Left out: who made what ships with the program (every laptop has it from there), and who
 * nobody vouches for. `repositoryKey` null: this laptop is enrolled nowhere, and a key alone must do.
 */
export function vouchedAuthors(ports: SyncPorts, space: SpaceId, repositoryKey: string | null, shipped: ReadonlySet<ReplicaId>): Vouched[] {
  const { store, signer, settings, hasher } = ports;
  const ruler = repositoryKey === null ? null : replicaIdOf(fromHex(repositoryKey), hasher);
  return [...new Set(tips(store.db, space).map(({ replica }) => replica))].flatMap((replica): Vouched[] => {
    if (shipped.has(replica)) return [];
    if (replica === ruler) return [{ replica, certificate: null, key: null }];
    if (repositoryKey !== null) {
      const certificate = certificateHere(ports, repositoryKey, replica);
      return certificate ? [{ replica, certificate, key: null }] : [];
    }
    const key =
      replica === store.replica ? signer.publicKey : (unvouchedKey(settings, replica) ?? certificateOf(store.db, replica)?.publicKey);
    return key ? [{ replica, certificate: null, key }] : [];
  });
}

/** Returns the replicas that made what ships with this program. */
export function shippedBy({ resources }: Pick<SyncPorts, 'resources'>): ReadonlySet<ReplicaId> {
  return libraryPublishers(path.join(resources, LIBRARY_PACK));
}
