import { fromHex, toHex } from '../../shared/kernel/hex.ts';
import type { Clock, Signer, Verifier } from '../../shared/kernel/ports.ts';
import { ok, refuse, type Result } from '../../shared/kernel/result.ts';
import { sessionAnswer, sessionProof, type SessionReply, type SessionRequest } from '../../shared/contract/repository.ts';
import { nodeHasher } from '../../shared/node/crypto.ts';
import {
  isHeadSignedWith,
  isSignedWith,
  readSignedHeader,
  sessionSecret,
  type SignedRequest,
} from '../../shared/node/http/signed-request.ts';
import { sealFor } from '../../shared/node/sealing.ts';
import type { Certificates } from './certificates.ts';
import type { Session } from '../exchange.ts';
import { readingActor } from '../../shared/features/sync/reading.ts';
import type { Device, Registry } from '../registry.ts';

/** The seconds that a session lasts; a laptop then opens another with its key. */
export const SESSION_LASTS = 12 * 3_600;
/** The seconds before and after the moment it names, by this repository's clock, in which a signed request is accepted. */
export const SIGNED_WITHIN = 300;

export interface SessionPorts {
  readonly registry: Pick<Registry, 'device' | 'deviceByToken' | 'deviceSeen' | 'dropTokens'>;
  readonly certificates: Certificates;
  /** The repository's key. */
  readonly signer: Signer;
  readonly verifier: Verifier;
  readonly clock: Clock;
}

/** The parts of a request that show who asks. */
export interface RequestProof {
  /** The header `Authorization`. */
  readonly authorization: string;
  readonly method: string;
  readonly path: string;
}

/** The session of who asks; `proves`: whether the body is the one that was signed, for what is signed with its body. */
export interface Admitted {
  readonly session: Session;
  proves(body: Uint8Array): boolean;
}

/**
 * Sessions of devices. A session is a secret that follows from the repository's key, the replica and the time when it ends: nothing of it is kept, so any process
 * of the repository can verify it, and no copy of a database opens anything. The device in force is looked up with every request, so that turning one out takes effect at once.
 */
export class Sessions {
  readonly #ports: SessionPorts;
  readonly #secret: Uint8Array;

  constructor(ports: SessionPorts) {
    this.#ports = ports;
    // Ed25519 signs the same text alike each time, and nothing else that the repository signs begins like this.
    this.#secret = nodeHasher.sha256(ports.signer.sign(new TextEncoder().encode('itinera session secret 1')));
  }

  /**
   * Opens a session for whoever holds the key of an enrolled replica. Refuses `sync.credentialUnknown` (not enrolled here, or no longer known), `sync.deviceRevoked`,
   * `sync.proofWrong`. Tokens from before are worth nothing from here on.
   */
  async open(request: SessionRequest): Promise<Result<SessionReply>> {
    const { registry, certificates, signer, verifier, clock } = this.#ports;
    const { replica, agreement } = request;
    const device = await registry.device(replica);
    const publicKey = device && (await certificates.of([replica])).get(replica)?.publicKey;
    if (!device || publicKey === undefined) return refuse('sync.credentialUnknown');
    const proof = sessionProof(toHex(signer.publicKey), request);
    if (!verifier.verify(fromHex(publicKey), proof, fromHex(request.proof))) return refuse('sync.proofWrong');
    if (device.revokedAt !== null) return refuse('sync.deviceRevoked');
    const now = clock.now();
    const until = seconds(now) + SESSION_LASTS;
    const sealed = sealFor(fromHex(agreement), sessionSecret(this.#secret, replica, until));
    if (!sealed) return refuse('sync.proofWrong');
    await registry.dropTokens(device.user);
    const said = { now, until, sealed: toHex(sealed) };
    return ok({ ...said, signature: toHex(signer.sign(sessionAnswer(agreement, said))) });
  }

  /**
   * Who asks, before the body is read. Refuses `sync.sessionEnded` where a new session is to be opened, and `sync.credentialUnknown`. `withBody`: the body is signed, too, and
   * verified by `proves` once it is here.
   */
  async admit({ authorization, method, path }: RequestProof, withBody: boolean): Promise<Result<Admitted>> {
    const { registry, clock } = this.#ports;
    const presented = readSignedHeader(authorization);
    if (!presented) return this.#admitByToken(authorization);
    const now = seconds(clock.now());
    const isCurrent = presented.until > now && presented.until <= now + SESSION_LASTS + SIGNED_WITHIN;
    if (!isCurrent || Math.abs(presented.at - now) > SIGNED_WITHIN) return refuse('sync.sessionEnded');
    const key = sessionSecret(this.#secret, presented.replica, presented.until);
    const asked: SignedRequest = { method, path };
    const isWorthReading = withBody ? isHeadSignedWith(key, presented, asked) : isSignedWith(key, presented, asked);
    if (!isWorthReading) return refuse('sync.sessionEnded');
    const session = sessionOf(await registry.deviceSeen(presented.replica, clock.now()));
    if (!session) return refuse('sync.credentialUnknown');
    return ok({ session, proves: withBody ? (body: Uint8Array) => isSignedWith(key, presented, { ...asked, body }) : () => true });
  }

  /** A laptop whose program is from before sessions, until it opens its first: its token lasts as long as a session and is given for a signature, too. */
  async #admitByToken(authorization: string): Promise<Result<Admitted>> {
    const token = /^Bearer ([A-Za-z0-9_-]{1,100})$/.exec(authorization)?.[1];
    const { registry, clock } = this.#ports;
    const session = token === undefined ? null : sessionOf(await registry.deviceByToken(token, clock.now()));
    return session ? ok({ session, proves: () => true }) : refuse('sync.credentialUnknown');
  }
}

function sessionOf(device: Device | undefined): Session | null {
  const actor = device && readingActor(device);
  return device && actor ? { device, actor } : null;
}

function seconds(now: number): number {
  return Math.max(0, Math.floor(now / 1_000));
}
