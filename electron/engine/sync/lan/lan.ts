import type { LanDoorRefusal, LanRefusal } from '../../../../shared/features/sync/refusals.ts';
import type { CallContext } from '../../../../shared/contract/rpc.ts';
import { ok, type Result } from '../../../../shared/kernel/result.ts';
import type { ReplicaId } from '../../../../shared/sync/types.ts';
import { answerPeer } from './answering.ts';
import { readOrMakeIdentity, type LanIdentity } from './identity.ts';
import { rememberOwnKey } from './packs.ts';
import { pairingDesk, type PairingDesk } from './pairing-desk.ts';
import { LAN_DOOR } from '../../local-state/of-rooms-and-sticks.ts';
import { dropPeer, peerOf, peersOf } from './peers.ts';
import type { LanPorts } from './ports.ts';
import { lanRuns, type LanMoved } from './runs.ts';
import { standingDoor, type NearbyPeer } from './standing-door.ts';
import { visitLog, type VisitLog } from './visits.ts';

export interface OpenOptions {
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  /** Say on the network that this laptop is there. */
  readonly visible: boolean;
}

/** Sync with laptops in the room. */
export interface Lan {
  open(options: OpenOptions): Promise<Result<{ readonly port: number; readonly addresses: string[] }, LanDoorRefusal>>;
  shut(): Promise<void>;
  /** As it was when the app was closed. */
  reopen(): Promise<void>;
  isOpen(): boolean;
  label(): string;
  addresses(): string[];
  invitations(): string[];
  nearby(): readonly NearbyPeer[];
  multicast(): boolean;
  readonly desk: PairingDesk;
  /** Exchanges with a paired laptop. Refuses `sync.lanPeerUnknown`, `sync.lanAddressUnknown`, `sync.lanAddressWrong`, and as `lanRemote` does. */
  run(replica: ReplicaId, address: string | undefined, files: boolean, call: CallContext): Promise<Result<LanMoved, LanRefusal>>;
  isRunning(): boolean;
  forget(replica: ReplicaId): boolean;
  onVisit: VisitLog['onVisit'];
  close(): Promise<void>;
}

/** The options with which the door was opened; kept, so that it stands open again after a restart. */
export interface DoorKept extends OpenOptions {
  readonly on: boolean;
}

/** LAN sync over open ports; nothing listens before `open`. `report`: what was a bug while nobody waited for an answer. */
export function lanSync(ports: LanPorts, report: (error: unknown) => void): Lan {
  const { store, settings } = ports;
  const say = (): void => store.announce(['sync']);
  const identity = ownIdentity(ports);
  const visits = visitLog(ports);
  const door = standingDoor(ports, identity);
  const desk = pairingDesk(ports, identity, () => {
    door.admit(peersOf(settings));
    say();
  });
  const runs = lanRuns(ports, identity, door.nearby);

  const open: Lan['open'] = async ({ host, port, visible }) => {
    const opened = await door.open(
      { host, port },
      {
        onRequest: (peer, request, response) =>
          void answerPeer(ports, visits, peerOf(settings, peer.replica) ?? peer, request, response).catch(report),
        onPairing: (socket) => desk.answer(socket),
      },
    );
    if (!opened.ok) return opened;
    desk.admitAgain();
    LAN_DOOR.write(settings, { on: true, visible, ...(host !== undefined && { host }), ...(port !== undefined && { port }) });
    if (visible) await door.beSeen();
    door.watch();
    say();
    return ok({ port: opened.value, addresses: door.addresses() });
  };

  return {
    open,
    async shut() {
      const kept = LAN_DOOR.read(settings);
      if (kept) LAN_DOOR.write(settings, { ...kept, on: false });
      desk.close();
      await door.shut();
      say();
    },
    async reopen() {
      const kept = LAN_DOOR.read(settings);
      if (kept?.on) await open(kept);
    },
    isOpen: door.isOpen,
    label: door.label,
    addresses: door.addresses,
    invitations: door.invitations,
    nearby: door.nearby,
    multicast: door.multicast,
    desk,
    run: runs.run,
    isRunning: runs.isRunning,
    forget(replica) {
      if (!peerOf(settings, replica)) return false;
      dropPeer(store, settings, replica);
      door.admit(peersOf(settings));
      return true;
    },
    onVisit: visits.onVisit,
    async close() {
      runs.cancel();
      desk.close();
      await door.shut();
      await runs.ended();
    },
  };
}

/** Returns the identity that this laptop shows in the room; made when it is first asked for. */
function ownIdentity(ports: LanPorts): () => Promise<LanIdentity> {
  let made: Promise<LanIdentity> | null = null;
  return () => {
    rememberOwnKey(ports);
    made ??= readOrMakeIdentity(ports.vault, ports.store.replica).catch((error: unknown) => {
      // A full disk may have room again later.
      made = null;
      throw error;
    });
    return made;
  };
}
