import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proxiesOf } from '../../../server/access/doorkeeper.ts';
import { enrolmentProof } from '../../../shared/contract/repository.ts';
import { toHex } from '../../../shared/kernel/hex.ts';
import { newSeed, signerOf } from '../../../shared/node/crypto.ts';
import { enrolBareDevice, type BareDevice } from '../../support/laptops/bare-device.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';

/** A host without a credential that holds very many connections: others are served while it does. */
let server: TestRepository;
let device: BareDevice;
const sockets: Socket[] = [];

beforeAll(async () => {
  server = await startRepository({ library: false });
  device = await enrolBareDevice(server.url, await server.invite('trainer', 'all'));
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await server.stop();
  expect(server.faults).toEqual([]);
});

async function crowd(count: number, words: string, url = server.url): Promise<Socket[]> {
  const port = Number(new URL(url).port);
  const made = Array.from({ length: count }, () => connect(port, '127.0.0.1'));
  sockets.push(...made);
  await Promise.all(
    made.map(
      (socket) =>
        new Promise<void>((resolve) => {
          socket.on('error', () => resolve());
          socket.on('close', () => resolve());
          socket.on('connect', () => (words === '' ? resolve() : socket.write(words, () => resolve())));
        }),
    ),
  );
  return made;
}

const openStill = (made: readonly Socket[]): number =>
  made.filter(({ destroyed, readyState }) => !destroyed && readyState === 'open').length;
const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
};

/** A request to a route that anybody may ask, whose body does not end. */
function unfinished(path: string, length: number): string {
  const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${length + 1}\r\n\r\n`;
  return head + ' '.repeat(length);
}

describe('a host without a credential', () => {
  it.each([
    ['says nothing', ''],
    ['stops in its headers', 'POST /v1/enrol HTTP/1.1\r\nHost: x\r\n'],
    ['does not end what it sends to enrol', unfinished('/v1/enrol', 10_000)],
    ['does not end what it sends to be readmitted', unfinished('/v1/readmit', 10_000)],
    ['goes on with requests that need a credential', 'POST /v1/push HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n'],
  ])('that %s on 1,200 connections keeps nobody out', async (_, words) => {
    await crowd(1_200, words);
    expect((await patiently(() => fetch(`${server.url}/`, { headers: { connection: 'close' } }))).status).toBe(404);
    await patiently(() => device.hello());
    const code = await server.invite('trainer', 'all');
    await patiently(() => enrolBareDevice(server.url, code));
    const again = crowd(300, words);
    expect((await patiently(() => device.hello())).grants.spaces).toEqual([]);
    await again;
  });

  it('holds no more than its share of connections once they are stale: the newest, until their time is up', async () => {
    const other = await startRepository({ library: false });
    const made = await crowd(300, 'GET / HTTP/1.1\r\n', other.url);
    for (const socket of made) socket.resume();
    while (openStill(made) > 63) {
      await new Promise((resolve) => setTimeout(resolve, 260));
      await crowd(1, '', other.url);
    }
    // Where nothing but their time ended them, all would have ended together.
    expect(openStill(made.slice(-40))).toBe(40);
    await other.stop();
  });

  it.each(['/v1/enrol', '/v1/readmit'])('cannot make %s take more than a few kB', async (path) => {
    const long = JSON.stringify({ code: 'x'.repeat(20_000) });
    const answer = await fetch(server.url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: long });
    expect(answer.status).toBe(413);
    // What it says that it will send counts before it has sent it: earlier ones give way, and the last do not.
    const made = await crowd(60, unfinished(path, 15_000));
    for (const socket of made) socket.resume();
    await until(() => openStill(made) <= 34);
    expect(openStill(made)).toBeGreaterThan(30);
  });
});

describe('one device', () => {
  it('has so many bodies on their way at once, and another is not kept waiting by them', async () => {
    const words = `POST /v1/push HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${device.token}\r\nContent-Type: application/octet-stream\r\nContent-Length: 1000000\r\n\r\n`;
    const made = await crowd(12, words);
    const answers: string[] = [];
    for (const socket of made) socket.on('data', (piece: Buffer) => answers.push(piece.toString()));
    await until(() => answers.length >= 4);
    for (const answer of answers) expect(answer).toMatch(/^HTTP\/1.1 503 [^]*sync\.repositoryBusy/);
    const other = await enrolBareDevice(server.url, await server.invite('trainer', 'all'));
    expect((await other.push([other.seal('library', [{ type: 'material', id: 'm', field: 'name', value: 'M' }])])).status).toBe(200);
    for (const socket of made) socket.destroy();
  });
});

describe('behind a proxy', () => {
  async function guess(url: string, from: string): Promise<number> {
    const signer = signerOf(newSeed());
    const claim = { code: '0000-0000-0000-0000', name: 'X', publicKey: toHex(signer.publicKey), userId: '' };
    const body = JSON.stringify({ ...claim, proof: toHex(signer.sign(enrolmentProof(claim))) });
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': from };
    return (await fetch(`${url}/v1/enrol`, { method: 'POST', headers, body })).status;
  }

  it('the address that it forwards is the one that counts; nobody else’s word is', async () => {
    const trusting = proxiesOf('127.0.0.0/8');
    if (!trusting.ok) throw new Error(trusting.refusal.code);
    for (const [isProxy, other] of [
      [trusting.value, 400],
      [undefined, 429],
    ] as const) {
      const proxied = await startRepository({ library: false, ...(isProxy && { isProxy }) });
      const seen = new Set<number>();
      for (let i = 0; i < 25; i++) seen.add(await guess(proxied.url, '192.0.2.7'));
      expect([...seen]).toEqual([400, 429]);
      expect(await guess(proxied.url, '192.0.2.8')).toBe(other);
      // What a client writes in front of what the proxy adds is not believed.
      expect(await guess(proxied.url, '192.0.2.9, 192.0.2.7')).toBe(429);
      await proxied.stop();
    }
  });

  it('its addresses are read whole or refused', () => {
    const is = (text: string, address: string): boolean => {
      const read = proxiesOf(text);
      if (!read.ok) throw new Error(read.refusal.code);
      return read.value(address);
    };
    expect(is('10.1.0.0/16, 192.0.2.1', '10.1.200.3')).toBe(true);
    expect(is('10.1.0.0/16, 192.0.2.1', '::ffff:192.0.2.1')).toBe(true);
    expect(is('10.1.0.0/16', '10.2.0.1')).toBe(false);
    expect(is('private', '172.20.0.3')).toBe(true);
    expect(is('private', '203.0.113.9')).toBe(false);
    expect(is('', '127.0.0.1')).toBe(false);
    for (const wrong of ['10.1.0.0/33', 'proxy.example.org', '10.0.0.1/8/8', '10.0.0.1/x']) {
      expect(proxiesOf(wrong)).toMatchObject({ ok: false, refusal: { code: 'administration.proxy', details: { proxy: wrong } } });
    }
  });
});

/** Asks again where a connection that was kept had given way meanwhile, as a laptop does. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let left = 3; ; left--) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof TypeError) || left === 0) throw error;
    }
  }
}
