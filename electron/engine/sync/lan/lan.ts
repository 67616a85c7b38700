import { networkInterfaces } from 'node:os';
import type { CallContext } from '../../../../shared/contract/rpc.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { LAN_PORT, addressText, invitationText, parseLanAddress, type LanAddress } from '../../../../shared/features/sync/lan-address.ts';
import { isBeaconOf, newBeacon, type Beacon } from '../../../../shared/features/sync/lan-beacon.ts';
import type { ReplicaId } from '../../../../shared/sync/types.ts';
import { answerPeer, type Visits } from './answering.ts';
import { beginDiscovery, type Discovery, type Nearby } from './discovery.ts';
import { openDoor, type Door } from './door.ts';
import { exchangeWith, lanRemote, type LanTally } from './exchange.ts';
import { readOrMakeIdentity, type LanIdentity } from './identity.ts';
import { rememberOwnKey } from './packs.ts';
import { pairingDesk, type PairingDesk } from './pairing-desk.ts';
import { keepLanRun, type Run } from '../history/ledger.ts';
import { changePeer, dropPeer, keepLast, peerOf, peersOf, type LanPeer } from './peers.ts';
import type { LanPorts } from './ports.ts';

export interface OpenOptions {
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  /** Say on the network that this laptop is there. */
  readonly visible: boolean;
}

export interface LanMoved extends LanTally {
  readonly bytesUp: number;
  readonly bytesDown: number;
  readonly requests: number;
}

/** Sync with laptops in the room. */
export interface Lan {
  open(options: OpenOptions): Promise<Result<{ readonly port: number; readonly addresses: string[] }>>;
  shut(): Promise<void>;
  /** As it was when the app was closed. */
  reopen(): Promise<void>;
  isOpen(): boolean;
  label(): string;
  addresses(): string[];
  invitations(): string[];
  nearby(): readonly (Nearby & { readonly peer: LanPeer | null })[];
  multicast(): boolean;
  readonly desk: PairingDesk;
  /** Exchanges with a paired laptop. Refuses `sync.lanPeerUnknown`, `sync.lanAddressUnknown`, `sync.lanAddressWrong`, and as `lanRemote` does. */
  run(replica: ReplicaId, address: string | undefined, files: boolean, call: CallContext): Promise<Result<LanMoved>>;
  isRunning(): boolean;
  forget(replica: ReplicaId): boolean;
  onVisit(listener: (moved: { readonly sent: number; readonly received: number; readonly began: boolean }) => void): () => void;
  close(): Promise<void>;
}

/** How the door was opened; kept, so that it stands open again after a restart. */
interface Kept extends OpenOptions {
  readonly on: boolean;
}

interface OpenDoor {
  readonly door: Door;
  readonly host: string;
  readonly fingerprint: string;
  readonly beacon: Beacon;
  discovery: Discovery | null;
}

const DOOR = 'lan/door';
const EVERYWHERE = '0.0.0.0';
/** A link that breaks is tried again at once; one that stays away is for the next run. */
const ATTEMPTS = 3;
/** A visit that asked for nothing this long is over. */
const VISIT = 60_000;
const LOOK_EVERY = 5_000;

/** LAN sync over open ports; nothing listens before `open`. `report`: what was a bug while nobody waited for an answer. */
export function lanSync(ports: LanPorts, report: (error: unknown) => void): Lan {
  const { store, settings, random, hasher, clock } = ports;
  let door: OpenDoor | null = null;
  let made: Promise<LanIdentity> | null = null;
  let running = 0;
  let watching: NodeJS.Timeout | undefined;
  const stop = new AbortController();
  const visiting = new Map<ReplicaId, { sent: number; received: number; seen: number; line: number }>();
  const visitors = new Set<Parameters<Lan['onVisit']>[0]>();

  const say = (): void => store.announce(['sync']);
  const identity = (): Promise<LanIdentity> => {
    rememberOwnKey(ports);
    made ??= readOrMakeIdentity(ports.folder, store.replica).catch((error: unknown) => {
      // A full disk may have room again later.
      made = null;
      throw error;
    });
    return made;
  };
  const lineOf = (
    peer: ReplicaId,
    code: string,
    moved: { sent: number; received: number; filesSent: number; filesReceived: number; up: number; down: number },
    milliseconds: number,
  ): Run => ({
    at: new Date(clock.now()).toISOString(),
    ok: code === '',
    code,
    peer,
    pushed: moved.sent,
    pulled: moved.received,
    refused: 0,
    filesUp: moved.filesSent,
    filesDown: moved.filesReceived,
    bytesUp: moved.up,
    bytesDown: moved.down,
    requests: 0,
    milliseconds: Math.round(milliseconds),
  });
  const visits: Visits = {
    moved(peer, { sent, received }) {
      const now = clock.now();
      const before = visiting.get(peer.replica);
      const goesOn = before !== undefined && Math.abs(now - before.seen) < VISIT;
      const sum = { sent: (goesOn ? before.sent : 0) + sent, received: (goesOn ? before.received : 0) + received, seen: now };
      const line = keepLanRun(
        settings,
        lineOf(peer.replica, '', { ...sum, filesSent: 0, filesReceived: 0, up: 0, down: 0 }, 0),
        goesOn ? before.line : null,
      );
      visiting.set(peer.replica, { ...sum, line });
      keepLast(settings, clock, peer.replica, { ok: true, code: '', sent: sum.sent, received: sum.received });
      for (const visitor of visitors) visitor({ sent, received, began: !goesOn });
    },
  };
  const desk = pairingDesk(ports, identity, () => {
    door?.door.admit(peersOf(settings));
    say();
  });

  const open: Lan['open'] = async ({ host, port, visible }) => {
    await shutDoor();
    const ours = await identity();
    const bound = host ?? EVERYWHERE;
    const begin = (at: number) =>
      openDoor({
        host: bound,
        port: at,
        identity: ours,
        peers: peersOf(settings),
        onRequest: (peer, request, response) =>
          void answerPeer(ports, visits, peerOf(settings, peer.replica) ?? peer, request, response).catch(report),
        onPairing: (socket) => desk.answer(socket),
      });
    let opened = await begin(port ?? LAN_PORT);
    // The usual port is somebody else's: any other will do, the address says which.
    if (!opened.ok && port === undefined && opened.refusal.code === 'sync.lanPortTaken') opened = await begin(0);
    if (!opened.ok) return opened;
    const beacon = newBeacon(ours.fingerprint, random, hasher);
    const here: OpenDoor = { door: opened.value, host: bound, fingerprint: ours.fingerprint, beacon, discovery: null };
    door = here;
    desk.admitAgain();
    settings.set(DOOR, { on: true, visible, ...(host !== undefined && { host }), ...(port !== undefined && { port }) } satisfies Kept);
    if (visible) here.discovery = await beginDiscovery(beacon, opened.value.port, say);
    watching = watchNetworks(say);
    say();
    return ok({ port: opened.value.port, addresses: addresses() });
  };
  const shutDoor = async (): Promise<void> => {
    const here = door;
    door = null;
    clearInterval(watching);
    await here?.discovery?.stop();
    await here?.door.close();
  };
  const hosts = (): string[] => (!door ? [] : door.host === EVERYWHERE ? ownHosts() : [door.host]);
  const addresses = (): string[] => hosts().map((host) => addressText(host, door!.door.port));
  const nearby: Lan['nearby'] = () => {
    const peers = peersOf(settings);
    return (door?.discovery?.nearby() ?? []).map((one) => ({
      ...one,
      peer: peers.find(({ fingerprint }) => isBeaconOf(one.beacon, fingerprint, hasher)) ?? null,
    }));
  };
  const placeOf = (peer: LanPeer, typed: string | undefined): Result<LanAddress> => {
    const text = typed ?? nearby().find((one) => one.peer?.replica === peer.replica)?.address ?? peer.address;
    if (text === '') return refuse('sync.lanAddressUnknown');
    const address = parseLanAddress(text);
    return address ? ok(address) : refuse('sync.lanAddressWrong');
  };

  const attempts = async (
    peer: LanPeer,
    address: LanAddress,
    tally: LanTally,
    traffic: { up: number; down: number; requests: number },
    files: boolean,
    call: CallContext,
  ): Promise<Result<null>> => {
    const ours = await identity();
    for (let attempt = 1; ; attempt++) {
      const before = JSON.stringify(tally);
      const remote = lanRemote(address, peer, ours, AbortSignal.any([call.signal, stop.signal]));
      const result = await exchangeWith({ ...ports, peer, remote, progress: (said) => call.progress(said), tally }, files);
      const { up, down, requests } = remote.traffic();
      remote.close();
      traffic.up += up;
      traffic.down += down;
      traffic.requests += requests;
      if (result.ok || (result.refusal.code !== 'sync.interrupted' && result.refusal.code !== 'sync.lanNotAdmitted')) return result;
      // A link that brings something each time is worth going on with.
      if (before !== JSON.stringify(tally)) attempt = 0;
      if (attempt >= ATTEMPTS || stop.signal.aborted) return result;
      await new Promise((resolve) => setTimeout(resolve, ports.pause));
    }
  };

  return {
    open,
    async shut() {
      const kept = settings.get<Kept>(DOOR);
      settings.set(DOOR, kept ? { ...kept, on: false } : null);
      desk.close();
      await shutDoor();
      say();
    },
    async reopen() {
      const kept = settings.get<Kept>(DOOR);
      if (kept?.on) await open(kept);
    },
    isOpen: () => door !== null,
    label: () => door?.beacon.label ?? '',
    addresses,
    invitations: () => hosts().map((host) => invitationText(host, door!.door.port, door!.fingerprint)),
    nearby,
    multicast: () => door?.discovery?.carries() ?? true,
    desk,
    async run(replica, typed, files, call) {
      const peer = peerOf(settings, replica);
      if (!peer) return refuse('sync.lanPeerUnknown');
      if (ports.isRevoked(replica)) return refuse('sync.lanRevoked');
      const address = placeOf(peer, typed);
      if (!address.ok) return address;
      const tally: LanTally = { sent: 0, received: 0, held: 0, heldThere: 0, filesSent: 0, filesReceived: 0, spaces: 0 };
      const traffic = { up: 0, down: 0, requests: 0 };
      const started = performance.now();
      running++;
      say();
      try {
        ports.departures.prepare();
        const done = await attempts(peer, address.value, tally, traffic, files, call);
        const code = done.ok ? '' : done.refusal.code;
        keepLast(settings, clock, replica, { ok: done.ok, code, sent: tally.sent, received: tally.received });
        keepLanRun(settings, lineOf(replica, code, { ...tally, up: traffic.up, down: traffic.down }, performance.now() - started), null);
        if (!done.ok) return done;
        const met = addressText(address.value.host, address.value.port);
        if (met !== peer.address) changePeer(settings, replica, () => ({ address: met }));
        return ok({ ...tally, bytesUp: traffic.up, bytesDown: traffic.down, requests: traffic.requests });
      } finally {
        running--;
        say();
      }
    },
    isRunning: () => running > 0,
    forget(replica) {
      if (!peerOf(settings, replica)) return false;
      dropPeer(store, settings, replica);
      door?.door.admit(peersOf(settings));
      return true;
    },
    onVisit(listener) {
      visitors.add(listener);
      return () => visitors.delete(listener);
    },
    async close() {
      stop.abort();
      desk.close();
      await shutDoor();
      while (running > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    },
  };
}

/** Says when this computer has joined or left a network; asking the system sends nothing. */
function watchNetworks(onChange: () => void): NodeJS.Timeout {
  let before = ownHosts().join();
  const timer = setInterval(() => {
    const now = ownHosts().join();
    if (now !== before) onChange();
    before = now;
  }, LOOK_EVERY);
  timer.unref();
  return timer;
}

/** The addresses of this computer on its networks. */
function ownHosts(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);
}
