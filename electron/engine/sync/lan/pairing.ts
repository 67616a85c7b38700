import type { LanRefusal } from '../../../../shared/features/sync/refusals.ts';
import { connect as connectTcp, type Socket } from 'node:net';
import { TLSSocket, connect as connectTls, createSecureContext } from 'node:tls';
import { toHex } from '../../../../shared/kernel/hex.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { addressText, type LanAddress } from '../../../../shared/features/sync/lan-address.ts';
import { LAN_VERSION } from '../../../../shared/features/sync/lan-messages.ts';
import {
  commitmentTo,
  isPairingProof,
  pairingNonce,
  pairingProof,
  pairingTranscript,
  replicaOf,
  shortCode,
  type PairingSide,
} from '../../../../shared/features/sync/lan-pairing.ts';
import { accountOf } from '../repository/account.ts';
import { fingerprintOf, type LanIdentity } from './identity.ts';
import { lineChannel, type LineChannel } from './line-channel.ts';
import { pemOf } from './peers.ts';
import type { LanPorts } from './ports.ts';
import { USER_NAME } from '../../local-state/of-this-laptop.ts';

/**
 * The first line of a pairing's connection, which is one of its own: no record ever travels on it. Pairing is the one conversation in which neither side knows
 * the other's certificate, so its TLS checks none: people do, by comparing the code that both derive from the two certificates.
 */
export const PREAMBLE = 'ITINERA PAIR 1\n';

/** A pairing of which both screens now show the code. */
export interface Handshake {
  readonly code: string;
  readonly them: PairingSide;
  readonly replica: string;
  /** Their TLS certificate, PEM. */
  readonly certificate: string;
  readonly channel: LineChannel;
  /** Where we reached them; '' when they reached us. */
  readonly address: string;
}

const STEP = 10_000;
const NAME_LENGTH = 200;

/** Begins a pairing with the laptop at an address; refuses `sync.lanUnreachable`, `sync.lanFingerprint`, `sync.lanPairingLost` or as the other laptop does. */
export async function askToPair(
  ports: LanPorts,
  identity: LanIdentity,
  address: LanAddress,
  signal: AbortSignal,
): Promise<Result<Handshake, LanRefusal>> {
  const socket = await reach(address, signal);
  if (!socket) return refuse(signal.aborted ? 'job.cancelled' : 'sync.lanUnreachable');
  socket.write(PREAMBLE);
  const secure = connectTls({
    socket,
    key: identity.key,
    cert: identity.certificate,
    minVersion: 'TLSv1.3',
    // Nobody knows the other's certificate yet; it is bound into the code below.
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
  });
  const certificate = await secured(secure, 'secureConnect');
  if (!certificate) return lost(secure);
  const fingerprint = fingerprintOf(certificate);
  if (address.fingerprint !== null && !fingerprint.startsWith(address.fingerprint)) {
    secure.destroy();
    return refuse('sync.lanFingerprint');
  }
  const abort = (): void => void secure.destroy();
  signal.addEventListener('abort', abort, { once: true });
  try {
    const asked = await asking(ports, identity, secure, certificate, fingerprint);
    if (signal.aborted) return refuse('job.cancelled');
    return asked.ok ? ok({ ...asked.value, address: addressText(address.host, address.port) }) : asked;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

async function asking(
  ports: LanPorts,
  identity: LanIdentity,
  secure: TLSSocket,
  certificate: Uint8Array,
  fingerprint: string,
): Promise<Result<Handshake, LanRefusal>> {
  const { hasher, random, signer, verifier } = ports;
  const channel = lineChannel(secure);
  const us = ourSide(ports, identity);
  const nonce = pairingNonce(random);
  const { fingerprint: _, ...introduced } = us;
  channel.send({ type: 'ask', version: LAN_VERSION, ...introduced, commitment: commitmentTo(nonce, us, hasher) });
  const answer = await channel.next(STEP);
  if (answer?.type !== 'answer') return ended(channel, answer?.type === 'refuse' ? answer.code : null);
  const them: PairingSide = { fingerprint, publicKey: answer.publicKey, name: answer.name, repository: answer.repository };
  const unwelcome = refusedSide(ports, them);
  if (unwelcome) return ended(channel, unwelcome);
  // Our number is out only after theirs is: neither could choose its own to reach a code.
  const transcript = pairingTranscript(us, nonce, them, answer.nonce, hasher);
  channel.send({ type: 'reveal', nonce, proof: pairingProof(transcript, 'asking', signer) });
  const proof = await channel.next(STEP);
  if (proof?.type !== 'proof') return ended(channel, proof?.type === 'refuse' ? proof.code : null);
  if (!isPairingProof(proof.proof, transcript, 'asked', them.publicKey, verifier)) return ended(channel, 'sync.lanPairingLost');
  return agreed(ports, channel, them, certificate, transcript);
}

/** Answers a laptop that asks on a raw connection whose preamble was read. */
export async function answerToPair(ports: LanPorts, identity: LanIdentity, socket: Socket): Promise<Result<Handshake, LanRefusal>> {
  const { hasher, random, signer, verifier } = ports;
  const secure = new TLSSocket(socket, {
    isServer: true,
    requestCert: true,
    // As above: the asking laptop's certificate is bound into the code.
    rejectUnauthorized: false,
    secureContext: createSecureContext({ key: identity.key, cert: identity.certificate, minVersion: 'TLSv1.3' }),
  });
  const certificate = await secured(secure, 'secure');
  if (!certificate) return lost(secure);
  const channel = lineChannel(secure);
  const ask = await channel.next(STEP);
  if (ask?.type !== 'ask') return ended(channel, null);
  if (ask.version !== LAN_VERSION) return ended(channel, 'sync.lanVersion');
  const us = ourSide(ports, identity);
  const them: PairingSide = {
    fingerprint: fingerprintOf(certificate),
    publicKey: ask.publicKey,
    name: ask.name,
    repository: ask.repository,
  };
  const unwelcome = refusedSide(ports, them);
  if (unwelcome) return ended(channel, unwelcome);
  const nonce = pairingNonce(random);
  const { fingerprint: _, ...introduced } = us;
  channel.send({ type: 'answer', ...introduced, nonce });
  const reveal = await channel.next(STEP);
  if (reveal?.type !== 'reveal') return ended(channel, reveal?.type === 'refuse' ? reveal.code : null);
  if (commitmentTo(reveal.nonce, them, hasher) !== ask.commitment) return ended(channel, 'sync.lanPairingLost');
  const transcript = pairingTranscript(them, reveal.nonce, us, nonce, hasher);
  if (!isPairingProof(reveal.proof, transcript, 'asking', them.publicKey, verifier)) return ended(channel, 'sync.lanPairingLost');
  channel.send({ type: 'proof', proof: pairingProof(transcript, 'asked', signer) });
  return agreed(ports, channel, them, certificate, transcript);
}

/** Why a laptop is not paired with, whatever its owner says; null: nothing is known against it. */
function refusedSide(ports: LanPorts, them: PairingSide): string | null {
  const replica = replicaOf(them, ports.hasher);
  if (replica === ports.store.replica) return 'sync.lanOurselves';
  return ports.isRevoked(replica) ? 'sync.lanRevoked' : null;
}

function agreed(
  ports: LanPorts,
  channel: LineChannel,
  them: PairingSide,
  certificate: Uint8Array,
  transcript: string,
): Result<Handshake, LanRefusal> {
  const replica = replicaOf(them, ports.hasher);
  return ok({ code: shortCode(transcript), them, replica, certificate: pemOf(certificate), channel, address: '' });
}

function ourSide({ settings, signer }: LanPorts, identity: LanIdentity): PairingSide {
  const account = accountOf(settings);
  return {
    fingerprint: identity.fingerprint,
    publicKey: toHex(signer.publicKey),
    name: (account?.name ?? USER_NAME.read(settings) ?? '').slice(0, NAME_LENGTH),
    repository: account?.repositoryKey ?? '',
  };
}

/** The codes that one laptop may tell the other; any other word of a stranger is not repeated. */
const TOLD = ['sync.lanPairingLost', 'sync.lanRevoked', 'sync.lanOurselves', 'sync.lanVersion'] as const satisfies LanRefusal[];

function ended(channel: LineChannel, code: string | null): Result<never, LanRefusal> {
  const known = TOLD.find((told) => told === code) ?? 'sync.lanPairingLost';
  channel.send({ type: 'refuse', code: known });
  channel.close();
  return refuse(known);
}

function lost(secure: TLSSocket): Result<never, LanRefusal> {
  secure.destroy();
  return refuse('sync.lanPairingLost');
}

/** Connects within the time of a step; null when nobody is there. */
function reach({ host, port }: LanAddress, signal: AbortSignal): Promise<Socket | null> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(null);
    const socket = connectTcp({ host, port });
    const timer = setTimeout(() => socket.destroy(new Error('silence')), STEP);
    const abort = (): void => void socket.destroy(new Error('cancelled'));
    signal.addEventListener('abort', abort, { once: true });
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    };
    socket.once('connect', () => {
      done();
      socket.setNoDelay(true);
      resolve(socket);
    });
    socket.on('error', () => {
      done();
      resolve(null);
    });
  });
}

/** The other side's certificate once TLS stands; null when it does not come to that. */
function secured(secure: TLSSocket, event: 'secure' | 'secureConnect'): Promise<Uint8Array | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => secure.destroy(), STEP);
    const done = (certificate: Uint8Array | null): void => {
      clearTimeout(timer);
      resolve(certificate);
    };
    secure.once(event, () => {
      const raw = secure.getPeerCertificate().raw as Buffer | undefined;
      done(raw && secure.getProtocol() === 'TLSv1.3' ? Uint8Array.from(raw) : null);
    });
    secure.on('error', () => done(null));
    secure.on('close', () => done(null));
  });
}
