import type { ExchangeRefusal } from '../../../shared/features/sync/refusals.ts';
import { fromHex } from '../../../shared/kernel/hex.ts';
import type { Verifier } from '../../../shared/kernel/ports.ts';
import { ok, type Result } from '../../../shared/kernel/result.ts';
import { namesMore, readRevocations, type Revocations } from '../../../shared/sync/revocation.ts';
import type { ReplicaId } from '../../../shared/sync/types.ts';
import type { LocalSettings } from '../local-settings.ts';
import { accountOf } from './repository/account.ts';
import type { Remote } from './repository/remote.ts';
import { REVOCATIONS } from '../local-state/of-sync.ts';

export interface RevocationsKept {
  readonly repositoryKey: string;
  readonly list: Revocations;
  /** As it was signed, to be passed on. */
  readonly bytes: string;
  /** Whether the repository is known to hold all of it. */
  readonly confirmed?: boolean;
}

/** The list of devices turned out, as this laptop knows it; of the repository that it belongs to. */
export function revocationsHere(settings: Pick<LocalSettings, 'get'>): RevocationsKept | null {
  const kept = REVOCATIONS.read(settings);
  return kept && kept.repositoryKey === accountOf(settings)?.repositoryKey ? kept : null;
}

/** The list as it goes along in the room and on sticks, for a laptop that has not met the repository since; a very long one travels with the repository alone. */
export function revocationsToPassOn(settings: Pick<LocalSettings, 'get'>): Uint8Array[] {
  const bytes = revocationsHere(settings)?.bytes;
  return bytes === undefined || bytes.length > LONGEST_PASSED_ON ? [] : [Buffer.from(bytes, 'base64url')];
}

/** In base64url; the header of a pack takes 8,192 bytes for each entry. */
const LONGEST_PASSED_ON = 10_000;

/**
 * Whether the repository is to be told this laptop's list before its own is believed: it was put back from an older copy, or its list names fewer, or nothing is known of what
 * it holds. `theirs`: the list that came with hello; null: none did, for it has not changed, or there is none.
 */
export function isToBeBrought(
  settings: LocalSettings,
  verifier: Verifier,
  hello: { reset: boolean; isNew: boolean; theirs: Uint8Array | null },
): boolean {
  const kept = revocationsHere(settings);
  if (!kept) return false;
  const theirs = hello.theirs && readRevocations(hello.theirs, fromHex(kept.repositoryKey), verifier);
  return hello.reset || !kept.confirmed || (hello.isNew && namesMore(kept.list, theirs));
}

/** Sends the repository this laptop's list and stores its answer. A repository from before this was asked for answers with what it said at first. */
export async function bringRevocations(
  settings: LocalSettings,
  verifier: Verifier,
  remote: Pick<Remote, 'revocations'>,
  theirs: Uint8Array | null,
): Promise<Result<null, ExchangeRefusal>> {
  const kept = revocationsHere(settings);
  if (!kept) return ok(null);
  const answer = await remote.revocations(Buffer.from(kept.bytes, 'base64url'));
  if (!answer.ok && answer.refusal.code !== 'sync.routeUnknown') return answer;
  const list = answer.ok ? answer.value : theirs;
  if (list) learnRevocations(settings, verifier, list);
  const now = revocationsHere(settings);
  if (now) REVOCATIONS.write(settings, { ...now, confirmed: true });
  return ok(null);
}

/** Writes down that the repository holds the list that is here: it has just sent it. */
export function confirmRevocations(settings: LocalSettings): void {
  const kept = revocationsHere(settings);
  if (kept && !kept.confirmed) REVOCATIONS.write(settings, { ...kept, confirmed: true });
}

/** Stores a list that this laptop's repository signed and that is newer than the one here; true when it did. A list never goes back. */
export function learnRevocations(settings: LocalSettings, verifier: Verifier, bytes: Uint8Array): boolean {
  const repositoryKey = accountOf(settings)?.repositoryKey;
  const list = repositoryKey === undefined ? null : readRevocations(bytes, fromHex(repositoryKey), verifier);
  if (repositoryKey === undefined || !list || list.number <= (revocationsHere(settings)?.list.number ?? 0)) return false;
  REVOCATIONS.write(settings, { repositoryKey, list, bytes: Buffer.from(bytes).toString('base64url') });
  return true;
}

/** Whether a replica was turned out, as far as is known here: nobody deals with it, in the room or by a stick, and with what it made before nothing changes. */
export function isRevoked(settings: Pick<LocalSettings, 'get'>, replica: ReplicaId): boolean {
  return revocationsHere(settings)?.list.revoked.some((one) => one.replica === replica) ?? false;
}
