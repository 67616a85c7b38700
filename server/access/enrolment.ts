import type { Clock, Hasher, Random, Signer, Verifier } from '../../shared/kernel/ports.ts';
import { fromHex, toHex } from '../../shared/kernel/hex.ts';
import { randomId } from '../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../shared/kernel/result.ts';
import { CODE_BYTES, formatCode, parseCode } from '../../shared/features/sync/enrolment-code.ts';
import { enrolmentProof, renewalProof, type EnrolReply, type EnrolRequest, type RenewRequest } from '../../shared/contract/repository.ts';
import { nameCertified } from '../../shared/features/sync/person-name.ts';
import { encodeCertificate, issueCertificate, type Certificate } from '../../shared/sync/certificate.ts';
import { replicaIdOf } from '../../shared/sync/change-set.ts';
import type { ActNote } from '../acts.ts';
import type { Certificates } from './certificates.ts';
import type { Device, NewInvitation, Registry } from '../registry.ts';
import type { Awaitable } from '../repository-store.ts';
import type { Role } from '../../shared/features/sync/reading.ts';

/** The milliseconds for which a code can be used. */
export const CODE_LIFETIME = 15 * 60_000;
/** The number of tries for one code, the right one included. */
export const CODE_TRIES = 5;
/**
 * The window in which wrong codes are counted, in milliseconds: beyond so many from one address only a right one is listened to there, and beyond so many from
 * everywhere codes take turns.
 */
export const WRONG_WINDOW = 15 * 60_000;
export const WRONG_PER_ADDRESS = 20;
export const WRONG_IN_ALL = 200;

/** An invitation that names nobody: the device proposes a name, and is a user of its own. */
const ANYBODY = { person: null, user: null };

/**
 * Makes a one-time code for a role and a scope, valid for fifteen minutes; only its hash is kept. `whom`: the name that the device gets, whatever it
 * says itself, and the user that it goes on as.
 */
export async function invite(
  registry: Pick<Registry, 'addInvitation'>,
  role: Role,
  scope: string,
  clock: Clock,
  random: Random,
  whom: Pick<NewInvitation, 'person' | 'user'> = ANYBODY,
): Promise<{ code: string; expiresAt: number }> {
  for (;;) {
    const code = formatCode(random.bytes(CODE_BYTES));
    const { name, secret } = parseCode(code)!;
    const now = clock.now();
    const expiresAt = now + CODE_LIFETIME;
    if (await registry.addInvitation({ name, secret, role, scope, ...whom, expiresAt }, now)) return { code, expiresAt };
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
  readonly certificates: Certificates;
}

/** Counts wrong codes. */
export interface WrongCodes {
  /** Whether this address must wait. */
  closed(address: string, now: number): Awaitable<boolean>;
  /** Counts a wrong code; says how many came from the address by now, with this one. */
  count(address: string, now: number): Awaitable<number>;
}

/**
 * Enrols a device by a one-time code. Refuses `sync.codeWrong` (unknown, mistyped or already used by another), `sync.codeExpired`,
 * `sync.codeSpent` (five tries), `sync.enrolLater` (too many wrong codes), `sync.proofWrong`. The same device may use its code again
 * while it lasts, for the reply may have got lost: it is told the same once more and nothing changes, so that nobody gains or loses anything by it. A program from before
 * sessions is told nothing a second time, for its reply is a token.
 */
export async function enrol(request: EnrolRequest, address: string, wrong: WrongCodes, ports: EnrolmentPorts): Promise<Result<EnrolReply>> {
  const { registry, clock, random, hasher, verifier } = ports;
  const { keyed = false } = request;
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
  const isAgain = invitation.usedBy === replica;
  if (invitation.expiresAt < now) return refuse('sync.codeExpired');
  if (!isAgain && invitation.tries >= CODE_TRIES) return refuse('sync.codeSpent');
  if (!(await registry.trySecret(code.name, code.secret)) || (invitation.usedBy !== null && !isAgain)) {
    await wrong.count(address, now);
    return refuse('sync.codeWrong');
  }
  if (isAgain) return keyed ? toldAgain(replica, ports) : refuse('sync.codeWrong');

  const name = invitation.person ?? nameCertified(request.name, replica);
  // A user id is a device's own word: one that another device goes by is not given twice, for own records are by user.
  const isTaken = request.userId === '' || (await registry.userTaken(request.userId, replica));
  const user = invitation.user ?? (isTaken ? randomId(random) : request.userId);
  const { role, scope } = invitation;
  const who = { replica, user, name, role, scope };
  const act = { who: `code:${invitation.name}`, what: 'enrol', details: { device: replica, role, scope } } as const;
  return ok(await admit(who, request.publicKey, { invitation: invitation.name, act, token: keyed ? null : newToken(random) }, ports));
}

/** The reply that a device was given; a device that was turned out since is not let in again by it. */
async function toldAgain(replica: string, { registry, certificates, signer }: EnrolmentPorts): Promise<Result<EnrolReply>> {
  const [device, kept] = [await registry.device(replica), (await certificates.of([replica])).get(replica)];
  if (!device || device.revokedAt !== null) return refuse('sync.deviceRevoked');
  return kept ? ok(replyWith(kept, signer)) : refuse('sync.codeWrong');
}

/**
 * Certifies another replica of an enrolled device: a laptop that was restored from a backup is a new replica. Its session speaks for it, and the new key signs for which
 * replica. Refuses `sync.proofWrong`, and `sync.deviceRevoked` for a replica that was turned out.
 */
export async function renew(device: Device, request: RenewRequest, ports: EnrolmentPorts): Promise<Result<EnrolReply>> {
  const { publicKey, keyed = false } = request;
  const proof = keyed
    ? renewalProof(toHex(ports.signer.publicKey), device.replica, publicKey)
    : enrolmentProof({ code: '', name: device.name, publicKey, userId: device.user });
  if (!ports.verifier.verify(fromHex(publicKey), proof, fromHex(request.proof))) return refuse('sync.proofWrong');
  const { user, name, role, scope } = device;
  const replica = replicaIdOf(fromHex(publicKey), ports.hasher);
  const known = await ports.registry.device(replica);
  // Only a code of the administrator's admits again whom they turned out.
  if (known?.revokedAt) return refuse('sync.deviceRevoked');
  // Another device's replica, enrolled by a code of its own, is not taken over.
  if (known && known.user !== user) return refuse('sync.proofWrong');
  const act = { who: `device:${device.replica}`, what: 'renew', details: { device: replica } } as const;
  return ok(
    await admit(
      { replica, user, name, role, scope },
      publicKey,
      { invitation: null, act, token: keyed ? null : newToken(ports.random) },
      ports,
    ),
  );
}

interface Admitting {
  /** The invitation that is spent; null: none. */
  readonly invitation: string | null;
  readonly act: ActNote;
  /** For a program from before sessions; null: the device opens sessions with its key. */
  readonly token: string | null;
}

function newToken(random: Random): string {
  return Buffer.from(random.bytes(32)).toString('base64url');
}

/** Adds a device to the register and certifies it. */
export async function admit(
  who: Pick<Device, 'replica' | 'user' | 'name' | 'role' | 'scope'>,
  publicKey: string,
  { invitation, act, token }: Admitting,
  { registry, clock, signer, feed, certificates }: EnrolmentPorts,
): Promise<EnrolReply> {
  const now = clock.now();
  await registry.enrol({ invitation, token, feed: await feed(), device: { ...who, enrolledAt: now }, act });
  const certificate = issueCertificate({ ...who, publicKey, issuedAt: now }, signer);
  await certificates.keep(certificate);
  return { ...replyWith(certificate, signer), ...(token !== null && { token }) };
}

function replyWith(certificate: Certificate, signer: Signer): EnrolReply {
  return { certificate: Buffer.from(encodeCertificate(certificate)).toString('base64url'), repositoryKey: toHex(signer.publicKey) };
}
