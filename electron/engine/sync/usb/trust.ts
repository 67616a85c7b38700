import type { UsbRefusal } from '../../../../shared/features/sync/refusals.ts';
import { fromHex, toHex } from '../../../../shared/kernel/hex.ts';
import type { Hasher, Verifier } from '../../../../shared/kernel/ports.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { certificateOf } from '../../../../shared/node/store/sqlite/certificates.ts';
import { decodeCertificate, verifyCertificate, type Certificate } from '../../../../shared/sync/certificate.ts';
import { replicaIdOf } from '../../../../shared/sync/change-set.ts';
import type { BundleHead } from '../../../../shared/sync/bundle.ts';
import type { ReplicaId } from '../../../../shared/sync/types.ts';
import { accountOf } from '../repository/account.ts';
import type { SyncPorts } from '../context.ts';
import { isRevoked } from '../revocations.ts';
import { ADOPTED_REPOSITORY, USB_KEYS } from '../../local-state/of-rooms-and-sticks.ts';

/** The repository whose word counts here, 64 hex digits; null: none yet. */
export function repositoryHere(settings: Pick<SyncPorts['settings'], 'get'>): string | null {
  return accountOf(settings)?.repositoryKey ?? ADOPTED_REPOSITORY.read(settings) ?? null;
}

/** Stores the one repository whose bundles are taken from now on, until the laptop is enrolled. */
export function adoptRepository(settings: SyncPorts['settings'], key: string): void {
  ADOPTED_REPOSITORY.write(settings, key);
}

/** The key of a device that no repository vouches for, from a bundle that named it. */
export function unvouchedKey(settings: Pick<SyncPorts['settings'], 'get'>, replica: ReplicaId): Uint8Array | null {
  const key = USB_KEYS.read(settings, replica);
  return key === undefined ? null : fromHex(key);
}

/** Returns the devices whose keys are known without a repository that vouches for them. */
export function unvouchedDevices(settings: Pick<SyncPorts['settings'], 'list'>): ReplicaId[] {
  return USB_KEYS.ids(settings);
}

export function keepUnvouchedKey(settings: SyncPorts['settings'], replica: ReplicaId, key: Uint8Array): void {
  USB_KEYS.write(settings, replica, toHex(key));
}

/** A certificate that this repository issued; null for any other bytes. */
export function certificateBy(
  repositoryKey: string,
  bytes: Uint8Array,
  ports: { readonly verifier: Verifier; readonly hasher: Hasher },
): Certificate | null {
  const decoded = decodeCertificate(bytes);
  return decoded.ok && verifyCertificate(decoded.value, fromHex(repositoryKey), ports.verifier, ports.hasher) ? decoded.value : null;
}

/** The certificate of a replica that is here and that this repository issued. */
export function certificateHere(ports: SyncPorts, repositoryKey: string, replica: ReplicaId): Uint8Array | null {
  const stored = certificateOf(ports.store.db, replica);
  return stored && certificateBy(repositoryKey, stored.bytes, ports) ? stored.bytes : null;
}

/** The sender of a bundle, once it is believed. */
export interface Sender {
  readonly replica: ReplicaId;
  /** The repository that vouches for the sender; null: none does, and none is asked for here. */
  readonly repositoryKey: string | null;
  readonly certificate: { readonly claims: Certificate; readonly bytes: Uint8Array } | null;
  readonly publicKey: Uint8Array;
}

/**
 * Verifies whether a bundle's sender is to be believed here (docs/usb.md, *Whose files are taken*). Refuses `usb.foreign` (another repository's, or a
 * certificate that its repository did not issue), `usb.revoked` (the repository has turned the sender out) and `usb.unvouched` (the sender is enrolled nowhere,
 * and this laptop is).
 */
export function verifySender(ports: SyncPorts, head: BundleHead, publicKey: Uint8Array): Result<Sender, UsbRefusal> {
  const replica = replicaIdOf(publicKey, ports.hasher);
  if (head.repositoryKey === null || head.certificate === null) {
    return accountOf(ports.settings) ? refuse('usb.unvouched') : ok({ replica, repositoryKey: null, certificate: null, publicKey });
  }
  const repositoryKey = toHex(head.repositoryKey);
  const here = repositoryHere(ports.settings);
  if (here !== null && here !== repositoryKey) return refuse('usb.foreign');
  const claims = certificateBy(repositoryKey, head.certificate, ports);
  if (claims?.replica !== replica) return refuse('usb.foreign');
  if (isRevoked(ports.settings, replica)) return refuse('usb.revoked');
  return ok({ replica, repositoryKey, certificate: { claims, bytes: head.certificate }, publicKey });
}
