import { fromHex } from '../../../shared/kernel/hex.ts';
import type { Compression, Signer, Verifier } from '../../../shared/kernel/ports.ts';
import type { Progress } from '../../../shared/contract/rpc.ts';
import { certificateOf, putCertificate } from '../../../shared/node/store/sqlite/certificates.ts';
import type { SqliteStore } from '../../../shared/node/store/sqlite/sqlite-store.ts';
import { decodeCertificate, verifyCertificate } from '../../../shared/sync/certificate.ts';
import { replicaIdOf } from '../../../shared/sync/change-set.ts';
import type { ReplicaId } from '../../../shared/sync/types.ts';
import type { EngineContext } from '../context.ts';
import type { Account } from './repository/account.ts';
import type { SessionMemory } from './repository/door.ts';
import { namesOf, type PackLink } from '../../../shared/sync/pack/abridged.ts';
import type { Budget } from './repository/data-budget.ts';
import type { Remote } from './repository/remote.ts';

/** The ports that the sync driver takes beside what every feature takes. */
export interface SyncPorts extends EngineContext {
  readonly store: SqliteStore;
  readonly signer: Signer;
  readonly verifier: Verifier;
  readonly compression: Compression;
  /** The session with the repository: in memory alone. */
  readonly memory: SessionMemory;
  /** Milliseconds before a link that broke is tried again. */
  readonly pause: number;
}

/** The parts and tallies of one run under way. */
export interface Exchanging extends SyncPorts {
  readonly account: Account;
  readonly remote: Remote;
  readonly progress: (progress: Progress) => void;
  readonly signal: AbortSignal;
  readonly budget: Budget;
  /** False once the connection was said to be paid for by the byte since the run began: files then wait, whoever asked for the run. */
  readonly mayCarryFiles: () => boolean;
  /** What has been done so far, kept when a later step fails. */
  readonly tally: Tally;
}

export interface Tally {
  pushed: number;
  pulled: number;
  refused: number;
  filesUp: number;
  filesDown: number;
}

/** Returns the facts that this laptop and the repository know of each other; `publicKey`: of who signs. */
export function linkOf({ account }: Pick<Exchanging, 'account'>, publicKey: Uint8Array): PackLink {
  return { publicKey, names: namesOf(fromHex(account.replica), account.user) };
}

/** Stores certificates that the repository issued; others are left alone, and what ships with the program stays as it is. */
export function learnCertificates({ store, account, verifier, hasher }: Exchanging, encoded: readonly Uint8Array[]): void {
  const repositoryKey = fromHex(account.repositoryKey);
  for (const bytes of encoded) {
    const decoded = decodeCertificate(bytes);
    if (!decoded.ok || !verifyCertificate(decoded.value, repositoryKey, verifier, hasher)) continue;
    const { replica, publicKey, name } = decoded.value;
    putCertificate(store.db, { replica, publicKey: fromHex(publicKey), name, bytes });
  }
}

/** The public key of a replica, as far as it is known here: by certificate, or because it is the repository or this laptop. */
export function keyOf({ store, account, signer, hasher }: Exchanging, replica: ReplicaId): Uint8Array | null {
  if (replica === store.replica) return signer.publicKey;
  const repositoryKey = fromHex(account.repositoryKey);
  if (replica === replicaIdOf(repositoryKey, hasher)) return repositoryKey;
  return certificateOf(store.db, replica)?.publicKey ?? null;
}

/** The certificate of a replica when this repository issued it: only such a replica's work can be brought back to it. */
export function certifiedBy(
  { store, account, verifier, hasher }: Pick<Exchanging, 'store' | 'account' | 'verifier' | 'hasher'>,
  replica: ReplicaId,
): Uint8Array | null {
  const stored = certificateOf(store.db, replica);
  const decoded = stored && decodeCertificate(stored.bytes);
  return decoded?.ok && verifyCertificate(decoded.value, fromHex(account.repositoryKey), verifier, hasher) ? stored!.bytes : null;
}
