import { refusedThere, type ExchangeRefusal } from '../../../../shared/features/sync/refusals.ts';
import type { z } from 'zod';
import {
  BINARY,
  FILE_PART,
  enrolReply,
  errorReply,
  helloOnTheWire,
  positionsReply,
  pullOnTheWire,
  pushOnTheWire,
  readmitReply,
  revocationsReply,
  repositoryRoutes,
  sessionReply,
  type EnrolReply,
  type EnrolRequest,
  type HelloReply,
  type HelloRequest,
  type PositionsReply,
  type PullWish,
  type PushReply,
  type ReadmitReply,
  type ReadmitRequest,
  type RenewRequest,
  type Route,
  type RouteName,
} from '../../../../shared/contract/repository.ts';
import { ok, refuse, type Refusal, type Result } from '../../../../shared/kernel/result.ts';
import { HttpClient, NetworkError, type HttpAnswer, type Traffic } from '../../../../shared/node/http/client.ts';
import type { Door } from './door.ts';
import { isAbridged } from '../../../../shared/sync/pack/abridged.ts';
import type { Hash, SpaceId } from '../../../../shared/sync/types.ts';

/** The repository as a laptop sees it: the contract's routes, refusals as values, bytes counted. */
export interface Remote {
  enrol(request: EnrolRequest): Promise<Result<EnrolReply, ExchangeRefusal>>;
  renew(request: RenewRequest): Promise<Result<EnrolReply, ExchangeRefusal>>;
  /** Asks what is to be signed for a new credential. */
  challenge(certificate: string): Promise<Result<ReadmitReply, ExchangeRefusal>>;
  readmit(request: ReadmitRequest): Promise<Result<EnrolReply, ExchangeRefusal>>;
  hello(request: HelloRequest): Promise<Result<HelloReply, ExchangeRefusal>>;
  positions(spaces: readonly SpaceId[]): Promise<Result<PositionsReply, ExchangeRefusal>>;
  /** Which of these change-sets of a space that may be lost the repository lacks; null: it does not say that the space is closed to this laptop. */
  lacking(space: SpaceId, hashes: readonly Hash[]): Promise<Result<readonly Hash[] | null, ExchangeRefusal>>;
  /** Brings a signed list of devices turned out back; the answer is the repository's list then, as it signed it. */
  revocations(list: Uint8Array): Promise<Result<Uint8Array, ExchangeRefusal>>;
  /**
   * Whether this repository is spoken to in the short form (abridged packs, lists): until it says that it knows none, which is found out by the first push or
   * pull, or told by `speakPlainly`.
   */
  isShort(): boolean;
  speakPlainly(): void;
  /** A pack, abridged or whole. Where the repository turns out to know no abridged ones it is refused, and `isShort` says no from then on. */
  push(pack: Uint8Array): Promise<Result<PushReply, ExchangeRefusal>>;
  /** `onBytes` gets the pack's bytes as they arrive, abridged where it is asked in the short form; what it throws ends the request and is thrown. */
  pull(wish: PullWish, onBytes: (bytes: Uint8Array) => void): Promise<Result<null, ExchangeRefusal>>;
  /** `own`: the size of the file as it is here; null: it is not. `nonce`: what can be proven with that it is here; '' where that is not asked for. */
  fileHeld(
    sha256: string,
    own: number | null,
  ): Promise<Result<{ readonly size: number; readonly held: number; readonly nonce: string }, ExchangeRefusal>>;
  /** The bytes from `start` up to `end`; `onBytes` also gets what came before a link broke. */
  fileGet(sha256: string, start: number, end: number, onBytes: (bytes: Uint8Array) => void): Promise<Result<null, ExchangeRefusal>>;
  filePut(sha256: string, start: number, size: number, bytes: Uint8Array): Promise<Result<{ readonly held: number }, ExchangeRefusal>>;
  /** Shows that the file is here by `possessionProof`, so that its bytes need not travel. */
  fileProve(sha256: string, nonce: string, proof: string): Promise<Result<null, ExchangeRefusal>>;
  traffic(): Traffic;
  close(): void;
}

/**
 * A remote at `url`; `door`: what is shown of this laptop where a route asks for it. Refusals of its own: `sync.unreachable` (no network, nobody there), `sync.interrupted` (the link broke; nothing
 * is known of the other side), `sync.answerWrong` (not a repository of ours), `job.cancelled`; the others are the repository's.
 */
export function remoteAt(url: string, door: Door | null, signal: AbortSignal): Remote {
  const http = new HttpClient(url);
  const { ask, json } = questionsOver(http, door, signal);
  const binary = { 'content-type': BINARY };
  let short = true;
  // A program of before wants a content type.
  const hears = <T>(answer: Result<T, ExchangeRefusal>, wasShort: boolean): Result<T, ExchangeRefusal> => {
    if (wasShort && !answer.ok && answer.refusal.code === 'sync.mediaType') short = false;
    return answer;
  };

  return {
    enrol: (request) => json('enrol', request, enrolReply),
    renew: (request) => json('renew', request, enrolReply),
    challenge: (certificate) => json('readmit', { certificate, challenge: '', keyed: true, proof: '' }, readmitReply),
    readmit: (request) => json('readmit', request, enrolReply),
    async hello(request) {
      const answer = await ask('hello', { body: new TextEncoder().encode(JSON.stringify(helloOnTheWire.request(request))) });
      if (!answer.ok) return answer;
      const reply = helloOnTheWire.readReply(parsed(answer.value.body));
      return reply ? ok(reply) : refuse('sync.answerWrong');
    },
    positions: (spaces) => json('positions', { spaces }, positionsReply),
    async lacking(space, hashes) {
      const answer = await json('positions', { spaces: [], leaving: { space, hashes } }, positionsReply);
      return answer.ok ? ok(answer.value.lacks ?? null) : answer;
    },
    async revocations(list) {
      const answer = read(await ask('revocations', { body: list, headers: binary }), revocationsReply);
      return answer.ok ? ok(Buffer.from(answer.value.revocations, 'base64url')) : answer;
    },
    isShort: () => short,
    speakPlainly: () => void (short = false),
    async push(pack) {
      const isAbridgedPack = isAbridged(pack);
      const answer = await ask('push', { body: pack, ...(!isAbridgedPack && { headers: binary }) });
      if (!answer.ok) return hears(answer, isAbridgedPack);
      const reply = pushOnTheWire.readReply(parsed(answer.value.body));
      return reply ? ok(reply) : refuse('sync.answerWrong');
    },
    async pull(wish, onBytes) {
      if (short) {
        const body = new TextEncoder().encode(JSON.stringify(pullOnTheWire.request(wish)));
        const answer = hears(await ask('pull', { body, onData: onBytes }), true);
        if (answer.ok || short) return answer.ok ? ok(null) : answer;
      }
      const { complete: _, ...request } = wish;
      const body = new TextEncoder().encode(JSON.stringify(request));
      const answer = await ask('pull', { body, headers: { 'content-type': 'application/json' }, onData: onBytes });
      return answer.ok ? ok(null) : answer;
    },
    ...fileCalls(ask),
    traffic: () => http.traffic(),
    close: () => http.close(),
  };
}

interface Question {
  readonly body?: Uint8Array;
  readonly headers?: Record<string, string>;
  readonly path?: string;
  readonly onData?: (bytes: Uint8Array) => void;
}

type Ask = (name: RouteName, options?: Question) => Promise<Result<HttpAnswer, ExchangeRefusal>>;
type AskJson = <S extends z.ZodType>(name: RouteName, body: unknown, schema: S) => Promise<Result<z.output<S>, ExchangeRefusal>>;

/** The contract's routes asked over a connection: as they are, and with JSON both ways. */
function questionsOver(http: HttpClient, door: Door | null, signal: AbortSignal): { readonly ask: Ask; readonly json: AskJson } {
  const ask: Ask = async (name, options = {}) => {
    const { who }: Route = repositoryRoutes[name];
    if (who === 'anyone' || !door) return askOnce(name, options, {});
    // A session that the repository takes no more (it slept too long, the repository's clock was put right) is opened anew, once.
    for (let isAgain = false; ; isAgain = true) {
      const { method, path, signed }: Route = repositoryRoutes[name];
      const body = signed === 'body' ? (options.body ?? new Uint8Array(0)) : undefined;
      const header = await door.header({ method, path: options.path ?? path, body }, (request) => json('session', request, sessionReply));
      if (!header.ok) return header;
      const answer = await askOnce(name, options, { authorization: header.value });
      if (answer.ok || !isSessionEnded(answer.refusal) || isAgain) return answer;
      door.forget();
    }
  };
  const askOnce = async (
    name: RouteName,
    options: Question,
    credential: Record<string, string>,
  ): Promise<Result<HttpAnswer, ExchangeRefusal>> => {
    const { method, path } = repositoryRoutes[name];
    try {
      const answer = await http.request({
        method,
        path: options.path ?? path,
        headers: { ...credential, ...options.headers },
        signal,
        ...(options.body && { body: options.body }),
        ...(options.onData && { onData: options.onData }),
      });
      return answer.status < 400 ? ok(answer) : refusalIn(answer);
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      return refuse(error.kind === 'cancelled' ? 'job.cancelled' : `sync.${error.kind}`);
    }
  };
  const json: AskJson = async (name, body, schema) => {
    const headers = { 'content-type': 'application/json' };
    return read(await ask(name, { body: new TextEncoder().encode(JSON.stringify(body)), headers }), schema);
  };
  return { ask, json };
}

type FileCalls = Pick<Remote, 'fileHeld' | 'fileGet' | 'filePut' | 'fileProve'>;

/** The calls about the bytes of files. */
function fileCalls(ask: Ask): FileCalls {
  const filePath = (sha256: string): string => `/v1/files/${sha256}`;
  return {
    async fileHeld(sha256, own) {
      const headers = own === null ? {} : { 'x-file-size': String(own) };
      const answer = await ask('fileHeld', { path: filePath(sha256), headers });
      // An answer to HEAD has no body that could say so.
      if (!answer.ok) return answer.refusal.details['status'] === 404 ? refuse('sync.fileUnknown') : answer;
      const [size, held] = ['x-file-size', 'x-file-held'].map((name) => Number(answer.value.headers[name] ?? NaN));
      return Number.isSafeInteger(size) && Number.isSafeInteger(held)
        ? ok({ size: size!, held: held!, nonce: nonceIn(answer.value) })
        : refuse('sync.answerWrong');
    },
    async fileGet(sha256, start, end, onBytes) {
      const headers = { range: `bytes=${start}-${end - 1}` };
      const answer = await ask('fileGet', { path: filePath(sha256), headers, onData: onBytes });
      return answer.ok ? ok(null) : answer;
    },
    async filePut(sha256, start, size, bytes) {
      const range = `bytes ${start}-${start + bytes.length - 1}/${size}`;
      const answer = await ask('filePut', {
        path: filePath(sha256),
        body: bytes,
        headers: { 'content-type': FILE_PART, 'content-range': range },
      });
      if (!answer.ok) return answer;
      const held = Number((parsed(answer.value.body) as { held?: unknown } | null)?.held);
      return Number.isSafeInteger(held) ? ok({ held }) : refuse('sync.answerWrong');
    },
    async fileProve(sha256, nonce, proof) {
      const headers = { 'content-type': FILE_PART, 'x-file-proof': `${nonce} ${proof}` };
      const answer = await ask('filePut', { path: filePath(sha256), body: new Uint8Array(0), headers });
      return answer.ok ? ok(null) : answer;
    },
  };
}

/** An answer to HEAD has no body that could say which refusal it is. */
function isSessionEnded({ code, details }: Refusal<ExchangeRefusal>): boolean {
  return code === 'sync.sessionEnded' || (code === 'sync.answerWrong' && details['status'] === 401);
}

function nonceIn({ headers }: HttpAnswer): string {
  const nonce = headers['x-file-nonce'];
  return typeof nonce === 'string' && /^[\w.-]{1,200}$/.test(nonce) ? nonce : '';
}

function read<S extends z.ZodType>(answer: Result<HttpAnswer, ExchangeRefusal>, schema: S): Result<z.output<S>, ExchangeRefusal> {
  if (!answer.ok) return answer;
  const body = schema.safeParse(parsed(answer.value.body));
  return body.success ? ok(body.data) : refuse('sync.answerWrong');
}

/** The repository's coded refusal; a proxy's or a stranger's answer is only a status. */
function refusalIn({ status, body }: HttpAnswer): Result<never, ExchangeRefusal> {
  const error = errorReply.safeParse(parsed(body));
  if (error.success) return refusedThere(error.data.error);
  return refuse(status >= 500 ? 'sync.unreachable' : 'sync.answerWrong', { status });
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body)) as unknown;
  } catch {
    return null;
  }
}
