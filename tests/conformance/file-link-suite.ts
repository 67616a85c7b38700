import { createHash, randomBytes } from 'node:crypto';
import { truncateSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileLink } from '../../electron/engine/files/file-link.ts';
import type { NamedFile } from '../../electron/engine/files/needs.ts';
import { transfer } from '../../electron/engine/files/transfer.ts';
import { ok, refuse } from '../../shared/kernel/result.ts';
import type { FileRoom } from '../../shared/node/files/file-room.ts';
import { openLaptop, type Laptop } from '../support/laptops/laptop.ts';
import { placeOfFile } from '../support/laptops/stored-file.ts';

/** The other side of a link, as a test plays it: what it gives and holds of each file, and where the link breaks. */
export interface Far {
  /** What it gives of a file that comes, by hash. */
  readonly gives: Map<string, Uint8Array>;
  /** What has reached it of a file that goes, by hash. */
  readonly holds: Map<string, Uint8Array>;
  /** The link breaks after so many bytes of files; null: never. */
  breaksAfter: number | null;
  /** What it says that it holds after each part that it is given; null: what it does. */
  says: number | null;
  /** Bytes of files that have come over the link. */
  moved: number;
}

/** A kind of link, over another side that a test plays. */
export interface LinkSubject {
  /** The link as one transfer opens it. */
  open(laptop: Laptop, far: Far, files: { readonly up?: readonly NamedFile[]; readonly down?: readonly NamedFile[] }): FileLink;
  /** Where a file that was cut goes on: after the last byte that came, after the last part, or from its beginning. */
  readonly resumes: 'byte' | 'part' | 'never';
  /** Whether the files after one that is not what its name says are still carried. */
  readonly passesOver: boolean;
}

/** How many of `length` bytes come over the link before it breaks; counts them. */
export function passing(far: Far, length: number): number {
  const passed = far.breaksAfter === null ? length : Math.max(0, Math.min(length, far.breaksAfter - far.moved));
  far.moved += passed;
  return passed;
}

/** Longer than a part of any link, so that a file goes in several. */
const LENGTH = 2_500_000;
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

interface Sample extends NamedFile {
  readonly bytes: Buffer;
}

function sample(length = LENGTH): Sample {
  const bytes = randomBytes(length);
  return { bytes, sha256: hashOf(bytes), size: length };
}

/** What `transfer` promises over every link by which files come and go. */
export function fileLinkSuite(subject: LinkSubject): void {
  let laptop: Laptop;
  let far: Far;
  beforeEach(() => {
    laptop = openLaptop();
    far = { gives: new Map(), holds: new Map(), breaksAfter: null, says: null, moved: 0 };
  });
  afterEach(() => laptop.end());

  /** What became of a transfer: whether it ended well; a refusal and a fault both say no. */
  const carried = async (files: Parameters<LinkSubject['open']>[2], room: FileRoom = laptop.files): Promise<boolean> => {
    try {
      return (await transfer(room, subject.open(laptop, far, files))).ok;
    } catch (error) {
      if ((error as { code?: string }).code === 'ENOSPC') throw error;
      return false;
    }
  };
  const offered = (...files: Sample[]): NamedFile[] =>
    files.map(({ sha256, size, bytes }) => {
      far.gives.set(sha256, bytes);
      return { sha256, size };
    });
  const kept = async (...files: Sample[]): Promise<NamedFile[]> => {
    for (const { bytes } of files) await laptop.files.put(Readable.from([bytes]));
    return files.map(({ sha256, size }) => ({ sha256, size }));
  };
  const bytesHere = async (sha256: string): Promise<Buffer> => Buffer.concat((await laptop.files.get(sha256)!.toArray()) as Buffer[]);

  describe('a file that comes', () => {
    it('is there whole, one after the other, and is not asked for again', async () => {
      const [one, other] = [sample(), sample(10)];
      const down = offered(one, other);
      expect(await carried({ down })).toBe(true);
      expect((await bytesHere(one.sha256)).equals(one.bytes)).toBe(true);
      expect((await bytesHere(other.sha256)).equals(other.bytes)).toBe(true);
      expect(laptop.files.underWay()).toEqual([]);
    });

    it.each([1, 1_048_576, 2_000_000, LENGTH - 1])(
      'that is cut after %i bytes is not there, and is whole after the next transfer',
      async (at) => {
        const one = sample();
        const down = offered(one);
        far.breaksAfter = at;
        expect(await carried({ down })).toBe(false);
        expect(laptop.files.has(one.sha256)).toBe(false);
        const held = { byte: at, part: at - (at % (1 << 20)), never: 0 }[subject.resumes];
        expect(laptop.files.partial(one.sha256)).toBe(held);
        Object.assign(far, { breaksAfter: null, moved: 0 });
        expect(await carried({ down })).toBe(true);
        expect((await bytesHere(one.sha256)).equals(one.bytes)).toBe(true);
        expect(far.moved).toBe(LENGTH - held);
      },
    );

    it('with one byte wrong never appears, and leaves nothing behind', async () => {
      const [one, other] = [sample(), sample(10)];
      const down = offered(one, other);
      const wrong = Buffer.from(one.bytes);
      wrong[1_200_000] = wrong[1_200_000]! ^ 1;
      far.gives.set(one.sha256, wrong);
      await carried({ down });
      expect(laptop.files.has(one.sha256)).toBe(false);
      expect(laptop.files.underWay()).toEqual([]);
      expect(laptop.files.has(other.sha256)).toBe(subject.passesOver);
      // It goes on as ever with the next that is right.
      expect(await carried({ down: offered(one, other) })).toBe(true);
      expect(laptop.files.has(one.sha256)).toBe(true);
    });

    it.each([
      ['shorter than its record says', (bytes: Buffer) => bytes.subarray(0, 1_000_000)],
      ['empty', (bytes: Buffer) => bytes.subarray(0, 0)],
      ['longer than its record says', (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(5_000_000)])],
    ])('that is %s ends, and never appears', async (_, altered) => {
      const one = sample();
      const down = offered(one);
      far.gives.set(one.sha256, altered(one.bytes));
      const isLonger = altered(one.bytes).length > LENGTH;
      // Whoever asks for as many bytes as there are to be has the file, whatever lies behind them.
      if (!(await carried({ down }))) expect(laptop.files.has(one.sha256)).toBe(false);
      else expect(isLonger && (await laptop.files.verify(one.sha256))).toBe(true);
      expect(laptop.files.partial(one.sha256)).toBeLessThanOrEqual(LENGTH);
    });

    it.each([1, LENGTH - 1, LENGTH + 1, 2 ** 40, Number.MAX_SAFE_INTEGER])(
      'whose record says %i bytes ends, and never appears',
      async (size) => {
        const one = sample();
        offered(one);
        await carried({ down: [{ sha256: one.sha256, size }] });
        expect(laptop.files.has(one.sha256)).toBe(false);
        expect(laptop.files.bytes()).toBe(0);
      },
    );

    it('that came by another way meanwhile is passed over', async () => {
      const [one, other] = [sample(10), sample(20)];
      const down = offered(one, other);
      await kept(one);
      far.gives.set(one.sha256, Buffer.alloc(one.size));
      expect(await carried({ down })).toBe(true);
      expect((await bytesHere(one.sha256)).equals(one.bytes)).toBe(true);
      expect(laptop.files.has(other.sha256)).toBe(true);
    });

    it('waits where files are to wait, and goes no further than the day’s bytes', async () => {
      const [one, other] = [sample(10), sample()];
      const down = offered(one, other);
      const opened = subject.open(laptop, far, { down });
      expect(await transfer(laptop.files, { ...opened, waits: () => laptop.files.has(one.sha256) })).toEqual({ ok: true, value: null });
      expect([laptop.files.has(one.sha256), laptop.files.has(other.sha256)]).toEqual([true, false]);
      let parts = 2;
      const spent = refuse('sync.dailyLimit');
      const capped = { ...subject.open(laptop, far, { down: [down[1]!] }), gate: () => (parts-- > 0 ? ok(null) : spent) };
      await transfer(laptop.files, capped);
      expect(laptop.files.has(other.sha256)).toBe(false);
      expect(await carried({ down })).toBe(true);
      expect(laptop.files.has(other.sha256)).toBe(true);
    });

    it('for which the disk has no room leaves those before it whole, and is whole once there is room', async () => {
      const [one, other] = [sample(10), sample()];
      const down = offered(one, other);
      const full = Object.assign(new Error('no room'), { code: 'ENOSPC' });
      const small: FileRoom = {
        ...laptop.files,
        append: (upload, offset, bytes) =>
          offset + bytes.length > 1_500_000 ? Promise.reject(full) : laptop.files.append(upload, offset, bytes),
      };
      await expect(carried({ down }, small)).rejects.toBe(full);
      expect([laptop.files.has(one.sha256), laptop.files.has(other.sha256)]).toEqual([true, false]);
      if (subject.resumes === 'never') expect(laptop.files.underWay()).toEqual([]);
      expect(await carried({ down })).toBe(true);
      expect((await bytesHere(other.sha256)).equals(other.bytes)).toBe(true);
    });
  });

  describe('a file that goes', () => {
    it('is there whole, one after the other', async () => {
      const [one, other] = [sample(), sample(10)];
      expect(await carried({ up: await kept(one, other) })).toBe(true);
      for (const { sha256, bytes } of [one, other]) expect(Buffer.compare(far.holds.get(sha256)!, bytes)).toBe(0);
    });

    it.each([1, 1_048_576, 2_000_000])('that is cut after %i bytes is whole after the next transfer', async (at) => {
      const one = sample();
      const up = await kept(one);
      far.breaksAfter = at;
      expect(await carried({ up })).toBe(false);
      Object.assign(far, { breaksAfter: null, moved: 0 });
      if (subject.resumes === 'never') far.holds.clear();
      const left = LENGTH - (far.holds.get(one.sha256)?.length ?? 0);
      expect(await carried({ up })).toBe(true);
      expect(Buffer.compare(far.holds.get(one.sha256)!, one.bytes)).toBe(0);
      expect(far.moved).toBe(left);
    });

    it.each([
      ['has gone bad', (place: string) => writeFileSync(place, randomBytes(LENGTH))],
      ['was cut short', (place: string) => truncateSync(place, 1_000)],
      ['has grown', (place: string) => writeFileSync(place, randomBytes(LENGTH + 1))],
    ])('and %s on this disk is not taken for it', async (_, damage) => {
      const one = sample();
      const up = await kept(one);
      damage(placeOfFile(laptop.folder, one.sha256));
      const done = await carried({ up });
      expect(hashOf(far.holds.get(one.sha256) ?? Buffer.alloc(0)) === one.sha256).toBe(false);
      expect(done && laptop.files.flags.isDelivered(one.sha256)).toBe(false);
    });

    it('and is not here any more is passed over, or said not to have gone', async () => {
      const [one, other] = [sample(10), sample(20)];
      const up = await kept(one, other);
      laptop.files.remove(one.sha256);
      await carried({ up });
      expect(far.holds.has(one.sha256)).toBe(false);
      expect(Buffer.compare(far.holds.get(other.sha256)!, other.bytes)).toBe(0);
    });

    it.each([0, -1, 2, Number.MAX_SAFE_INTEGER])('to a side that says each time that it holds %i bytes ends', async (says) => {
      const up = await kept(sample());
      far.says = says;
      await carried({ up });
      // A part or two more than there are, never one for ever.
      expect(far.moved).toBeLessThanOrEqual(3 * LENGTH);
    });
  });
}
