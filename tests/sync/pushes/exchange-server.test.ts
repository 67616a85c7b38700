import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BINARY, FILE_PART, enrolmentProof, repositoryRoutes, type Route } from '../../../shared/contract/repository.ts';
import { toHex } from '../../../shared/kernel/hex.ts';
import { accountOf } from '../../../electron/engine/sync/repository/account.ts';
import { brotli, newSeed, nodeHasher, signerOf } from '../../../shared/node/crypto.ts';
import { encodeChangeSet, sealChangeSet } from '../../../shared/sync/change-set.ts';
import { certificateOf } from '../../../shared/node/store/sqlite/certificates.ts';
import { LIBRARY } from '../../../shared/model/spaces.ts';
import { encodePack } from '../../../shared/sync/pack/pack-writer.ts';
import { enrolBareDevice } from '../../support/laptops/bare-device.ts';
import { openLaptop, type Laptop } from '../../support/laptops/laptop.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { seeded } from '../../support/seeded.ts';

/** Bad input of every kind: a coded refusal, nothing applied, the process alive (SPEC, invariant 16; TRUST, *Nobody sees* 5, 6, 11). */
let server: TestRepository;
let laptop: Laptop;
let token: string;

beforeAll(async () => {
  server = await startRepository({ library: false });
  laptop = openLaptop();
  const enrolled = await laptop.enrol(server.url, await server.invite('trainer', 'all'));
  expect(enrolled.ok).toBe(true);
  ({ token } = await enrolBareDevice(server.url, await server.invite('trainer', 'all')));
});
afterAll(async () => {
  await laptop.end();
  await server.stop();
  expect(server.faults).toEqual([]);
});

async function ask(method: string, path: string, body?: BodyInit | null, headers: Record<string, string> = {}) {
  const answer = await fetch(server.url + path, { method, headers: { authorization: `Bearer ${token}`, ...headers }, body: body ?? null });
  const text = await answer.text();
  const error = text.startsWith('{') ? (JSON.parse(text) as { error?: { code: string } }).error : undefined;
  return { status: answer.status, code: error?.code ?? '', text };
}

async function alive(): Promise<void> {
  expect(await laptop.run()).toMatchObject({ ok: true });
}

const JSON_TYPE = { 'content-type': 'application/json' };
const PACK_TYPE = { 'content-type': BINARY };

describe('the door', () => {
  it('every route but enrolment turns away who has no credential, a wrong one, or a revoked one', async () => {
    for (const [name, { method, path: at, who }] of Object.entries(repositoryRoutes) as [string, Route][]) {
      const where = at.replace(':sha256', '0'.repeat(64));
      for (const authorization of ['', 'Bearer ', 'Bearer x', `Basic ${token}`, `Bearer ${token}x`, `Bearer ${'A'.repeat(43)}`]) {
        const body = method === 'POST' ? '{}' : method === 'PUT' ? 'x' : undefined;
        const answer = await ask(method, where, body, {
          ...(method === 'PUT' ? { 'content-type': FILE_PART } : body ? JSON_TYPE : {}),
          authorization,
        });
        expect(answer.status, `${name} ${authorization}`).toBe(who === 'device' ? 401 : 400);
        if (method !== 'HEAD') expect(answer.code).toBe(who === 'device' ? 'sync.credentialUnknown' : 'sync.malformed');
      }
    }
  });

  it('a route that is not in the contract does not exist, whatever the method', async () => {
    for (const at of ['/', '/v1', '/v1/', '/v1/hello/', '/v2/hello', '/v1/files', '/%00', `/${'a'.repeat(3_000)}`]) {
      expect(await ask('GET', at)).toMatchObject({ status: 404, code: 'sync.routeUnknown' });
    }
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      expect(await ask(method, '/v1/hello')).toMatchObject({ status: 404, code: 'sync.routeUnknown' });
    }
  });

  it('says nothing of what went wrong inside', async () => {
    for (const body of [
      '',
      '{',
      'null',
      '[]',
      '{"a":1}',
      '{"__proto__":{}}',
      '{"constructor":{"prototype":{}}}',
      `${'['.repeat(100_000)}`,
      '"\\ud800"',
    ]) {
      for (const at of ['/v1/hello', '/v1/positions', '/v1/pull', '/v1/enrol', '/v1/renew']) {
        const answer = await ask('POST', at, body, JSON_TYPE);
        // What anybody may ask is short.
        if (at === '/v1/enrol' && body.length > 16 << 10) {
          expect(answer).toMatchObject({ status: 413, code: 'sync.tooLarge' });
          continue;
        }
        expect(answer, `${at} ${body.slice(0, 30)}`).toMatchObject({ status: 400, code: 'sync.malformed' });
        expect(answer.text).toBe('{"error":{"code":"sync.malformed","details":{}}}');
      }
    }
    expect(await ask('POST', '/v1/hello', 'x', { 'content-type': 'text/plain' })).toMatchObject({ status: 415, code: 'sync.mediaType' });
    expect(await ask('POST', '/v1/hello', '{}', { ...JSON_TYPE, 'content-encoding': 'br' })).toMatchObject({ status: 400 });
    expect(await ask('POST', '/v1/push', '{}', JSON_TYPE)).toMatchObject({ status: 415 });
    await alive();
  });
});

describe('too much', () => {
  it('a body of 100 MB is refused by name, known length or not', async () => {
    const piece = new Uint8Array(1 << 20);
    for (const chunked of [false, true]) {
      const answer = await new Promise<{ status: number; text: string }>((resolve, reject) => {
        const request = http.request(`${server.url}/v1/push`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, ...PACK_TYPE, ...(chunked ? {} : { 'content-length': String(100 * piece.length) }) },
        });
        request.on('error', reject);
        request.on('response', (response) => {
          let text = '';
          response.on('data', (data: Buffer) => (text += data.toString()));
          response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
        });
        void (async () => {
          for (let i = 0; i < 100; i++) if (!request.write(piece)) await new Promise((drained) => request.once('drain', drained));
          request.end();
        })();
      });
      expect(answer.status).toBe(413);
      expect(answer.text).toContain('sync.tooLarge');
    }
    // As another program would send it.
    expect(await ask('POST', '/v1/push', new Uint8Array(100 << 20), PACK_TYPE)).toMatchObject({ status: 413, code: 'sync.tooLarge' });
    expect(await ask('POST', '/v1/hello', new Uint8Array(100 << 20), JSON_TYPE)).toMatchObject({ status: 413, code: 'sync.tooLarge' });
    await alive();
  });

  it('a bomb inside a pack ends at the limit', async () => {
    const bomb = brotli.compress(new Uint8Array(200 << 20));
    const signer = signerOf(newSeed());
    // A frame as the format has it, with a right digest, whose payload unpacks to 200 MB.
    const compression = { ...brotli, compress: () => bomb };
    const value = Array.from({ length: 4 * bomb.length }, (_, i) => String.fromCharCode(0x100 + ((i * i) % 0x3000))).join('');
    const op = { entityType: 'x', entityId: 'x', field: 'x', supersedes: [], content: { form: 'plain', value } } as const;
    const header = {
      version: 1,
      space: 's',
      replica: 'a'.repeat(32),
      seq: 1,
      prev: null,
      t: 0,
      tq: 0,
      schema: 1,
      author: '',
      kind: 'data',
    } as const;
    const pack = encodePack({ spaces: [], certificates: [] }, [encodeChangeSet(sealChangeSet(header, [op], signer, nodeHasher))], {
      hasher: nodeHasher,
      compression,
      signer,
    });
    expect(pack.length).toBeLessThan(1 << 16);
    const before = process.memoryUsage().rss;
    expect(await ask('POST', '/v1/push', Buffer.from(pack), PACK_TYPE)).toMatchObject({ status: 400 });
    expect(process.memoryUsage().rss - before).toBeLessThan(256 << 20);
    await alive();
  });

  it('JSON has a smaller cap, and lists in it too', async () => {
    const long = JSON.stringify({ spaces: [`s${'x'.repeat(600 << 10)}`] });
    expect(await ask('POST', '/v1/positions', long, JSON_TYPE)).toMatchObject({ status: 413, code: 'sync.tooLarge' });
    const many = JSON.stringify({ spaces: Array.from({ length: 1_001 }, () => 's') });
    expect(await ask('POST', '/v1/positions', many, JSON_TYPE)).toMatchObject({ status: 400, code: 'sync.malformed' });
  });
});

describe('packs', () => {
  it('anything that is no whole pack of the sender is refused whole', async () => {
    const signer = signerOf(newSeed());
    const empty = encodePack({ spaces: [], certificates: [] }, [], { hasher: nodeHasher, compression: brotli, signer });
    // Well formed and signed, but not by the device whose credential brings it.
    expect(await ask('POST', '/v1/push', Buffer.from(empty), PACK_TYPE)).toMatchObject({ status: 400, code: 'sync.senderWrong' });
    const seed = Math.floor(Math.random() * 1e9);
    const random = seeded(seed);
    const head = await server.spaces();
    for (let i = 0; i < 300; i++) {
      const bytes = Buffer.from(empty);
      const kind = i % 3;
      if (kind === 0) bytes[Math.floor(random() * bytes.length)]! ^= 1 + Math.floor(random() * 255);
      const body =
        kind === 1
          ? bytes.subarray(0, Math.floor(random() * bytes.length))
          : kind === 2
            ? Buffer.from(Array.from({ length: 200 }, () => random() * 256))
            : bytes;
      const answer = await ask('POST', '/v1/push', body, PACK_TYPE);
      expect(answer.status, `seed ${seed}, ${i}`).toBe(400);
      expect(answer.code).toMatch(/^sync\./);
    }
    expect(await server.spaces()).toEqual(head);
    await alive();
  });
});

describe('files', () => {
  it('keeps what came of a part whose link broke before anything was looked up', async () => {
    const bytes = randomBytes(8_000);
    const sha256 = Buffer.from(nodeHasher.sha256(bytes)).toString('hex');
    laptop.write(LIBRARY, 'materialVersion', randomUUID(), {
      sha256,
      size: bytes.length,
      language: 'fr',
      type: 'text/plain',
      fileName: 'x',
    });
    await alive();
    const { hostname, port } = new URL(server.url);
    const head = `PUT /v1/files/${sha256} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-type: ${FILE_PART}\r\ncontent-length: 8000\r\n\r\n`;
    const held = async () => {
      const answer = await fetch(`${server.url}/v1/files/${sha256}`, { method: 'HEAD', headers: { authorization: `Bearer ${token}` } });
      return answer.headers.get('x-file-held');
    };
    expect(await held()).toBe('0');
    const link = connect(Number(port), hostname);
    await once(link, 'connect');
    link.write(Buffer.concat([Buffer.from(head), bytes.subarray(0, 5_000)]), () => link.destroy());
    await once(link, 'close');
    await expect.poll(held).toBe('5000');
  });

  it('no file exists for who has no record that names it', async () => {
    const sha256 = 'a'.repeat(64);
    for (const at of [`/v1/files/${sha256}`, '/v1/files/nonsense', '/v1/files/..%2f..%2fetc', `/v1/files/${'Z'.repeat(64)}`]) {
      expect(await ask('GET', at)).toMatchObject({ status: 404, code: 'sync.fileUnknown' });
      expect(await ask('HEAD', at)).toMatchObject({ status: 404 });
      expect(await ask('PUT', at, 'x', { 'content-type': FILE_PART })).toMatchObject({ status: 404, code: 'sync.fileUnknown' });
    }
  });
});

describe('enrolment', () => {
  it('five tries a code, then it is spent, also for who has it right', async () => {
    const code = await server.invite('trainer', 'all');
    // The name of the invitation is kept, the secret is another's: with a right check sign, as a guesser would make it.
    const guesses = guessesFor(code, 5);
    const other = openLaptop();
    for (const guess of guesses)
      expect(await other.enrol(server.url, guess)).toMatchObject({ ok: false, refusal: { code: 'sync.codeWrong' } });
    expect(await other.enrol(server.url, code)).toMatchObject({ ok: false, refusal: { code: 'sync.codeSpent' } });
    await other.end();
  });

  it('a code is for one laptop; that one may use it again while it lasts, for its reply may have got lost', async () => {
    const code = await server.invite('coordinator', 'country:SN');
    const [one, two] = [openLaptop(), openLaptop()];
    expect(await one.enrol(server.url, code)).toMatchObject({ ok: true });
    const first = certificateOf(one.store.db, one.store.replica)!.bytes;
    expect(await one.enrol(server.url, code)).toMatchObject({ ok: true });
    expect(certificateOf(one.store.db, one.store.replica)!.bytes).toEqual(first);
    expect(await one.run()).toMatchObject({ ok: true });
    expect(await two.enrol(server.url, code)).toMatchObject({ ok: false, refusal: { code: 'sync.codeWrong' } });
    expect(accountOf(two.settings)).toBeUndefined();
    await one.end();
    await two.end();
  });

  it('fifteen minutes', async () => {
    let now = Date.now();
    const timed = await startRepository({ library: false, clock: { now: () => now } });
    const code = await timed.invite('trainer', 'all');
    now += 15 * 60_000 + 1;
    const late = openLaptop();
    expect(await late.enrol(timed.url, code)).toMatchObject({ ok: false, refusal: { code: 'sync.codeExpired' } });
    await late.end();
    await timed.stop();
  });

  it('who guesses learns nothing more for a while, and shuts enrolment for nobody else behind the same address', async () => {
    const guarded = await startRepository({ library: false });
    const [known, guesser] = [openLaptop(), openLaptop()];
    expect(await known.enrol(guarded.url, await guarded.invite('trainer', 'all'))).toMatchObject({ ok: true });
    const codes = new Set<string>();
    for (let i = 0; i < 30; i++) {
      const answer = await guesser.enrol(guarded.url, guessesFor(await server.invite('trainer', 'all'), 1)[0]!);
      if (!answer.ok) codes.add(answer.refusal.code);
    }
    expect([...codes]).toEqual(['sync.codeWrong', 'sync.enrolLater']);
    // From there even a code that is spent, or is another's, is answered like any other: nothing tells which exist.
    const used = await guarded.invite('trainer', 'all');
    const spent = await guarded.invite('trainer', 'all');
    for (const guess of guessesFor(spent, 6)) {
      expect(await guesser.enrol(guarded.url, guess)).toMatchObject({ ok: false, refusal: { code: 'sync.enrolLater' } });
    }
    expect(await guesser.enrol(guarded.url, spent)).toMatchObject({ ok: false, refusal: { code: 'sync.enrolLater' } });
    const honest = openLaptop();
    expect(await honest.enrol(guarded.url, used)).toMatchObject({ ok: true });
    expect(await guesser.enrol(guarded.url, used)).toMatchObject({ ok: false, refusal: { code: 'sync.enrolLater' } });
    await honest.end();
    expect(await known.run()).toMatchObject({ ok: true });
    await known.end();
    await guesser.end();
    await guarded.stop();
  });

  it('guesses from everywhere slow enrolment down and do not end it', async () => {
    const guarded = await startRepository({ library: false });
    const [name] = guessesFor(await server.invite('trainer', 'all'), 1) as [string];
    const signer = signerOf(newSeed());
    const claim = { code: name, name: 'X', publicKey: toHex(signer.publicKey), userId: '' };
    const body = JSON.stringify({ ...claim, proof: toHex(signer.sign(enrolmentProof(claim))) });
    const guess = async (): Promise<number> =>
      (await fetch(`${guarded.url}/v1/enrol`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status;
    for (let i = 0; i < 10; i++) await Promise.all(Array.from({ length: 20 }, guess));
    const flood = Promise.all(Array.from({ length: 20 }, guess));
    const honest = openLaptop();
    expect(await honest.enrol(guarded.url, await guarded.invite('trainer', 'all'))).toMatchObject({ ok: true });
    expect(new Set(await flood)).toEqual(new Set([429]));
    await honest.end();
    await guarded.stop();
  });

  it('mistyped, nobody there, not a repository: said before anything is changed', async () => {
    const fresh = openLaptop();
    expect(await fresh.enrol(server.url, 'AAAA-AAAA-AAAA-AAA0')).toMatchObject({ ok: false, refusal: { code: 'sync.codeMistyped' } });
    expect(await fresh.enrol('http://127.0.0.1:9', await server.invite('trainer', 'all'))).toMatchObject({
      refusal: { code: 'sync.enrolUnreachable' },
    });
    const stranger = http.createServer((_request, response) => response.end('<html>'));
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    const { port } = stranger.address() as { port: number };
    expect(await fresh.enrol(`http://127.0.0.1:${port}`, await server.invite('trainer', 'all'))).toMatchObject({
      refusal: { code: 'sync.answerWrong' },
    });
    stranger.close();
    stranger.closeAllConnections();
    expect(await fresh.run()).toMatchObject({ ok: false, refusal: { code: 'sync.notEnrolled' } });
    expect(accountOf(fresh.settings)).toBeUndefined();
    await fresh.end();
  });

  it('a revoked device is turned away at its next request', async () => {
    const lost = openLaptop();
    await lost.enrol(server.url, await server.invite('trainer', 'all'));
    expect(await lost.run()).toMatchObject({ ok: true });
    await server.registry.revoke(lost.store.replica, Date.now());
    expect(await lost.run()).toMatchObject({ ok: false, refusal: { code: 'sync.deviceRevoked' } });
    await lost.end();
  });
});

/** Codes that name the same invitation with other secrets, and whose check sign is right. */
function guessesFor(code: string, count: number): string[] {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const signs = [...code.replaceAll('-', '')];
  const found: string[] = [];
  for (const wrong of alphabet) {
    for (const check of alphabet) {
      const guess = [...signs.slice(0, 8), wrong, ...signs.slice(9, 15), check].join('');
      const sum = [...guess.slice(0, 15)].reduce((total, sign, i) => total + (2 * i + 1) * alphabet.indexOf(sign), 0);
      if (alphabet[sum & 31] === check && wrong !== signs[8] && found.length < count) found.push(guess);
    }
  }
  return found;
}
