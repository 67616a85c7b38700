import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountOf } from '../../../electron/engine/sync/repository/account.ts';
import { LIBRARY, planSpace } from '../../../shared/model/spaces.ts';
import { startFlakyProxy, type FlakyProxy } from '../../support/repository/flaky-proxy.ts';
import { fileBytes, type Laptop } from '../../support/laptops/laptop.ts';
import { placeOfFile } from '../../support/laptops/stored-file.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { laptopsAround, makeWorkshop, synced } from '../../support/workshop.ts';
import { quietCall } from '../../support/quiet-call.ts';
import { sourceFile } from '../../../shared/node/files/source-file.ts';

let server: TestRepository;
let proxy: FlakyProxy;
const folder = quickFolder('itinera-files-');
const { enrolled, end } = laptopsAround(() => server);

beforeAll(async () => {
  server = await startRepository({ library: false });
  proxy = await startFlakyProxy(server.url);
});
afterAll(async () => {
  await end();
  await proxy.stop();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
  expect(server.faults).toEqual([]);
});

async function addFile(laptop: Laptop, space: string, bytes: Uint8Array): Promise<string> {
  const source = path.join(folder, randomUUID());
  writeFileSync(source, bytes);
  const { sha256, size } = await laptop.files.put(sourceFile(source));
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
  return sha256;
}

function status(laptop: Laptop) {
  const answer = laptop.sync.handlers['sync.status']({}, quietCall());
  if (answer instanceof Promise || !answer.ok) throw new Error('status');
  return answer.value;
}

describe('files of materials', () => {
  it('go up once, come down where they are kept offline, and nowhere else', async () => {
    const one = await enrolled();
    const { id } = makeWorkshop(one);
    const bytes = randomBytes(300_000);
    const sha256 = await addFile(one, planSpace(id), bytes);
    expect(status(one)).toMatchObject({ pendingFiles: 1 });
    expect(status(one).pendingBytes).toBeGreaterThan(300_000);
    expect(await synced(one, { files: false })).toMatchObject({ filesUp: 0 });
    expect(await synced(one)).toMatchObject({ filesUp: 1, filesDown: 0 });
    expect(await synced(one)).toMatchObject({ filesUp: 0, requests: 1 });
    expect(status(one)).toMatchObject({ pendingFiles: 0, pendingBytes: 0 });

    const reader = await enrolled('trainer', 'all');
    expect(await synced(reader)).toMatchObject({ filesDown: 0 });
    reader.files.flags.pin(sha256);
    expect(await synced(reader)).toMatchObject({ filesDown: 1, filesUp: 0 });
    expect(createHash('sha256').update(fileBytes(reader, sha256)!).digest('hex')).toBe(sha256);
    expect(await synced(reader)).toMatchObject({ filesDown: 0, requests: 1 });

    // A laptop of this workshop has its files without asking.
    const local = await enrolled('trainer', `workshop:${id}`);
    expect(await synced(local)).toMatchObject({ filesDown: 1 });
    // One that may not read the workshop asks for a file that is not there.
    const stranger = await enrolled('trainer', `workshop:${randomUUID()}`);
    await synced(stranger);
    stranger.files.flags.pin(sha256);
    expect(await synced(stranger)).toMatchObject({ filesDown: 0 });
    expect(fileBytes(stranger, sha256)).toBeNull();
  });

  it('go on from the byte where the link broke, up and down', async () => {
    const one = await enrolled('trainer', 'all', { url: proxy.url });
    const { id } = makeWorkshop(one);
    const bytes = randomBytes(3_000_000);
    const sha256 = await addFile(one, planSpace(id), bytes);
    await synced(one, { files: false });
    const carried = async (laptop: Laptop): Promise<number> => {
      const before = proxy.carried.up + proxy.carried.down;
      for (let runs = 0; runs < 20; runs++) {
        proxy.next(...Array.from({ length: 12 }, () => ({ up: 700_000, down: 700_000 })));
        const answer = await laptop.run();
        if (answer.ok) break;
      }
      return proxy.carried.up + proxy.carried.down - before;
    };
    // Each cut loses what was under way: a part of at most a megabyte; the parts that had arrived are not sent again.
    expect(await carried(one)).toBeLessThan(3 * bytes.length);
    const reader = await enrolled('trainer', `workshop:${id}`, { url: proxy.url });
    await synced(reader, { files: false });
    expect(await carried(reader)).toBeLessThan(1.2 * bytes.length);
    expect(Buffer.compare(fileBytes(reader, sha256)!, bytes)).toBe(0);
  });

  it('are said to be still to send without what has gone of them', async () => {
    const one = await enrolled();
    const { id } = makeWorkshop(one);
    await addFile(one, planSpace(id), randomBytes(3_000_000));
    await synced(one, { files: false });
    expect(status(one)).toMatchObject({ pendingFiles: 1, pendingBytes: 3_000_000, pendingFileBytes: 3_000_000 });
    const stopped = new AbortController();
    let gone = 0;
    const run = await one.sync.handlers['sync.run'](
      { files: true },
      {
        ...quietCall(stopped.signal),
        progress({ label, done }) {
          if (label !== 'sync.files' || done === 0) return;
          gone = done;
          stopped.abort();
        },
      },
    );
    expect(run).toMatchObject({ ok: false });
    expect(gone).toBeGreaterThan(0);
    expect(status(one)).toMatchObject({ pendingFiles: 1, pendingBytes: 3_000_000 - gone, pendingFileBytes: 3_000_000 - gone });
    expect(await synced(one)).toMatchObject({ filesUp: 1 });
    expect(status(one)).toMatchObject({ pendingFiles: 0, pendingBytes: 0, pendingFileBytes: 0 });
  });

  it('are finished where the repository ended between the last part and the end', async () => {
    const one = await enrolled();
    const { id } = makeWorkshop(one);
    const bytes = randomBytes(150_000);
    const sha256 = await addFile(one, planSpace(id), bytes);
    await synced(one, { files: false });
    const user = accountOf(one.settings)!.user;
    const own = createHash('sha256').update(user).digest('hex').slice(0, 32);
    writeFileSync(path.join(server.folder, 'files/parts', `${sha256}-${own}.part`), bytes);
    expect(await synced(one)).toMatchObject({ filesUp: 1 });
    const reader = await enrolled('trainer', `workshop:${id}`);
    expect(await synced(reader)).toMatchObject({ filesDown: 1 });
  });

  it('that are not what their name says are thrown away and named, stop no other, and the record stays', async () => {
    const one = await enrolled();
    const { id } = makeWorkshop(one);
    const sha256 = await addFile(one, planSpace(id), randomBytes(100_000));
    const larger = await addFile(one, planSpace(id), randomBytes(120_000));
    // The disk of this laptop has gone bad since.
    const place = placeOfFile(one.folder, sha256);
    writeFileSync(place, randomBytes(100_000));
    expect(await synced(one)).toMatchObject({ filesUp: 1 });
    expect(status(one)).toMatchObject({ pendingFiles: 1, last: { ok: true } });
    expect(status(one).filesLeft).toEqual([{ fileName: 'x.pdf', code: 'sync.fileDamagedHere' }]);
    // It is not sent again, by itself or asked for, while it is what it is.
    const before = await synced(one);
    expect(before).toMatchObject({ filesUp: 0 });
    expect(before.bytesUp).toBeLessThan(5_000);
    expect(one.files.flags.isDelivered(larger)).toBe(true);
    const reader = await enrolled('trainer', `workshop:${id}`);
    expect(await synced(reader)).toMatchObject({ filesDown: 1 });
    expect(reader.store.reader.get('select sha256 from materialVersion where sha256 = ?', sha256)).toEqual({ sha256 });
    expect(fileBytes(reader, sha256)).toBeNull();
  });

  it('a trainer shares a material with everybody, and an expert brings one; neither changes the other', async () => {
    const [trainer, expert] = [await enrolled('trainer', 'country:SN'), await enrolled('expert', 'all')];
    const first = await addFile(trainer, LIBRARY, randomBytes(2_000));
    const second = await addFile(expert, LIBRARY, randomBytes(2_000));
    expect(await synced(trainer)).toMatchObject({ refused: 0, filesUp: 1 });
    expect(await synced(expert)).toMatchObject({ refused: 0, filesUp: 1 });
    await synced(trainer);
    const { id } = trainer.store.reader.get<{ id: string }>('select materialId as id from materialVersion where sha256 = ?', second)!;
    trainer.write(LIBRARY, 'material', id, { name: 'Autre titre' });
    expect(await synced(trainer)).toMatchObject({ refused: 1 });
    expect(trainer.store.reader.get('select name from material where id = ?', id)).toEqual({ name: 'Diapositives' });
    await synced(expert);
    expect(expert.store.reader.get('select sha256 from materialVersion where sha256 = ?', first)).toEqual({ sha256: first });
  });
});
