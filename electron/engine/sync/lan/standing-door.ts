import type { LanDoorRefusal } from '../../../../shared/features/sync/refusals.ts';
import { networkInterfaces } from 'node:os';
import { ok, type Result } from '../../../../shared/kernel/result.ts';
import { LAN_PORT, addressText, invitationText } from '../../../../shared/features/sync/lan-address.ts';
import { isBeaconOf, newBeacon, type Beacon } from '../../../../shared/features/sync/lan-beacon.ts';
import { beginDiscovery, type Discovery, type Nearby } from './discovery.ts';
import { openDoor, type Door } from './door.ts';
import type { LanIdentity } from './identity.ts';
import { peersOf, type LanPeer } from './peers.ts';
import type { LanPorts } from './ports.ts';

/** A laptop seen in the room; `peer`: as which paired one it is known. */
export type NearbyPeer = Nearby & { readonly peer: LanPeer | null };

/** The door of this laptop, while it stands open, and what is seen from it. */
export interface StandingDoor {
  /** Opens it in place of what stood open. Refuses as `openDoor` does. */
  open(
    at: { readonly host?: string | undefined; readonly port?: number | undefined },
    listeners: DoorListeners,
  ): Promise<Result<number, LanDoorRefusal>>;
  /** Says on the network that this laptop is there. */
  beSeen(): Promise<void>;
  /** Says when this computer has joined or left a network. */
  watch(): void;
  shut(): Promise<void>;
  isOpen(): boolean;
  /** From now on these are let in. */
  admit(peers: readonly LanPeer[]): void;
  label(): string;
  addresses(): string[];
  invitations(): string[];
  nearby(): readonly NearbyPeer[];
  multicast(): boolean;
}

type DoorListeners = Pick<Parameters<typeof openDoor>[0], 'onRequest' | 'onPairing'>;

interface OpenDoor {
  readonly door: Door;
  readonly host: string;
  readonly fingerprint: string;
  readonly beacon: Beacon;
  discovery: Discovery | null;
}

const EVERYWHERE = '0.0.0.0';
const LOOK_EVERY = 5_000;

/** A door over open ports; nothing listens before `open`. */
export function standingDoor({ store, settings, random, hasher }: LanPorts, identity: () => Promise<LanIdentity>): StandingDoor {
  let standing: OpenDoor | null = null;
  let watching: NodeJS.Timeout | undefined;
  const say = (): void => store.announce(['sync']);
  const shut = async (): Promise<void> => {
    const here = standing;
    standing = null;
    clearInterval(watching);
    await here?.discovery?.stop();
    await here?.door.close();
  };
  const hosts = (): string[] => (!standing ? [] : standing.host === EVERYWHERE ? ownHosts() : [standing.host]);

  return {
    async open({ host, port }, listeners) {
      await shut();
      const ours = await identity();
      const bound = host ?? EVERYWHERE;
      const begin = (at: number) => openDoor({ host: bound, port: at, identity: ours, peers: peersOf(settings), ...listeners });
      let opened = await begin(port ?? LAN_PORT);
      // The usual port is somebody else's: any other will do, the address says which.
      if (!opened.ok && port === undefined && opened.refusal.code === 'sync.lanPortTaken') opened = await begin(0);
      if (!opened.ok) return opened;
      const beacon = newBeacon(ours.fingerprint, random, hasher);
      standing = { door: opened.value, host: bound, fingerprint: ours.fingerprint, beacon, discovery: null };
      return ok(opened.value.port);
    },
    async beSeen() {
      const here = standing;
      if (here) here.discovery = await beginDiscovery(here.beacon, here.door.port, say);
    },
    watch() {
      watching = watchNetworks(say);
    },
    shut,
    isOpen: () => standing !== null,
    admit: (peers) => standing?.door.admit(peers),
    label: () => standing?.beacon.label ?? '',
    addresses: () => hosts().map((host) => addressText(host, standing!.door.port)),
    invitations: () => hosts().map((host) => invitationText(host, standing!.door.port, standing!.fingerprint)),
    nearby() {
      const peers = peersOf(settings);
      return (standing?.discovery?.nearby() ?? []).map((one) => ({
        ...one,
        peer: peers.find(({ fingerprint }) => isBeaconOf(one.beacon, fingerprint, hasher)) ?? null,
      }));
    },
    multicast: () => standing?.discovery?.carries() ?? true,
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
