import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import { ok, refuse, type Refusal, type Result } from '../../../../shared/kernel/result.ts';
import {
  LAN_JSON,
  LAN_PACK,
  LAN_VERSION,
  filesAsked,
  greeting,
  positions,
  pull,
  type Greeting,
  type PositionsReply,
  type PushReply,
} from '../../../../shared/features/sync/lan-messages.ts';
import { countBeyond } from '../../../../shared/node/store/sqlite/change-log.ts';
import { certificateOf } from '../../../../shared/node/store/sqlite/certificates.ts';
import { acknowledge } from '../../../../shared/node/store/sqlite/peers.ts';
import type { Tip } from '../../../../shared/sync/types.ts';
import { accountOf } from '../repository/account.ts';
import { fileFor, partOf, takePart, wantedOf } from './files.ts';
import { nextPack, takeCertificate, takePack } from './packs.ts';
import { learnRevocations, revocationsHere, revocationsToPassOn } from '../revocations.ts';
import { ackName, changePeer, type LanPeer } from './peers.ts';
import type { LanPorts } from './ports.ts';
import { sharedWith } from './shared-spaces.ts';

/** What a peer that comes to us moved, told as it happens. */
export interface Visits {
  moved(peer: LanPeer, moved: { readonly sent: number; readonly received: number }): void;
}

export const LAN_ROUTES = {
  greet: '/lan/1/greet',
  positions: '/lan/1/positions',
  pull: '/lan/1/pull',
  push: '/lan/1/push',
  files: '/lan/1/files',
  /** With the file's SHA-256 behind it. */
  file: '/lan/1/file/',
} as const;

/** An answer: JSON, or bytes. */
type Answer = Result<unknown>;

/** Answers the requests of a paired laptop whose certificate was checked. Nothing is remembered between two of them but what is stored. */
export async function answerPeer(
  ports: LanPorts,
  visits: Visits,
  peer: LanPeer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const answer = ports.isRevoked(peer.replica) ? refuse('sync.lanRevoked') : await route(ports, visits, peer, request);
    if (answer.ok) send(response, 200, answer.value);
    else send(response, 409, { error: answer.refusal satisfies Refusal });
  } catch (error) {
    if (!response.headersSent) send(response, 500, { error: { code: 'sync.lanFailed', details: {} } });
    else response.destroy();
    throw error;
  }
}

async function route(ports: LanPorts, visits: Visits, peer: LanPeer, request: IncomingMessage): Promise<Answer> {
  const { method, url = '' } = request;
  const from = async <S extends z.ZodType>(schema: S): Promise<Result<z.output<S>>> => {
    const body = await bodyOf(request, LAN_JSON);
    const asked = body.ok ? schema.safeParse(parsed(body.value)) : null;
    return asked?.success ? ok(asked.data) : body.ok ? refuse('sync.malformed') : body;
  };
  if (method === 'GET' && url.startsWith(LAN_ROUTES.file)) {
    const { sha256, start } = fileAsked(url);
    const file = fileFor(ports, peer, sha256);
    return file.ok ? ok(await partOf(file.value, start)) : file;
  }
  if (method === 'PUT' && url.startsWith(LAN_ROUTES.file)) {
    const { sha256, start } = fileAsked(url);
    const body = await bodyOf(request, LAN_PACK);
    return body.ok ? takePart(ports, peer, sha256, start, body.value) : body;
  }
  if (method !== 'POST') return refuse('sync.routeUnknown');
  switch (url) {
    case LAN_ROUTES.greet: {
      const asked = await from(greeting);
      return asked.ok ? greeted(ports, peer, asked.value) : asked;
    }
    case LAN_ROUTES.positions: {
      ports.departures.prepare();
      const asked = await from(positions);
      return asked.ok ? ok(compared(ports, peer, asked.value.spaces)) : asked;
    }
    case LAN_ROUTES.pull: {
      const asked = await from(pull);
      return asked.ok ? nextFrame(ports, visits, peer, asked.value.space, asked.value.tips.map(tipOf)) : asked;
    }
    case LAN_ROUTES.push: {
      const body = await bodyOf(request, LAN_PACK);
      return body.ok ? pushed(ports, visits, peer, body.value) : body;
    }
    case LAN_ROUTES.files: {
      const asked = await from(filesAsked);
      return asked.ok ? ok({ wanted: wantedOf(ports, peer, asked.value.files) }) : asked;
    }
    default:
      return refuse('sync.routeUnknown');
  }
}

/** The list of devices turned out, for a laptop of the same repository that has an older one; null: there is nothing to tell. */
export function listFor(ports: LanPorts, peer: LanPeer, theirs: number): string | null {
  const { settings } = ports;
  const [list] = theirs < (revocationsHere(settings)?.list.number ?? 0) ? revocationsToPassOn(settings) : [];
  return list && sharedWith(ports, peer).sameRepository ? Buffer.from(list).toString('base64url') : null;
}

/** Who this laptop is, for a greeting; `list`: what the other one has not heard. */
export function ourGreeting(ports: LanPorts, list: string | null): Greeting {
  const { store, settings } = ports;
  const account = accountOf(settings);
  const stored = ports.trust.certificateOf(store.replica) ? certificateOf(store.db, store.replica) : undefined;
  return {
    version: LAN_VERSION,
    name: (account?.name ?? settings.get<string>('name') ?? '').slice(0, 200),
    certificate: stored ? Buffer.from(stored.bytes).toString('base64url') : '',
    listed: revocationsHere(settings)?.list.number ?? 0,
    ...(list !== null && { revocations: list }),
  };
}

/** Takes a greeting up; false when the other program is of another time. */
export function takeGreeting(ports: LanPorts, peer: LanPeer, theirs: Greeting): boolean {
  if (theirs.version !== LAN_VERSION) return false;
  if (theirs.certificate !== '') takeCertificate(ports, peer, Uint8Array.from(Buffer.from(theirs.certificate, 'base64url')));
  // Believed for its signature, whoever brings it.
  if (theirs.revocations) learnRevocations(ports.settings, ports.verifier, Buffer.from(theirs.revocations, 'base64url'));
  if (theirs.name !== peer.name) changePeer(ports.settings, peer.replica, () => ({ name: theirs.name }));
  return true;
}

function greeted(ports: LanPorts, peer: LanPeer, theirs: Greeting): Answer {
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

function nextFrame(ports: LanPorts, visits: Visits, peer: LanPeer, space: string, tips: readonly Tip[]): Answer {
  const { store } = ports;
  const shared = sharedWith(ports, peer);
  // Closed to them since they asked for positions: there is nothing for them.
  if (!shared.isOpen(space)) return ok(new Uint8Array(0));
  acknowledge(store.db, ackName(peer.replica), space, tips);
  const next = nextPack(ports, shared, space, tips);
  if (next) visits.moved(peer, { sent: next.rows.length, received: 0 });
  return ok(next?.pack ?? new Uint8Array(0));
}

function pushed(ports: LanPorts, visits: Visits, peer: LanPeer, bytes: Uint8Array): Answer {
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

function fileAsked(url: string): { readonly sha256: string; readonly start: number } {
  const [name = '', query = ''] = url.slice(LAN_ROUTES.file.length).split('?');
  const start = Number(new URLSearchParams(query).get('start') ?? 0);
  return { sha256: name, start: Number.isSafeInteger(start) && start >= 0 ? start : 0 };
}

async function bodyOf(request: IncomingMessage, most: number): Promise<Result<Uint8Array>> {
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      length += piece.length;
      // Read on for a while and thrown away, so that who sends it gets to hear why.
      if (length > 2 * most) break;
      if (length <= most) pieces.push(piece);
    }
  } catch {
    // The link broke: nobody is there to be answered.
    return refuse('sync.interrupted');
  }
  return length <= most ? ok(Buffer.concat(pieces)) : refuse('sync.tooLarge');
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body)) as unknown;
  } catch {
    return null;
  }
}

function send(response: ServerResponse, status: number, content: unknown): void {
  const binary = content instanceof Uint8Array;
  const bytes = binary ? content : new TextEncoder().encode(JSON.stringify(content));
  response.writeHead(status, { 'content-type': binary ? 'application/octet-stream' : 'application/json', 'content-length': bytes.length });
  response.end(bytes);
}
