import { expect } from 'vitest';
import { openS3Files } from '../../shared/node/files/s3-files.ts';
import { breakingWay, type TestBucket } from '../support/repository/bucket.ts';
import { NOTHING_ABANDONED, sample, sendRest, whole } from './repository-files-suite.ts';

/** Sends a file of several parts again and again, each time with a way that ends at a later request, and goes on with a new process. */
export async function killedAtEveryRequest(bucket: TestBucket, { every }: { every: number }): Promise<void> {
  for (const lost of ['request', 'answer'] as const) {
    for (let left = 0; ; left += every) {
      const file = sample(9 << 20);
      const way = await breakingWay(bucket.settings.endpoint, left, lost);
      const killed = openS3Files({ ...bucket.settings, endpoint: way.endpoint }, () => Date.now());
      const ended = await sendRest(killed, file, 4 << 20).catch((error: unknown) => error);
      const broke = way.broken();
      killed.close();
      await way.stop();
      const next = openS3Files(bucket.settings, () => Date.now());
      const size = await next.size(file.sha256);
      if (ended === 'whole') expect(size).toBe(file.bytes.length);
      expect(await sendRest(next, file, 4 << 20)).toBe('whole');
      await next.tidy(NOTHING_ABANDONED);
      expect((await whole(next, file.sha256)).equals(file.bytes)).toBe(true);
      expect((await bucket.keys()).filter((key) => key.startsWith(`partial/${file.sha256}`))).toEqual([]);
      next.close();
      if (!broke) break;
    }
  }
}
