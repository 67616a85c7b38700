import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { webcrypto } from 'node:crypto';
import https from 'node:https';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import { brotli, nodeHasher, nodeVerifier, signerOf } from '../../../shared/node/crypto.ts';
import { changeSetsBeyond } from '../../../shared/node/store/sqlite/change-log.ts';
import { countHeld } from '../../../shared/node/store/sqlite/held.ts';
import { readOrMintKey } from '../../../shared/node/store/sqlite/opening/replica-key.ts';
import { decodePack } from '../../../shared/sync/pack/pack-reader.ts';
import { encodePack } from '../../../shared/sync/pack/pack-writer.ts';
import { openLanLaptop, pair, type LanLaptop, type LanLaptopOptions } from '../../support/laptops/lan-laptop.ts';
import { getsAByte, identityOf, speakAs, type Speaker } from '../../support/laptops/lan-stranger.ts';
import { startRepository } from '../../support/repository/repository.ts';
import { enrolledLaptop, makeWorkshop, synced } from '../../support/workshop.ts';

const laptops: LanLaptop[] = [];
const servers: { close(): unknown }[] = [];
const speakers: Speaker[] = [];
afterEach(async () => {
  for (const one of speakers.splice(0)) one.close();
  for (const one of servers.splice(0)) one.close();
  for (const laptop of laptops.splice(0)) await laptop.end();
});

function laptop(name: string, options: LanLaptopOptions = {}): LanLaptop {
  const made = openLanLaptop({ name, ...options });
  laptops.push(made);
  return made;
}

async function speaking(as: LanLaptop, to: LanLaptop, address: string): Promise<Speaker> {
  const made = await speakAs(as, to, address);
  speakers.push(made);
  return made;
}

const reading = { hasher: nodeHasher, compression: brotli, verifier: nodeVerifier() };
const packing = (of: LanLaptop) => ({ ...reading, signer: signerOf(readOrMintKey(of.folder, of.store.db)) });
const json = (bytes: Buffer): never => JSON.parse(bytes.toString()) as never;

describe('a laptop that is not pinned', () => {
  it('gets not one byte through the door, with no certificate, its own, or one that a pinned laptop made for it', async () => {
    const [awa, bento, mallory] = [laptop('Awa'), laptop('Bento'), laptop('Mallory')];
    const address = await awa.openDoor();
    const [door, his, pinned] = [await identityOf(awa), await identityOf(mallory), await identityOf(bento)];
    const tls = { ca: [door.certificate], checkServerIdentity: () => undefined };
    expect(await getsAByte(address, { ...tls, key: his.key, cert: his.certificate })).toBe(false);
    await pair(bento, awa, address);
    expect(await getsAByte(address, { ...tls, key: pinned.key, cert: pinned.certificate })).toBe(true);
    expect(await getsAByte(address, tls)).toBe(false);
    expect(await getsAByte(address, { ...tls, key: his.key, cert: his.certificate })).toBe(false);
    const issued = await certificateBy(pinned);
    expect(await getsAByte(address, { ...tls, key: issued.key, cert: issued.certificate })).toBe(false);
    expect(await getsAByte(address, { ...tls, key: issued.key, cert: issued.certificate + pinned.certificate })).toBe(false);
    // TLS 1.2 would show certificates to whoever listens.
    expect(await getsAByte(address, { ...tls, key: pinned.key, cert: pinned.certificate, maxVersion: 'TLSv1.2' })).toBe(false);
  });

  it('is told apart by the one that asks: another at the address gets nothing', async () => {
    const [awa, bento, mallory] = [laptop('Awa'), laptop('Bento'), laptop('Mallory')];
    makeWorkshop(bento);
    await pair(bento, awa, await awa.openDoor());
    const his = await identityOf(mallory);
    const heard: string[] = [];
    const door = https.createServer({ key: his.key, cert: his.certificate }, (request, response) => {
      heard.push(request.url ?? '');
      response.end('{}');
    });
    servers.push(door);
    const address = await listening(door);
    expect(await bento.tryLan('sync.lanRun', { replica: awa.store.replica, address })).toMatchObject({
      refusal: { code: 'sync.lanStranger' },
    });
    expect(heard).toEqual([]);
    const silent = createServer((socket) => socket.destroy());
    servers.push(silent);
    const deaf = await bento.tryLan('sync.lanRun', { replica: awa.store.replica, address: await listening(silent) });
    expect(deaf).toMatchObject({ refusal: { code: 'sync.lanUnreachable' } });
  });

  it('is one that was forgotten, at once and on the connection that stands', async () => {
    const [awa, bento] = [laptop('Awa'), laptop('Bento')];
    const { id } = makeWorkshop(awa);
    const address = await awa.openDoor();
    await pair(bento, awa, address, { asked: [id] });
    const open = await speaking(bento, awa, address);
    expect(await open.ask('POST', '/lan/1/positions', { spaces: [] })).toMatchObject({ status: 200 });
    await awa.lan('sync.lanForget', { replica: bento.store.replica });
    await expect(open.ask('POST', '/lan/1/positions', { spaces: [] })).rejects.toThrow();
    expect(await bento.tryLan('sync.lanRun', { replica: awa.store.replica })).toMatchObject({ refusal: { code: 'sync.lanNotAdmitted' } });
    expect(await awa.tryLan('sync.lanRun', { replica: bento.store.replica })).toMatchObject({ refusal: { code: 'sync.lanPeerUnknown' } });
    expect(bento.store.spaces()).toEqual([]);
  });

  it('is one that was revoked, though it is pinned', async () => {
    const revoked = new Set<string>();
    const awa = laptop('Awa', { isRevoked: (replica) => revoked.has(replica) });
    const bento = laptop('Bento');
    const { id } = makeWorkshop(awa);
    const address = await awa.openDoor();
    await pair(bento, awa, address, { asked: [id] });
    revoked.add(bento.store.replica);
    expect(await bento.tryLan('sync.lanRun', { replica: awa.store.replica })).toMatchObject({ refusal: { code: 'sync.lanRevoked' } });
    expect(await awa.tryLan('sync.lanRun', { replica: bento.store.replica })).toMatchObject({ refusal: { code: 'sync.lanRevoked' } });
    expect(await bento.tryLan('sync.lanPair', { address })).toMatchObject({ refusal: { code: 'sync.lanRevoked' } });
    expect(bento.store.spaces()).toEqual([]);
  });
});

describe('a paired laptop that asks for more than its share', () => {
  it('hears nothing of a space that it may not read (invariant 12)', async () => {
    const server = await startRepository({ library: false });
    const awa = openLanLaptop({}, await enrolledLaptop(server, 'trainer', 'all', { name: 'Awa' }));
    const bento = openLanLaptop({}, await enrolledLaptop(server, 'coordinator', 'country:SN', { name: 'Bento' }));
    laptops.push(awa, bento);
    const dakar = makeWorkshop(awa, ['SN'], 'DIOP');
    const abidjan = makeWorkshop(awa, ['CI'], 'KOUASSI');
    await synced(awa);
    const address = await awa.openDoor();
    await pair(bento, awa, address);
    const greedy = await speaking(bento, awa, address);
    const certificate = bento.store.db
      .prepare('select bytes from certificate where replica = ?')
      .pluck()
      .get(bento.store.replica) as Uint8Array;
    await greedy.ask('POST', '/lan/1/greet', { version: 1, name: 'Bento', certificate: Buffer.from(certificate).toString('base64url') });
    const forbidden = [planSpace(abidjan.id), peopleSpace(abidjan.id)];
    const answers = await greedy.ask('POST', '/lan/1/positions', { spaces: forbidden.map((space) => ({ space, tips: [] })) });
    expect((json(answers.bytes) as { spaces: { space: string }[] }).spaces.map(({ space }) => space)).toContain(peopleSpace(dakar.id));
    const packs: Buffer[] = [];
    for (const space of [...forbidden, planSpace(dakar.id), peopleSpace(dakar.id)]) {
      const { bytes } = await greedy.ask('POST', '/lan/1/pull', { space, tips: [] });
      if (forbidden.includes(space)) expect(bytes).toHaveLength(0);
      else packs.push(bytes);
    }
    const secrets = [abidjan.id, abidjan.person].flatMap((id) => [Buffer.from(id), Buffer.from(id.replaceAll('-', ''), 'hex')]);
    const hidden = [...secrets, Buffer.from('KOUASSI')];
    const all = Buffer.concat(greedy.heard);
    for (const secret of hidden) expect(all.includes(secret)).toBe(false);
    const spaces = packs.flatMap((pack) => {
      const read = decodePack(pack, reading);
      if (!read.ok) throw new Error(read.refusal.code);
      expect(JSON.stringify(read.value.changeSets)).not.toContain('KOUASSI');
      return read.value.changeSets.map(({ header }) => header.space);
    });
    expect(new Set(spaces)).toEqual(new Set([planSpace(dakar.id), peopleSpace(dakar.id)]));
    await server.stop();
  });

  it('is sent nothing of it either, whatever it says that it lacks', async () => {
    const [awa, bento] = [laptop('Awa'), laptop('Bento')];
    const shared = makeWorkshop(awa, ['SN'], 'DIOP');
    const own = makeWorkshop(awa, ['CI'], 'KOUASSI');
    await pair(awa, bento, await bento.openDoor(), { asking: [shared.id] });
    await bento.lan('sync.lanClose');
    // Bento's laptop answers as its owner pleases.
    const [his, hers] = [await identityOf(bento), await identityOf(awa)];
    const heard: Buffer[] = [];
    const door = https.createServer(
      { key: his.key, cert: his.certificate, ca: [hers.certificate], requestCert: true },
      (request, response) => {
        const body: Buffer[] = [];
        request.on('data', (piece: Buffer) => body.push(piece));
        request.on('end', () => {
          heard.push(Buffer.concat(body));
          const wants = [planSpace(own.id), peopleSpace(own.id), planSpace(shared.id)].map((space) => ({ space, tips: [], ahead: 3 }));
          const answers: Record<string, object> = {
            '/lan/1/greet': { version: 1, name: 'Bento', certificate: '' },
            '/lan/1/positions': { spaces: wants },
            '/lan/1/push': { applied: 1, held: 0, closed: [] },
            '/lan/1/files': { wanted: [{ sha256: 'ab'.repeat(32), held: 0 }] },
          };
          response.end(request.url === '/lan/1/pull' ? Buffer.alloc(0) : JSON.stringify(answers[request.url ?? ''] ?? {}));
        });
      },
    );
    servers.push(door);
    await awa.tryLan('sync.lanRun', { replica: bento.store.replica, address: await listening(door) });
    const all = Buffer.concat(heard);
    expect(all.includes(shared.id)).toBe(true);
    for (const id of [own.id, own.person]) {
      expect(all.includes(id)).toBe(false);
      expect(all.includes(Buffer.from(id.replaceAll('-', ''), 'hex'))).toBe(false);
    }
    const packs = heard.filter((body) => body.subarray(0, 7).toString() === 'ITINERA');
    expect(packs.length).toBeGreaterThan(0);
    for (const pack of packs) {
      const read = decodePack(pack, reading);
      if (!read.ok) throw new Error(read.refusal.code);
      for (const { header } of read.value.changeSets) expect(header.space).toContain(shared.id);
    }
  });
});

describe('a pack', () => {
  it('of another signer, of forged records or cut short is refused whole', async () => {
    const [awa, bento, mallory] = [laptop('Awa'), laptop('Bento'), laptop('Mallory')];
    const { id, person } = makeWorkshop(bento);
    const address = await awa.openDoor();
    await pair(bento, awa, address);
    bento.write(peopleSpace(id), 'mark', 'cell', { activityId: id, personId: person, status: 'late' });
    bento.store.signRuns();
    const rows = changeSetsBeyond(bento.store.db, peopleSpace(id), []).map(({ bytes }) => bytes);
    const door = await speaking(bento, awa, address);
    const honest = encodePack({ spaces: [], certificates: [] }, rows, packing(bento));
    const foreign = encodePack({ spaces: [], certificates: [] }, rows, packing(mallory));
    const altered = Buffer.from(honest);
    altered[altered.length >> 1]! ^= 1;
    // Written by a replica that nobody introduced.
    const { id: unknown } = makeWorkshop(mallory);
    mallory.store.signRuns();
    const forged = encodePack(
      { spaces: [], certificates: [] },
      changeSetsBeyond(mallory.store.db, planSpace(unknown), []).map(({ bytes }) => bytes),
      packing(bento),
    );
    const before = awa.store.digest();
    for (const [pack, code] of [
      [foreign, 'sync.lanStranger'],
      [altered, 'sync.pack'],
      [honest.subarray(0, honest.length - 10), 'sync.packCut'],
      [forged, 'sync.replicaUnknown'],
      [new Uint8Array(5 << 20), 'sync.tooLarge'],
      [new Uint8Array(0), 'sync.packCut'],
    ] as const) {
      const answer = await door.ask('POST', '/lan/1/push', pack);
      expect(answer.status).toBe(409);
      expect((json(answer.bytes) as { error: { code: string } }).error.code).toContain(code);
      expect(awa.store.digest()).toEqual(before);
    }
    for (const [path, body] of [
      ['/lan/1/positions', { spaces: 'x' }],
      ['/lan/1/pull', { space: 'x', tips: [['zz', 1, 'a']] }],
      ['/lan/1/greet', {}],
      ['/lan/1/nothing', {}],
    ] as const) {
      expect((await door.ask('POST', path, body)).status).toBe(409);
    }
    expect(json((await door.ask('POST', '/lan/1/push', honest)).bytes)).toMatchObject({ applied: 3, held: 0 });
    // Twice is once.
    expect(json((await door.ask('POST', '/lan/1/push', honest)).bytes)).toMatchObject({ applied: 0, held: 0 });
  });

  it('that misses an ancestor is held and counted, and applied when that comes', async () => {
    const [awa, bento] = [laptop('Awa'), laptop('Bento')];
    const { id, person } = makeWorkshop(bento);
    const address = await awa.openDoor();
    await pair(bento, awa, address, { asking: [id] });
    for (let i = 0; i < 3; i++) {
      bento.write(peopleSpace(id), 'mark', `cell${i}`, { activityId: id, personId: person, status: 'late' });
      bento.store.signRuns();
    }
    const rows = changeSetsBeyond(bento.store.db, peopleSpace(id), []).map(({ bytes }) => bytes);
    const door = await speaking(bento, awa, address);
    const late = encodePack({ spaces: [], certificates: [] }, rows.slice(3), packing(bento));
    expect(json((await door.ask('POST', '/lan/1/push', late)).bytes)).toMatchObject({ applied: 0, held: 2 });
    expect(countHeld(awa.store.db)).toBe(2);
    expect(await bento.lan('sync.lanRun', { replica: awa.store.replica })).toMatchObject({ sent: expect.any(Number) as number });
    expect(countHeld(awa.store.db)).toBe(0);
    expect(awa.store.digest()[peopleSpace(id)]).toBe(bento.store.digest()[peopleSpace(id)]);
  });
});

async function listening(server: https.Server | Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A certificate that a pinned laptop signed for somebody else. */
async function certificateBy(issuer: { readonly key: string; readonly certificate: string }) {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  x509.cryptoProvider.set(webcrypto as never);
  const signingKey = await webcrypto.subtle.importKey('pkcs8', x509.PemConverter.decodeFirst(issuer.key), algorithm, true, ['sign']);
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    subject: 'CN=somebody',
    issuer: new x509.X509Certificate(issuer.certificate).subject,
    publicKey: keys.publicKey as never,
    signingKey: signingKey as never,
    signingAlgorithm: algorithm,
    notBefore: new Date(0),
    notAfter: new Date('2100-01-01'),
  });
  const key = x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  return { key, certificate: `${certificate.toString('pem')}\n` };
}
