import { createHash, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { UploadLimits } from '../../shared/node/files/abandoned-uploads.ts';
import type { RepositoryFiles } from '../../shared/node/files/repository-files.ts';

/** Where files lie: `open` is what a process that starts does; `beside` is another writer while `files` is in use. */
export interface FilesSubject {
  open(): RepositoryFiles;
  beside(files: RepositoryFiles): RepositoryFiles;
}

export interface Sample {
  readonly bytes: Buffer;
  readonly sha256: string;
}

export function sample(length: number): Sample {
  const bytes = randomBytes(length);
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

export async function whole(files: RepositoryFiles, sha256: string): Promise<Buffer> {
  const size = await files.size(sha256);
  if (size === null) throw new Error('it is not here');
  return taken(files, sha256, 0, size - 1);
}

async function taken(files: RepositoryFiles, sha256: string, start: number, end: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of (await files.read(sha256, start, end)) as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Sends what is missing of a file, in parts of `step` bytes, and finishes it. */
export async function sendRest(files: RepositoryFiles, { bytes, sha256 }: Sample, step: number): Promise<string> {
  if ((await files.size(sha256)) !== null) return 'whole';
  for (let held = await files.partial(sha256); held < bytes.length;)
    held = await files.append(sha256, held, bytes.subarray(held, held + step));
  return files.finish(sha256, bytes.length);
}

/** Limits that keep everything that is on its way. */
export const NOTHING_ABANDONED: UploadLimits = { since: 0, ofOneSender: Infinity };

/** What every place of the repository's files must do (invariant 18). */
export function repositoryFilesSuite(subject: () => FilesSubject): void {
  it('holds what arrived, and makes a file of it only when all has', async () => {
    const files = subject().open();
    const { bytes, sha256 } = sample(100_000);
    expect([await files.size(sha256), await files.partial(sha256)]).toEqual([null, 0]);
    expect(await files.append(sha256, 0, bytes.subarray(0, 40_000))).toBe(40_000);
    expect([await files.size(sha256), await files.partial(sha256)]).toEqual([null, 40_000]);
    expect(await files.finish(sha256, bytes.length)).toBe('incomplete');
    expect(await files.partial(sha256)).toBe(40_000);
    expect(await files.append(sha256, 40_000, bytes.subarray(40_000))).toBe(100_000);
    expect(await files.size(sha256)).toBeNull();
    expect(await files.finish(sha256, bytes.length)).toBe('whole');
    expect([await files.size(sha256), await files.partial(sha256)]).toEqual([100_000, 0]);
    expect((await whole(files, sha256)).equals(bytes)).toBe(true);
    expect(await files.finish(sha256, bytes.length)).toBe('whole');
  });

  it('gives up what is abandoned: by its age, and of one sender what is too much; whole files stay', async () => {
    const files = subject().open();
    const [greedy, other] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')];
    const begin = async (sender: string): Promise<string> => {
      const { bytes, sha256 } = sample(5_000);
      const upload = sender ? `${sha256}-${sender}` : sha256;
      expect(await files.append(upload, 0, bytes.subarray(0, 3_000))).toBe(3_000);
      return upload;
    };
    const here = sample(100);
    await sendRest(files, here, 100);
    const [first, second, beside, old] = [await begin(greedy), await begin(greedy), await begin(other), await begin('')];
    const left = (): Promise<number[]> => Promise.all([first, second, beside, old].map((upload) => files.partial(upload)));
    await files.tidy(NOTHING_ABANDONED);
    expect(await left()).toEqual([3_000, 3_000, 3_000, 3_000]);
    await files.tidy({ since: 0, ofOneSender: 5_999 });
    expect((await left()).slice(0, 2).toSorted((a, b) => a - b)).toEqual([0, 3_000]);
    expect((await left()).slice(2)).toEqual([3_000, 3_000]);
    await files.tidy({ since: Date.now() + 5_000, ofOneSender: Infinity });
    expect(await left()).toEqual([0, 0, 0, 0]);
    expect((await whole(files, here.sha256)).equals(here.bytes)).toBe(true);
  });

  it('sends any range of a file', async () => {
    const files = subject().open();
    const { bytes, sha256 } = sample(70_000);
    await sendRest(files, { bytes, sha256 }, 30_000);
    for (const [start, end] of [
      [0, 0],
      [0, 69_999],
      [12_345, 54_321],
      [69_999, 69_999],
    ] as const) {
      expect((await taken(files, sha256, start, end)).equals(bytes.subarray(start, end + 1))).toBe(true);
    }
  });

  it('goes on, in another process, from whatever step one was killed at', async () => {
    const file = sample(90_000);
    const { bytes, sha256 } = file;
    for (let offset = 0; offset < bytes.length; offset += 30_000) {
      const next = subject().open();
      expect(await next.partial(sha256)).toBe(offset);
      await next.append(sha256, offset, bytes.subarray(offset, offset + 30_000));
    }
    // Killed before it was finished: the next one has all, and finishes it.
    const next = subject().open();
    expect([await next.size(sha256), await next.partial(sha256)]).toEqual([null, 90_000]);
    expect(await next.append(sha256, 89_999, bytes.subarray(89_999))).toBe(90_000);
    expect(await next.finish(sha256, bytes.length)).toBe('whole');
    expect((await whole(subject().open(), sha256)).equals(bytes)).toBe(true);
  });

  it('takes a part twice when its answer got lost', async () => {
    const files = subject().open();
    const file = sample(60_000);
    const part = file.bytes.subarray(0, 25_000);
    expect(await files.append(file.sha256, 0, part)).toBe(25_000);
    expect(await files.append(file.sha256, 0, part)).toBe(25_000);
    expect(await sendRest(files, file, 25_000)).toBe('whole');
    expect((await whole(files, file.sha256)).equals(file.bytes)).toBe(true);
    // An answer to the last part that got lost: it is sent to a file that is whole.
    expect(await files.append(file.sha256, 50_000, file.bytes.subarray(50_000))).toBe(60_000);
    expect(await files.append(file.sha256, 0, randomBytes(10))).toBe(60_000);
    expect((await whole(files, file.sha256)).equals(file.bytes)).toBe(true);
  });

  it('does not count what lies beyond a gap', async () => {
    const files = subject().open();
    const file = sample(30_000);
    await files.append(file.sha256, 0, file.bytes.subarray(0, 10_000));
    expect(await files.append(file.sha256, 20_000, file.bytes.subarray(20_000))).toBe(10_000);
    expect(await files.finish(file.sha256, 30_000)).toBe('incomplete');
    expect(await sendRest(files, file, 7_000)).toBe('whole');
    expect((await whole(files, file.sha256)).equals(file.bytes)).toBe(true);
  });

  it('takes one file from two writers at once, who cut it in different places', async () => {
    const file = sample(200_000);
    const one = subject().open();
    const two = subject().beside(one);
    expect(new Set(await Promise.all([sendRest(one, file, 17_000), sendRest(two, file, 23_000)]))).toEqual(new Set(['whole']));
    expect((await whole(one, file.sha256)).equals(file.bytes)).toBe(true);
  });

  it('throws away what is not what its name says, and takes it anew', async () => {
    const files = subject().open();
    const file = sample(50_000);
    const bad = Buffer.from(file.bytes);
    bad[30_000]! ^= 1;
    await files.append(file.sha256, 0, bad.subarray(0, 20_000));
    await files.append(file.sha256, 20_000, bad.subarray(20_000));
    expect(await files.finish(file.sha256, 50_000)).toBe('damaged');
    expect([await files.size(file.sha256), await files.partial(file.sha256)]).toEqual([null, 0]);
    expect(await sendRest(files, file, 20_000)).toBe('whole');
    expect((await whole(files, file.sha256)).equals(file.bytes)).toBe(true);
  });

  it('never makes a file of bytes that are not its own', async () => {
    const files = subject().open();
    const file = sample(20_000);
    const longer = Buffer.concat([file.bytes, Buffer.from('more')]);
    await files.append(file.sha256, 0, longer);
    expect(['whole', 'damaged']).toContain(await files.finish(file.sha256, 20_000));
    expect(await sendRest(files, file, 20_000)).toBe('whole');
    expect((await whole(files, file.sha256)).equals(file.bytes)).toBe(true);
    await expect(files.size('../../etc/passwd')).rejects.toThrow(RangeError);
    await expect(files.append('ab', 0, longer)).rejects.toThrow(RangeError);
  });
}
