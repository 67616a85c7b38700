import { randomBytes, randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { planSpace } from '../../../shared/model/spaces.ts';
import { openS3Files } from '../../../shared/node/files/s3-files.ts';
import { breakingWay, startBucket, type TestBucket } from '../../support/repository/bucket.ts';
import { fileBytes, type Laptop } from '../../support/laptops/laptop.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { enrolledLaptop, makeWorkshop, synced } from '../../support/workshop.ts';
import { sourceFile } from '../../../shared/node/files/source-file.ts';

let bucket: TestBucket;
const folder = quickFolder('itinera-files-s3-');
const laptops: Laptop[] = [];
const servers: TestRepository[] = [];

beforeAll(async () => {
  bucket = await startBucket();
});
afterAll(async () => {
  for (const laptop of laptops) await laptop.end();
  for (const server of servers) await server.stop();
  await bucket.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function repositoryOn(endpoint: string): Promise<TestRepository> {
  const server = await startRepository({ library: false, files: openS3Files({ ...bucket.settings, endpoint }, () => Date.now()) });
  servers.push(server);
  return server;
}

async function enrolled(server: TestRepository, role?: 'trainer', scope?: string): Promise<Laptop> {
  const laptop = await enrolledLaptop(server, role, scope);
  laptops.push(laptop);
  return laptop;
}

async function addFile(laptop: Laptop, bytes: Uint8Array): Promise<{ sha256: string; workshop: string }> {
  const source = path.join(folder, randomUUID());
  writeFileSync(source, bytes);
  const { id: workshop } = makeWorkshop(laptop);
  const { sha256, size } = await laptop.files.put(sourceFile(source));
  const materialId = randomUUID();
  laptop.write(planSpace(workshop), 'material', materialId, { name: 'Diapositives', kind: 'slides' });
  const version = { materialId, language: 'fr', fileName: 'x.pdf', type: 'application/pdf', sha256, size };
  laptop.write(planSpace(workshop), 'materialVersion', randomUUID(), version);
  return { sha256, workshop };
}

it('files of materials go up to a bucket and come down from it', async () => {
  const server = await repositoryOn(bucket.settings.endpoint);
  const one = await enrolled(server);
  const bytes = randomBytes(2_500_000);
  const { sha256, workshop } = await addFile(one, bytes);
  expect(await synced(one)).toMatchObject({ filesUp: 1 });
  expect(await bucket.keys()).toEqual([`files/${sha256}`]);
  const reader = await enrolled(server, 'trainer', `workshop:${workshop}`);
  expect(await synced(reader)).toMatchObject({ filesDown: 1 });
  expect(Buffer.compare(fileBytes(reader, sha256)!, bytes)).toBe(0);
  expect(server.faults).toEqual([]);
});

it('records travel while the bucket does not answer, and the file waits', async () => {
  const way = await breakingWay(bucket.settings.endpoint, 6, 'request');
  const server = await repositoryOn(way.endpoint);
  const one = await enrolled(server);
  const { sha256, workshop } = await addFile(one, randomBytes(1_500_000));
  expect(await one.run()).toMatchObject({ ok: false, refusal: { code: 'sync.filesUnavailable' } });
  await way.stop();
  const reader = await enrolled(server, 'trainer', `workshop:${workshop}`);
  await synced(reader, { files: false });
  expect(reader.store.reader.get('select sha256 from materialVersion where sha256 = ?', sha256)).toEqual({ sha256 });
  expect(fileBytes(one, sha256)).not.toBeNull();
  expect(server.faults.length).toBeGreaterThan(0);
});
