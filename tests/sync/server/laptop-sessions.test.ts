import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync, readdirSync, statSync, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../server/administration.ts';
import { accountOf, keepAccount } from '../../../electron/engine/sync/repository/account.ts';
import { readmissionProof, type RouteName } from '../../../shared/contract/repository.ts';
import { toHex } from '../../../shared/kernel/hex.ts';
import { backup } from '../../../shared/node/store/sqlite/backup/backup.ts';
import { enrolBareDevice } from '../../support/laptops/bare-device.ts';
import { openLaptop, type Laptop } from '../../support/laptops/laptop.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { sessionRequests, HELLO } from '../../support/repository/session-requests.ts';
import { enrolledLaptop, makeWorkshop, synced } from '../../support/workshop.ts';
import { openDatabase } from '../../../shared/node/store/sqlite/opening/open-database.ts';

/** TRUST, *Nobody sees what is not theirs* 5 and 6: what opens the repository is a device's private key, and nothing that was overheard or copied. */
let now = Date.parse('2026-03-02T08:00:00Z');
let server: TestRepository;
const laptops: Laptop[] = [];
const { post, overheard, open } = sessionRequests(
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
    expect((await backup(laptop.store.db, copy, { open: openDatabase, now: 0 })).ok).toBe(true);
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
