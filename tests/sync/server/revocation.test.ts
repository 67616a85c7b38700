import { cpSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountOf } from '../../../electron/engine/sync/repository/account.ts';
import { isRevoked, revocationsHere } from '../../../electron/engine/sync/revocations.ts';
import { renewalProof } from '../../../shared/contract/repository.ts';
import { toHex } from '../../../shared/kernel/hex.ts';
import { newSeed, nodeVerifier, signerOf } from '../../../shared/node/crypto.ts';
import { encodeRevocations, readRevocations } from '../../../shared/sync/revocation.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';
import { openLaptop, type Laptop } from '../../support/laptops/laptop.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';

const root = quickFolder('itinera-revocation-');
let server: TestRepository;
beforeAll(async () => {
  server = await startRepository({ library: false });
});
afterAll(async () => {
  await server.stop();
  expect(server.faults).toEqual([]);
  rmSync(root, { recursive: true, force: true });
});

async function enrolled(): Promise<Laptop> {
  const laptop = openLaptop();
  const done = await laptop.enrol(server.url, await server.invite('trainer', 'all'));
  if (!done.ok) throw new Error(done.refusal.code);
  expect((await laptop.run()).ok).toBe(true);
  return laptop;
}

describe('the list of devices turned out', () => {
  const signer = signerOf(newSeed());
  const list = { number: 3, revoked: [{ replica: 'ab'.repeat(16), at: 1_700_000_000_000 }] };

  it('is read as it was signed, and only as its repository signed it', () => {
    const bytes = encodeRevocations(list, signer);
    expect(readRevocations(bytes, signer.publicKey, nodeVerifier())).toEqual(list);
    expect(readRevocations(bytes, signerOf(newSeed()).publicKey, nodeVerifier())).toBe(null);
    for (let at = 0; at < bytes.length; at++) {
      const changed = Uint8Array.from(bytes);
      changed[at]! ^= 1;
      expect(readRevocations(changed, signer.publicKey, nodeVerifier())).toBe(null);
    }
  });

  it('reaches every laptop with its next hello, costs nothing when it has not changed, and never goes back', async () => {
    const [awa, bento, lost] = [await enrolled(), await enrolled(), await enrolled()];
    expect(revocationsHere(awa.settings)).toBe(null);
    await server.registry.revoke(lost.store.replica, Date.now());
    expect(isRevoked(awa.settings, lost.store.replica)).toBe(false);
    expect((await awa.run()).ok).toBe(true);
    expect(isRevoked(awa.settings, lost.store.replica)).toBe(true);
    expect(isRevoked(awa.settings, bento.store.replica)).toBe(false);
    const idle = await awa.run();
    expect(idle.ok && idle.value.requests).toBe(1);
    expect(idle.ok && idle.value.bytesUp + idle.value.bytesDown).toBeLessThan(330);

    const [first] = [revocationsHere(awa.settings)!.list.number];
    await server.registry.revoke(bento.store.replica, Date.now());
    await awa.run();
    expect(revocationsHere(awa.settings)!.list.number).toBeGreaterThan(first);
    expect(isRevoked(awa.settings, bento.store.replica)).toBe(true);
    // Admitted again by a new code: the list is newer, and shorter.
    expect((await bento.enrol(server.url, await server.invite('trainer', 'all'))).ok).toBe(true);
    await awa.run();
    expect(isRevoked(awa.settings, bento.store.replica)).toBe(false);
    expect(isRevoked(awa.settings, lost.store.replica)).toBe(true);
    for (const laptop of [awa, bento, lost]) await laptop.end();
  });

  it('takes every replica that the device was along, and none of them is certified again without a code', async () => {
    const folder = path.join(root, 'stolen');
    const state = path.join(root, 'state');
    const replicaOf = async (engine: TestEngine): Promise<string> => (await engine.call<{ replica: string }>('sync.status')).replica;
    let engine = await openTestEngine(folder, state);
    await engine.call('sync.enrol', { url: server.url, code: await server.invite('trainer', 'all'), name: 'Stolen' });
    await engine.call('sync.run', {});
    const first = await replicaOf(engine);
    await engine.close();
    // Brought to another place it is another replica, and the key of the first lies beside it.
    const moved = path.join(root, 'moved');
    cpSync(folder, moved, { recursive: true });
    engine = await openTestEngine(moved, state);
    await engine.call('sync.run', {});
    const second = await replicaOf(engine);
    expect(second).not.toBe(first);
    const { registry } = server;
    expect(await registry.revoke(second, Date.now())).toBe(true);
    expect(await registry.revoke(second, Date.now())).toBe(false);
    expect((await registry.revocations()).revoked.map(({ replica }) => replica)).toEqual(expect.arrayContaining([first, second]));
    expect(await engine.try('sync.run', {})).toMatchObject({ error: { code: 'sync.deviceRevoked' } });
    await engine.close();
    engine = await openTestEngine(folder, state);
    expect(await engine.try('sync.run', {})).toMatchObject({ error: { code: 'sync.deviceRevoked' } });
    await engine.close();

    // Nor by another's credential that is in force.
    const other = await enrolled();
    const account = accountOf(other.settings)!;
    const stolen = signerOf(Buffer.from(readFileSync(path.join(folder, 'replica.key'), 'utf8').trim(), 'hex'));
    const publicKey = toHex(stolen.publicKey);
    const proof = toHex(stolen.sign(renewalProof(account.repositoryKey, account.replica, publicKey)));
    const remote = other.remote();
    expect(await remote.renew({ publicKey, keyed: true, proof })).toMatchObject({ refusal: { code: 'sync.deviceRevoked' } });
    remote.close();
    await other.end();
  });

  it('turns a stick away that such a device wrote, and travels by stick itself', async () => {
    const open = async (name: string): Promise<TestEngine> => {
      const engine = await openTestEngine(path.join(root, name));
      await engine.call('sync.enrol', { url: server.url, code: await server.invite('trainer', 'all'), name });
      await engine.call('sync.run', {});
      return engine;
    };
    const [awa, away, thief] = [await open('awa'), await open('away'), await open('thief')];
    const { replica } = await thief.call<{ replica: string }>('sync.status');
    const workshop = { title: 'Atelier', projects: [], partners: [], languages: ['fr'], countries: ['SN'], mode: 'inPerson' };
    for (const engine of [awa, thief]) await engine.call('activity.create', { ...workshop, start: '2026-03-02', end: '2026-03-03' });
    const [theirs, ours] = [path.join(root, 'theirs.itinera'), path.join(root, 'ours.itinera')];
    await thief.call('sync.export', { path: theirs });
    await server.registry.revoke(replica, Date.now());
    await awa.call('sync.run', {});
    expect(await awa.try('sync.import', { path: theirs })).toMatchObject({ error: { code: 'usb.revoked' } });
    // Away has not heard; the stick of one who has tells it.
    await awa.call('sync.export', { path: ours });
    expect((await away.try('sync.import', { path: ours })).ok).toBe(true);
    expect(await away.try('sync.import', { path: theirs })).toMatchObject({ error: { code: 'usb.revoked' } });
    expect(await thief.try('sync.run', {})).toMatchObject({ error: { code: 'sync.deviceRevoked' } });
    for (const engine of [awa, away, thief]) await engine.close();
  });
});
