import { fromHex } from '../../../shared/kernel/hex.ts';
import type { Verifier } from '../../../shared/kernel/ports.ts';
import { readRevocations, type Revocations } from '../../../shared/sync/revocation.ts';
import type { ReplicaId } from '../../../shared/sync/types.ts';
import type { LocalSettings } from '../local-settings.ts';
import { accountOf } from './account.ts';

const LIST = 'sync/revocations';

interface Kept {
  readonly repositoryKey: string;
  readonly list: Revocations;
  /** As it was signed, to be passed on. */
  readonly bytes: string;
}

/** The list of devices turned out, as this laptop knows it; of the repository that it belongs to. */
export function revocationsHere(settings: Pick<LocalSettings, 'get'>): Kept | null {
  const kept = settings.get<Kept>(LIST);
  return kept && kept.repositoryKey === accountOf(settings)?.repositoryKey ? kept : null;
}

/** The list as it goes along in the room and on sticks, for a laptop that has not met the repository since; a very long one travels with the repository alone. */
export function revocationsToPassOn(settings: Pick<LocalSettings, 'get'>): Uint8Array[] {
  const bytes = revocationsHere(settings)?.bytes;
  return bytes === undefined || bytes.length > LONGEST_PASSED_ON ? [] : [Buffer.from(bytes, 'base64url')];
}

/** In base64url; the header of a pack takes 8,192 bytes for each entry. */
const LONGEST_PASSED_ON = 10_000;

/** Takes up a list that this laptop's repository signed and that is newer than the one here; true when it did. A list never goes back. */
export function learnRevocations(settings: LocalSettings, verifier: Verifier, bytes: Uint8Array): boolean {
  const repositoryKey = accountOf(settings)?.repositoryKey;
  const list = repositoryKey === undefined ? null : readRevocations(bytes, fromHex(repositoryKey), verifier);
  if (repositoryKey === undefined || !list || list.number <= (revocationsHere(settings)?.list.number ?? 0)) return false;
  settings.set(LIST, { repositoryKey, list, bytes: Buffer.from(bytes).toString('base64url') } satisfies Kept, 'sync');
  return true;
}

/** Whether a replica was turned out, as far as is known here: nobody deals with it, in the room or by a stick, and with what it made before nothing changes. */
export function isRevoked(settings: Pick<LocalSettings, 'get'>, replica: ReplicaId): boolean {
  return revocationsHere(settings)?.list.revoked.some((one) => one.replica === replica) ?? false;
}
