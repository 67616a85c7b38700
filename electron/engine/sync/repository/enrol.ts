import type { ExchangeRefusal } from '../../../../shared/features/sync/refusals.ts';
import { fromHex, toHex } from '../../../../shared/kernel/hex.ts';
import type { Hasher, Signer } from '../../../../shared/kernel/ports.ts';
import { ok, refuse, type Refusal, type Result } from '../../../../shared/kernel/result.ts';
import {
  enrolmentProof,
  readmissionProof,
  renewalProof,
  type EnrolReply,
  type RenewRequest,
} from '../../../../shared/contract/repository.ts';
import { mayEnrolAt } from '../../../../shared/features/sync/repository-address.ts';
import { parseCode } from '../../../../shared/features/sync/enrolment-code.ts';
import { certificateOf, putCertificate } from '../../../../shared/node/store/sqlite/certificates.ts';
import { forgetPeer } from '../../../../shared/node/store/sqlite/peers.ts';
import { closedSpaces, releaseClosed } from '../../../../shared/node/store/sqlite/quarantine.ts';
import { decodeCertificate, verifyCertificate, type Certificate } from '../../../../shared/sync/certificate.ts';
import { replicaIdOf } from '../../../../shared/sync/change-set.ts';
import type { ReplicaId, SpaceId } from '../../../../shared/sync/types.ts';
import { NEVER_MET } from '../../../../shared/sync/exchange.ts';
import { PEER, accountOf, keepAccount, keepState, stateOf, type Account } from './account.ts';
import type { SyncPorts } from '../context.ts';
import { doorOf } from './door.ts';
import { remoteAt, type Remote } from './remote.ts';
import { forgetRepository } from '../../local-state/every-declaration.ts';
import { USER, USER_NAME } from '../../local-state/of-this-laptop.ts';

/** Requests that failed for want of a network are tried again: the code lasts fifteen minutes and the same laptop may use it twice. */
const ATTEMPTS = 3;

/**
 * Enrols this laptop by a one-time code. Refuses what `mayEnrolAt` does and `sync.codeMistyped` before anything is sent, else as the repository does, and `sync.enrolUnreachable`; nothing
 * is changed then. Enrolled elsewhere before: what that repository held no longer counts.
 */
export async function enrolLaptop(
  ports: SyncPorts,
  request: { readonly url: string; readonly code: string; readonly name: string; readonly allowPlain: boolean },
  signal: AbortSignal,
): Promise<Result<{ readonly spaces: readonly SpaceId[] }, 'sync.addressWrong' | 'sync.plainAsk' | 'sync.plainHttp' | ExchangeRefusal>> {
  const allowed = mayEnrolAt(request.url, request.allowPlain);
  if (!allowed.ok) return allowed;
  if (!parseCode(request.code)) return refuse('sync.codeMistyped');
  const claim = {
    code: request.code,
    name: request.name,
    publicKey: toHex(ports.signer.publicKey),
    userId: USER.read(ports.settings) ?? '',
    keyed: true,
  } as const;
  const remote = remoteAt(request.url, null, signal);
  try {
    const proof = toHex(ports.signer.sign(enrolmentProof(claim)));
    const reply = await retry(() => remote.enrol({ ...claim, proof }));
    if (!reply.ok) return refusalOfEnrolment(reply.refusal, request.url);
    const account = takeUp(ports, request.url, reply.value);
    return account.ok ? ok({ spaces: await readableSpaces(ports, account.value, signal) }) : account;
  } finally {
    remote.close();
  }
}

/** In the words of somebody who is not enrolled yet. */
function refusalOfEnrolment(refusal: Refusal<ExchangeRefusal>, url: string): Result<never, ExchangeRefusal> {
  // A repository from before sessions does not know what is asked for.
  if (refusal.code === 'sync.malformed') return refuse('sync.repositoryOlder');
  return refusal.code === 'sync.unreachable' ? refuse('sync.enrolUnreachable', { url }) : { ok: false, refusal };
}

/** Returns the spaces that the enrolment opened, to be shown at once; the first run takes them up. None when the link broke just now. */
async function readableSpaces(ports: SyncPorts, account: Account, signal: AbortSignal): Promise<readonly SpaceId[]> {
  const remote = remoteAt(account.url, doorOf(ports, account), signal);
  const hello = await remote.hello({ cursor: null, grants: null, own: '', here: [] });
  remote.close();
  return hello.ok ? (hello.value.grants?.spaces ?? []) : [];
}

/** Certifies this laptop's new replica (it was restored from a backup) on the word of the one that it was. */
export async function renewLaptop(ports: SyncPorts, account: Account, remote: Remote): Promise<Result<Account, ExchangeRefusal>> {
  const reply = await remote.renew(renewalOf(ports.signer, account));
  return reply.ok ? takeUp(ports, account.url, reply.value) : reply;
}

/**
 * Has replicas certified that this laptop was before and that were never met by the repository (put back from a copy twice with no sync between): nobody
 * would take their work otherwise. Those whose key is gone stay as they are.
 */
export async function certifyEarlier(ports: SyncPorts, account: Account, remote: Remote): Promise<Result<null, ExchangeRefusal>> {
  const { store, hasher } = ports;
  const hasWork = store.db.prepare('select 1 from tip where replica = ? limit 1').pluck();
  for (const signer of ports.vault.earlierSigners()) {
    const replica = replicaIdOf(signer.publicKey, hasher);
    if (replica === store.replica || certificateOf(store.db, replica) || hasWork.get(replica) === undefined) continue;
    const reply = await remote.renew(renewalOf(signer, account));
    if (!reply.ok) return reply;
    const certified = certificateIn(ports, reply.value, replica);
    if (!certified) return refuse('sync.answerWrong');
    putCertificate(store.db, { replica, publicKey: signer.publicKey, name: certified.name, bytes: certified.bytes });
  }
  return ok(null);
}

function renewalOf(signer: Signer, { repositoryKey, replica }: Account): RenewRequest {
  const publicKey = toHex(signer.publicKey);
  return { publicKey, keyed: true, proof: toHex(signer.sign(renewalProof(repositoryKey, replica, publicKey))) };
}

/**
 * Returns the replicas whose rulings count on this laptop: the repository's, and its own (an erasure that its user has asked for takes effect here at once; the
 * repository's ruling brings it to everybody).
 */
export function rulersOf(replica: ReplicaId, repositoryKey: string | undefined, hasher: Hasher): ReplicaId[] {
  return [replica, ...(repositoryKey === undefined ? [] : [replicaIdOf(fromHex(repositoryKey), hasher)])];
}

/** The certificate in a reply, where it is this repository's and of that replica. */
function certificateIn(
  { verifier, hasher }: SyncPorts,
  reply: EnrolReply,
  replica: ReplicaId,
): (Certificate & { readonly bytes: Uint8Array }) | null {
  const bytes = Uint8Array.from(Buffer.from(reply.certificate, 'base64url'));
  const certificate = decodeCertificate(bytes);
  if (!certificate.ok || certificate.value.replica !== replica) return null;
  return verifyCertificate(certificate.value, fromHex(reply.repositoryKey), verifier, hasher) ? { ...certificate.value, bytes } : null;
}

/**
 * Has the repository admit this laptop again by its certificate and its key, where it does not know it any more. Refuses `sync.deviceRevoked`, and
 * `sync.credentialUnknown` where there is nothing to show.
 */
export async function readmitLaptop(ports: SyncPorts, account: Account, remote: Remote): Promise<Result<Account, ExchangeRefusal>> {
  const { store, signer } = ports;
  const certified = certificateOf(store.db, store.replica);
  if (!certified) return refuse('sync.credentialUnknown');
  const certificate = Buffer.from(certified.bytes).toString('base64url');
  const asked = await remote.challenge(certificate);
  if (!asked.ok) return asked.refusal.code === 'sync.proofWrong' ? refuse('sync.credentialUnknown') : asked;
  const { challenge } = asked.value;
  const proof = toHex(signer.sign(readmissionProof(challenge, store.replica, true)));
  const reply = await remote.readmit({ certificate, challenge, keyed: true, proof });
  return reply.ok ? takeUp(ports, account.url, reply.value) : reply;
}

function takeUp(ports: SyncPorts, url: string, reply: EnrolReply): Result<Account, ExchangeRefusal> {
  const { store, settings, hasher } = ports;
  const certificate = certificateIn(ports, reply, store.replica);
  if (!certificate) return refuse('sync.answerWrong');
  const { user, name, scope, publicKey, bytes } = certificate;
  const account: Account = { url, repositoryKey: reply.repositoryKey, replica: store.replica, user, name, scope };
  const before = accountOf(settings);
  store.transaction(() => {
    for (const space of closedSpaces(store)) releaseClosed(store, space);
    store.trustRulings(rulersOf(store.replica, reply.repositoryKey, hasher));
    putCertificate(store.db, { replica: store.replica, publicKey: fromHex(publicKey), name, bytes });
    if (before?.repositoryKey === account.repositoryKey) {
      // The list as it was: what is no longer on the next one was lost.
      keepState(settings, { ...NEVER_MET, spaces: stateOf(settings).spaces, compare: true });
    } else {
      forgetPeer(store.db, PEER);
      forgetRepository(settings);
      ports.files.flags.forgetDelivered();
    }
    USER.write(settings, user);
    USER_NAME.write(settings, name);
    keepAccount(settings, account);
  });
  return ok(account);
}

async function retry<T>(ask: () => Promise<Result<T, ExchangeRefusal>>): Promise<Result<T, ExchangeRefusal>> {
  for (let attempt = 1; ; attempt++) {
    const answer = await ask();
    if (answer.ok || answer.refusal.code !== 'sync.interrupted' || attempt === ATTEMPTS) return answer;
  }
}
