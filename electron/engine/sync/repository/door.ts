import type { ExchangeRefusal } from '../../../../shared/features/sync/refusals.ts';
import { replicaIdOf } from '../../../../shared/sync/change-set.ts';
import { fromHex, toHex } from '../../../../shared/kernel/hex.ts';
import type { Signer } from '../../../../shared/kernel/ports.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { sessionAnswer, sessionProof, type SessionReply, type SessionRequest } from '../../../../shared/contract/repository.ts';
import { signedHeader, type SignedRequest } from '../../../../shared/node/http/signed-request.ts';
import { newAgreement } from '../../../../shared/node/sealing.ts';
import type { Account } from './account.ts';
import type { SyncPorts } from '../context.ts';
import { forgetToken, tokenOf } from './repository-token.ts';

/** Asks the repository for a session, over the link that the request will take. */
export type OpenSession = (request: SessionRequest) => Promise<Result<SessionReply, ExchangeRefusal>>;

/** The credential of a laptop with each of its requests. */
export interface Door {
  /** The value of `Authorization` for a request; opens a session where there is none. Refuses as the repository does. */
  header(request: SignedRequest, open: OpenSession): Promise<Result<string, ExchangeRefusal>>;
  /** The repository takes the session no more: the next request opens another. */
  forget(): void;
}

/** A session under way: in memory alone, so that no copy of a disk or of a database holds it. */
interface OpenedSession {
  readonly key: Uint8Array;
  readonly replica: string;
  readonly repositoryKey: string;
  readonly until: number;
  /** The repository's clock in milliseconds when the session was opened, and this machine's monotonic one: no wall clock of a laptop is asked. */
  readonly now: number;
  readonly opened: number;
}

/** The session of an engine with its repository. */
export interface SessionMemory {
  session: OpenedSession | null;
}

type DoorPorts = Pick<SyncPorts, 'store' | 'signer' | 'verifier' | 'hasher' | 'vault' | 'memory'>;

/** The door of an account: its requests are signed with the secret of a session that the account's replica opened with its key. */
export function doorOf(ports: DoorPorts, account: Account): Door {
  const { memory } = ports;
  let isOlder = false;
  return {
    async header(request, open) {
      const known = memory.session;
      if (known && serves(known, account)) return ok(headerOf(known, request));
      const token = tokenOf(ports, account);
      if (isOlder && token !== null) return ok(`Bearer ${token}`);
      const opened = await openSession(ports, account, open);
      if (opened.ok) {
        memory.session = opened.value;
        forgetToken(ports);
        return ok(headerOf(opened.value, request));
      }
      if (opened.refusal.code !== 'sync.routeUnknown') return opened;
      // A repository from before sessions.
      isOlder = true;
      return token === null ? refuse('sync.repositoryOlder') : ok(`Bearer ${token}`);
    },
    forget() {
      memory.session = null;
    },
  };
}

async function openSession(
  ports: DoorPorts,
  { replica, repositoryKey }: Account,
  open: OpenSession,
): Promise<Result<OpenedSession, ExchangeRefusal>> {
  const signer = signerFor(ports, replica);
  // A backup that was put back on another machine: it has no key of what it was.
  if (!signer) return refuse('sync.credentialUnknown');
  const agreement = newAgreement();
  const asked = { replica, agreement: toHex(agreement.publicKey) };
  const opened = performance.now();
  const reply = await open({ ...asked, proof: toHex(signer.sign(sessionProof(repositoryKey, asked))) });
  if (!reply.ok) return reply;
  const { now, until, sealed, signature } = reply.value;
  const isOurs = ports.verifier.verify(fromHex(repositoryKey), sessionAnswer(asked.agreement, reply.value), fromHex(signature));
  const key = isOurs ? agreement.open(fromHex(sealed)) : null;
  return key ? ok({ key, replica, repositoryKey, until, now, opened }) : refuse('sync.answerWrong');
}

/** Who signs for a replica: this one, or one that this folder was before. */
function signerFor({ store, signer, vault, hasher }: DoorPorts, replica: string): Signer | undefined {
  if (replica === store.replica) return signer;
  return vault.earlierSigners().find(({ publicKey }) => replicaIdOf(publicKey, hasher) === replica);
}

const MARGIN = 60;

function serves(session: OpenedSession, account: Account): boolean {
  return (
    session.replica === account.replica && session.repositoryKey === account.repositoryKey && secondsAt(session) + MARGIN < session.until
  );
}

function headerOf(session: OpenedSession, request: SignedRequest): string {
  const { key, replica, until } = session;
  return signedHeader(key, { replica, until, at: secondsAt(session) }, request);
}

function secondsAt({ now, opened }: OpenedSession): number {
  return Math.max(0, Math.floor((now + performance.now() - opened) / 1_000));
}
