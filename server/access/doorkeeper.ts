import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { BlockList, isIP, type Socket } from 'node:net';
import { AT_WORK, Connections, KNOWN, SILENT, STRANGER, countedAddress } from '../../shared/node/http/connections.ts';
import { ok, refuse, type Result } from '../../shared/kernel/result.ts';
import { Bodies } from '../bodies.ts';
import { CONNECTIONS, STRANGERS_TIME } from '../limits.ts';

/** The test whether an address is a proxy of the operator's. */
export type IsProxy = (address: string) => boolean;

const PRIVATE = ['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '::1/128', 'fc00::/7'];

/** Reads which addresses are proxies: addresses and networks (`10.0.0.0/8`), comma-separated; `private`: any that is not of the internet. Refuses `administration.proxy`. */
export function proxiesOf(text: string | undefined): Result<IsProxy> {
  const list = new BlockList();
  const named = (text ?? '').split(',').flatMap((part) => part.trim() || []);
  for (const entry of named.flatMap((part) => (part === 'private' ? PRIVATE : part))) {
    const [address = '', bits, ...rest] = entry.split('/');
    const kind = isIP(address);
    const length = bits === undefined ? (kind === 4 ? 32 : 128) : Number(bits);
    if (kind === 0 || rest.length > 0 || !Number.isInteger(length) || length < 0 || length > (kind === 4 ? 32 : 128)) {
      return refuse('administration.proxy', { proxy: entry });
    }
    list.addSubnet(address, length, kind === 4 ? 'ipv4' : 'ipv6');
  }
  return ok((address) => {
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
    const kind = isIP(plain);
    return kind !== 0 && list.check(plain, kind === 4 ? 'ipv4' : 'ipv6');
  });
}

/**
 * Limits the connections of a server and the memory that holds bodies on their way. Whoever showed a credential is let go on; strangers have little room and
 * little time, and of one address less.
 */
export interface Doorkeeper {
  /** Admits a request of a stranger, before its body is read. */
  stranger(request: FastifyRequest, reply: FastifyReply): void;
  /** Admits a request of a device whose credential was looked up; false: there is no room for what it sends just now. */
  device(request: FastifyRequest, reply: FastifyReply, user: string): boolean;
}

/** Attaches a doorkeeper to an HTTP server. */
export function doorkeeper(app: FastifyInstance, isProxy: IsProxy): Doorkeeper {
  const connections = new Connections({ ...CONNECTIONS, now: () => performance.now() });
  const bodies = new Bodies();
  app.server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    connections.enter(socket, countedAddress(address), !isProxy(address));
  });
  app.addHook('onRequest', (request, reply, done) => {
    const { socket } = request.raw;
    if (connections.priorityOf(socket) === SILENT) connections.setPriority(socket, STRANGER);
    reply.raw.once('close', () => {
      const priority = connections.priorityOf(socket);
      if (priority === AT_WORK) connections.setPriority(socket, KNOWN);
      else if (priority === STRANGER) connections.setPriority(socket, SILENT);
    });
    done();
  });
  return {
    stranger(request, reply) {
      const { socket } = request.raw;
      // What has come whole is answered all the same.
      const cut = (): void => void (request.raw.complete || socket.destroy());
      const release = bodies.ofStranger(countedAddress(request.ip), lengthOf(request), cut);
      const timer = setTimeout(cut, STRANGERS_TIME).unref();
      reply.raw.once('close', () => {
        clearTimeout(timer);
        release();
      });
    },
    device(request, reply, user) {
      connections.setPriority(request.raw.socket, AT_WORK);
      const release = bodies.ofDevice(user, lengthOf(request));
      if (release) reply.raw.once('close', release);
      return release !== null;
    },
  };
}

/** Returns the bytes that a body may take of memory: what it says, at most what its route takes. */
function lengthOf(request: FastifyRequest): number {
  const { bodyLimit } = request.routeOptions;
  const said = Number(request.headers['content-length'] ?? (request.headers['transfer-encoding'] === undefined ? 0 : bodyLimit));
  return Math.min(Number.isFinite(said) ? Math.max(0, said) : bodyLimit, bodyLimit);
}
