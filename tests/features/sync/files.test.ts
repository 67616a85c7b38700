import { createHash } from 'node:crypto';
import { appendFileSync, chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openBlobStore } from '../../../shared/node/files/open-blob-store.ts';
import { sha256OfFile, writeAtomically } from '../../../shared/node/files/atomic-file.ts';
import { seeded } from '../../support/seeded.ts';
import { sourceFile, SourceFault } from '../../../shared/node/files/source-file.ts';
import { placeOfFile } from '../../support/laptops/stored-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'itinera-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const inFolder = (...names: string[]): string => path.join(folder, ...names);
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function some(length: number, seed = 1): Buffer {
  const random = seeded(seed);
  return Buffer.from(Uint8Array.from({ length }, () => Math.floor(random() * 256)));
}

test('a file is copied in under its hash, once', async () => {
  const files = openBlobStore(folder);
  const content = some(2_500_000);
  writeFileSync(inFolder('deck.pdf'), content);
  const steps: number[] = [];
  const added = await files.put(sourceFile(inFolder('deck.pdf')), { onBytes: (done) => steps.push(done) });
  expect(added).toEqual({ sha256: hashOf(content), size: content.length });
  expect(steps.at(-1)).toBe(content.length);
  expect(steps.length).toBe(3);
  expect(readFileSync(placeOfFile(folder, added.sha256)).equals(content)).toBe(true);
  await files.put(sourceFile(inFolder('deck.pdf')));
  expect(files.bytes()).toBe(content.length);
  expect(await files.verify(added.sha256)).toBe(true);
  expect(readdirSync(inFolder('files', 'parts'))).toEqual([]);
});

test('a source that is missing, a folder, too long or cancelled leaves nothing behind', async () => {
  const files = openBlobStore(folder);
  writeFileSync(inFolder('long.pdf'), some(3_000));
  const reason = async (attempt: Promise<unknown>): Promise<string> =>
    attempt.then(
      () => 'taken',
      (error: unknown) => (error instanceof SourceFault ? error.reason : (error as Error).name),
    );
  expect(await reason(files.put(sourceFile(inFolder('none.pdf'))))).toBe('missing');
  expect(await reason(files.put(sourceFile(folder)))).toBe('unreadable');
  expect(await reason(files.put(sourceFile(inFolder('long.pdf'), 2_999)))).toBe('tooLarge');
  const controller = new AbortController();
  expect(await reason(files.put(sourceFile(inFolder('long.pdf')), { signal: controller.signal, onBytes: () => controller.abort() }))).toBe(
    'AbortError',
  );
  expect(files.bytes()).toBe(0);
  expect(readdirSync(inFolder('files', 'parts'))).toEqual([]);
});

test('a file on its way is resumed where it stopped, also after a restart, and appears only when its hash is right', async () => {
  const content = some(10_000, 2);
  const sha256 = hashOf(content);
  const before = openBlobStore(folder);
  await before.append(sha256, 0, content.subarray(0, 4_000));
  expect(before.has(sha256)).toBe(false);
  const files = openBlobStore(folder);
  expect(files.partial(sha256)).toBe(4_000);
  await files.append(sha256, 3_000, content.subarray(3_000, 7_000));
  await expect(files.append(sha256, 7_001, content.subarray(7_001))).rejects.toThrow(RangeError);
  await files.append(sha256, 7_000, content.subarray(7_000));
  expect(await files.finish(sha256)).toBe(true);
  expect(await files.finish(sha256)).toBe(true);
  expect(files.partial(sha256)).toBe(0);
  expect(await sha256OfFile(placeOfFile(folder, sha256))).toBe(sha256);
});

test('a file on its way with one byte wrong is thrown away', async () => {
  const files = openBlobStore(folder);
  const content = some(1_000, 3);
  const sha256 = hashOf(content);
  const wrong = Buffer.from(content);
  wrong[500] = wrong[500]! ^ 1;
  await files.append(sha256, 0, wrong);
  expect(await files.finish(sha256)).toBe(false);
  expect(files.has(sha256)).toBe(false);
  expect(files.partial(sha256)).toBe(0);
  expect(await files.finish(sha256)).toBe(false);
});

test('damage is seen, copies cut short go, and a hash is the only way into a path', async () => {
  const files = openBlobStore(folder);
  writeFileSync(inFolder('a.pdf'), some(100, 4));
  const { sha256 } = await files.put(sourceFile(inFolder('a.pdf')));
  chmodSync(placeOfFile(folder, sha256), 0o600);
  appendFileSync(placeOfFile(folder, sha256), 'x');
  expect(await files.verify(sha256)).toBe(false);
  files.remove(sha256);
  expect(files.has(sha256)).toBe(false);
  expect(await files.verify(sha256)).toBe(false);
  writeFileSync(inFolder('files', 'parts', 'cut.copy'), 'x');
  openBlobStore(folder);
  expect(existsSync(inFolder('files', 'parts', 'cut.copy'))).toBe(false);
  expect(() => files.get('../../etc/passwd')).toThrow(RangeError);
});

test('a file is written whole over what was there, and a failure leaves that as it was', async () => {
  const target = inFolder('figures.csv');
  writeFileSync(target, 'old');
  const content = some(5_000, 5);
  expect(await writeAtomically(target, content)).toEqual({ bytes: 5_000, sha256: hashOf(content) });
  expect(readFileSync(target).equals(content)).toBe(true);
  await expect(writeAtomically(inFolder('none', 'figures.csv'), content)).rejects.toMatchObject({ code: 'ENOENT' });
  mkdirSync(inFolder('taken.csv', 'inside'), { recursive: true });
  await expect(writeAtomically(inFolder('taken.csv'), content)).rejects.toThrow();
  expect(readdirSync(folder).toSorted()).toEqual(['figures.csv', 'taken.csv']);
});
