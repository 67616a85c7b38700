import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { isRevoked } from '../../../electron/engine/sync/revocations.ts';
import { answersSpace, peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import { fileBytes, type Laptop } from '../../support/laptops/laptop.ts';
import { startFlakyProxy } from '../../support/repository/flaky-proxy.ts';
import { openLanLaptop, pair, type LanLaptop, type LanLaptopOptions } from '../../support/laptops/lan-laptop.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { enrolledLaptop, makeWorkshop, synced } from '../../support/workshop.ts';
import type { Role } from '../../../shared/features/sync/reading.ts';
import { quietCall } from '../../support/quiet-call.ts';
import { sourceFile } from '../../../shared/node/files/source-file.ts';
import { openVault } from '../../../electron/engine/vault/vault.ts';

let server: TestRepository;
const laptops: LanLaptop[] = [];

beforeAll(async () => {
  server = await startRepository({ library: false });
});
afterEach(async () => {
  for (const laptop of laptops.splice(0)) await laptop.end();
});
afterAll(async () => {
  await server.stop();
  expect(server.faults).toEqual([]);
});

function laptop(name: string, options: LanLaptopOptions = {}): LanLaptop {
  const made = openLanLaptop({ name, ...options });
  laptops.push(made);
  return made;
}

async function enrolled(role: Role, scope: string, name = 'Awa Diop'): Promise<LanLaptop> {
  const made = openLanLaptop({}, await enrolledLaptop(server, role, scope, { name }));
  laptops.push(made);
  return made;
}

async function met(from: LanLaptop, to: LanLaptop, args: Record<string, unknown> = {}) {
  return from.lan('sync.lanRun', { replica: to.store.replica, ...args });
}

function conflicts(of: Laptop) {
  const answer = of.sync.handlers['sync.conflicts']({}, quietCall());
  if (answer instanceof Promise || !answer.ok) throw new Error('conflicts');
  return answer.value;
}

function runsOf(of: Laptop) {
  const answer = of.sync.handlers['sync.runs']({}, quietCall());
  if (answer instanceof Promise || !answer.ok) throw new Error('sync.runs');
  return answer.value;
}

function sameIn(spaces: readonly string[], ...of: readonly Pick<Laptop, 'store'>[]): void {
  for (const space of spaces) expect(new Set(of.map(({ store }) => store.digest()[space])).size, space).toBe(1);
}

const spacesOf = (id: string): string[] => [planSpace(id), peopleSpace(id), answersSpace(id)];

describe('an exchange', () => {
  it.each(['asks', 'is asked'] as const)('with nothing new tells who was turned out, whether the laptop that knows %s', async (way) => {
    const [awa, bento, lost] = [await enrolled('trainer', 'all'), await enrolled('trainer', 'all'), await enrolled('trainer', 'all')];
    for (const one of [awa, bento]) await synced(one);
    await pair(bento, awa, await awa.openDoor());
    await met(bento, awa);
    await server.registry.revoke(lost.store.replica, Date.now());
    await synced(way === 'asks' ? bento : awa);
    const other = way === 'asks' ? awa : bento;
    expect(isRevoked(other.settings, lost.store.replica)).toBe(false);
    expect(await met(bento, awa)).toMatchObject({ received: 0, sent: 0 });
    expect(isRevoked(other.settings, lost.store.replica)).toBe(true);
    expect(await met(bento, awa)).toMatchObject({ requests: 2 });
  });

  it('goes both ways in one run, whoever asks, and idle sends nothing', async () => {
    const [awa, bento] = [laptop('Awa'), laptop('Bento')];
    const { id, person } = makeWorkshop(awa);
    await pair(bento, awa, await awa.openDoor(), { asked: [id] });
    expect(await met(bento, awa)).toMatchObject({ received: 4, sent: 0, held: 0, spaces: 3 });
    // Both histories tell of it, by the name of the other.
    expect(runsOf(bento)).toMatchObject([{ way: 'lan', with: 'Awa', ok: true, pushed: 0, pulled: 4 }]);
    expect(runsOf(awa)).toMatchObject([{ way: 'lan', with: 'Bento', ok: true, pushed: 4, pulled: 0 }]);
    bento.write(peopleSpace(id), 'mark', 'one', { activityId: id, personId: person, status: 'late' });
    awa.write(peopleSpace(id), 'mark', 'two', { activityId: id, personId: person, status: 'present' });
    expect(await met(bento, awa)).toMatchObject({ received: 1, sent: 1 });
    sameIn(spacesOf(id), awa, bento);
    expect(await met(bento, awa)).toMatchObject({ received: 0, sent: 0, requests: 2 });

    // The other way round: Bento's door this time.
    bento.write(peopleSpace(id), 'mark', 'three', { activityId: id, personId: person, status: 'absent' });
    const address = await bento.openDoor();
    expect(await met(awa, bento, { address })).toMatchObject({ received: 1, sent: 0 });
    sameIn(spacesOf(id), awa, bento);
    const { peers } = await awa.lan('sync.lanStatus');
    expect(peers).toMatchObject([{ name: 'Bento', address, waiting: 0, last: { ok: true, received: 1 } }]);
    expect((await bento.lan('sync.lanStatus')).peers).toMatchObject([{ name: 'Awa', last: { ok: true, sent: 1 } }]);
  });

  it('shows one conflict with both values and names on both laptops (journey 8), and a settled one is settled on both', async () => {
    const [awa, bento] = [laptop('Awa'), laptop('Bento')];
    const { id, person } = makeWorkshop(awa);
    await pair(bento, awa, await awa.openDoor(), { asked: [id] });
    await met(bento, awa);
    awa.write(peopleSpace(id), 'mark', 'cell', { activityId: id, personId: person, status: 'late' });
    bento.write(peopleSpace(id), 'mark', 'cell', { activityId: id, personId: person, status: 'absent' });
    expect(await met(bento, awa)).toMatchObject({ conflicts: 1 });
    sameIn(spacesOf(id), awa, bento);
    for (const one of [awa, bento]) {
      const [conflict, ...others] = conflicts(one);
      expect(others).toEqual([]);
      expect(new Map(conflict!.values.map(({ author, value }) => [author, value]))).toEqual(
        new Map([
          ['Awa', 'late'],
          ['Bento', 'absent'],
        ]),
      );
    }
    const [shown] = [awa, bento].map((one) => conflicts(one)[0]!.shown);
    expect(conflicts(bento)[0]!.shown).toBe(shown);
    await bento.sync.handlers['sync.settle']({ entity: 'cell', field: 'status', value: 'late' }, quietCall());
    await met(bento, awa);
    sameIn(spacesOf(id), awa, bento);
    expect([...conflicts(awa), ...conflicts(bento)]).toEqual([]);
    expect(await met(bento, awa)).toMatchObject({ received: 0, sent: 0 });
  });

  it('goes on from the frame it had reached, wherever the link is cut', async () => {
    const [awa, bento] = [laptop('Awa'), laptop('Bento')];
    const { id } = makeWorkshop(awa);
    const noise = (bytes: number): string => randomBytes(bytes).toString('base64');
    const fill = (one: LanLaptop, prefix: string): void => {
      for (let i = 0; i < 260; i++)
        one.write(planSpace(id), 'agendaItem', `${prefix}${i}`, { activityId: id, name: noise(1_500), room: noise(1_500) });
    };
    const address = await awa.openDoor();
    await pair(bento, awa, address, { asked: [id] });
    await met(bento, awa);
    fill(awa, 'a');
    fill(bento, 'b');
    const proxy = await startFlakyProxy(`http://${address}`);
    const through = new URL(proxy.url).host;
    let runs = 0;
    // At ever other bytes of the handshake, of a question, of a pack on its way up or down.
    for (const at of [100, 1_500, 3_000, 5_000, 40_000, 150_000, 390_000]) {
      for (const fault of [{ up: at }, { down: at }, { replies: Math.ceil(at / 1_000) }]) {
        proxy.next(fault, fault, fault);
        await bento.tryLan('sync.lanRun', { replica: awa.store.replica, address: through });
        runs++;
      }
    }
    await met(bento, awa, { address: through });
    sameIn(spacesOf(id), awa, bento);
    expect(runs).toBe(21);
    const ids = bento.store.reader.all<{ id: string }>('select id from agendaItem');
    expect(ids).toHaveLength(520);
    // Some 1.1 MB each way; were a cut to cost more than a frame of 256 kB, it would be many times that.
    expect(proxy.carried.up + proxy.carried.down).toBeLessThan(16_000_000);
    await proxy.stop();
  });

  it('cancelled, it has done whole frames', async () => {
    const [awa, bento] = [laptop('Awa'), laptop('Bento')];
    const { id } = makeWorkshop(awa);
    await pair(bento, awa, await awa.openDoor(), { asked: [id] });
    const controller = new AbortController();
    controller.abort();
    const answer = await bento.tryLan('sync.lanRun', { replica: awa.store.replica }, controller.signal);
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'job.cancelled' } });
    expect(await met(bento, awa)).toMatchObject({ received: 4 });
  });

  it('is counted where a terminal serves until it is told to stop', async () => {
    const [awa, bento] = [laptop('Awa'), laptop('Bento')];
    const { id } = makeWorkshop(awa);
    await pair(bento, awa, await awa.openDoor(), { asked: [id] });
    const controller = new AbortController();
    const serving = awa.tryLan('sync.lanServe', { host: '127.0.0.1', port: 0, visible: false }, controller.signal);
    let address: string | undefined;
    while (address === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      [address] = (await awa.lan('sync.lanStatus')).addresses;
      if (address === (await bento.lan('sync.lanStatus')).peers[0]!.address) address = undefined;
    }
    await met(bento, awa, { address });
    controller.abort();
    expect(await serving).toEqual({ ok: true, value: { exchanges: 1, sent: 4, received: 0 } });
    expect(await awa.lan('sync.lanStatus')).toMatchObject({ on: false, addresses: [] });
    expect(await bento.tryLan('sync.lanRun', { replica: awa.store.replica })).toMatchObject({ refusal: { code: 'sync.lanUnreachable' } });
  });

  it('brings the files of a shared workshop after its records', async () => {
    const [awa, bento] = [laptop('Awa'), laptop('Bento')];
    const { id } = makeWorkshop(awa);
    const other = makeWorkshop(awa);
    const bytes = randomBytes(1_300_000);
    const add = async (one: LanLaptop, space: string, content: Uint8Array): Promise<string> => {
      const source = path.join(one.folder, 'source');
      writeFileSync(source, content);
      const { sha256, size } = await one.files.put(sourceFile(source));
      one.write(space, 'materialVersion', randomUUID(), {
        materialId: randomUUID(),
        language: 'fr',
        fileName: 'x.pdf',
        type: 'application/pdf',
        sha256,
        size,
      });
      return sha256;
    };
    const shared = await add(awa, planSpace(id), bytes);
    const kept = await add(awa, planSpace(other.id), randomBytes(1000));
    await pair(bento, awa, await awa.openDoor(), { asked: [id] });
    expect(await met(bento, awa, { files: false })).toMatchObject({ filesReceived: 0 });
    const back = await add(bento, planSpace(id), randomBytes(2000));
    expect(await met(bento, awa)).toMatchObject({ filesReceived: 1, filesSent: 1 });
    expect(createHash('sha256').update(fileBytes(bento, shared)!).digest('hex')).toBe(shared);
    expect(fileBytes(awa, back)).toHaveLength(2000);
    expect(fileBytes(bento, kept)).toBeNull();
    expect(await met(bento, awa)).toMatchObject({ filesReceived: 0, filesSent: 0 });
  });
});

describe('what travels', () => {
  it('between laptops of one repository is what both may read, also a workshop that it does not know yet', async () => {
    const awa = await enrolled('trainer', 'all', 'Awa');
    const bento = await enrolled('coordinator', 'country:SN', 'Bento');
    const expert = await enrolled('expert', 'all', 'Chloé');
    const dakar = makeWorkshop(awa, ['SN']);
    const abidjan = makeWorkshop(awa, ['CI']);
    await synced(awa);
    const offline = makeWorkshop(awa, ['SN', 'ML']);
    const sample = makeWorkshop(awa, ['SN']);
    awa.write(planSpace(sample.id), 'activity', sample.id, { sample: true });
    const address = await awa.openDoor();
    await pair(bento, awa, address);
    await pair(expert, awa, address);
    await met(bento, awa);
    await met(expert, awa);
    expect(new Set(bento.store.spaces())).toEqual(new Set([...spacesOf(dakar.id), ...spacesOf(offline.id)]));
    expect(new Set(expert.store.spaces())).toEqual(new Set([dakar, abidjan, offline].map(({ id }) => planSpace(id))));
    expect((await awa.lan('sync.lanStatus')).peers).toMatchObject([
      { name: 'Bento', sameRepository: true, workshops: [], waiting: 0 },
      { name: 'Chloé', sameRepository: true, workshops: [], waiting: 0 },
    ]);
    // What came by LAN and what the repository has are the same set: nothing is left to pull of it.
    await synced(awa);
    const pulled = await synced(bento);
    expect(pulled).toMatchObject({ refused: 0 });
    sameIn(spacesOf(dakar.id), awa, bento, server.repository);
    sameIn(spacesOf(offline.id), awa, bento, server.repository);
  });

  it('between laptops of different repositories, or of none, is only what an owner chose; a third hears of the names too', async () => {
    const awa = laptop('Awa');
    const bento = laptop('Bento');
    const carla = laptop('Carla');
    const { id, person } = makeWorkshop(awa);
    const ownOfBento = makeWorkshop(bento);
    await pair(bento, awa, await awa.openDoor(), { asked: [id] });
    await met(bento, awa);
    expect(awa.store.spaces()).not.toContain(planSpace(ownOfBento.id));
    bento.write(peopleSpace(id), 'mark', 'cell', { activityId: id, personId: person, status: 'late' });
    await pair(carla, bento, await bento.openDoor(), { asked: [id] });
    expect(await met(carla, bento)).toMatchObject({ received: 5 });
    const authors = carla.store.reader.all<{ name: string }>('select name from certificate order by name').map(({ name }) => name);
    expect(authors).toEqual(['Awa', 'Bento']);
    // Chosen later, taken back later.
    await bento.lan('sync.lanShare', { replica: carla.store.replica, workshops: [ownOfBento.id] });
    bento.write(peopleSpace(id), 'mark', 'cell', { status: 'absent' });
    expect(await met(carla, bento)).toMatchObject({ received: 4 });
    expect(carla.store.spaces()).toContain(peopleSpace(ownOfBento.id));
  });

  it('never is a sample workshop, nor one that an enrolled laptop has from others', async () => {
    const awa = await enrolled('trainer', 'all', 'Awa');
    const stranger = laptop('Bento');
    const own = makeWorkshop(awa);
    const sample = makeWorkshop(awa);
    awa.write(planSpace(sample.id), 'activity', sample.id, { sample: true });
    const other = await enrolled('trainer', 'all', 'Chloé');
    const theirs = makeWorkshop(other);
    await synced(other);
    await synced(awa);
    const shareable = await awa.lan('sync.lanShareable');
    expect(shareable.map(({ id }) => id)).toEqual([own.id]);
    await pair(stranger, awa, await awa.openDoor(), { asked: [own.id, sample.id, theirs.id] });
    await met(stranger, awa);
    expect(new Set(stranger.store.spaces())).toEqual(new Set(spacesOf(own.id)));
  });

  it('into a workshop that was not shared with the other laptop, it is not taken', async () => {
    const [awa, bento] = [laptop('Awa'), laptop('Bento')];
    const { id, person } = makeWorkshop(awa);
    await pair(bento, awa, await awa.openDoor(), { asked: [id] });
    await met(bento, awa);
    await awa.lan('sync.lanShare', { replica: bento.store.replica, workshops: [] });
    const before = awa.store.digest();
    bento.write(peopleSpace(id), 'mark', 'cell', { activityId: id, personId: person, status: 'late' });
    expect(await met(bento, awa)).toMatchObject({ sent: 0, received: 0 });
    expect(awa.store.digest()).toEqual(before);
    // Nothing was lost: shared again, it arrives.
    await awa.lan('sync.lanShare', { replica: bento.store.replica, workshops: [id] });
    expect(await met(bento, awa)).toMatchObject({ sent: 1 });
  });
});

describe('the key of this laptop', () => {
  it('is for its owner alone, and another replica gets another one', async () => {
    const awa = laptop('Awa');
    await awa.openDoor();
    const file = path.join(awa.folder, 'lan.key');
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    const { readOrMakeIdentity } = await import('../../../electron/engine/sync/lan/identity.ts');
    const first = await readOrMakeIdentity(openVault(awa.folder), awa.store.replica);
    expect((await readOrMakeIdentity(openVault(awa.folder), awa.store.replica)).fingerprint).toBe(first.fingerprint);
    expect((await readOrMakeIdentity(openVault(awa.folder), 'ab'.repeat(16))).fingerprint).not.toBe(first.fingerprint);
  });
});
