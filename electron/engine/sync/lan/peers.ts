import { X509Certificate } from 'node:crypto';
import type { Clock } from '../../../../shared/kernel/ports.ts';
import { forgetPeer as forgetTips } from '../../../../shared/node/store/sqlite/peers.ts';
import type { SqliteStore } from '../../../../shared/node/store/sqlite/sqlite-store.ts';
import type { ReplicaId, SpaceId } from '../../../../shared/sync/types.ts';
import type { LocalSettings } from '../../local-settings.ts';
import { LAN_PEERS } from '../../local-state/of-rooms-and-sticks.ts';

/** A laptop that this one was paired with: what is pinned of it, and what its owner and ours agreed to. */
export interface LanPeer {
  readonly replica: ReplicaId;
  /** Its replica's Ed25519 public key, 64 hex digits. */
  readonly publicKey: string;
  readonly name: string;
  /** Its TLS certificate, PEM, and the SHA-256 of it. */
  readonly certificate: string;
  readonly fingerprint: string;
  /** The public key of the repository that it said it is enrolled with; '' for none. */
  readonly repository: string;
  /** `host:port` where it was met last; '' where it has only ever come to us. */
  readonly address: string;
  /** Workshops that our owner shares with it. */
  readonly workshops: readonly string[];
  /** Spaces that came from it and that nobody here had before: they may go back to it. */
  readonly received: readonly SpaceId[];
  readonly last: LastExchange | null;
}

export interface LastExchange {
  readonly at: string;
  readonly ok: boolean;
  readonly code: string;
  readonly sent: number;
  readonly received: number;
}

type Settings = Pick<LocalSettings, 'get' | 'set' | 'list'>;

/** Every laptop that this one was paired with, by name. */
export function peersOf(settings: Pick<LocalSettings, 'list'>): LanPeer[] {
  return LAN_PEERS.list(settings)
    .map(({ value }) => value)
    .sort((a, b) => (a.name < b.name || (a.name === b.name && a.replica < b.replica) ? -1 : 1));
}

export function peerOf(settings: Pick<LocalSettings, 'get'>, replica: ReplicaId): LanPeer | undefined {
  return LAN_PEERS.read(settings, replica);
}

export function keepPeer(settings: Settings, peer: LanPeer): void {
  LAN_PEERS.write(settings, peer.replica, peer);
}

/** Changes what is kept of a peer; nothing where it was forgotten meanwhile. */
export function changePeer(settings: Settings, replica: ReplicaId, change: (peer: LanPeer) => Partial<LanPeer>): void {
  const peer = peerOf(settings, replica);
  if (peer) keepPeer(settings, { ...peer, ...change(peer) });
}

/** Forgets a peer: its pin, what it was sent, what was shared with it. What came from it stays. */
export function dropPeer(store: SqliteStore, settings: Settings, replica: ReplicaId): void {
  store.transaction(() => {
    LAN_PEERS.remove(settings, replica);
    forgetTips(store.db, ackName(replica));
  });
}

/** Writes down how an exchange with a peer ended. */
export function keepLast(settings: Settings, clock: Clock, replica: ReplicaId, outcome: Omit<LastExchange, 'at'>): void {
  changePeer(settings, replica, () => ({ last: { ...outcome, at: new Date(clock.now()).toISOString() } }));
}

/** Returns the name of a peer under which the store keeps what it has confirmed. */
export function ackName(replica: ReplicaId): string {
  return `lan/${replica}`;
}

/** A certificate in DER as PEM. */
export function pemOf(der: Uint8Array): string {
  return new X509Certificate(der).toString();
}
