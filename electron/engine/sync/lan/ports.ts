import type { ReplicaId } from '../../../../shared/sync/types.ts';
import type { SyncPorts } from '../context.ts';

/** The ports that sync in a room takes beside what every exchange takes. */
export interface LanPorts extends Omit<SyncPorts, 'memory'> {
  /** Whether a device is known to have been revoked: it is neither paired nor exchanged with. */
  isRevoked(replica: ReplicaId): boolean;
}
