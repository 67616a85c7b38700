import { fromHex } from '../../../../shared/kernel/hex.ts';
import { certificateOf, certificates } from '../../../../shared/node/store/sqlite/certificates.ts';
import type { ReplicaId } from '../../../../shared/sync/types.ts';
import { accountOf } from '../repository/account.ts';
import type { SyncPorts } from '../context.ts';
import { shippedBy } from './sharing.ts';
import { certificateBy, unvouchedDevices, unvouchedKey } from './trust.ts';

/** A device that a bundle can be sealed for. */
export interface Recipient {
  readonly replica: ReplicaId;
  /** The user's name from the certificate; '' for a device that no repository vouches for. */
  readonly name: string;
  readonly role: string;
  readonly scope: string;
}

/** The devices whose keys are known here, by name; this one, the repository and who made what ships with the program are left out. */
export function recipientsHere(ports: SyncPorts): Recipient[] {
  const { store, settings } = ports;
  const account = accountOf(settings);
  const shipped = shippedBy(ports);
  const found = new Map<ReplicaId, Recipient>();
  const add = (recipient: Recipient): void => {
    const { replica } = recipient;
    if (replica !== store.replica && !shipped.has(replica) && !found.has(replica)) found.set(replica, recipient);
  };
  for (const { replica, name, bytes } of certificates(store.db)) {
    const certificate = account && certificateBy(account.repositoryKey, bytes, ports);
    if (certificate) add({ replica, name: certificate.name, role: certificate.role, scope: certificate.scope });
    else if (!account) add({ replica, name, role: '', scope: '' });
  }
  if (!account) for (const replica of unvouchedDevices(settings)) add({ replica, name: '', role: '', scope: '' });
  return [...found.values()].sort((a, b) => (a.name + a.replica < b.name + b.replica ? -1 : 1));
}

/** The public key of a device that a bundle may be sealed for; null when it is not known here. */
export function recipientKey(ports: SyncPorts, replica: ReplicaId): Uint8Array | null {
  const { store, settings, signer } = ports;
  if (replica === store.replica) return signer.publicKey;
  const account = accountOf(settings);
  const stored = certificateOf(store.db, replica);
  if (!account) return unvouchedKey(settings, replica) ?? stored?.publicKey ?? null;
  const certificate = stored && certificateBy(account.repositoryKey, stored.bytes, ports);
  return certificate ? fromHex(certificate.publicKey) : null;
}
