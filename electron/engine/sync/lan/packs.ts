import type { LanRefusal } from '../../../../shared/features/sync/refusals.ts';
import { fromHex, toHex } from '../../../../shared/kernel/hex.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { LAN_PACK } from '../../../../shared/features/sync/lan-messages.ts';
import { isKeptNowhere } from '../../../../shared/features/sync/refused-place.ts';
import { DERIVATIONS } from '../../../../shared/model/derivations.ts';
import { changeSetsBeyond, type LoggedChangeSet } from '../../../../shared/node/store/sqlite/change-log.ts';
import { certificateOf, putCertificate } from '../../../../shared/node/store/sqlite/certificates.ts';
import { alsoAcknowledge } from '../../../../shared/node/store/sqlite/own-chains.ts';
import {
  decodeCertificate,
  encodeCertificate,
  issueCertificate,
  verifyCertificate,
  type Certificate,
} from '../../../../shared/sync/certificate.ts';
import { replicaIdOf } from '../../../../shared/sync/change-set.ts';
import { LARGEST_FRAME, withRoom, type ChainTip } from '../../../../shared/sync/exchange.ts';
import { ONE_FRAME } from '../../../../shared/sync/pack/pack-format.ts';
import { decodePack } from '../../../../shared/sync/pack/pack-reader.ts';
import { packOfFirst } from '../../../../shared/sync/pack/pack-writer.ts';
import { verifyAll } from '../../../../shared/sync/vouching.ts';
import type { ChangeSet, ReplicaId, SpaceId, Tip } from '../../../../shared/sync/types.ts';
import { accountOf } from '../repository/account.ts';
import { judgeAuthors } from '../judge.ts';
import { withoutUnsigned } from '../repository/push.ts';
import { ackName, changePeer, type LanPeer } from './peers.ts';
import { learnRevocations, revocationsToPassOn } from '../revocations.ts';
import type { LanPorts } from './ports.ts';
import type { SharedSpaces } from './shared-spaces.ts';
import { LAN_KEYS } from '../../local-state/of-rooms-and-sticks.ts';
import { USER, USER_NAME } from '../../local-state/of-this-laptop.ts';

/** The next pack of a space that is sent, of one frame, and the change-sets in it. */
export interface Outgoing {
  readonly pack: Uint8Array;
  readonly rows: readonly LoggedChangeSet[];
}

// What is looked at before a frame is cut; where no signature ends a run in it, more.
const LOOKAHEAD = 1 << 20;

/** The next pack of a space for a peer that stands at these tips; null: it has everything. */
export function nextPack(ports: LanPorts, shared: SharedSpaces, space: SpaceId, tips: readonly Tip[]): Outgoing | null {
  const { store } = ports;
  store.signRuns();
  for (let bytes = LOOKAHEAD; ; bytes *= 4) {
    const beyond = changeSetsBeyond(store.db, space, tips, bytes);
    const rows = withoutUnsigned(beyond);
    if (rows.length > 0) {
      const few = withRoom(rows, (replica) => introduction(ports, shared, replica)?.length ?? 0);
      const made = packOf(few);
      // The signature that vouches for the first lies behind others' work.
      const { pack, count } = made.count === 0 && few.length < rows.length ? packOf(rows) : made;
      return { pack, rows: rows.slice(0, count) };
    }
    if (beyond.reduce((sum, row) => sum + row.bytes.length, 0) < bytes) return null;
  }

  function packOf(some: readonly LoggedChangeSet[]): { readonly pack: Uint8Array; readonly count: number } {
    return packOfFirst(
      some.map((row) => row.bytes),
      (most) => ({
        spaces: [],
        certificates: [
          ...introductions(ports, shared, some.slice(0, most)),
          ...(shared.sameRepository ? revocationsToPassOn(ports.settings) : []),
        ],
      }),
      { ...ports, derivations: DERIVATIONS },
      LARGEST_FRAME,
    );
  }
}

function introductions(ports: LanPorts, shared: SharedSpaces, rows: readonly LoggedChangeSet[]): Uint8Array[] {
  return [...new Set(rows.map(({ replica }) => replica))].flatMap((replica) => introduction(ports, shared, replica) ?? []);
}

/**
 * Who a replica is, for a peer: what the repository of both certified, or a certificate of our own making. It vouches for the name; the key needs no
 * word of ours, for a replica's id is the hash of it.
 */
function introduction(ports: LanPorts, shared: SharedSpaces, replica: ReplicaId): Uint8Array | null {
  const { store, settings, signer, clock } = ports;
  const stored = certificateOf(store.db, replica);
  if (shared.sameRepository && stored && ports.trust.certificateOf(replica)) return stored.bytes;
  const key = keyOf(ports, replica);
  if (!key) return null;
  const known = stored && decodeCertificate(stored.bytes);
  const own = replica === store.replica;
  const name = own ? (accountOf(settings)?.name ?? USER_NAME.read(settings) ?? '') : (stored?.name ?? '');
  const user = own ? (USER.read(settings) ?? '') : known?.ok ? known.value.user : '';
  const claims = { replica, publicKey: toHex(key), user, name, role: '', scope: '', issuedAt: clock.now() };
  return encodeCertificate(issueCertificate(claims, signer));
}

/** The counts of what was taken from a pack. */
export interface TakenCounts {
  readonly applied: number;
  readonly held: number;
  /** Spaces that are not taken from this peer; what was in them was left out. */
  readonly closed: readonly SpaceId[];
}

/**
 * Applies a pack of a peer: all of it or nothing. Its sender, form and every signature are checked first; then it is applied in one transaction with what it
 * says of the peer's own position. What misses an ancestor is kept aside. Refuses as `decodePack` and `verifyAll` do.
 */
export function takePack(ports: LanPorts, peer: LanPeer, shared: SharedSpaces, bytes: Uint8Array): Result<TakenCounts, LanRefusal> {
  const { store, settings } = ports;
  const limits = { ...ONE_FRAME, totalBytes: LAN_PACK };
  const pack = decodePack(bytes, ports, limits, ({ publicKey }) => toHex(publicKey) === peer.publicKey);
  if (!pack.ok) return pack.refusal.code === 'sync.senderWrong' ? refuse('sync.lanStranger') : pack;
  const introduced = pack.value.header.certificates.flatMap((signed) => believed(ports, peer, signed) ?? []);
  const keys = new Map([[peer.replica, fromHex(peer.publicKey)]]);
  for (const { certificate } of introduced) keys.set(certificate.replica, fromHex(certificate.publicKey));
  const closed = new Set<SpaceId>();
  const open = new Map<SpaceId, boolean>();
  const wanted: ChangeSet[] = [];
  for (const changeSet of pack.value.changeSets) {
    const { space } = changeSet.header;
    const taken = open.get(space) ?? shared.takes(space);
    open.set(space, taken);
    if (!taken) closed.add(space);
    else if (!isKeptNowhere(changeSet)) wanted.push(changeSet);
  }
  // All of it, also what is left out: signatures stand at the ends of runs.
  const genuine = verifyAll(pack.value.changeSets, (replica) => keys.get(replica) ?? keyOf(ports, replica), ports);
  if (!genuine.ok) return genuine;
  const quarantine = judgeAuthors(ports, shared.sameRepository ? peer.replica : null);
  return ok(
    store.transaction(() => {
      if (shared.sameRepository) for (const bytes of pack.value.header.certificates) learnRevocations(settings, ports.verifier, bytes);
      for (const one of introduced) remember(ports, peer, one);
      const fresh = [...new Set(wanted.map(({ header }) => header.space))].filter((space) => isFromThemAlone(ports, peer, shared, space));
      if (fresh.length > 0) changePeer(settings, peer.replica, ({ received }) => ({ received: [...new Set([...received, ...fresh])] }));
      const { applied, held, heldBefore, missing } = store.receive(wanted, ackName(peer.replica), { quarantine, isCarried: true });
      const kept = new Set(missing.map(({ prev }) => prev));
      const tips = new Map<SpaceId, ChainTip[]>();
      for (const { hash, header } of wanted) {
        const { space, replica, seq, prev } = header;
        if (prev === null || !kept.has(prev)) tips.set(space, [...(tips.get(space) ?? []), { space, replica, seq, hash }]);
      }
      for (const [space, held_] of tips) alsoAcknowledge(store.db, ackName(peer.replica), space, held_);
      return { applied, held: held + heldBefore, closed: [...closed] };
    }),
  );
}

/** A space that this laptop has from this peer and has not chosen to share: what is written in it may go back where it came from. */
function isFromThemAlone({ store }: LanPorts, peer: LanPeer, shared: SharedSpaces, space: SpaceId): boolean {
  if (shared.sameRepository || peer.received.includes(space) || shared.isOpen(space)) return false;
  return store.reader.get('select 1 from change_set where space = ? limit 1', space) === undefined;
}

interface Introduced {
  readonly certificate: Certificate;
  readonly bytes: Uint8Array;
}

/** A certificate that the repository of this laptop issued, or that the peer made; null for any other. */
function believed(ports: LanPorts, peer: LanPeer, bytes: Uint8Array): Introduced | null {
  const decoded = decodeCertificate(bytes);
  if (!decoded.ok) return null;
  const certificate = decoded.value;
  return isByRepository(ports, certificate) || isBy(ports, certificate, fromHex(peer.publicKey)) ? { certificate, bytes } : null;
}

/** Keeps a certificate where it says more than what is here: a repository's word stays, a peer's is renewed by the same peer. */
function remember(ports: LanPorts, peer: LanPeer, { certificate, bytes }: Introduced): void {
  const { store } = ports;
  const { replica, publicKey, name } = certificate;
  const stored = certificateOf(store.db, replica);
  const before = stored && decodeCertificate(stored.bytes);
  const renews = before?.ok === true && isBy(ports, before.value, fromHex(peer.publicKey));
  if (replica === store.replica || (stored && !isByRepository(ports, certificate) && !renews)) return;
  putCertificate(store.db, { replica, publicKey: fromHex(publicKey), name, bytes });
}

/** Stores the peer's certificate by the repository of this laptop; false when what it sent is none. */
export function takeCertificate(ports: LanPorts, peer: LanPeer, bytes: Uint8Array): boolean {
  const decoded = decodeCertificate(bytes);
  if (!decoded.ok || decoded.value.replica !== peer.replica || !isByRepository(ports, decoded.value)) return false;
  remember(ports, peer, { certificate: decoded.value, bytes });
  return true;
}

function isByRepository(ports: LanPorts, certificate: Certificate): boolean {
  const account = accountOf(ports.settings);
  return account !== undefined && isBy(ports, certificate, fromHex(account.repositoryKey));
}

function isBy({ verifier, hasher }: LanPorts, certificate: Certificate, key: Uint8Array): boolean {
  return verifyCertificate(certificate, key, verifier, hasher);
}

/** The public key of a replica, as far as it is known here. */
function keyOf(ports: LanPorts, replica: ReplicaId): Uint8Array | null {
  const { store, settings, signer, hasher } = ports;
  if (replica === store.replica) return signer.publicKey;
  const account = accountOf(settings);
  const repositoryKey = account && fromHex(account.repositoryKey);
  if (repositoryKey && replica === replicaIdOf(repositoryKey, hasher)) return repositoryKey;
  const before = LAN_KEYS.read(settings, replica);
  return certificateOf(store.db, replica)?.publicKey ?? (before === undefined ? null : fromHex(before));
}

/**
 * Stores this replica's public key: a restored copy writes under another one, and what was written under this must still be believed by those who never met it.
 */
export function rememberOwnKey({ store, settings, signer }: LanPorts): void {
  if (!LAN_KEYS.has(settings, store.replica)) LAN_KEYS.write(settings, store.replica, toHex(signer.publicKey));
}
