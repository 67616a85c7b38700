import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { routeTable, withJson, type TableRoute } from '../../../shared/node/http/route-table.ts';

const ROUTES: readonly TableRoute<string>[] = [
  {
    method: 'POST',
    path: '/add',
    body: 100,
    answer: withJson(z.strictObject({ a: z.int(), b: z.int() }), 'sum.malformed', ({ a, b }, { who }) => ok({ sum: a + b, who })),
  },
  {
    method: 'PUT',
    path: '/part/',
    body: 8,
    answer: ({ name, query, body }) => ok({ name, start: query.get('start'), bytes: body.length }),
  },
  {
    method: 'GET',
    path: '/part/',
    body: 0,
    answer: ({ name }) => (name === 'none' ? refuse('part.unknown') : ok(new Uint8Array([1, 2, 3]))),
  },
  {
    method: 'GET',
    path: '/bug',
    body: 0,
    answer: () => {
      throw new Error('a bug');
    },
  },
];

describe('a listener made of a table of routes', () => {
  const thrown: unknown[] = [];
  let server: Server;
  beforeAll(async () => {
    const refusals = { unknown: 'route.unknown', tooLarge: 'body.tooLarge', interrupted: 'link.broken', failed: 'route.failed' };
    const answer = routeTable(ROUTES, refusals, (who) => (who === 'out' ? { code: 'who.turnedAway', details: {} } : null));
    server = createServer(
      (asked, response) => void answer(String(asked.headers['x-who'] ?? 'awa'), asked, response).catch((error) => thrown.push(error)),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => void server.close());

  function ask(method: string, path: string, body: string | Uint8Array = '', who = 'awa'): Promise<{ status: number; text: string }> {
    const { port } = server.address() as AddressInfo;
    return new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, method, path, headers: { 'x-who': who } }, (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(pieces).toString('latin1') }));
      });
      asked.on('error', reject);
      asked.end(body);
    });
  }
  const code = (answer: { text: string }): string => (JSON.parse(answer.text) as { error: { code: string } }).error.code;

  it('answers what is in the table, and says who asks', async () => {
    expect(await ask('POST', '/add', '{"a":2,"b":3}')).toEqual({ status: 200, text: '{"sum":5,"who":"awa"}' });
    expect(await ask('PUT', '/part/ab?start=7', 'eight...')).toEqual({ status: 200, text: '{"name":"ab","start":"7","bytes":8}' });
    expect(await ask('GET', '/part/ab')).toEqual({ status: 200, text: '\u0001\u0002\u0003' });
  });

  it.each([
    ['GET', '/add'],
    ['POST', '/add/'],
    ['POST', '/adder'],
    ['DELETE', '/part/ab'],
    ['POST', '/'],
    ['POST', '//add'],
    ['POST', '/Add'],
  ])('answers nothing else: %s %s', async (method, path) => {
    const answer = await ask(method, path);
    expect([answer.status, code(answer)]).toEqual([409, 'route.unknown']);
  });

  it('refuses what the schema does not know, and what is no JSON', async () => {
    for (const body of ['', 'nothing', '{"a":2}', '{"a":2,"b":3,"c":4}', '[]'])
      expect(code(await ask('POST', '/add', body))).toBe('sum.malformed');
    expect(code(await ask('GET', '/part/none'))).toBe('part.unknown');
  });

  it('reads no body that is longer than the route says, and says why', async () => {
    expect(code(await ask('PUT', '/part/ab', 'nine bytes'))).toBe('body.tooLarge');
    expect(code(await ask('POST', '/add', `{"a":2,"b":3}${' '.repeat(100)}`))).toBe('body.tooLarge');
  });

  it('turns somebody away whatever they ask, before anything is read', async () => {
    for (const [method, path] of [
      ['POST', '/add'],
      ['GET', '/none'],
    ] as const) {
      const answer = await ask(method, path, method === 'POST' ? '{"a":2,"b":3}' : '', 'out');
      expect([answer.status, code(answer)]).toEqual([409, 'who.turnedAway']);
    }
  });

  it('says of a bug that it was one, and throws it on', async () => {
    const answer = await ask('GET', '/bug');
    expect([answer.status, code(answer), thrown.length]).toEqual([500, 'route.failed', 1]);
  });
});
