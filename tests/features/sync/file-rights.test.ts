import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FILE_PART } from '../../../shared/contract/repository.ts';
import { LARGEST_FILE } from '../../../shared/model/values.ts';
import { LIBRARY, planSpace } from '../../../shared/model/spaces.ts';
import { possessionProof } from '../../../shared/node/files/possession.ts';
import { enrolBareDevice, type Answer, type BareDevice } from '../../support/laptops/bare-device.ts';
import { fileBytes, type Laptop } from '../../support/laptops/laptop.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { QUOTAS } from '../../../server/quotas.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { laptopsAround, makeWorkshop, synced } from '../../support/workshop.ts';
import { sourceFile } from '../../../shared/node/files/source-file.ts';
import { placeOfFile } from '../../support/laptops/stored-file.ts';

/** A hash in a record is no file: who may have one, of what size it is, and that one of a stranger's spoils nobody's. */
let server: TestRepository;
const folder = quickFolder('itinera-file-rights-');
const { enrolled, end } = laptopsAround(() => server);

beforeAll(async () => {
  server = await startRepository({ library: false });
});
afterAll(async () => {
  await end();
  await server.stop();
  expect(server.faults).toEqual([]);
});

const shaOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function addFile(laptop: Laptop, space: string, bytes: Uint8Array): Promise<string> {
  const source = path.join(folder, randomUUID());
  writeFileSync(source, bytes);
  const { sha256, size } = await laptop.files.put(sourceFile(source));
  name(laptop, space, sha256, size);
  return sha256;
}

function name(laptop: Laptop, space: string, sha256: string, size: number): void {
  const materialId = randomUUID();
  laptop.write(space, 'material', materialId, { name: 'Diapositives', kind: 'slides' });
  laptop.write(space, 'materialVersion', randomUUID(), {
    materialId,
    language: 'fr',
    fileName: 'x.pdf',
    type: 'application/pdf',
    sha256,
    size,
  });
}

/** A device that keeps nothing and names a file in a record of its own. */
async function stranger(sha256: string, size: number, space = LIBRARY): Promise<BareDevice> {
  const device = await enrolBareDevice(server.url, await server.invite('trainer', `workshop:${randomUUID()}`));
  const id = randomUUID();
  const fields = { sha256, size, language: 'fr', type: 'application/pdf', fileName: 'x.pdf' };
  const record = Object.entries(fields).map(([field, value]) => ({ type: 'materialVersion', id, field, value }));
  expect((await device.push([device.seal(space, record)])).json()).toMatchObject({ applied: 1 });
  return device;
}

const at = (sha256: string): string => `/v1/files/${sha256}`;
const put = (device: BareDevice, sha256: string, bytes: Uint8Array, from = 0, total = from + bytes.length): Promise<Answer> =>
  device.ask('PUT', at(sha256), bytes, { 'content-type': FILE_PART, 'content-range': `bytes ${from}-${from + bytes.length - 1}/${total}` });
const prove = (device: BareDevice, sha256: string, nonce: string, mac: string): Promise<Answer> =>
  device.ask('PUT', at(sha256), new Uint8Array(0), { 'content-type': FILE_PART, 'x-file-proof': `${nonce} ${mac}` });
const proofOf = (nonce: string, bytes: Uint8Array): Promise<string> =>
  possessionProof(
    nonce,
    (async function* () {
      yield bytes;
    })(),
  );

/** A file in a workshop, delivered by the laptop of who added it. */
async function delivered(size = 200_000): Promise<{ laptop: Laptop; id: string; bytes: Buffer; sha256: string }> {
  const laptop = await enrolled('trainer', 'country:SN');
  const { id } = makeWorkshop(laptop);
  const bytes = randomBytes(size);
  const sha256 = await addFile(laptop, planSpace(id), bytes);
  expect(await synced(laptop)).toMatchObject({ filesUp: 1, refused: 0 });
  return { laptop, id, bytes, sha256 };
}

describe('a record that names a hash', () => {
  it('opens nothing, and does not tell whether the file is here', async () => {
    const { bytes, sha256 } = await delivered();
    const absent = shaOf(randomBytes(10));
    const answers = [];
    for (const hash of [sha256, absent]) {
      const mallory = await stranger(hash, bytes.length);
      const head = await mallory.ask('HEAD', at(hash));
      const got = await mallory.ask('GET', at(hash));
      const garbage = await put(mallory, hash, Buffer.alloc(1_000), 0, bytes.length);
      const guessed = await prove(mallory, hash, head.headers.get('x-file-nonce')!, '0'.repeat(64));
      answers.push([got.status, got.code, garbage.json(), head.headers.get('x-file-size'), head.headers.get('x-file-held'), guessed.code]);
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toEqual([404, 'sync.fileNotHere', { held: 1_000, whole: false }, String(bytes.length), '0', 'sync.fileProofWrong']);
  });

  it('opens it once its author has sent the whole, in whatever parts; other bytes never do', async () => {
    const { bytes, sha256 } = await delivered();
    const mallory = await stranger(sha256, bytes.length);
    expect((await put(mallory, sha256, Buffer.alloc(bytes.length))).code).toBe('sync.fileDamaged');
    const altered = Buffer.from(bytes);
    altered[1_000]! ^= 1;
    expect((await put(mallory, sha256, altered.subarray(0, 100_000), 0, bytes.length)).json()).toEqual({ held: 100_000, whole: false });
    expect((await put(mallory, sha256, bytes.subarray(100_000), 100_000)).code).toBe('sync.fileDamaged');
    expect((await put(mallory, sha256, bytes.subarray(0, bytes.length - 1))).code).toBe('sync.fileDamaged');
    // The end alone shows nothing.
    expect((await put(mallory, sha256, bytes.subarray(150_000), 150_000)).code).toBe('sync.fileOffset');
    expect((await mallory.ask('GET', at(sha256))).code).toBe('sync.fileNotHere');
    expect((await put(mallory, sha256, bytes.subarray(0, 70_000), 0, bytes.length)).json()).toEqual({ held: 70_000, whole: false });
    expect((await mallory.ask('HEAD', at(sha256))).headers.get('x-file-held')).toBe('70000');
    expect((await put(mallory, sha256, bytes.subarray(70_000), 70_000)).json()).toMatchObject({ whole: true });
    expect(Buffer.from((await mallory.ask('GET', at(sha256))).bytes).equals(bytes)).toBe(true);
  });

  it('opens it once its author has proven to have it; a proof is one user’s, one file’s and of its time', async () => {
    const { bytes, sha256 } = await delivered();
    const [one, other] = [await stranger(sha256, bytes.length), await stranger(sha256, bytes.length)];
    const nonce = (await one.ask('HEAD', at(sha256))).headers.get('x-file-nonce')!;
    const mac = await proofOf(nonce, bytes);
    for (const [device, given, said] of [
      [other, nonce, mac],
      [one, `${Date.now() + 1_000}.${'A'.repeat(43)}`, mac],
      [one, nonce, await proofOf(nonce, bytes.subarray(1))],
      [one, nonce, ''],
    ] as const) {
      expect((await prove(device, sha256, given, said)).code).toBe('sync.fileProofWrong');
    }
    expect((await one.ask('GET', at(sha256))).code).toBe('sync.fileNotHere');
    expect((await prove(one, sha256, nonce, mac)).json()).toMatchObject({ whole: true });
    expect((await one.ask('GET', at(sha256))).status).toBe(200);
    expect((await other.ask('GET', at(sha256))).status).toBe(200);
    // By the first one's record, which is theirs to read; where it is not, nothing.
    const narrow = await enrolBareDevice(server.url, await server.invite('trainer', `workshop:${randomUUID()}`));
    expect((await narrow.ask('GET', at(sha256))).status).toBe(200);
  });

  it('that is none, or of no size, is a file that is not there, without a fault', async () => {
    for (const wrong of ['', 'zzz', 'AB'.repeat(32), '../../repository.key', 'a'.repeat(64) + '-x']) {
      const device = await stranger(wrong, 5);
      for (const method of ['HEAD', 'GET', 'PUT']) {
        const body = method === 'PUT' ? Buffer.from('hello') : null;
        const answer = await device.ask(method, at(encodeURIComponent(wrong)), body, body ? { 'content-type': FILE_PART } : {});
        expect([404, 414], `${method} ${wrong}`).toContain(answer.status);
      }
    }
    for (const size of [-5, 1.5, Number.MAX_SAFE_INTEGER, LARGEST_FILE + 1]) {
      const hash = shaOf(randomBytes(8));
      const device = await stranger(hash, size);
      expect((await device.ask('GET', at(hash))).status).toBeGreaterThanOrEqual(400);
      const sent = await device.ask('PUT', at(hash), Buffer.from('hello'), { 'content-type': FILE_PART, 'content-range': 'bytes 0-4/*' });
      expect(['sync.fileUnknown', 'sync.fileTooLong'], String(size)).toContain(sent.code);
    }
    const hash = shaOf(randomBytes(8));
    expect((await put(await stranger(hash, 5), hash, Buffer.from('hello'), 0, LARGEST_FILE + 1)).code).toBe('sync.fileTooLong');
    expect(server.faults).toEqual([]);
  });
});

describe('what a stranger says and sends of the same file', () => {
  it.each([10, 10_000_000])('a size of %i keeps nobody from delivering it, nor any other file', async (size) => {
    const laptop = await enrolled('trainer', 'country:SN');
    const { id } = makeWorkshop(laptop);
    const bytes = randomBytes(150_000);
    const mallory = await stranger(shaOf(bytes), size);
    expect((await put(mallory, shaOf(bytes), randomBytes(9), 0, 10)).json()).toMatchObject({ held: 9 });
    const sha256 = await addFile(laptop, planSpace(id), bytes);
    const larger = await addFile(laptop, planSpace(id), randomBytes(160_000));
    expect(await synced(laptop)).toMatchObject({ filesUp: 2 });
    const reader = await enrolled('trainer', `workshop:${id}`);
    expect(await synced(reader)).toMatchObject({ filesDown: 2 });
    expect([sha256, larger].map((hash) => fileBytes(reader, hash)?.length)).toEqual([150_000, 160_000]);
  });

  it('is no part of what another sends', async () => {
    const bytes = randomBytes(3_000);
    const [mallory, author] = [await stranger(shaOf(bytes), bytes.length), await stranger(shaOf(bytes), bytes.length)];
    expect((await put(mallory, shaOf(bytes), randomBytes(9), 0, bytes.length)).json()).toMatchObject({ held: 9 });
    expect((await author.ask('HEAD', at(shaOf(bytes)))).headers.get('x-file-held')).toBe('0');
    expect((await put(author, shaOf(bytes), bytes.subarray(0, 2_000), 0, bytes.length)).json()).toMatchObject({ held: 2_000 });
    expect((await mallory.ask('HEAD', at(shaOf(bytes)))).headers.get('x-file-held')).toBe('9');
    expect((await put(author, shaOf(bytes), bytes.subarray(2_000), 2_000)).json()).toMatchObject({ whole: true });
  });

  it('as an old laptop asks, its own record says the size', async () => {
    const bytes = randomBytes(3_000);
    await stranger(shaOf(bytes), 10);
    await stranger(shaOf(bytes), 90_000);
    const old = await stranger(shaOf(bytes), bytes.length);
    expect((await old.ask('HEAD', at(shaOf(bytes)))).headers.get('x-file-size')).toBe('3000');
    expect((await put(old, shaOf(bytes), bytes)).json()).toMatchObject({ whole: true });
  });
});

describe('honest laptops', () => {
  it('need not send a file again that the repository has from another workshop', async () => {
    const { bytes, sha256 } = await delivered(300_000);
    const other = await enrolled('trainer', 'country:CI');
    const { id } = makeWorkshop(other, ['CI']);
    expect(await addFile(other, planSpace(id), bytes)).toBe(sha256);
    const moved = await synced(other);
    expect(moved.bytesUp).toBeLessThan(10_000);
    expect(other.files.flags.isDelivered(sha256)).toBe(true);
    const reader = await enrolled('trainer', `workshop:${id}`);
    expect(await synced(reader)).toMatchObject({ filesDown: 1 });
  });

  it('may use a material again elsewhere without having its file here', async () => {
    const { id, sha256, bytes } = await delivered();
    const colleague = await enrolled('trainer', 'country:SN');
    await synced(colleague, { files: false });
    const other = makeWorkshop(colleague, ['SN']);
    name(colleague, planSpace(other.id), sha256, bytes.length);
    expect(fileBytes(colleague, sha256)).toBeNull();
    await synced(colleague, { files: false });
    const reader = await enrolled('trainer', `workshop:${other.id}`);
    expect(await synced(reader)).toMatchObject({ filesDown: 1 });
    expect(id).not.toBe(other.id);
  });

  it('bring a file for a colleague who cannot, where nobody else names it', async () => {
    const author = await enrolled('trainer', 'country:SN');
    const { id } = makeWorkshop(author);
    const bytes = randomBytes(100_000);
    const sha256 = await addFile(author, planSpace(id), bytes);
    expect(await synced(author, { files: false })).toMatchObject({ filesUp: 0 });
    const colleague = await enrolled('coordinator', 'country:SN');
    await synced(colleague, { files: false });
    const source = path.join(folder, randomUUID());
    writeFileSync(source, bytes);
    await colleague.files.put(sourceFile(source));
    expect(await synced(colleague)).toMatchObject({ filesUp: 1 });
    const reader = await enrolled('trainer', `workshop:${id}`);
    expect(await synced(reader)).toMatchObject({ filesDown: 1 });
    expect(readFileSync(placeOfFile(reader.folder, sha256)).equals(bytes)).toBe(true);
  });

  it('bring nothing to a stranger’s record by it', async () => {
    const bytes = randomBytes(100_000);
    const sha256 = shaOf(bytes);
    const mallory = await stranger(sha256, bytes.length);
    const author = await enrolled('trainer', 'country:SN');
    const { id } = makeWorkshop(author);
    await addFile(author, planSpace(id), bytes);
    await synced(author, { files: false });
    const colleague = await enrolled('coordinator', 'country:SN');
    await synced(colleague, { files: false });
    const source = path.join(folder, randomUUID());
    writeFileSync(source, bytes);
    await colleague.files.put(sourceFile(source));
    await synced(colleague);
    await synced(author);
    const narrow = await enrolBareDevice(server.url, await server.invite('trainer', `workshop:${randomUUID()}`));
    expect((await narrow.ask('GET', at(sha256))).code).toBe('sync.fileNotHere');
    expect((await mallory.ask('GET', at(sha256))).code).toBe('sync.fileNotHere');
    const reader = await enrolled('trainer', `workshop:${id}`);
    expect(await synced(reader)).toMatchObject({ filesDown: 1 });
  });

  it('keep what a repository of an earlier program gave them', async () => {
    const { id, sha256 } = await delivered();
    const kept = server;
    if (kept.database === undefined) {
      await kept.stop(true);
      const { openDatabase } = await import('../../../shared/node/store/sqlite/opening/open-database.ts');
      const register = openDatabase(path.join(kept.folder, 'registry.db'));
      for (const table of ['file_holder', 'file_given', 'file_proving', 'usage']) register.exec(`drop table ${table}`);
      register.close();
      server = await startRepository({ library: false, folder: kept.folder });
    }
    const reader = await enrolled('trainer', `workshop:${id}`);
    expect(await synced(reader)).toMatchObject({ filesDown: 1 });
    expect(fileBytes(reader, sha256)).not.toBeNull();
  });
});

it('what is abandoned on its way goes after a month, and of one device what is more than it may send in a day', async () => {
  const day = 86_400_000;
  const kept = quickFolder('itinera-abandoned-');
  const opened = await startRepository({ folder: kept, library: false });
  for (const length of [40_000, 50_000]) {
    const device = await enrolBareDevice(opened.url, await opened.invite('trainer', 'all'));
    const bytes = randomBytes(60_000);
    const sha256 = shaOf(bytes);
    const record = Object.entries({ sha256, size: bytes.length }).map(([field, value]) => ({
      type: 'materialVersion',
      id: String(length),
      field,
      value,
    }));
    expect((await device.push([device.seal(LIBRARY, record)])).json()).toMatchObject({ applied: 1 });
    expect((await put(device, sha256, bytes.subarray(0, length), 0, bytes.length)).json()).toMatchObject({ held: length });
  }
  await opened.stop(true);
  const parts = path.join(kept, 'files', 'parts');
  const held = (): number[] =>
    readdirSync(parts)
      .map((part) => statSync(path.join(parts, part)).size)
      .sort((a, b) => a - b);
  const served = async (now: number, perDay = QUOTAS.perDay.files): Promise<void> => {
    const quotas = { ...QUOTAS, perDay: { ...QUOTAS.perDay, files: perDay } };
    const again = await startRepository({ folder: kept, library: false, clock: { now: () => now }, quotas });
    await again.stop(true);
    expect(again.faults).toEqual([]);
  };
  await served(Date.now() + 29 * day);
  expect(held()).toEqual([40_000, 50_000]);
  await served(Date.now(), 45_000);
  expect(held()).toEqual([40_000]);
  await served(Date.now() + 31 * day);
  expect(held()).toEqual([]);
});
