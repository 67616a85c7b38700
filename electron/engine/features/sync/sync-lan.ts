import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { Signer } from '../../../../shared/kernel/ports.ts';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import type { lanContract } from '../../../../shared/features/sync/lan-contract.ts';
import { parseLanAddress } from '../../../../shared/features/sync/lan-address.ts';
import { titleOf } from '../../../../shared/model/title.ts';
import { brotli, nodeVerifier } from '../../../../shared/node/crypto.ts';
import { countBeyond } from '../../../../shared/node/store/sqlite/change-log.ts';
import { acknowledgedTips } from '../../../../shared/node/store/sqlite/peers.ts';
import type { SqliteStore } from '../../../../shared/node/store/sqlite/sqlite-store.ts';
import type { ReplicaId } from '../../../../shared/sync/types.ts';
import type { EngineContext } from '../../context.ts';
import { laptopNameOf } from '../../laptop-names.ts';
import { countConflicts } from '../../sync/review/conflicts.ts';
import { lanSync } from '../../sync/lan/lan.ts';
import { ackName, changePeer, peerOf, peersOf, type LanPeer } from '../../sync/lan/peers.ts';
import type { LanPorts } from '../../sync/lan/ports.ts';
import { shareableWorkshops, sharedWith } from '../../sync/lan/shared-spaces.ts';

/** Sync with laptops in the room: its calls, and what to close. */
export interface LanFeature {
  readonly handlers: Handlers<typeof lanContract>;
  close(): Promise<void>;
}

export interface LanFeatureOptions {
  readonly store: SqliteStore;
  readonly signer: Signer;
  /** Opens again by itself what was open when the app was closed. */
  readonly background: boolean;
  readonly pause?: number;
  /** Whether the repository is known to have revoked a device. */
  isRevoked(replica: ReplicaId): boolean;
  /** Gets what was thrown while no call waited for it (a bug), without any content. */
  report(error: unknown): void;
}

/** Makes the LAN sync of an engine. Nothing listens and nothing is sent before a call asks for it. */
export function lanFeature(context: EngineContext, options: LanFeatureOptions): LanFeature {
  const { store, signer } = options;
  const ports: LanPorts = {
    ...context,
    store,
    signer,
    verifier: nodeVerifier(),
    compression: brotli,
    pause: options.pause ?? 300,
    isRevoked: (replica) => options.isRevoked(replica),
  };
  const { settings } = ports;
  const report = (error: unknown): void => options.report(error);
  const lan = lanSync(ports, report);
  if (options.background) void lan.reopen().catch(report);

  const handlers: Handlers<typeof lanContract> = {
    'sync.lanOpen': (asked) => lan.open(asked),
    async 'sync.lanClose'() {
      await lan.shut();
      return ok({});
    },
    'sync.lanStatus': () => {
      const nearby = lan.nearby();
      return ok({
        on: lan.isOpen(),
        label: lan.label(),
        addresses: lan.addresses(),
        invitations: lan.invitations(),
        nearby: nearby.map(({ beacon, address, peer }) => ({
          label: beacon.label,
          address,
          replica: peer?.replica ?? null,
          name: peer?.name ?? '',
        })),
        multicast: lan.multicast(),
        pairing: lan.desk.shown(),
        peers: peersOf(settings).map((peer) =>
          shownPeer(
            ports,
            peer,
            nearby.some((one) => one.peer?.replica === peer.replica),
          ),
        ),
        running: lan.isRunning(),
      });
    },
    'sync.lanShareable': () =>
      ok(
        shareableWorkshops(ports).flatMap((id) => {
          const row = store.reader.get<WorkshopRow>('select name, title, "start", "end" from activity where id = ?', id);
          const title = row && titleOf(row);
          return row && title ? [{ id, title, start: row.start ?? '', end: row.end ?? '' }] : [];
        }),
      ),
    async 'sync.lanPair'({ address }, call) {
      const place = parseLanAddress(address);
      return place ? lan.desk.ask(place, call.signal) : refuse('sync.lanAddressWrong');
    },
    async 'sync.lanConfirm'({ equal, workshops }, call) {
      const decided = await lan.desk.decide(equal, workshops, call.signal);
      if (!decided.ok) return decided;
      return ok({ replica: decided.value?.replica ?? null, name: decided.value?.name ?? '' });
    },
    'sync.lanShare': ({ replica, workshops }) => {
      if (!peerOf(settings, replica)) return refuse('sync.lanPeerUnknown');
      changePeer(settings, replica, () => ({ workshops }));
      return ok({});
    },
    'sync.lanForget': ({ replica }) => (lan.forget(replica) ? ok({}) : refuse('sync.lanPeerUnknown')),
    async 'sync.lanRun'({ replica, address, files }, call) {
      const done = await lan.run(replica, address, files, call);
      return done.ok ? ok({ ...done.value, conflicts: countConflicts(ports) }) : done;
    },
    async 'sync.lanServe'({ host, port, visible, seconds }, call) {
      const tally = { exchanges: 0, sent: 0, received: 0 };
      const forget = lan.onVisit(({ sent, received, began }) => {
        tally.exchanges += began ? 1 : 0;
        tally.sent += sent;
        tally.received += received;
      });
      try {
        const opened = await lan.open({ host, port, visible });
        if (!opened.ok) return opened;
        await until(call.signal, seconds);
        await lan.shut();
        return ok(tally);
      } finally {
        forget();
      }
    },
  };
  return { handlers, close: () => lan.close() };
}

interface WorkshopRow {
  readonly name: string | null;
  readonly title: string | null;
  readonly start: string | null;
  readonly end: string | null;
}

function shownPeer(ports: LanPorts, peer: LanPeer, nearby: boolean) {
  const { store } = ports;
  const shared = sharedWith(ports, peer);
  const waiting = shared
    .open()
    .reduce((sum, space) => sum + countBeyond(store.db, space, acknowledgedTips(store.db, ackName(peer.replica), space)), 0);
  const { replica, name, address, workshops, last } = peer;
  return {
    ...{ replica, name, laptop: laptopNameOf(ports, replica), sameRepository: shared.sameRepository },
    ...{ address, nearby, workshops: [...workshops], last, waiting },
  };
}

/** When the caller has enough of it, or the time is over. */
function until(signal: AbortSignal, seconds: number | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = seconds === undefined ? undefined : setTimeout(resolve, seconds * 1000);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
