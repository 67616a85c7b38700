import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import { ok, refuse, type Refusal, type Result } from '../../kernel/result.ts';

/** A request that came to a route, its body whole. `Who`: who was let in by the listener. */
export interface RoutedRequest<Who> {
  readonly who: Who;
  /** What stands in the path behind that of a route that ends in `/`. */
  readonly name: string;
  readonly query: URLSearchParams;
  readonly body: Uint8Array;
}

/** One route of a listener: all that it answers, and the longest body that it reads. */
export interface TableRoute<Who> {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** The whole path; one that ends in `/` has a name behind it. */
  readonly path: string;
  /** Bytes; 0: none is read. */
  readonly body: number;
  /** The answer: bytes, or what becomes JSON. */
  answer(asked: RoutedRequest<Who>): Result<unknown> | Promise<Result<unknown>>;
}

/** The answers of a listener to a request that no route can judge. */
export interface Refusals {
  readonly unknown: string;
  readonly tooLarge: string;
  readonly interrupted: string;
  readonly failed: string;
}

/** The answer of a route whose body is JSON of a schema; `malformed` refuses any other. */
export function withJson<Who, S extends z.ZodType>(
  schema: S,
  malformed: string,
  answer: (value: z.output<S>, asked: RoutedRequest<Who>) => Result<unknown> | Promise<Result<unknown>>,
): TableRoute<Who>['answer'] {
  return (asked) => {
    const read = schema.safeParse(jsonIn(asked.body));
    return read.success ? answer(read.data, asked) : refuse(malformed);
  };
}

/**
 * Answers requests by a table of routes and by nothing else: a refusal is 409 with `{error}`. What a route throws (a bug) is answered as `failed`, 500, and thrown on.
 * Nothing is remembered between two requests. `turnedAway`: why somebody is answered nothing, whatever they ask.
 */
export function routeTable<Who>(
  routes: readonly TableRoute<Who>[],
  refusals: Refusals,
  turnedAway: (who: Who) => Refusal | null = () => null,
): (who: Who, request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (who, request, response) => {
    try {
      const refusal = turnedAway(who);
      const answer = refusal ? { ok: false as const, refusal } : await answerOf(routes, refusals, who, request);
      if (answer.ok) send(response, 200, answer.value);
      else send(response, 409, { error: answer.refusal });
    } catch (error) {
      if (!response.headersSent) send(response, 500, { error: { code: refusals.failed, details: {} } });
      else response.destroy();
      throw error;
    }
  };
}

async function answerOf<Who>(
  routes: readonly TableRoute<Who>[],
  refusals: Refusals,
  who: Who,
  request: IncomingMessage,
): Promise<Result<unknown>> {
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const route = routes.find(
    (one) => one.method === request.method && (one.path.endsWith('/') ? path.startsWith(one.path) : path === one.path),
  );
  if (!route) return refuse(refusals.unknown);
  const body = route.body === 0 ? ok(new Uint8Array(0)) : await bodyOf(request, route.body, refusals);
  return body.ok ? route.answer({ who, name: path.slice(route.path.length), query: new URLSearchParams(query), body: body.value }) : body;
}

async function bodyOf(request: IncomingMessage, most: number, refusals: Refusals): Promise<Result<Uint8Array>> {
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
    return refuse(refusals.interrupted);
  }
  return length <= most ? ok(Buffer.concat(pieces)) : refuse(refusals.tooLarge);
}

/** Parses the JSON of a body; null where it is none. */
export function jsonIn(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { ignoreBOM: true }).decode(body)) as unknown;
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
