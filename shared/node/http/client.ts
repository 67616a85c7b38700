import type http from 'node:http';
import type https from 'node:https';
import type { Socket } from 'node:net';

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  /** Path under the base, with its leading slash. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly signal?: AbortSignal;
  /** Called with each piece of the answer's body as it arrives; the answer's own `body` is then empty. */
  readonly onData?: (bytes: Uint8Array) => void;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Uint8Array;
}

/** Bytes on the wire, headers included, and requests made. */
export interface Traffic {
  readonly requests: number;
  readonly up: number;
  readonly down: number;
}

/** The error of a network that failed: nothing is known of what the other side did. `cause` says more to a developer. */
export class NetworkError extends Error {
  readonly kind: 'unreachable' | 'interrupted' | 'cancelled';
  constructor(kind: NetworkError['kind'], cause?: unknown) {
    super(`network: ${kind}`, { cause });
    this.name = 'NetworkError';
    this.kind = kind;
  }
}

// Loaded by the first client: an import of `node:http` has Node load all of its fetch, a third of what the engine takes to start.
const plain = (): typeof http => process.getBuiltinModule('node:http');
const overTls = (): typeof https => process.getBuiltinModule('node:https');

/** No byte for this long is a dead link; a live one at 50 kbit/s still moves 200 kB in it. */
const SILENCE = 30_000;
/** An answer that is not read piece by piece may be this long. */
const MAX_ANSWER = 8 << 20;

/**
 * Sends HTTP requests over node:http(s), one kept connection, every byte counted. Throws a `NetworkError` when the link fails or the caller aborts; any answer,
 * whatever its status, is returned.
 */
export class HttpClient {
  readonly #base: URL;
  readonly #agent: http.Agent;
  readonly #sockets = new Map<Socket, { up: number; down: number }>();
  #requests = 0;
  #closedUp = 0;
  #closedDown = 0;

  /** `tls`: what is trusted instead of the system's authorities, and what this side shows of itself. */
  constructor(base: string, tls: https.AgentOptions = {}) {
    this.#base = new URL(base);
    const options = { keepAlive: true, maxSockets: 1, keepAliveMsecs: 5_000 };
    this.#agent =
      this.#base.protocol === 'https:'
        ? new (overTls().Agent)({ ...options, minVersion: 'TLSv1.2', ...tls })
        : new (plain().Agent)(options);
  }

  /** What has travelled so far. */
  traffic(): Traffic {
    let [up, down] = [this.#closedUp, this.#closedDown];
    for (const [socket, start] of this.#sockets) {
      up += socket.bytesWritten - start.up;
      down += socket.bytesRead - start.down;
    }
    return { requests: this.#requests, up, down };
  }

  close(): void {
    this.#agent.destroy();
  }

  request(request: HttpRequest): Promise<HttpAnswer> {
    if (request.signal?.aborted) return Promise.reject(new NetworkError('cancelled'));
    this.#requests++;
    return new Promise((resolve, reject) => {
      const secure = this.#base.protocol === 'https:';
      const path = this.#base.pathname.replace(/\/$/, '') + request.path;
      const outgoing = (secure ? overTls() : plain()).request({
        method: request.method,
        hostname: this.#base.hostname.replace(/^\[|\]$/g, ''),
        port: this.#base.port || (secure ? 443 : 80),
        path,
        agent: this.#agent,
        headers: { ...request.headers, ...(request.body ? { 'content-length': String(request.body.length) } : {}) },
      });
      // HTTP/1.1 keeps connections without being asked to.
      outgoing.removeHeader('connection');
      let connected = false;
      let answered = false;
      const abort = (): void => {
        // A socket that is just going back to the agent has nobody else who would hear of it.
        outgoing.socket?.on('error', () => undefined);
        outgoing.destroy(new NetworkError('cancelled'));
      };
      const finish = (): void => request.signal?.removeEventListener('abort', abort);
      const fail = (error: unknown): void => {
        finish();
        reject(error instanceof NetworkError ? error : new NetworkError(connected ? 'interrupted' : 'unreachable', error));
      };
      request.signal?.addEventListener('abort', abort, { once: true });

      outgoing.setTimeout(SILENCE, () => outgoing.destroy(new NetworkError(connected ? 'interrupted' : 'unreachable', 'silence')));
      outgoing.on('socket', (socket) => {
        this.#count(socket);
        if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', () => (connected = true));
        else connected = true;
      });
      // A refusal may come before a long body is written; what then fails on the writing side is no news.
      outgoing.on('error', (error) => {
        if (!answered) fail(error);
      });
      outgoing.on('response', (incoming) => {
        answered = true;
        const pieces: Uint8Array[] = [];
        let length = 0;
        incoming.on('data', (piece: Buffer) => {
          try {
            if (request.onData && (incoming.statusCode === 200 || incoming.statusCode === 206)) {
              request.onData(piece);
              return;
            }
          } catch (error) {
            // What the reader of the answer found wrong is its own affair: passed on as it is.
            finish();
            reject(error instanceof Error ? error : new Error(String(error)));
            outgoing.destroy();
            return;
          }
          length += piece.length;
          pieces.push(piece);
          if (length > MAX_ANSWER) outgoing.destroy(new NetworkError('interrupted', 'answer too long'));
        });
        incoming.on('error', fail);
        incoming.on('aborted', () => fail(new NetworkError(request.signal?.aborted ? 'cancelled' : 'interrupted')));
        incoming.on('end', () => {
          finish();
          if (!incoming.complete) reject(new NetworkError('interrupted'));
          else resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(pieces) });
        });
      });
      outgoing.end(request.body);
    });
  }

  #count(socket: Socket): void {
    if (this.#sockets.has(socket)) return;
    this.#sockets.set(socket, { up: 0, down: 0 });
    socket.once('close', () => {
      this.#sockets.delete(socket);
      this.#closedUp += socket.bytesWritten;
      this.#closedDown += socket.bytesRead;
    });
  }
}
