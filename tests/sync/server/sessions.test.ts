import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync, readdirSync, statSync, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../server/administration.ts';
import { accountOf, keepAccount } from '../../../electron/engine/sync/repository/account.ts';
import {
  enrolmentProof,
  helloOnTheWire,
  readmissionProof,
  renewalProof,
  sessionProof,
  type RouteName,
} from '../../../shared/contract/repository.ts';
import { fromHex, toHex } from '../../../shared/kernel/hex.ts';
import type { Signer } from '../../../shared/kernel/ports.ts';
import { newSeed, nodeHasher, signerOf } from '../../../shared/node/crypto.ts';
import { signedHeader } from '../../../shared/node/http/signed-request.ts';
import { newAgreement } from '../../../shared/node/sealing.ts';
import { backup } from '../../../shared/node/store/sqlite/backup/backup.ts';
import { replicaIdOf } from '../../../shared/sync/change-set.ts';
import { enrolBareDevice } from '../../support/laptops/bare-device.ts';
import { openLaptop, type Laptop } from '../../support/laptops/laptop.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { enrolledLaptop, makeWorkshop, synced } from '../../support/workshop.ts';

/** TRUST, *Nobody sees what is not theirs* 5 and 6: what opens the repository is a device's private key, and nothing that was overheard or copied. */
let now = Date.parse('2026-03-02T08:00:00Z');
let server: TestRepository;
const laptops: Laptop[] = [];

beforeAll(async () => {
  server = await startRepository({ library: false, clock: { now: () => now } });
});
afterAll(async () => {
  for (const laptop of laptops) await laptop.end();
  await server.stop();
  expect(server.faults).toEqual([]);
});

interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

interface Reply {
  readonly status: number;
  readonly code: string;
  json<T>(): T;
}

async function send({ method, path: at, headers, body }: Request): Promise<Reply> {
  const { host: _host, connection: _connection, ...rest } = headers;
  const length = rest['content-length'] !== undefined && { 'content-length': String(body.length) };
  const answer = await new Promise<{ status: number; text: string }>((resolve, reject) => {
    const asked = http.request(server.url + at, { method, headers: { ...rest, ...length } }, (response) => {
      let text = '';
      response.on('data', (piece: Buffer) => (text += piece.toString('latin1')));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asked.on('error', reject);
    asked.end(body);
  });
  const error = answer.text.startsWith('{"error"') ? (JSON.parse(answer.text) as { error: { code: string } }).error.code : '';
  return { status: answer.status, code: error, json: <T>() => JSON.parse(answer.text) as T };
}

function post(at: string, body: object, headers: Record<string, string> = {}): Promise<Reply> {
  const bytes = Buffer.from(JSON.stringify(body));
  return send({ method: 'POST', path: at, headers: { 'content-type': 'application/json', ...headers }, body: bytes });
}

/** Everything that a listener on the wire reads of what passes while `work` runs, by its route. */
async function overheard(work: (url: string) => Promise<void>): Promise<Request[]> {
  const heard: Request[] = [];
  const listener = http.createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const headers = request.headers as Record<string, string>;
      const body = Buffer.concat(pieces);
      heard.push({ method: request.method!, path: request.url!, headers, body });
      const passed = http.request(server.url + request.url!, { method: request.method!, headers }, (answer) => {
        response.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(response);
      });
      passed.end(body);
    });
  });
  await new Promise<void>((listening) => listener.listen(0, '127.0.0.1', listening));
  try {
    await work(`http://127.0.0.1:${(listener.address() as AddressInfo).port}`);
  } finally {
    listener.closeAllConnections();
    await new Promise((closed) => listener.close(closed));
  }
  return heard;
}

interface Keyed {
  readonly signer: Signer;
  readonly replica: string;
  readonly repositoryKey: string;
  readonly certificate: string;
  /** The captured enrolment. */
  readonly claim: object;
}

async function keyedDevice(role: 'trainer' | 'coordinator' = 'trainer'): Promise<Keyed> {
  const signer = signerOf(newSeed());
  const plain = {
    code: await server.invite(role, 'all'),
    name: 'Awa Diop',
    publicKey: toHex(signer.publicKey),
    userId: '',
    keyed: true,
  } as const;
  const claim = { ...plain, proof: toHex(signer.sign(enrolmentProof(plain))) };
  const reply = await post('/v1/enrol', claim);
  expect(reply.status).toBe(200);
  const said = reply.json<{ certificate: string; repositoryKey: string; token?: string }>();
  expect(said.token).toBeUndefined();
  return { signer, replica: replicaIdOf(signer.publicKey, nodeHasher), ...said, claim };
}

interface Opened {
  readonly key: Uint8Array;
  readonly until: number;
  readonly request: object;
  readonly sealed: string;
}

async function open({ signer, replica, repositoryKey }: Pick<Keyed, 'signer' | 'replica' | 'repositoryKey'>): Promise<Opened> {
  const agreement = newAgreement();
  const asked = { replica, agreement: toHex(agreement.publicKey) };
  const request = { ...asked, proof: toHex(signer.sign(sessionProof(repositoryKey, asked))) };
  const reply = await post('/v1/session', request);
  expect(reply.code).toBe('');
  const { until, sealed } = reply.json<{ until: number; sealed: string }>();
  return { key: agreement.open(fromHex(sealed))!, until, request, sealed };
}

const HELLO = Buffer.from(JSON.stringify(helloOnTheWire.request({ cursor: null, grants: null, own: '', here: [] })));

function helloBy(replica: string, { key, until }: Pick<Opened, 'key' | 'until'>, at = Math.floor(now / 1_000)): Request {
  const authorization = signedHeader(key, { replica, until, at }, { method: 'POST', path: '/v1/hello', body: HELLO });
  return { method: 'POST', path: '/v1/hello', headers: { authorization, 'content-length': '0' }, body: HELLO };
}

describe('an enrolment that is sent again by whoever overheard it', () => {
  it('gives nothing that opens anything, and turns nobody out', async () => {
    const device = await keyedDevice();
    const session = await open(device);
    const again = await post('/v1/enrol', device.claim);
    expect(again.status).toBe(200);
    expect(Object.keys(again.json<object>()).sort()).toEqual(['certificate', 'repositoryKey']);
    expect(again.json<{ certificate: string }>().certificate).toBe(device.certificate);
    expect((await send(helloBy(device.replica, session))).status).toBe(200);
  });

  it('does not let in again a device that was turned out meanwhile', async () => {
    const device = await keyedDevice();
    await server.registry.revoke(device.replica, now);
    expect((await post('/v1/enrol', device.claim)).code).toBe('sync.deviceRevoked');
    expect((await server.registry.revocations()).revoked.map(({ replica }) => replica)).toContain(device.replica);
  });

  it('as often as you like does not use up the code of the device that was invited', async () => {
    const device = await keyedDevice();
    for (let i = 0; i < 8; i++) expect((await post('/v1/enrol', device.claim)).status).toBe(200);
  });

  it('of a program from before sessions is told nothing a second time, and the token goes on', async () => {
    const signer = signerOf(newSeed());
    const plain = { code: await server.invite('trainer', 'all'), name: 'Awa Diop', publicKey: toHex(signer.publicKey), userId: '' };
    const claim = { ...plain, proof: toHex(signer.sign(enrolmentProof(plain))) };
    const { token } = (await post('/v1/enrol', claim)).json<{ token: string }>();
    expect((await post('/v1/enrol', claim)).code).toBe('sync.codeWrong');
    // Nor changed into the other kind: what was signed says which.
    expect((await post('/v1/enrol', { ...claim, keyed: true })).code).toBe('sync.proofWrong');
    const hello = { method: 'POST', path: '/v1/hello', headers: { authorization: `Bearer ${token}`, 'content-length': '0' }, body: HELLO };
    expect((await send(hello)).status).toBe(200);
  });
});

describe('a session', () => {
  it('that is asked for again by whoever overheard it gives nothing', async () => {
    const device = await keyedDevice();
    const session = await open(device);
    const again = await post('/v1/session', session.request);
    expect(again.status).toBe(200);
    // Sealed anew to the key that only the device has; the listener's own opens neither.
    for (const sealed of [session.sealed, again.json<{ sealed: string }>().sealed]) {
      expect(newAgreement().open(fromHex(sealed))).toBeNull();
      expect(sealed).not.toContain(toHex(session.key));
    }
  });

  it('is opened by the device’s key alone', async () => {
    const [device, other] = [await keyedDevice(), await keyedDevice()];
    const agreement = toHex(newAgreement().publicKey);
    const ask = async (signer: Signer, replica: string, key = device.repositoryKey, to = agreement): Promise<string> => {
      const proof = toHex(signer.sign(sessionProof(key, { replica, agreement })));
      return (await post('/v1/session', { replica, agreement: to, proof })).code;
    };
    expect(await ask(device.signer, device.replica)).toBe('');
    expect(await ask(other.signer, device.replica)).toBe('sync.proofWrong');
    expect(await ask(device.signer, device.replica, 'b'.repeat(64))).toBe('sync.proofWrong');
    expect(await ask(device.signer, device.replica, device.repositoryKey, toHex(newAgreement().publicKey))).toBe('sync.proofWrong');
    expect(await ask(other.signer, 'c'.repeat(32))).toBe('sync.credentialUnknown');
    // A key of agreement that leads nowhere.
    const zero = '0'.repeat(64);
    const proof = toHex(device.signer.sign(sessionProof(device.repositoryKey, { replica: device.replica, agreement: zero })));
    expect((await post('/v1/session', { replica: device.replica, agreement: zero, proof })).code).toBe('sync.proofWrong');
  });

  it('ends after twelve hours, and a request after a few minutes', async () => {
    const device = await keyedDevice();
    const session = await open(device);
    const started = now;
    expect((await send(helloBy(device.replica, session))).status).toBe(200);
    for (const seconds of [-301, 301]) {
      expect((await send(helloBy(device.replica, session, Math.floor(now / 1_000) + seconds))).code).toBe('sync.sessionEnded');
    }
    now += 12 * 3_600_000;
    expect((await send(helloBy(device.replica, session))).code).toBe('sync.sessionEnded');
    // Nor does a later end help: the secret follows from it.
    expect((await send(helloBy(device.replica, { ...session, until: session.until + 3_600 }))).code).toBe('sync.sessionEnded');
    now = started;
  });

  it('ends at once when the device is turned out', async () => {
    const device = await keyedDevice();
    const session = await open(device);
    await server.registry.revoke(device.replica, now);
    expect((await send(helloBy(device.replica, session))).code).toBe('sync.credentialUnknown');
    const asked = { replica: device.replica, agreement: toHex(newAgreement().publicKey) };
    const proof = toHex(device.signer.sign(sessionProof(device.repositoryKey, asked)));
    expect((await post('/v1/session', { ...asked, proof })).code).toBe('sync.deviceRevoked');
  });

  it('says nothing of another file than the one that was asked for', async () => {
    const device = await keyedDevice();
    const { key, until } = await open(device);
    const by = { replica: device.replica, until, at: Math.floor(now / 1_000) };
    const [one, two] = ['a', 'b'].map((digit) => `/v1/files/${digit.repeat(64)}`) as [string, string];
    const headers = { authorization: signedHeader(key, by, { method: 'GET', path: one }) };
    expect((await send({ method: 'GET', path: one, headers, body: Buffer.alloc(0) })).code).toBe('sync.fileUnknown');
    expect((await send({ method: 'GET', path: two, headers, body: Buffer.alloc(0) })).code).toBe('sync.sessionEnded');
  });

  it('of one device says nothing for another', async () => {
    const [device, other] = [await keyedDevice(), await keyedDevice('coordinator')];
    const session = await open(device);
    expect((await send(helloBy(other.replica, session))).code).toBe('sync.sessionEnded');
  });
});

describe('what a listener reads while a laptop syncs', () => {
  it('opens no other request, no other body, and nothing after a few minutes', async () => {
    const laptop = await enrolledLaptop(server);
    laptops.push(laptop);
    makeWorkshop(laptop);
    const heard = await overheard(async (url) => {
      keepAccount(laptop.settings, { ...accountOf(laptop.settings)!, url });
      await synced(laptop);
    });
    keepAccount(laptop.settings, { ...accountOf(laptop.settings)!, url: server.url });
    const signed = heard.filter(({ headers }) => headers['authorization']);
    expect(signed.map(({ path: at }) => at)).toEqual(expect.arrayContaining(['/v1/hello', '/v1/push']));
    expect(signed.every(({ headers }) => headers['authorization']!.startsWith('Key '))).toBe(true);
    const hello = signed.find(({ path: at }) => at === '/v1/hello')!;
    const push = signed.find(({ path: at }) => at === '/v1/push')!;
    const all = { cursor: null, fill: [{ space: 'library', after: '' }], frame: 65_536 };
    const TYPE = { 'content-type': 'application/json', 'content-length': '0' };
    // The very body, asked of another route.
    expect((await send({ ...hello, path: '/v1/positions', headers: { ...hello.headers, ...TYPE } })).code).toBe('sync.sessionEnded');
    for (const { headers } of [hello, push]) {
      const authorization = headers['authorization']!;
      // Another route, another body, another method.
      const pull = { method: 'POST', path: '/v1/pull', headers: { authorization, ...TYPE }, body: Buffer.from(JSON.stringify(all)) };
      expect((await send(pull)).code).toBe('sync.sessionEnded');
      const otherHello = { method: 'POST', path: '/v1/hello', headers: { authorization, 'content-length': '0' }, body: HELLO };
      expect((await send(otherHello)).code).toBe('sync.sessionEnded');
      const file = { method: 'GET', path: `/v1/files/${'a'.repeat(64)}`, headers: { authorization }, body: Buffer.alloc(0) };
      expect((await send(file)).code).toBe('sync.sessionEnded');
    }
    // Ten minutes later not even the same again.
    now += 600_000;
    for (const request of signed) expect((await send(request)).code, request.path).toBe('sync.sessionEnded');
    now -= 600_000;
    // Changed anywhere it is worth nothing.
    const value = hello.headers['authorization']!;
    for (let at = 'Key '.length; at < value.length; at += 5) {
      const changed = value.slice(0, at) + (value[at] === 'A' ? 'B' : 'A') + value.slice(at + 1);
      expect((await send({ ...hello, headers: { ...hello.headers, authorization: changed } })).status, String(at)).toBe(401);
    }
  });
});

it('a stranger’s body is not waited for, whatever device the stranger names', async () => {
  const device = await keyedDevice();
  const { until } = await open(device);
  const by = { replica: device.replica, until, at: Math.floor(now / 1_000) };
  for (const at of ['/v1/hello', '/v1/pull', '/v1/push', '/v1/renew', '/v1/positions']) {
    const authorization = signedHeader(new Uint8Array(32), by, { method: 'POST', path: at, body: HELLO });
    const status = await new Promise<number>((resolve, reject) => {
      const asked = http.request(server.url + at, { method: 'POST', headers: { authorization, 'content-length': '1000' } });
      asked.on('response', (answer) => {
        resolve(answer.statusCode ?? 0);
        asked.destroy();
      });
      asked.on('error', reject);
      asked.flushHeaders();
    });
    expect(status, at).toBe(401);
  }
});

describe('a laptop', () => {
  it('asks for a session once and not again while it lasts', async () => {
    const laptop = await enrolledLaptop(server);
    laptops.push(laptop);
    await synced(laptop);
    const before = await overheard(async (url) => {
      keepAccount(laptop.settings, { ...accountOf(laptop.settings)!, url });
      for (let i = 0; i < 3; i++) await synced(laptop);
    });
    expect(before.map(({ path: at }) => at)).toEqual(['/v1/hello', '/v1/hello', '/v1/hello']);
    keepAccount(laptop.settings, { ...accountOf(laptop.settings)!, url: server.url });
    // The repository's clock was put right, or the laptop slept: one more, and the exchange goes on.
    now += 7 * 86_400_000;
    expect(await synced(laptop)).toMatchObject({ requests: 3 });
    expect(await synced(laptop)).toMatchObject({ requests: 1 });
    now -= 7 * 86_400_000;
    expect(await synced(laptop)).toMatchObject({ requests: 3 });
  });

  it('whose clock is wrong by years syncs all the same', async () => {
    const laptop = openLaptop({ clock: { now: () => Date.parse('2003-01-01T00:00:00Z') } });
    laptops.push(laptop);
    expect(await laptop.enrol(server.url, await server.invite('trainer', 'all'))).toMatchObject({ ok: true });
    makeWorkshop(laptop);
    expect(await synced(laptop)).toMatchObject({ pushed: 4 });
  });

  it('keeps nothing in its database or its backups that opens the repository', async () => {
    const laptop = await enrolledLaptop(server);
    laptops.push(laptop);
    const heard = await overheard(async (url) => {
      keepAccount(laptop.settings, { ...accountOf(laptop.settings)!, url });
      await synced(laptop);
    });
    const copy = path.join(laptop.folder, 'copy.db');
    expect((await backup(laptop.store.db, copy)).ok).toBe(true);
    laptop.store.db.pragma('wal_checkpoint(TRUNCATE)');
    const files = readdirSync(laptop.folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(laptop.folder, name));
    const shown = heard.map(({ headers }) => headers['authorization']).filter((value) => value !== undefined);
    expect(shown.length).toBeGreaterThan(0);
    for (const file of files.filter((name) => statSync(name).isFile() && path.basename(name) !== 'replica.key')) {
      const bytes = readFileSync(file);
      expect(bytes.includes('"token"'), file).toBe(false);
      for (const value of shown) expect(bytes.includes(value!.slice(-16)), file).toBe(false);
    }
  });
});

describe('a laptop with the token of a program from before sessions', () => {
  /** As the older program left it: the token in the database. */
  async function older(): Promise<{ laptop: Laptop; token: string }> {
    const laptop = await enrolledLaptop(server);
    const bare = await enrolBareDevice(server.url, await server.invite('trainer', 'all'));
    laptop.settings.set('sync/account', { ...accountOf(laptop.settings)!, token: bare.token });
    await laptop.close();
    return { laptop, token: bare.token };
  }

  it('takes it out of the database when it is opened, and throws it away with its first session', async () => {
    const { laptop, token } = await older();
    const database = path.join(laptop.folder, 'itinera.db');
    expect(readFileSync(database).includes(token)).toBe(true);
    const opened = openLaptop({ folder: laptop.folder });
    laptops.push(opened);
    expect(accountOf(opened.settings)).not.toHaveProperty('token');
    for (const beside of ['', '-wal']) expect(existsSync(database + beside) && readFileSync(database + beside).includes(token)).toBe(false);
    const kept = path.join(laptop.folder, 'repository.token');
    expect(statSync(kept).mode & 0o777).toBe(0o600);
    await synced(opened);
    expect(existsSync(kept)).toBe(false);
  });

  it('goes on with a repository that is as old, and gets a plain sentence where there is no token', async () => {
    const asked: RouteName[] = [];
    const old = http.createServer((request, response) => {
      request.resume().on('end', () => {
        const isHello = request.url === '/v1/hello' && request.headers.authorization === `Bearer ${'t'.repeat(43)}`;
        asked.push(request.url === '/v1/session' ? 'session' : 'hello');
        const body = isHello ? JSON.stringify([Date.now(), 'c']) : JSON.stringify({ error: { code: 'sync.routeUnknown', details: {} } });
        response.writeHead(isHello ? 200 : 404, { 'content-length': Buffer.byteLength(body) });
        response.end(body);
      });
    });
    await new Promise<void>((listening) => old.listen(0, '127.0.0.1', listening));
    const enrolled = await enrolledLaptop(server);
    await enrolled.close();
    const laptop = openLaptop({ folder: enrolled.folder });
    laptops.push(laptop);
    const account = { ...accountOf(laptop.settings)!, url: `http://127.0.0.1:${(old.address() as AddressInfo).port}` };
    keepAccount(laptop.settings, account);
    expect(await laptop.run()).toMatchObject({ ok: false, refusal: { code: 'sync.repositoryOlder' } });
    const token = JSON.stringify({ repositoryKey: account.repositoryKey, token: 't'.repeat(43) });
    writeFileSync(path.join(laptop.folder, 'repository.token'), token);
    expect(await laptop.run()).toMatchObject({ ok: true });
    expect(asked).toEqual(['session', 'session', 'hello']);
    old.closeAllConnections();
    await new Promise((closed) => old.close(closed));
  });

  it('is worth nothing from its device’s first session on, nor after twelve hours', async () => {
    const bare = await enrolBareDevice(server.url, await server.invite('trainer', 'all'));
    expect((await bare.ask('POST', '/v1/hello', HELLO)).status).toBe(200);
    now += 12 * 3_600_000;
    expect((await bare.ask('POST', '/v1/hello', HELLO)).code).toBe('sync.credentialUnknown');
    now -= 12 * 3_600_000;
    await open(bare);
    expect((await bare.ask('POST', '/v1/hello', HELLO)).code).toBe('sync.credentialUnknown');
    // Nor once the register was opened anew.
    const where = server.database === undefined ? { data: server.folder } : { database: server.database };
    expect((await COMMANDS['devices']!.run(where)).ok).toBe(true);
    expect((await bare.ask('POST', '/v1/hello', HELLO)).code).toBe('sync.credentialUnknown');
  });

  it('is followed by another for a signature, once for each challenge', async () => {
    const bare = await enrolBareDevice(server.url, await server.invite('trainer', 'all'));
    const { certificate, replica, signer } = bare;
    const { challenge } = (await post('/v1/readmit', { certificate, challenge: '', proof: '' })).json<{ challenge: string }>();
    const request = { certificate, challenge, proof: toHex(signer.sign(readmissionProof(challenge, replica))) };
    const first = await post('/v1/readmit', request);
    expect(first.json<{ token: string }>().token).toHaveLength(43);
    expect((await post('/v1/readmit', request)).code).toBe('sync.proofWrong');
    // What the newer program signs is worth no token.
    const keyed = { certificate, challenge, keyed: true, proof: toHex(signer.sign(readmissionProof(challenge, replica, true))) };
    expect(Object.keys((await post('/v1/readmit', keyed)).json<object>()).sort()).toEqual(['certificate', 'repositoryKey']);
    const { keyed: _, ...stripped } = keyed;
    expect((await post('/v1/readmit', stripped)).code).toBe('sync.proofWrong');
  });
});

describe('another replica of a device', () => {
  it('is certified on the word of the session that it is asked in, and on no other’s', async () => {
    const [device, other] = [await keyedDevice(), await keyedDevice()];
    const session = await open(device);
    const fresh = signerOf(newSeed());
    const publicKey = toHex(fresh.publicKey);
    const ask = async (proof: Uint8Array, key = publicKey): Promise<Reply> => {
      const body = Buffer.from(JSON.stringify({ publicKey: key, keyed: true, proof: toHex(proof) }));
      const by = { replica: device.replica, until: session.until, at: Math.floor(now / 1_000) };
      const authorization = signedHeader(session.key, by, { method: 'POST', path: '/v1/renew', body });
      const headers = { authorization, 'content-type': 'application/json', 'content-length': '0' };
      return send({ method: 'POST', path: '/v1/renew', headers, body });
    };
    const { repositoryKey, replica } = device;
    expect((await ask(fresh.sign(renewalProof(repositoryKey, other.replica, publicKey)))).code).toBe('sync.proofWrong');
    expect((await ask(device.signer.sign(renewalProof(repositoryKey, replica, publicKey)))).code).toBe('sync.proofWrong');
    // Nor a replica that another device was enrolled as.
    const theirs = toHex(other.signer.publicKey);
    expect((await ask(other.signer.sign(renewalProof(repositoryKey, replica, theirs)), theirs)).code).toBe('sync.proofWrong');
    const renewed = await ask(fresh.sign(renewalProof(repositoryKey, replica, publicKey)));
    expect(Object.keys(renewed.json<object>()).sort()).toEqual(['certificate', 'repositoryKey']);
  });
});
