import http from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountOf, keepAccount } from '../../../electron/engine/sync/repository/account.ts';
import { enrolmentProof, renewalProof, sessionProof } from '../../../shared/contract/repository.ts';
import { fromHex, toHex } from '../../../shared/kernel/hex.ts';
import type { Signer } from '../../../shared/kernel/ports.ts';
import { newSeed, signerOf } from '../../../shared/node/crypto.ts';
import { signedHeader } from '../../../shared/node/http/signed-request.ts';
import { newAgreement } from '../../../shared/node/sealing.ts';
import type { Laptop } from '../../support/laptops/laptop.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { sessionRequests, type Reply, HELLO } from '../../support/repository/session-requests.ts';
import { enrolledLaptop, makeWorkshop, synced } from '../../support/workshop.ts';

/** TRUST, *Nobody sees what is not theirs* 5 and 6: what opens the repository is a device's private key, and nothing that was overheard or copied. */
let now = Date.parse('2026-03-02T08:00:00Z');
let server: TestRepository;
const laptops: Laptop[] = [];
const { send, post, overheard, keyedDevice, open, helloBy } = sessionRequests(
  () => server,
  () => now,
);

beforeAll(async () => {
  server = await startRepository({ library: false, clock: { now: () => now } });
});
afterAll(async () => {
  for (const laptop of laptops) await laptop.end();
  await server.stop();
  expect(server.faults).toEqual([]);
});

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
