import { refusedThere, type LanRefusal } from '../../../../shared/features/sync/refusals.ts';
import type { z } from 'zod';
import type { Progress } from '../../../../shared/contract/rpc.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { addressText, type LanAddress } from '../../../../shared/features/sync/lan-address.ts';
import {
  errorReply,
  LAN_ROUTES,
  filesWanted,
  greeting,
  positionsReply,
  pushReply,
  type PositionsReply,
} from '../../../../shared/features/sync/lan-messages.ts';
import { HttpClient, NetworkError, type Traffic } from '../../../../shared/node/http/client.ts';
import { countBeyond } from '../../../../shared/node/store/sqlite/change-log.ts';
import { alsoAcknowledge } from '../../../../shared/node/store/sqlite/own-chains.ts';
import { acknowledge, acknowledgedTips } from '../../../../shared/node/store/sqlite/peers.ts';
import { sendingOrder } from '../../../../shared/sync/exchange.ts';
import { listFor, ourGreeting, takeGreeting, tipOf, wireTip } from './answering.ts';
import { transfer } from '../../files/transfer.ts';
import { filesToAskFor, filesToOffer, lanLink } from './files.ts';
import type { LanIdentity } from './identity.ts';
import { nextPack, takePack } from './packs.ts';
import { ackName, peerOf, type LanPeer } from './peers.ts';
import type { LanPorts } from './ports.ts';
import { sharedWith } from './shared-spaces.ts';

/** The counts of an exchange so far; kept when a later step fails. */
export interface LanTally {
  sent: number;
  received: number;
  held: number;
  heldThere: number;
  filesSent: number;
  filesReceived: number;
  spaces: number;
}

/** One exchange under way, as the laptop that asked for it sees it. */
export interface LanRun extends LanPorts {
  readonly peer: LanPeer;
  readonly remote: LanRemote;
  readonly progress: (progress: Progress) => void;
  readonly tally: LanTally;
}

/**
 * Runs one exchange with a paired laptop: greet; compare tips; send what is no ancestor of theirs; fetch what is none of ours; files last. A pack is one frame,
 * applied in one transaction with what it says of the peer: wherever the link breaks, the next exchange goes on from there, and a pack that comes twice changes
 * nothing.
 */
export async function exchangeWith(run: LanRun, files: boolean): Promise<Result<null, LanRefusal>> {
  run.progress({ label: 'sync.lanGreeting', done: 0, total: 1, unit: 'items' });
  const greeted = await run.remote.ask(LAN_ROUTES.greet, ourGreeting(run, null), greeting);
  if (!greeted.ok) return greeted;
  if (!takeGreeting(run, run.peer, greeted.value)) return refuse('sync.lanVersion');
  // They have not heard who was turned out since: said again, with the list.
  const list = listFor(run, run.peer, greeted.value.listed);
  if (list !== null) {
    const told = await run.remote.ask(LAN_ROUTES.greet, ourGreeting(run, list), greeting);
    if (!told.ok) return told;
  }
  const theirs = await comparePositions(run);
  if (!theirs.ok) return theirs;
  const sent = await sendAll(run);
  if (!sent.ok) return sent;
  const before = run.tally.received + run.tally.held;
  const fetched = await fetchAll(run, theirs.value);
  if (!fetched.ok) return fetched;
  if (run.tally.received + run.tally.held > before) {
    // They learn that it has arrived, and need not offer it again.
    const told = await comparePositions(run);
    if (!told.ok) return told;
  }
  return files ? exchangeFiles(run) : ok(null);
}

type Theirs = PositionsReply['spaces'];

async function comparePositions(run: LanRun): Promise<Result<Theirs, LanRefusal>> {
  const { store, peer, remote } = run;
  const open = sharedWith(run, peer).open();
  const spaces = open.map((space) => ({ space, tips: store.tips(space).map(wireTip) }));
  const reply = await remote.ask(LAN_ROUTES.positions, { spaces }, positionsReply);
  if (!reply.ok) return reply;
  const tips = new Map(reply.value.spaces.map((one) => [one.space, one.tips.map(tipOf)]));
  store.transaction(() => {
    for (const space of open) acknowledge(store.db, ackName(peer.replica), space, tips.get(space) ?? []);
  });
  run.tally.spaces = new Set([...open, ...tips.keys()]).size;
  return ok(reply.value.spaces);
}

async function sendAll(run: LanRun): Promise<Result<null, LanRefusal>> {
  const { store, peer, remote, tally } = run;
  const name = ackName(peer.replica);
  const open = sendingOrder(sharedWith(run, peer).open(), new Set());
  const total = open.reduce((sum, space) => sum + countBeyond(store.db, space, acknowledgedTips(store.db, name, space)), 0);
  let done = 0;
  for (const space of open) {
    for (let shared = sharedWith(run, peer); shared.isOpen(space); shared = sharedWith(run, peer)) {
      const next = nextPack(run, shared, space, acknowledgedTips(store.db, name, space));
      if (!next) break;
      run.progress({ label: 'sync.sending', done, total: Math.max(total, done), unit: 'items' });
      const reply = await remote.bytes('POST', LAN_ROUTES.push, next.pack, pushReply);
      if (!reply.ok) return reply;
      done += next.rows.length;
      // Not for them, they say: what they take of other spaces is still sent.
      if (reply.value.closed.includes(space)) break;
      tally.sent += reply.value.applied;
      tally.heldThere += reply.value.held;
      // Held, it is there all the same, and waits for what they will get from somebody else.
      alsoAcknowledge(store.db, name, space, next.rows);
    }
  }
  return ok(null);
}

async function fetchAll(run: LanRun, theirs: Theirs): Promise<Result<null, LanRefusal>> {
  const { store, remote, tally } = run;
  const ahead = new Map(theirs.map(({ space, ahead: count }) => [space, count]));
  const total = [...ahead.values()].reduce((sum, count) => sum + count, 0);
  let done = 0;
  for (const space of sendingOrder(
    [...ahead.keys()].filter((one) => ahead.get(one)! > 0),
    new Set(),
  )) {
    for (let left = ahead.get(space)!; left > 0;) {
      const peer = current(run);
      const shared = sharedWith(run, peer);
      if (!shared.takes(space)) break;
      run.progress({ label: 'sync.receiving', done, total: Math.max(total, done), unit: 'items' });
      const before = JSON.stringify(store.tips(space));
      const pack = await remote.fetch(LAN_ROUTES.pull, { space, tips: store.tips(space).map(wireTip) });
      if (!pack.ok) return pack;
      if (pack.value.length === 0) break;
      const taken = takePack(run, peer, shared, pack.value);
      if (!taken.ok) return taken;
      tally.received += taken.value.applied;
      tally.held += taken.value.held;
      done += taken.value.applied + taken.value.held;
      left -= taken.value.applied + taken.value.held;
      // Nothing of it took a chain further: asked again, they would send the same.
      if (JSON.stringify(store.tips(space)) === before) break;
    }
  }
  return ok(null);
}

function current({ settings, peer }: LanRun): LanPeer {
  return peerOf(settings, peer.replica) ?? peer;
}

async function exchangeFiles(run: LanRun): Promise<Result<null, LanRefusal>> {
  const { files, remote } = run;
  const peer = current(run);
  const offered = new Map(filesToOffer(run, peer).map((file) => [file.sha256, file]));
  const wanted =
    offered.size === 0 ? null : await remote.ask(LAN_ROUTES.files, { files: [...offered.keys()].slice(0, 10_000) }, filesWanted);
  if (wanted && !wanted.ok) return wanted;
  const up = (wanted?.value.wanted ?? []).flatMap(({ sha256, held }) => {
    const file = offered.get(sha256);
    return file ? [{ ...file, held }] : [];
  });
  return transfer(files, lanLink(run, up, filesToAskFor(run, peer)));
}

/** The other laptop's door: mutual TLS 1.3, its pinned certificate and no other. */
export interface LanRemote {
  ask<S extends z.ZodType>(path: string, body: unknown, schema: S): Promise<Result<z.output<S>, LanRefusal>>;
  bytes<S extends z.ZodType>(method: 'POST' | 'PUT', path: string, body: Uint8Array, schema: S): Promise<Result<z.output<S>, LanRefusal>>;
  /** Bytes; `body` null: a GET. */
  fetch(path: string, body: unknown): Promise<Result<Uint8Array, LanRefusal>>;
  traffic(): Traffic;
  close(): void;
}

/**
 * A remote at an address. Refuses `sync.lanUnreachable` (nobody there), `sync.lanStranger` (another certificate), `sync.lanNotAdmitted` (the
 * door closes without a word: it does not know this laptop), `sync.interrupted`, `job.cancelled`, else as the other laptop does.
 */
export function lanRemote({ host, port }: LanAddress, peer: LanPeer, identity: LanIdentity, signal: AbortSignal): LanRemote {
  let stranger = false;
  // Their refusal of our certificate comes after our side of the handshake is done: only an answer says that we are admitted.
  let admitted = false;
  const http = new HttpClient(`https://${addressText(host, port)}`, {
    key: identity.key,
    cert: identity.certificate,
    ca: [peer.certificate],
    minVersion: 'TLSv1.3',
    // A session taken up again would not show its certificate.
    maxCachedSessions: 0,
    checkServerIdentity: (_, certificate) => {
      stranger = certificate.fingerprint256.replaceAll(':', '').toLowerCase() !== peer.fingerprint;
      return stranger ? new Error('another certificate than the pinned one') : undefined;
    },
  });
  const request = async (
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body: Uint8Array | null,
    type: string,
  ): Promise<Result<Uint8Array, LanRefusal>> => {
    try {
      const headers = body ? { 'content-type': type } : {};
      const answer = await http.request({ method, path, headers, signal, ...(body && { body }) });
      admitted = true;
      return answer.status === 200 ? ok(answer.body) : refusalIn(answer.body);
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      if (error.kind === 'cancelled') return refuse('job.cancelled');
      if (stranger || isCertificateFault(error.cause)) return refuse('sync.lanStranger');
      if (error.kind === 'unreachable') return refuse('sync.lanUnreachable');
      return refuse(admitted ? 'sync.interrupted' : 'sync.lanNotAdmitted');
    }
  };
  const json = (body: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(body));
  return {
    ask: async (path, body, schema) => read(await request('POST', path, json(body), 'application/json'), schema),
    bytes: async (method, path, body, schema) => read(await request(method, path, body, 'application/octet-stream'), schema),
    fetch: (path, body) => request(body === null ? 'GET' : 'POST', path, body === null ? null : json(body), 'application/json'),
    traffic: () => http.traffic(),
    close: () => http.close(),
  };
}

function isCertificateFault(cause: unknown): boolean {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  return /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|ERR_TLS_CERT)/.test(code);
}

function read<S extends z.ZodType>(answer: Result<Uint8Array, LanRefusal>, schema: S): Result<z.output<S>, LanRefusal> {
  if (!answer.ok) return answer;
  const body = schema.safeParse(parsed(answer.value));
  return body.success ? ok(body.data) : refuse('sync.malformed');
}

function refusalIn(body: Uint8Array): Result<never, LanRefusal> {
  const error = errorReply.safeParse(parsed(body));
  return error.success ? refusedThere(error.data.error) : refuse('sync.malformed');
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body)) as unknown;
  } catch {
    return null;
  }
}
