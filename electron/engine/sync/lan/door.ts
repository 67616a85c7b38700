import type { LanDoorRefusal } from '../../../../shared/features/sync/refusals.ts';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type https from 'node:https';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { AT_WORK, Connections, STRANGER, countedAddress } from '../../../../shared/node/http/connections.ts';
import type { LanIdentity } from './identity.ts';
import { CONNECTIONS, FIRST_BYTES, HANDSHAKE_TIME, HEADERS_TIME, IDLE_TIME, OF_A_PEER, REQUEST_TIME } from './limits.ts';
import { PREAMBLE } from './pairing.ts';
import type { LanPeer } from './peers.ts';

/** The one port on which other laptops reach this one. */
export interface Door {
  readonly port: number;
  /** Admits exactly these from now on; connections of others are ended. */
  admit(peers: readonly LanPeer[]): void;
  close(): Promise<void>;
}

export interface DoorOptions {
  readonly host: string;
  readonly port: number;
  readonly identity: LanIdentity;
  readonly peers: readonly LanPeer[];
  /** A request of a peer whose certificate is pinned. */
  onRequest(peer: LanPeer, request: IncomingMessage, response: ServerResponse): void;
  /** Somebody asks to be paired: a raw connection, its preamble read. */
  onPairing(socket: Socket): void;
}

const TLS_HANDSHAKE = 0x16;
const TLS_RECORD_HEADER = 5;
/** The longest record that TLS knows. */
const TLS_RECORD = (16 << 10) + 256;

/**
 * Opens the port on which other laptops reach this one. The first bytes of a connection say what it wants: TLS is a paired laptop (mutual TLS 1.3, both
 * certificates pinned), `PREAMBLE` a pairing. Refuses `sync.lanPortTaken`.
 */
export async function openDoor(options: DoorOptions): Promise<Result<Door, LanDoorRefusal>> {
  const open = new Set<Socket>();
  const connections = new Connections({ ...CONNECTIONS, now: () => performance.now() });
  // The connection under each TLS one, by its far end.
  const under = new Map<string, Socket>();
  const ofPeer = new Map<LanPeer['replica'], Socket[]>();
  let admitted = new Map(options.peers.map((peer) => [peer.fingerprint, peer]));
  const secure = process.getBuiltinModule('node:https').createServer(tlsOptions(options.identity, options.peers), (request, response) => {
    const peer = peerOn(request.socket as TLSSocket, admitted);
    if (peer) options.onRequest(peer, request, response);
    else request.socket.destroy();
  });
  secure.on('secureConnection', (tls: TLSSocket) => {
    const peer = peerOn(tls, admitted);
    const socket = under.get(farEnd(tls));
    if (!peer || !socket) return;
    connections.setPriority(socket, AT_WORK);
    const own = [...(ofPeer.get(peer.replica) ?? []).filter((one) => !one.destroyed), socket];
    for (const old of own.splice(0, own.length - OF_A_PEER)) old.destroy();
    ofPeer.set(peer.replica, own);
  });
  secure.headersTimeout = HEADERS_TIME;
  secure.requestTimeout = REQUEST_TIME;
  secure.keepAliveTimeout = IDLE_TIME;
  secure.on('tlsClientError', (_, socket) => socket.destroy());
  const server = createServer((socket) => {
    const end = farEnd(socket);
    open.add(socket);
    under.set(end, socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      open.delete(socket);
      if (under.get(end) === socket) under.delete(end);
    });
    connections.enter(socket, countedAddress(socket.remoteAddress));
    if (socket.destroyed) return;
    const decided = (then: () => void) => (): void => {
      connections.setPriority(socket, STRANGER);
      then();
    };
    sort(socket, {
      secure: decided(() => void secure.emit('connection', socket)),
      pairing: decided(() => {
        options.onPairing(socket);
        // The desk keeps one at a time: two people may be comparing a code.
        if (!socket.destroyed) connections.setPriority(socket, AT_WORK);
      }),
    });
  });
  const listening = await listen(server, options.host, options.port);
  if (!listening.ok) return listening;
  return ok({
    port: listening.value,
    admit(peers) {
      admitted = new Map(peers.map((peer) => [peer.fingerprint, peer]));
      secure.setSecureContext(tlsOptions(options.identity, peers));
      secure.closeAllConnections();
    },
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      secure.close();
    },
  });
}

function tlsOptions({ key, certificate }: LanIdentity, peers: readonly LanPeer[]): https.ServerOptions {
  return {
    key,
    cert: certificate,
    // With nobody pinned only ourselves: a list left empty would be the system's authorities.
    ca: peers.length > 0 ? peers.map((peer) => peer.certificate) : [certificate],
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.3',
    handshakeTimeout: HANDSHAKE_TIME,
  };
}

/** Whose connection it is: the certificate itself is compared, not only who signed it. */
function peerOn(socket: TLSSocket, admitted: ReadonlyMap<string, LanPeer>): LanPeer | undefined {
  if (!socket.authorized) return undefined;
  const shown = socket.getPeerCertificate().fingerprint256 as string | undefined;
  return admitted.get((shown ?? '').replaceAll(':', '').toLowerCase());
}

function farEnd({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

/** Reads the first bytes of a connection and hands it on: a whole first record of TLS, or the preamble. Until then it has said nothing. */
function sort(socket: Socket, to: { secure(): void; pairing(): void }): void {
  const timer = setTimeout(() => socket.destroy(), FIRST_BYTES);
  const decided = (then: () => void): void => {
    clearTimeout(timer);
    socket.off('readable', look);
    then();
  };
  let seen = Buffer.alloc(0);
  const look = (): void => {
    const piece = socket.read() as Buffer | null;
    if (!piece) return;
    seen = Buffer.concat([seen, piece]);
    if (seen[0] === TLS_HANDSHAKE) {
      if (seen.length < TLS_RECORD_HEADER) return;
      const length = seen.readUInt16BE(3);
      if (length > TLS_RECORD) return decided(() => socket.destroy());
      if (seen.length < TLS_RECORD_HEADER + length) return;
      decided(() => {
        socket.unshift(seen);
        to.secure();
      });
    } else if (!PREAMBLE.startsWith(seen.subarray(0, PREAMBLE.length).toString('latin1'))) {
      decided(() => socket.destroy());
    } else if (seen.length >= PREAMBLE.length) {
      decided(() => {
        if (seen.length > PREAMBLE.length) socket.unshift(seen.subarray(PREAMBLE.length));
        to.pairing();
      });
    }
  };
  socket.on('readable', look);
  socket.on('close', () => clearTimeout(timer));
}

function listen(server: Server, host: string, port: number): Promise<Result<number, LanDoorRefusal>> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve(refuse(error.code === 'EADDRINUSE' ? 'sync.lanPortTaken' : 'sync.lanCannotListen', { port: String(port) }));
    });
    server.listen({ host, port }, () => {
      server.removeAllListeners('error');
      server.on('error', () => undefined);
      resolve(ok((server.address() as AddressInfo).port));
    });
  });
}
