import type { Clock, Hasher, Random, Signer, Verifier } from '../shared/kernel/ports.ts';
import { fromHex, toHex } from '../shared/kernel/hex.ts';
import { randomId } from '../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../shared/kernel/result.ts';
import { CODE_BYTES, formatCode, parseCode } from '../shared/features/sync/enrolment-code.ts';
import { enrolmentProof, type EnrolReply, type EnrolRequest, type RenewRequest } from '../shared/contract/repository.ts';
import { encodeCertificate, issueCertificate, type Certificate } from '../shared/sync/certificate.ts';
import { replicaIdOf } from '../shared/sync/change-set.ts';
import type { Device, Registry } from './registry.ts';
import type { Awaitable } from './repository-store.ts';
import type { Role } from '../shared/features/sync/reading.ts';

/** How long a code can be used. */
export const CODE_LIFETIME = 15 * 60_000;
/** Tries for one code, the right one included. */
export const CODE_TRIES = 5;
/** Wrong codes in a window: from one address before only a right one is listened to there, and from everywhere before codes take turns. */
export const WRONG_WINDOW = 15 * 60_000;
export const WRONG_PER_ADDRESS = 20;
export const WRONG_IN_ALL = 200;

/** Makes a one-time code for a role and a scope, valid for fifteen minutes; only its hash is kept. */
export async function invite(
  registry: Pick<Registry, 'addInvitation'>,
  role: Role,
  scope: string,
  clock: Clock,
  random: Random,
): Promise<{ code: string; expiresAt: number }> {
  for (;;) {
    const code = formatCode(random.bytes(CODE_BYTES));
    const { name, secret } = parseCode(code)!;
    const now = clock.now();
    const expiresAt = now + CODE_LIFETIME;
    if (await registry.addInvitation(name, secret, role, scope, now, expiresAt)) return { code, expiresAt };
  }
}

export interface EnrolmentPorts {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly random: Random;
  readonly hasher: Hasher;
  readonly verifier: Verifier;
  /** The repository's key. */
  readonly signer: Signer;
  /** Where the log stands. */
  readonly feed: () => Awaitable<number>;
  readonly keep: (certificate: Certificate) => Promise<void>;
}

/** Counts wrong codes. */
export interface WrongCodes {
  /** Whether this address must wait. */
  closed(address: string, now: number): Awaitable<boolean>;
  count(address: string, now: number): Awaitable<void>;
}

/**
 * Enrols a device by a one-time code. Refuses `sync.codeWrong` (unknown, mistyped or already used by another), `sync.codeExpired`,
 * `sync.codeSpent` (five tries), `sync.enrolLater` (too many wrong codes), `sync.proofWrong`. The same device may use its code again
 * while it lasts: the reply may have got lost.
 */
export async function enrol(request: EnrolRequest, address: string, wrong: WrongCodes, ports: EnrolmentPorts): Promise<Result<EnrolReply>> {
  const { registry, clock, random, hasher, verifier } = ports;
  const now = clock.now();
  if (await wrong.closed(address, now)) return refuse('sync.enrolLater');
  const publicKey = fromHex(request.publicKey);
  if (!verifier.verify(publicKey, enrolmentProof(request), fromHex(request.proof))) return refuse('sync.proofWrong');
  const replica = replicaIdOf(publicKey, hasher);

  const code = parseCode(request.code);
  const invitation = code && (await registry.invitation(code.name));
  if (!code || !invitation) {
    await wrong.count(address, now);
    return refuse('sync.codeWrong');
  }
  if (invitation.expiresAt < now) return refuse('sync.codeExpired');
  if (invitation.tries >= CODE_TRIES) return refuse('sync.codeSpent');
  if (!(await registry.trySecret(code.name, code.secret)) || (invitation.usedBy !== null && invitation.usedBy !== replica)) {
    await wrong.count(address, now);
    return refuse('sync.codeWrong');
  }

  // A user id is a device's own word: one that another device goes by is not given twice, for own records are by user.
  const isTaken = request.userId === '' || (await registry.userTaken(request.userId, replica));
  const user = isTaken ? randomId(random) : request.userId;
  const { role, scope } = invitation;
  return ok(await admit(invitation.name, { replica, user, name: request.name, role, scope }, request.publicKey, ports));
}

/**
 * Certifies another replica of an enrolled device: a laptop that was restored from a backup is a new replica. Its credential speaks for it.
 * Refuses `sync.proofWrong`, and `sync.deviceRevoked` for a replica that was turned out.
 */
export async function renew(device: Device, request: RenewRequest, ports: EnrolmentPorts): Promise<Result<EnrolReply>> {
  const publicKey = fromHex(request.publicKey);
  const claim = { code: '', name: device.name, publicKey: request.publicKey, userId: device.user };
  if (!ports.verifier.verify(publicKey, enrolmentProof(claim), fromHex(request.proof))) return refuse('sync.proofWrong');
  const { user, name, role, scope } = device;
  const replica = replicaIdOf(publicKey, ports.hasher);
  // Only a code of the administrator's admits again whom they turned out.
  if ((await ports.registry.device(replica))?.revokedAt) return refuse('sync.deviceRevoked');
  return ok(await admit(null, { replica, user, name, role, scope }, request.publicKey, ports));
}

/** Gives a device its credential and certificate, and spends the invitation if it came by one. */
export async function admit(
  invitation: string | null,
  who: Pick<Device, 'replica' | 'user' | 'name' | 'role' | 'scope'>,
  publicKey: string,
  { registry, clock, random, signer, feed, keep }: EnrolmentPorts,
): Promise<EnrolReply> {
  const now = clock.now();
  const token = Buffer.from(random.bytes(32)).toString('base64url');
  await registry.enrol(invitation, token, await feed(), { ...who, enrolledAt: now });
  const certificate = issueCertificate({ ...who, publicKey, issuedAt: now }, signer);
  await keep(certificate);
  return {
    token,
    certificate: Buffer.from(encodeCertificate(certificate)).toString('base64url'),
    repositoryKey: toHex(signer.publicKey),
  };
}
