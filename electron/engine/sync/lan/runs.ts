import type { LanRefusal } from '../../../../shared/features/sync/refusals.ts';
import type { CallContext } from '../../../../shared/contract/rpc.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { addressText, parseLanAddress, type LanAddress } from '../../../../shared/features/sync/lan-address.ts';
import type { ReplicaId } from '../../../../shared/sync/types.ts';
import { exchangeWith, lanRemote, type LanTally } from './exchange.ts';
import type { LanIdentity } from './identity.ts';
import { recordLanRun } from '../history/run-history.ts';
import { changePeer, keepLast, peerOf, type LanPeer } from './peers.ts';
import type { LanPorts } from './ports.ts';
import type { NearbyPeer } from './standing-door.ts';
import { runLine } from './visits.ts';

export interface LanMoved extends LanTally {
  readonly bytesUp: number;
  readonly bytesDown: number;
  readonly requests: number;
}

/** Exchanges that this laptop begins. */
export interface LanRuns {
  run: (replica: ReplicaId, address: string | undefined, files: boolean, call: CallContext) => Promise<Result<LanMoved, LanRefusal>>;
  isRunning(): boolean;
  /** Cancels what is under way. */
  cancel(): void;
  /** Fulfilled when nothing is under way any more. */
  ended(): Promise<void>;
}

/** A link that breaks is tried again at once; one that stays away is for the next run. */
const ATTEMPTS = 3;

/** Runs over open ports. `nearby`: who is seen in the room now. */
export function lanRuns(ports: LanPorts, identity: () => Promise<LanIdentity>, nearby: () => readonly NearbyPeer[]): LanRuns {
  const { store, settings, clock } = ports;
  const stop = new AbortController();
  let running = 0;
  const say = (): void => store.announce(['sync']);
  const placeOf = (peer: LanPeer, typed: string | undefined): Result<LanAddress, LanRefusal> => {
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
  ): Promise<Result<null, LanRefusal>> => {
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
        recordLanRun(
          settings,
          runLine(clock, replica, code, { ...tally, up: traffic.up, down: traffic.down }, performance.now() - started),
          null,
        );
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
    cancel: () => stop.abort(),
    async ended() {
      while (running > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    },
  };
}
