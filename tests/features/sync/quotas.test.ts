import { randomBytes, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../server/administration.ts';
import { QUOTAS, quotasFromEnvironment, type Counted, type Quotas } from '../../../server/quotas.ts';
import { FILE_PART, enrolmentProof } from '../../../shared/contract/repository.ts';
import { institutionSpace, planSpace } from '../../../shared/model/spaces.ts';
import { toHex } from '../../../shared/kernel/hex.ts';
import { newSeed, nodeHasher, signerOf } from '../../../shared/node/crypto.ts';
import { encodeChangeSet } from '../../../shared/sync/change-set.ts';
import { decodeCertificate } from '../../../shared/sync/certificate.ts';
import { enrolBareDevice, type BareDevice } from '../../support/laptops/bare-device.ts';
import { type Laptop } from '../../support/laptops/laptop.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { laptopsAround, makeWorkshop, synced } from '../../support/workshop.ts';
import { quietCall } from '../../support/quiet-call.ts';
import { sourceFile } from '../../../shared/node/files/source-file.ts';

/** What one device may cause in a day: beyond it nothing is lost, and nobody else notices. */
const DAY = 86_400_000;
let server: TestRepository;
const running: TestRepository[] = [];
let now = Date.now();
const { enrolled, end } = laptopsAround(() => server);
afterEach(async () => {
  await end();
  for (const one of running.splice(0)) {
    await one.stop();
    expect(one.faults).toEqual([]);
  }
});

async function withQuotas(perDay: Partial<Record<Counted, number>>, largestFile = QUOTAS.largestFile): Promise<void> {
  // Late in the day, so that the next one comes while a credential of an earlier program still holds.
  now = Math.ceil(Date.now() / DAY) * DAY - 600_000;
  const quotas: Quotas = { perDay: { ...QUOTAS.perDay, ...perDay }, largestFile };
  server = await startRepository({ library: false, quotas, clock: { now: () => now } });
  running.push(server);
}

const bare = async (role: 'trainer' | 'coordinator' = 'trainer', scope = 'all'): Promise<BareDevice> =>
  enrolBareDevice(server.url, await server.invite(role, scope));
const write = (device: BareDevice, space: string, writes: number, text = 'x') =>
  device.seal(
    space,
    Array.from({ length: writes }, () => ({ type: 'material', id: randomUUID(), field: 'name', value: text })),
  );

interface Today {
  readonly alarm: boolean;
  readonly refusedBytes: number;
  readonly consumers: readonly {
    readonly devices: string[];
    readonly used: Partial<Record<Counted, number>>;
    readonly near: string[];
    readonly turnedAway: number;
  }[];
}

async function today(): Promise<Today> {
  const flags = server.database === undefined ? { data: server.folder } : { database: server.database };
  const said = await COMMANDS['stats']!.run(flags);
  if (!said.ok) throw new Error(said.refusal.code);
  const stats = JSON.parse(said.value.out) as { today: Today };
  expect(said.value.note.startsWith('ALARM')).toBe(stats.today.alarm);
  return stats.today;
}

function status(laptop: Laptop) {
  const answer = laptop.sync.handlers['sync.status']({}, quietCall());
  if (answer instanceof Promise || !answer.ok) throw new Error('status');
  return answer.value;
}

describe('a device over a quota of the day', () => {
  it.each([
    ['records', 3_000, 'plan'],
    ['rows', 100, 'plan'],
    ['library', 3_000, 'library'],
  ] as const)('of %s is told so, nothing more of it is taken, and tomorrow it goes on', async (kind, most, where) => {
    await withQuotas({ [kind]: most });
    const device = await bare();
    const other = await bare();
    const id = randomUUID();
    if (where === 'plan')
      await device.push([device.seal(planSpace(id), [{ type: 'activity', id, field: 'countries', value: ['SN'] }], 'genesis')]);
    const space = where === 'plan' ? planSpace(id) : 'library';
    const codes: string[] = [];
    let applied = 0;
    for (let i = 0; i < 8; i++) {
      const answer = await device.push([write(device, space, 20)]);
      codes.push(answer.status === 200 ? '' : answer.code);
      if (answer.status === 200) applied += answer.json<{ applied: number }>().applied;
    }
    expect(new Set(codes)).toEqual(new Set(['', 'sync.quotaReached']));
    expect(codes.lastIndexOf('')).toBeLessThan(codes.indexOf('sync.quotaReached'));
    expect((await server.tips(space)).length).toBeLessThanOrEqual(applied + 1);
    // Others are not concerned, nor is what it asks.
    expect((await other.push([write(other, 'library', 2)])).status).toBe(200);
    await device.hello();
    now += 1_200_000;
    expect((await device.push([write(device, space, 20)])).status).toBe(200);
  });

  it('pays for what is kept, and not for what it sends again or what finds no place', async () => {
    await withQuotas({ rows: 30 });
    const device = await bare();
    const once = write(device, 'library', 20);
    for (let i = 0; i < 5; i++) expect((await device.push([once])).status).toBe(200);
    expect((await today()).consumers.find(({ devices }) => devices.includes(device.replica))?.used.rows).toBe(20);
    expect((await device.push([write(device, 'library', 20)])).code).toBe('sync.quotaReached');
  });

  it('of refused work is turned away, and what is kept of it stays bounded', async () => {
    await withQuotas({ refused: 20_000 });
    const device = await bare('trainer', `workshop:${randomUUID()}`);
    const codes: string[] = [];
    for (let i = 0; i < 12; i++) codes.push((await device.push([write(device, institutionSpace(`I${i}`), 60, 'A'.repeat(400))])).code);
    expect(codes.at(-1)).toBe('sync.quotaReached');
    process.env['QUOTA_REFUSED_MB'] = '0.02';
    const stats = await today().finally(() => delete process.env['QUOTA_REFUSED_MB']);
    expect(stats.alarm).toBe(true);
    expect(stats.refusedBytes).toBeGreaterThan(20_000);
    expect(stats.refusedBytes).toBeLessThan(60_000);
    const [worst] = stats.consumers;
    expect(worst).toMatchObject({ devices: [device.replica], near: ['refused'] });
    expect(worst!.turnedAway).toBeGreaterThan(0);
  });

  it('of refused work keeps no more of it with one large push', async () => {
    await withQuotas({ refused: 20_000 });
    const device = await bare('trainer', `workshop:${randomUUID()}`);
    const works = Array.from({ length: 40 }, (_, i) => write(device, institutionSpace(`I${i}`), 4, 'A'.repeat(400)));
    const answer = await device.push(works);
    expect(answer.json<{ refused: unknown[] }>().refused).toHaveLength(works.length);
    expect((await today()).refusedBytes).toBeGreaterThan(40 * 4 * 400);
    const kept = server.registry.quarantinedAmong(works.map(({ hash }) => hash));
    expect((await kept).size).toBe(Math.floor(20_000 / encodeChangeSet(works[0]!).length));
  });

  it('of certificates gets no more, whatever replicas it makes', async () => {
    await withQuotas({ certificates: 3 });
    const device = await bare();
    const claims = decodeCertificate(Uint8Array.from(Buffer.from(device.certificate, 'base64url')));
    if (!claims.ok) throw new Error(claims.refusal.code);
    const codes: (string | number)[] = [];
    for (let i = 0; i < 5; i++) {
      const signer = signerOf(newSeed());
      const publicKey = toHex(signer.publicKey);
      const proof = toHex(signer.sign(enrolmentProof({ code: '', name: claims.value.name, publicKey, userId: claims.value.user })));
      const answer = await device.ask('POST', '/v1/renew', JSON.stringify({ publicKey, proof }), { 'content-type': 'application/json' });
      codes.push(answer.code || answer.status);
    }
    expect(codes).toEqual([200, 200, 200, 'sync.quotaReached', 'sync.quotaReached']);
  });

  it('of files is told so, by bytes that came and not by bytes that it says', async () => {
    await withQuotas({ files: 5_000 }, 8_000);
    const device = await bare();
    const bytes = randomBytes(9_000);
    const sha256 = toHex(nodeHasher.sha256(bytes));
    const record = Object.entries({ sha256, size: 7_000, language: 'fr', type: 'application/pdf', fileName: 'x.pdf' }).map(
      ([field, value]) => ({
        type: 'materialVersion',
        id: 'version',
        field,
        value,
      }),
    );
    expect((await device.push([device.seal('library', record)])).status).toBe(200);
    const put = (from: number, to: number, total: number) =>
      device.ask('PUT', `/v1/files/${sha256}`, bytes.subarray(from, to), {
        'content-type': FILE_PART,
        'content-range': `bytes ${from}-${to - 1}/${total}`,
      });
    expect((await put(0, 100, 9_000)).code).toBe('sync.fileTooLong');
    expect((await put(0, 4_000, 7_000)).json()).toMatchObject({ held: 4_000 });
    expect((await put(4_000, 7_000, 7_000)).code).toBe('sync.quotaReached');
    expect((await put(4_000, 4_900, 7_000)).json()).toMatchObject({ held: 4_900 });
  });
});

describe('a laptop over its quota', () => {
  it('keeps everything as waiting, says so, sets nothing aside, is still told what is new, and goes on the next day', async () => {
    await withQuotas({ rows: 70 });
    const [one, colleague] = [await enrolled('trainer', 'country:SN'), await enrolled('trainer', 'country:SN')];
    const { id } = makeWorkshop(one);
    await synced(one);
    for (let i = 0; i < 30; i++) one.write('library', 'material', randomUUID(), { name: `M${i}`, kind: 'slides' });
    const before = status(one).pending;
    await synced(colleague);
    colleague.write('library', 'material', 'theirs', { name: 'T', kind: 'slides' });
    await synced(colleague);
    const answer = await one.run();
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'sync.quotaReached' } });
    expect(status(one)).toMatchObject({ refused: 0, last: { ok: false, code: 'sync.quotaReached' } });
    expect(status(one).pending).toBeGreaterThan(0);
    expect(status(one).pending).toBeLessThanOrEqual(before);
    expect(one.store.reader.get('select name from material where id = ?', 'theirs')).toEqual({ name: 'T' });
    for (let day = 0; day < 4; day++) {
      now += DAY;
      await one.run();
    }
    expect(status(one)).toMatchObject({ pending: 0, refused: 0 });
    await synced(colleague);
    expect(colleague.store.digest()['library']).toBe(one.store.digest()['library']);
    expect(colleague.store.spaces()).toContain(planSpace(id));
  });

  it('of files sends its records all the same', async () => {
    await withQuotas({ files: 100_000 });
    const folder = quickFolder('itinera-quota-files-');
    const one = await enrolled('trainer', 'country:SN');
    const { id } = makeWorkshop(one);
    for (const size of [80_000, 90_000]) {
      const source = path.join(folder, randomUUID());
      writeFileSync(source, randomBytes(size));
      const { sha256 } = await one.files.put(sourceFile(source));
      const fields = { materialId: randomUUID(), language: 'fr', fileName: 'x.pdf', type: 'application/pdf', sha256, size };
      one.write(planSpace(id), 'materialVersion', randomUUID(), fields);
    }
    expect(await one.run()).toMatchObject({ ok: false, refusal: { code: 'sync.quotaReached' } });
    expect(status(one)).toMatchObject({ pending: 0, pendingFiles: 1, filesLeft: [] });
    now += DAY;
    expect(await one.run()).toMatchObject({ ok: true, value: { filesUp: 1 } });
  });
});

it('honest use stays far below: a long absence, an import of 20,000 materials', () => {
  expect(QUOTAS.perDay.records).toBeGreaterThan(3 * 100_000 * 400);
  expect(QUOTAS.perDay.rows).toBeGreaterThan(3 * 20_000 * 15);
  expect(QUOTAS.perDay.library).toBeGreaterThan(1.5 * 20_000 * 2_000);
});

it('the environment sets each of them, and what is no number is refused', () => {
  expect(quotasFromEnvironment({})).toEqual({ ok: true, value: QUOTAS });
  const set = quotasFromEnvironment({ QUOTA_ROWS: '5', QUOTA_LIBRARY_MB: '0.5', LARGEST_FILE_MB: '10', QUOTA_FILES_MB: '' });
  expect(set).toMatchObject({
    ok: true,
    value: { perDay: { rows: 5, library: 500_000, files: QUOTAS.perDay.files }, largestFile: 10_000_000 },
  });
  for (const wrong of ['0', '-1', 'many', 'NaN', 'Infinity']) {
    expect(quotasFromEnvironment({ QUOTA_ROWS: wrong })).toMatchObject({ ok: false, refusal: { code: 'administration.quota' } });
  }
});
