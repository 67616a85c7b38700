import { afterAll, beforeAll, it } from 'vitest';
import { startBucket, type TestBucket } from '../support/repository/bucket.ts';
import { killedAtEveryRequest } from './s3-kills.ts';

let bucket: TestBucket;
beforeAll(async () => {
  bucket = await startBucket();
});
afterAll(() => bucket.stop());

it('goes on from every request to the bucket that was the last (invariant 18)', async () => {
  await killedAtEveryRequest(bucket, { every: 1 });
});
