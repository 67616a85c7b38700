import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDiskFiles } from '../../shared/node/files/disk-files.ts';
import { FilesFault, type RepositoryFiles } from '../../shared/node/files/repository-files.ts';
import { openS3Files } from '../../shared/node/files/s3-files.ts';
import { held, keyOf, pieceOf, stretches } from '../../shared/node/files/s3-pieces.ts';
import { filesFromEnvironment } from '../../server/files/file-settings.ts';
import { startBucket, type TestBucket } from '../support/repository/bucket.ts';
import { NOTHING_ABANDONED, repositoryFilesSuite, sample, sendRest, whole } from './repository-files-suite.ts';
import { killedAtEveryRequest } from './s3-kills.ts';

describe('files on a disk', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'itinera-disk-files-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  // A folder belongs to one process: its writers share what is open.
  repositoryFilesSuite(() => ({ open: () => openDiskFiles(folder), beside: (files) => files }));
});

describe('files in a bucket', () => {
  let bucket: TestBucket;
  beforeAll(async () => {
    bucket = await startBucket();
  });
  afterAll(() => bucket.stop());
  const open = (): RepositoryFiles => openS3Files(bucket.settings, () => Date.now());

  repositoryFilesSuite(() => ({ open, beside: open }));

  it('leave no piece behind, and what a killed process left goes at the next start', async () => {
    const file = sample(20_000);
    await sendRest(open(), file, 9_000);
    expect(await bucket.keys()).toContain(`files/${file.sha256}`);
    const mine = async (): Promise<string[]> => (await bucket.keys()).filter((key) => key.includes(`partial/${file.sha256}`));
    expect(await mine()).toEqual([]);
    await bucket.put(keyOf(`partial/${file.sha256}/`, 0, 5, 'a'.repeat(64)), Buffer.alloc(5));
    const other = sample(10);
    await open().append(other.sha256, 0, other.bytes.subarray(0, 5));
    await open().tidy(NOTHING_ABANDONED);
    expect(await mine()).toEqual([]);
    expect(await open().partial(other.sha256)).toBe(5);
  });

  it('are put together from many parts where they are long', async () => {
    const file = sample(20 << 20);
    expect(await sendRest(open(), file, 3 << 20)).toBe('whole');
    expect((await whole(open(), file.sha256)).equals(file.bytes)).toBe(true);
    const bad = sample(9 << 20);
    await open().append(bad.sha256, 0, file.bytes.subarray(0, 9 << 20));
    expect(await open().finish(bad.sha256, 9 << 20)).toBe('damaged');
    expect(await open().size(bad.sha256)).toBeNull();
  });

  it('go on wherever the process or its way to the bucket ended (invariant 18)', async () => {
    await killedAtEveryRequest(bucket, { every: 12 });
  });

  it('say which fault it was when the bucket does not answer, and nothing starts on a wrong setting', async () => {
    const gone = { ...bucket.settings, endpoint: 'http://127.0.0.1:9' };
    await expect(openS3Files(gone, () => 0).size('a'.repeat(64))).rejects.toThrow(FilesFault);
    const env = { S3_ENDPOINT: bucket.settings.endpoint, S3_BUCKET: bucket.settings.bucket, S3_REGION: 'us-east-1' };
    expect(await filesFromEnvironment({})).toEqual({ ok: true, value: undefined });
    expect(await filesFromEnvironment(env)).toMatchObject({ ok: false, refusal: { code: 'administration.s3Settings' } });
    const keys = { S3_ACCESS_KEY_ID: 'a', S3_SECRET_ACCESS_KEY: 'b' };
    const wrong = await filesFromEnvironment({ ...env, ...keys, S3_BUCKET: 'not-there' });
    expect(wrong).toMatchObject({ ok: false, refusal: { code: 'administration.s3Bucket' } });
    expect(await filesFromEnvironment({ ...env, ...keys, S3_PREFIX: 'itinera' })).toMatchObject({ ok: true });
  });
});

describe('pieces', () => {
  const piece = (offset: number, length: number) => pieceOf(keyOf('p/', offset, length, 'c'.repeat(64)))!;

  it('overlap, and reach as far as there is no gap', () => {
    expect(held([])).toBe(0);
    expect(held([piece(5, 5)])).toBe(0);
    expect(held([piece(0, 5), piece(6, 5)])).toBe(5);
    expect(held([piece(4, 8), piece(0, 5), piece(2, 1), piece(12, 3)])).toBe(15);
    expect(stretches([piece(4, 8), piece(0, 5)], 10).map(({ skip, take }) => [skip, take])).toEqual([
      [0, 5],
      [1, 5],
    ]);
    expect(pieceOf('p/notes.txt')).toBeNull();
  });
});
