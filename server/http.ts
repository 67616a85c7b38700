import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import type { z } from 'zod';
import {
  BINARY,
  FILE_PART,
  MAX_BODY,
  enrolRequest,
  helloOnTheWire,
  positionsRequest,
  pullOnTheWire,
  pullRequest,
  pushOnTheWire,
  readmitRequest,
  renewRequest,
  repositoryRoutes,
  sessionRequest,
  type PushReply,
  type EnrolReply,
  type EnrolRequest,
  type ReadmitReply,
  type ReadmitRequest,
  type RenewRequest,
  type Route,
  type RouteName,
  type SessionReply,
  type SessionRequest,
} from '../shared/contract/repository.ts';
import type { Refusal, Result } from '../shared/kernel/result.ts';
import type { Exchange, Session } from './exchange.ts';
import { jsonIn } from '../shared/node/http/route-table.ts';
import { doorkeeper, type IsProxy } from './access/doorkeeper.ts';
import type { FileAsker } from './files/file-rights.ts';
import type { MaterialFiles } from './files/files.ts';
import type { Admitted, RequestProof } from './access/sessions.ts';
import { DRAINED, DRAINED_FOR, HEADERS_SIZE, HEADERS_TIME, IDLE_TIME, JSON_BODY, REQUEST_TIME, STRANGERS_BODY } from './limits.ts';
import { eagerBody } from './push/eager-body.ts';
import { bareAnswer, bareStream, streamOf } from './bare-answers.ts';

/** The services that the routes call. */
export interface Services {
  enrol(request: EnrolRequest, address: string): Promise<Result<EnrolReply>>;
  readmit(request: ReadmitRequest): Promise<Result<ReadmitReply | EnrolReply>>;
  renew(session: Session, request: RenewRequest): Promise<Result<EnrolReply>>;
  openSession(request: SessionRequest): Promise<Result<SessionReply>>;
  /** Who asks, before the body is read. */
  admit(asked: RequestProof, withBody: boolean): Promise<Result<Admitted>>;
  readonly exchange: Exchange;
  readonly files: MaterialFiles;
  /** Which addresses are proxies of the operator's: of them alone a forwarded address is believed. */
  readonly isProxy: IsProxy;
  /** Gets what was thrown (a bug); never anything of a request. */
  report(error: unknown): void;
}

const NOTHING = new Uint8Array(0);
/** Statuses of refusals; 400 where none is named. */
const STATUS: Readonly<Record<string, number>> = {
  'sync.credentialUnknown': 401,
  'sync.sessionEnded': 401,
  'sync.deviceRevoked': 403,
  'sync.routeUnknown': 404,
  'sync.fileUnknown': 404,
  'sync.fileNotHere': 404,
  'sync.fileOffset': 409,
  'sync.rangeWrong': 416,
  'sync.tooLarge': 413,
  'sync.mediaType': 415,
  'sync.fileDamaged': 422,
  'sync.fileProofWrong': 422,
  'sync.quotaReached': 429,
  'sync.enrolLater': 429,
  'sync.repositoryFailed': 500,
  'sync.packTooCostly': 422,
  'sync.filesUnavailable': 503,
  'sync.repositoryBusy': 503,
};

type Handler = (request: FastifyRequest, reply: FastifyReply, session: Session) => unknown;

interface RouteChoices {
  readonly scope?: FastifyInstance;
  /** Who asks is looked up only when the body is being taken in: what came of it before its link broke would be thrown away meanwhile, and sent again. */
  readonly bodyAtOnce?: boolean;
}
type AddRoute = (name: RouteName, bodyLimit: number, handler: Handler, choices?: RouteChoices) => void;

/**
 * The HTTP server over the services: exactly the routes of the contract, refusals as `{error: {code}}`, bodies capped, slow senders cut
 * off, nothing logged that a request said.
 */
export function httpServer(services: Services): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: MAX_BODY,
    requestTimeout: REQUEST_TIME,
    keepAliveTimeout: IDLE_TIME,
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 64 },
    return503OnClosing: true,
    trustProxy: services.isProxy,
    http: { headersTimeout: HEADERS_TIME, connectionsCheckingInterval: 5_000, maxHeaderSize: HEADERS_SIZE },
  });
  const keeper = doorkeeper(app, services.isProxy);
  const bodies = bodiesRead(app);
  closeQuickly(app);
  drainRefusedBodies(app);

  app.setNotFoundHandler((_request, reply) => refused(reply, { code: 'sync.routeUnknown', details: {} }));
  app.setErrorHandler((error, _request, reply) => {
    const status = statusOf(error);
    if (status >= 500) services.report(error);
    const code =
      status === 413 ? 'sync.tooLarge' : status === 415 ? 'sync.mediaType' : status < 500 ? 'sync.malformed' : 'sync.repositoryFailed';
    return refused(reply, { code, details: {} }, status);
  });

  const route: AddRoute = (name, bodyLimit, handler, { scope = app, bodyAtOnce = false } = {}) => {
    const { method, path, who, signed }: Route = repositoryRoutes[name];
    const admitted = new WeakMap<FastifyRequest, Admitted>();
    const admit = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
      if (who === 'anyone') {
        keeper.stranger(request, reply);
        return undefined;
      }
      const { authorization = '' } = request.headers;
      const asks = await services.admit({ authorization, method, path: request.url }, signed === 'body');
      if (!asks.ok) return refused(reply, asks.refusal);
      admitted.set(request, asks.value);
      const { user } = asks.value.session.device;
      return keeper.device(request, reply, user) ? undefined : refused(reply, { code: 'sync.repositoryBusy', details: {} });
    };
    // The body that was signed is the one that came.
    const answer = (request: FastifyRequest, reply: FastifyReply): unknown => {
      const asks = admitted.get(request);
      if (asks && !asks.proves(bodies.get(request) ?? NOTHING)) return refused(reply, { code: 'sync.sessionEnded', details: {} });
      return handler(request, reply, asks?.session as Session);
    };
    scope.route({
      method,
      url: path,
      bodyLimit: who === 'anyone' ? Math.min(bodyLimit, STRANGERS_BODY) : bodyLimit,
      exposeHeadRoute: false,
      // Before the body is read: a stranger's body is not worth reading.
      ...(!bodyAtOnce && { onRequest: admit }),
      handler: async (request, reply) => (bodyAtOnce ? await admit(request, reply) : undefined) ?? answer(request, reply),
    });
  };
  const json = <S extends z.ZodType>(
    name: RouteName,
    schema: S,
    handler: (body: z.output<S>, session: Session, request: FastifyRequest) => unknown,
  ): void =>
    route(name, JSON_BODY, (request, reply, session) => {
      const body = schema.safeParse(request.body);
      return body.success ? handler(body.data, session, request) : refused(reply, { code: 'sync.malformed', details: {} });
    });

  app.addHook('preSerialization', (_request, reply, payload, done) => {
    // A refusal as a service returns it becomes the answer's status and body.
    if (!isResult(payload)) return done(null, payload);
    if (payload.ok) return done(null, payload.value);
    reply.code(STATUS[payload.refusal.code] ?? 400);
    done(null, { error: payload.refusal });
  });

  json('enrol', enrolRequest, (body, _session, request) => services.enrol(body, request.ip));
  json('readmit', readmitRequest, (body) => services.readmit(body));
  json('session', sessionRequest, (body) => services.openSession(body));
  json('renew', renewRequest, (body, session) => services.renew(session, body));
  exchangeRoutes(app, route, bodies, services);
  json('positions', positionsRequest, (body, session) => services.exchange.positions(session, body));
  route('revocations', MAX_BODY, (request, reply, session) =>
    Buffer.isBuffer(request.body)
      ? services.exchange.takeRevocations(session, request.body)
      : refused(reply, { code: 'sync.mediaType', details: {} }),
  );

  fileRoutes(route, services);
  return app;
}

/** Has bodies read as they are sent: packs and parts of files as bytes, JSON as an object. Gives the bytes of what was JSON. */
function bodiesRead(app: FastifyInstance): WeakMap<FastifyRequest, Uint8Array> {
  const bodies = new WeakMap<FastifyRequest, Uint8Array>();
  app.addContentTypeParser(BINARY, { parseAs: 'buffer', bodyLimit: MAX_BODY }, (_request, body, done) => done(null, body));
  // A part of a file is taken as it comes; whoever reads it counts the bytes.
  app.addContentTypeParser(FILE_PART, (_request, payload, done) => done(null, eagerBody(payload)));
  app.removeContentTypeParser('text/plain');
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: JSON_BODY }, (request, body: Buffer, done) => {
    bodies.set(request, body);
    void parseJson(request, body.toString('utf8'), done);
  });
  return bodies;
}

/** Adds the routes that a laptop asks over and over: hello, push and pull, each with as little around it as there can be. */
function exchangeRoutes(app: FastifyInstance, route: AddRoute, bodies: WeakMap<FastifyRequest, Uint8Array>, services: Services): void {
  const pushed: Handler = async (request, reply, session) => {
    if (!Buffer.isBuffer(request.body)) return refused(reply, { code: 'sync.mediaType', details: {} });
    if (request.headers['content-type'] !== undefined) {
      const taken = await services.exchange.push(session, request.body);
      return taken.ok ? bareAnswer(reply, JSON.stringify(shortened(taken.value))) : refused(reply, taken.refusal);
    }
    const taken = await services.exchange.pushShort(session, request.body);
    return taken.ok ? bareAnswer(reply, JSON.stringify(pushOnTheWire.reply(taken.value))) : refused(reply, taken.refusal);
  };
  const pulled: Handler = async (request, reply, session) => {
    if (request.headers['content-type'] !== undefined) {
      const body = pullRequest.safeParse(request.body);
      if (!body.success) return refused(reply, { code: 'sync.malformed', details: {} });
      return reply.type(BINARY).send(streamOf(await services.exchange.pull(session, body.data)));
    }
    const wish = Buffer.isBuffer(request.body) ? pullOnTheWire.readRequest(jsonIn(request.body)) : null;
    if (!wish) return refused(reply, { code: 'sync.malformed', details: {} });
    return bareStream(reply, streamOf(await services.exchange.pullShort(session, wish)), (error) => services.report(error));
  };
  // In a scope of its own: what a laptop asks over and over says no content type, and nothing else may do so.
  void app.register((scope, _options, done) => {
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_BODY }, (request, body: Buffer, parsed) => {
      bodies.set(request, body);
      if (request.headers['content-type'] === undefined) parsed(null, body);
      else parsed(Object.assign(new Error('no content type is said here'), { statusCode: 415 }));
    });
    route(
      'hello',
      JSON_BODY,
      async (request, reply, session) => {
        const body = Buffer.isBuffer(request.body) ? helloOnTheWire.readRequest(jsonIn(request.body)) : null;
        if (!body) return refused(reply, { code: 'sync.malformed', details: {} });
        return bareAnswer(reply, JSON.stringify(helloOnTheWire.reply(await services.exchange.hello(session, body))));
      },
      { scope },
    );
    route('push', MAX_BODY, pushed, { scope });
    route('pull', JSON_BODY, pulled, { scope });
    done();
  });
}

function fileRoutes(route: AddRoute, { files, exchange }: Services): void {
  const asked = async (request: FastifyRequest, session: Session): Promise<readonly [sha256: string, asker: FileAsker]> => [
    (request.params as { sha256: string }).sha256,
    { user: session.device.user, readable: await exchange.readable(session) },
  ];
  route('fileHeld', 1, async (request, reply, session) => {
    const [sha256, asker] = await asked(request, session);
    const facts = await files.about(sha256, asker, sizeIn(request.headers['x-file-size']));
    if (!facts.ok) return reply.code(STATUS[facts.refusal.code] ?? 404).send();
    const { size, held, isOpen } = facts.value;
    if (!isOpen) reply.header('x-file-nonce', files.nonce(sha256, asker));
    return reply.header('x-file-size', size).header('x-file-held', held).send();
  });
  route('fileGet', 1, async (request, reply, session) => {
    const [sha256, asker] = await asked(request, session);
    const facts = await files.about(sha256, asker, null);
    if (!facts.ok) return refused(reply, facts.refusal);
    const range = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(request.headers.range ?? 'bytes=0-');
    if (!range) return refused(reply, { code: 'sync.rangeWrong', details: {} });
    const file = await files.read(sha256, facts.value, Number(range[1]), range[2] === '' ? null : Number(range[2]));
    if (!file.ok) return refused(reply, file.refusal);
    const { stream, start, end, size } = file.value;
    if (request.headers.range) reply.code(206).header('content-range', `bytes ${start}-${end}/${size}`);
    return reply
      .type(BINARY)
      .header('content-length', end - start + 1)
      .send(stream);
  });
  const putPart: Handler = async (request, reply, session) => {
    const [sha256, asker] = await asked(request, session);
    const range = /^bytes (\d{1,15})-\d*(?:\/(\d{1,16}))?/.exec(request.headers['content-range'] ?? 'bytes 0-');
    if (!range) return refused(reply, { code: 'sync.rangeWrong', details: {} });
    const facts = await files.about(sha256, asker, sizeIn(range[2]));
    if (!facts.ok) return refused(reply, facts.refusal);
    const length = Number(request.headers['content-length'] ?? MAX_BODY + 1);
    if (length > MAX_BODY) return refused(reply, { code: 'sync.tooLarge', details: {} });
    const proof = request.headers['x-file-proof'];
    if (typeof proof === 'string') return files.prove(sha256, asker, proof);
    if (!(request.body instanceof Readable)) return refused(reply, { code: 'sync.mediaType', details: {} });
    return files.receive(sha256, asker, facts.value, Number(range[1]), length, request.body);
  };
  route('filePut', MAX_BODY, putPart, { bodyAtOnce: true });
}

/** A size as a header says it; null where it says none. */
function sizeIn(text: string | string[] | undefined): number | null {
  return typeof text === 'string' && /^\d{1,16}$/.test(text) ? Number(text) : null;
}

/** Without what is nothing: a push that went well is answered in a few bytes. */
function shortened({ applied, known, missing, refused: turnedDown }: PushReply): Partial<PushReply> {
  return {
    applied,
    ...(known > 0 && { known }),
    ...(missing.length > 0 && { missing }),
    ...(turnedDown.length > 0 && { refused: turnedDown }),
  };
}

function refused(reply: FastifyReply, refusal: Refusal, status = STATUS[refusal.code] ?? 400): FastifyReply {
  return reply.code(status).type('application/json').send({ error: refusal });
}

function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status >= 400 && status < 600 ? status : 500;
}

function isResult(payload: unknown): payload is Result<unknown> {
  return typeof payload === 'object' && payload !== null && 'ok' in payload && typeof payload.ok === 'boolean';
}

// Answering is not enough: a socket closed while the other side still sends takes the answer with it.
function drainRefusedBodies(app: FastifyInstance): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    if (reply.statusCode < 400 || request.raw.complete) return done(null, payload);
    reply.removeHeader('connection');
    let length = 0;
    const { socket } = request.raw;
    if (request.body instanceof Readable) request.body.destroy();
    const timer = setTimeout(() => socket.destroy(), DRAINED_FOR).unref();
    request.raw.once('close', () => clearTimeout(timer));
    request.raw.on('data', (piece: Buffer) => {
      length += piece.length;
      if (length > DRAINED) socket.destroy();
    });
    request.raw.on('error', () => undefined);
    done(null, payload);
  });
}

// A graceful close waits for kept connections: they are closed as soon as they are idle, and in the end whatever they do. Clients resume.
function closeQuickly(app: FastifyInstance): void {
  let closing = false;
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (closing) reply.header('connection', 'close');
    done(null, payload);
  });
  app.addHook('preClose', (done) => {
    closing = true;
    const idle = setInterval(() => app.server.closeIdleConnections(), 50);
    const all = setTimeout(() => app.server.closeAllConnections(), 700);
    app.server.once('close', () => {
      clearInterval(idle);
      clearTimeout(all);
    });
    app.server.closeIdleConnections();
    done();
  });
}
