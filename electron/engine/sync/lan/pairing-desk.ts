import type { LanRefusal } from '../../../../shared/features/sync/refusals.ts';
import type { Socket } from 'node:net';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import type { LanAddress } from '../../../../shared/features/sync/lan-address.ts';
import type { ReplicaId } from '../../../../shared/sync/types.ts';
import { laptopNameOf } from '../../laptop-names.ts';
import { accountOf } from '../repository/account.ts';
import type { LanIdentity } from './identity.ts';
import { answerToPair, askToPair, type Handshake } from './pairing.ts';
import { keepPeer, peerOf, type LanPeer } from './peers.ts';
import type { LanPorts } from './ports.ts';

/** The pairing under way, as both owners see it. */
export interface ShownPairing {
  readonly code: string;
  readonly name: string;
  /** The name of the other laptop, where it is known here; '' else. */
  readonly laptop: string;
  readonly sameRepository: boolean;
  readonly waiting: boolean;
}

/** Asks for, answers and decides pairings, one at a time. */
export interface PairingDesk {
  shown(): ShownPairing | null;
  /** Asks another laptop. Refuses `sync.lanBusy` while a pairing is under way. */
  ask(address: LanAddress, signal: AbortSignal): Promise<Result<ShownPairing, LanRefusal>>;
  /** Answers one that asks, on a raw connection; turns it away when there is another, or there were too many in vain. */
  answer(socket: Socket): void;
  /** The owner's word; with `equal` waits for the other owner's. Null: the owner said no, and nothing was pinned. */
  decide(equal: boolean, workshops: readonly string[], signal: AbortSignal): Promise<Result<LanPeer | null, LanRefusal>>;
  /** Lets others ask again after too many tries. */
  admitAgain(): void;
  close(): void;
}

export interface DeskTimes {
  /** Milliseconds that two people have to compare the codes. */
  readonly compare: number;
  /** Milliseconds before another connection is answered after one that led to no code. */
  readonly breath: number;
}

/** Codes that came to nothing before the desk answers nobody: a stranger in the room gets so many guesses at a million codes. */
const TRIES = 5;

interface UnderWay {
  readonly handshake: Handshake;
  waiting: boolean;
  /** The other owner's word, whenever it comes. */
  readonly theirs: Promise<'confirmed' | 'refused' | 'lost'>;
  readonly timer: NodeJS.Timeout;
}

/** The desk of one laptop. `onPaired` is told after a peer is pinned. */
export function pairingDesk(
  ports: LanPorts,
  identity: () => Promise<LanIdentity>,
  onPaired: () => void,
  times: DeskTimes = { compare: 180_000, breath: 200 },
): PairingDesk {
  const { store, settings } = ports;
  let underWay: UnderWay | null = null;
  // A handshake on its way to a code.
  let shaking = false;
  let inVain = 0;

  const pause = (): void => {
    shaking = true;
    setTimeout(() => (shaking = false), times.breath).unref();
  };
  const say = (): void => store.announce(['sync']);
  const drop = (one: UnderWay): void => {
    clearTimeout(one.timer);
    one.handshake.channel.close();
    if (underWay !== one) return;
    underWay = null;
    say();
  };
  const show = (handshake: Handshake): ShownPairing => {
    const one: UnderWay = {
      handshake,
      waiting: false,
      theirs: theirWord(handshake, times.compare),
      timer: setTimeout(() => drop(one), times.compare),
    };
    one.timer.unref();
    underWay = one;
    // The other side went away or said no before our owner spoke.
    void one.theirs.then((word) => {
      if (word === 'confirmed' || underWay !== one || one.waiting) return;
      inVain++;
      drop(one);
    });
    say();
    return shownOf(one);
  };
  const shownOf = ({ handshake, waiting }: UnderWay): ShownPairing => ({
    code: handshake.code,
    name: handshake.them.name,
    laptop: laptopNameOf(ports, handshake.replica as ReplicaId),
    sameRepository: handshake.them.repository !== '' && handshake.them.repository === accountOf(settings)?.repositoryKey,
    waiting,
  });

  return {
    shown: () => underWay && shownOf(underWay),
    async ask(address, signal) {
      if (underWay || shaking) return refuse('sync.lanBusy');
      shaking = true;
      try {
        const asked = await askToPair(ports, await identity(), address, signal);
        return asked.ok ? ok(show(asked.value)) : asked;
      } finally {
        shaking = false;
      }
    },
    answer(socket) {
      if (underWay || shaking || inVain >= TRIES) {
        socket.destroy();
        return;
      }
      shaking = true;
      void identity()
        .then((ours) => answerToPair(ports, ours, socket))
        .then((answered) => {
          shaking = false;
          if (answered.ok) show(answered.value);
          else pause();
        })
        .catch(() => {
          socket.destroy();
          pause();
        });
    },
    async decide(equal, workshops, signal) {
      const one = underWay;
      if (!one || one.waiting) return refuse('sync.lanNoPairing');
      if (!equal) {
        one.handshake.channel.send({ type: 'refuse', code: 'sync.lanRefused' });
        inVain++;
        drop(one);
        return ok(null);
      }
      one.waiting = true;
      one.handshake.channel.send({ type: 'confirm' });
      say();
      const stop = new Promise<'cancelled'>((resolve) => {
        if (signal.aborted) resolve('cancelled');
        signal.addEventListener('abort', () => resolve('cancelled'), { once: true });
      });
      const word = await Promise.race([one.theirs, stop]);
      if (word === 'confirmed' && underWay === one) {
        const peer = pinned(ports, one.handshake, workshops);
        inVain = 0;
        drop(one);
        onPaired();
        return ok(peer);
      }
      inVain++;
      drop(one);
      if (word === 'cancelled') return refuse('job.cancelled');
      return refuse(word === 'refused' ? 'sync.lanRefused' : 'sync.lanPairingLost');
    },
    admitAgain: () => void (inVain = 0),
    close: () => underWay && drop(underWay),
  };
}

async function theirWord({ channel }: Handshake, milliseconds: number): Promise<'confirmed' | 'refused' | 'lost'> {
  const message = await channel.next(milliseconds);
  if (message?.type === 'confirm') return 'confirmed';
  return message?.type === 'refuse' ? 'refused' : 'lost';
}

function pinned({ settings }: LanPorts, handshake: Handshake, workshops: readonly string[]): LanPeer {
  const { them, replica, certificate, address } = handshake;
  const before = peerOf(settings, replica);
  const peer: LanPeer = {
    replica,
    publicKey: them.publicKey,
    name: them.name,
    certificate,
    fingerprint: them.fingerprint,
    repository: them.repository,
    address: address || (before?.address ?? ''),
    workshops: [...workshops],
    received: before?.received ?? [],
    last: before?.last ?? null,
  };
  keepPeer(settings, peer);
  return peer;
}
