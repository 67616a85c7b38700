import type { LanRefusal } from '../../../../shared/features/sync/refusals.ts';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import {
  LAN_JSON,
  LAN_PACK,
  LAN_ROUTES,
  LAN_VERSION,
  filesAsked,
  greeting,
  positions,
  pull,
  type Greeting,
  type PositionsReply,
  type PushReply,
} from '../../../../shared/features/sync/lan-messages.ts';
import { routeTable, withJson, type TableRoute } from '../../../../shared/node/http/route-table.ts';
import { countBeyond } from '../../../../shared/node/store/sqlite/change-log.ts';
import { certificateOf } from '../../../../shared/node/store/sqlite/certificates.ts';
import { acknowledge } from '../../../../shared/node/store/sqlite/peers.ts';
import type { Tip } from '../../../../shared/sync/types.ts';
import { accountOf } from '../repository/account.ts';
import { givePart, takeWanted, wantedOf } from './files.ts';
import { nextPack, takeCertificate, takePack } from './packs.ts';
import { learnRevocations, revocationsHere, revocationsToPassOn } from '../revocations.ts';
import { ackName, changePeer, type LanPeer } from './peers.ts';
import type { LanPorts } from './ports.ts';
import { sharedWith } from './shared-spaces.ts';
import { USER_NAME } from '../../local-state/of-this-laptop.ts';

/** Receives what a visiting peer moved, as it happens. */
export interface Visits {
  moved(peer: LanPeer, moved: { readonly sent: number; readonly received: number }): void;
}

/** A paired laptop whose certificate was checked. */
interface Visitor {
  readonly ports: LanPorts;
  readonly visits: Visits;
  readonly peer: LanPeer;
}

const MALFORMED = 'sync.malformed';

/** All that a paired laptop may ask, with the longest body of each. */
const ROUTES: readonly TableRoute<Visitor>[] = [
  {
    method: 'POST',
    path: LAN_ROUTES.greet,
    body: LAN_JSON,
    answer: withJson(greeting, MALFORMED, (theirs, { who: { ports, peer } }) => greeted(ports, peer, theirs)),
  },
  {
    method: 'POST',
    path: LAN_ROUTES.positions,
    body: LAN_JSON,
    answer: withJson(positions, MALFORMED, ({ spaces }, { who: { ports, peer } }) => {
      ports.departures.prepare();
      return ok(compared(ports, peer, spaces));
    }),
  },
  {
    method: 'POST',
    path: LAN_ROUTES.pull,
    body: LAN_JSON,
    answer: withJson(pull, MALFORMED, ({ space, tips }, { who: { ports, visits, peer } }) =>
      nextFrame(ports, visits, peer, space, tips.map(tipOf)),
    ),
  },
  {
    method: 'POST',
    path: LAN_ROUTES.push,
    body: LAN_PACK,
    answer: ({ who: { ports, visits, peer }, body }) => pushed(ports, visits, peer, body),
  },
  {
    method: 'POST',
    path: LAN_ROUTES.files,
    body: LAN_JSON,
    answer: withJson(filesAsked, MALFORMED, ({ files }, { who: { ports, peer } }) => ok({ wanted: wantedOf(ports, peer, files) })),
  },
  {
    method: 'GET',
    path: LAN_ROUTES.file,
    body: 0,
    answer: ({ who: { ports, peer }, name, query }) => givePart(ports, peer, name, startIn(query)),
  },
  {
    method: 'PUT',
    path: LAN_ROUTES.file,
    body: LAN_PACK,
    answer: ({ who: { ports, peer }, name, query, body }) => takeWanted(ports, peer, name, startIn(query), body),
  },
];

const answerByTable = routeTable(
  ROUTES,
  { unknown: 'sync.routeUnknown', tooLarge: 'sync.tooLarge', interrupted: 'sync.interrupted', failed: 'sync.lanFailed' },
  ({ ports, peer }) => (ports.isRevoked(peer.replica) ? { code: 'sync.lanRevoked', details: {} } : null),
);

/** Answers the requests of a paired laptop whose certificate was checked; one that was turned out is told so, whatever it asks. */
export function answerPeer(
  ports: LanPorts,
  visits: Visits,
  peer: LanPeer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  return answerByTable({ ports, visits, peer }, request, response);
}

/** The list of devices turned out, for a laptop of the same repository that has an older one; null: there is nothing to tell. */
export function listFor(ports: LanPorts, peer: LanPeer, theirs: number): string | null {
  const { settings } = ports;
  const [list] = theirs < (revocationsHere(settings)?.list.number ?? 0) ? revocationsToPassOn(settings) : [];
  return list && sharedWith(ports, peer).sameRepository ? Buffer.from(list).toString('base64url') : null;
}

/** Returns this laptop's greeting; `list`: the list of devices turned out, where the other one has an older one. */
export function ourGreeting(ports: LanPorts, list: string | null): Greeting {
  const { store, settings } = ports;
  const account = accountOf(settings);
  const stored = ports.trust.certificateOf(store.replica) ? certificateOf(store.db, store.replica) : undefined;
  return {
    version: LAN_VERSION,
    name: (account?.name ?? USER_NAME.read(settings) ?? '').slice(0, 200),
    certificate: stored ? Buffer.from(stored.bytes).toString('base64url') : '',
    listed: revocationsHere(settings)?.list.number ?? 0,
    ...(list !== null && { revocations: list }),
  };
}

/** Takes a peer's greeting in: its name, certificate and list of devices turned out; false when the other program speaks another version. */
export function takeGreeting(ports: LanPorts, peer: LanPeer, theirs: Greeting): boolean {
  if (theirs.version !== LAN_VERSION) return false;
  if (theirs.certificate !== '') takeCertificate(ports, peer, Uint8Array.from(Buffer.from(theirs.certificate, 'base64url')));
  // Believed for its signature, whoever brings it.
  if (theirs.revocations) learnRevocations(ports.settings, ports.verifier, Buffer.from(theirs.revocations, 'base64url'));
  if (theirs.name !== peer.name) changePeer(ports.settings, peer.replica, () => ({ name: theirs.name }));
  return true;
}

function greeted(ports: LanPorts, peer: LanPeer, theirs: Greeting): Result<unknown, LanRefusal> {
  return takeGreeting(ports, peer, theirs) ? ok(ourGreeting(ports, listFor(ports, peer, theirs.listed))) : refuse('sync.lanVersion');
}

/** Notes where the peer stands, and says where we do in every space that it may have. */
function compared(ports: LanPorts, peer: LanPeer, theirs: readonly { space: string; tips: readonly WireTip[] }[]): PositionsReply {
  const { store } = ports;
  const shared = sharedWith(ports, peer);
  const tips = new Map(theirs.map(({ space, tips: at }) => [space, at.map(tipOf)]));
  return store.transaction(() => ({
    spaces: shared.open().map((space) => {
      const held = tips.get(space) ?? [];
      acknowledge(store.db, ackName(peer.replica), space, held);
      return { space, tips: store.tips(space).map(wireTip), ahead: countBeyond(store.db, space, held) };
    }),
  }));
}

function nextFrame(ports: LanPorts, visits: Visits, peer: LanPeer, space: string, tips: readonly Tip[]): Result<unknown, LanRefusal> {
  const { store } = ports;
  const shared = sharedWith(ports, peer);
  // Closed to them since they asked for positions: there is nothing for them.
  if (!shared.isOpen(space)) return ok(new Uint8Array(0));
  acknowledge(store.db, ackName(peer.replica), space, tips);
  const next = nextPack(ports, shared, space, tips);
  if (next) visits.moved(peer, { sent: next.rows.length, received: 0 });
  return ok(next?.pack ?? new Uint8Array(0));
}

function pushed(ports: LanPorts, visits: Visits, peer: LanPeer, bytes: Uint8Array): Result<unknown, LanRefusal> {
  const taken = takePack(ports, peer, sharedWith(ports, peer), bytes);
  if (!taken.ok) return taken;
  const { applied, held, closed } = taken.value;
  if (applied + held > 0) visits.moved(peer, { sent: 0, received: applied + held });
  return ok({ applied, held, closed: [...closed] } satisfies PushReply);
}

type WireTip = readonly [string, number, string];

/** A tip as a message has it. */
export function wireTip({ replica, seq, hash }: Tip): [string, number, string] {
  return [replica, seq, hash];
}

export function tipOf([replica, seq, hash]: WireTip): Tip {
  return { replica, seq, hash };
}

function startIn(query: URLSearchParams): number {
  const start = Number(query.get('start') ?? 0);
  return Number.isSafeInteger(start) && start >= 0 ? start : 0;
}
