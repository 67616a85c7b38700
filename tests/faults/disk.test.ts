import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const base = mkdtempSync(path.join(tmpdir(), 'itinera-disk-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** Runs a script of this folder in a mount namespace of its own, with `disk` a tmpfs of `size`; as root or as an ordinary user. */
function onSmallDisk(script: string, size: string, side = ''): { status: number | null; stdout: string; stderr: string } {
  const disk = path.join(base, script + side);
  mkdirSync(disk);
  const unshare = process.getuid?.() === 0 ? ['-m'] : ['-rm'];
  const command = `mount -t tmpfs -o size=${size} tmpfs "$1" && exec "$2" "$3" "$1" "$4"`;
  const run = spawnSync(
    'unshare',
    [...unshare, 'sh', '-c', command, 'sh', disk, process.execPath, path.join('tests/faults', script), side],
    {
      encoding: 'utf8',
      timeout: 120_000,
    },
  );
  return { status: run.status, stdout: run.stdout, stderr: run.stderr };
}

describe('a disk that fails', () => {
  it(
    'full at 25 levels: a coded refusal with a sentence, nothing confirmed lost, work goes on with room again',
    { timeout: 130_000 },
    () => {
      const run = onSmallDisk('full-disk.ts', '24m');
      expect(run.status, run.stderr).toBe(0);
      const saw = JSON.parse(run.stdout.trim().split('\n').at(-1)!) as {
        codes: Record<string, number>;
        confirmed: number;
        refusedWithSentence: number;
        check: unknown;
      };
      expect(Object.keys(saw.codes)).toEqual(['storage.full']);
      expect(saw.codes['storage.full']).toBeGreaterThan(10);
      expect(saw.refusedWithSentence).toBe(saw.codes['storage.full']);
      expect(saw.confirmed).toBeGreaterThan(50);
      expect(saw.check).toMatchObject({ ok: true, problems: [] });
    },
  );

  it.each(['laptop', 'repository'])(
    'full on the side of the %s while two laptops sync: said so, nothing lost, all alike with room again',
    { timeout: 130_000 },
    (side) => {
      const run = onSmallDisk('full-disk-sync.ts', '32m', side);
      expect(run.status, run.stderr).toBe(0);
      const saw = JSON.parse(run.stdout.trim().split('\n').at(-1)!) as { codes: Record<string, number>; confirmed: number };
      // The repository says of a file that there is no room for it by a code of its own, where records still found some.
      const { 'sync.filesUnavailable': files = 0, ...codes } = saw.codes;
      expect(Object.keys(codes)).toEqual([side === 'laptop' ? 'storage.full' : 'sync.repositoryFailed']);
      expect(Object.values(codes)[0]! + files).toBeGreaterThan(5);
      if (side === 'laptop') expect(files).toBe(0);
      expect(saw).toMatchObject({ lost: 0, alike: true, check: { ok: true, problems: [] } });
      expect(saw.confirmed).toBeGreaterThan(100);
    },
  );

  it('read-only: refused in the user’s language, reading goes on, nothing changed', { timeout: 60_000 }, () => {
    const run = onSmallDisk('read-only-disk.ts', '8m');
    expect(run.status, run.stderr).toBe(0);
    const saw = JSON.parse(run.stdout.trim().split('\n').at(-1)!) as Record<string, unknown>;
    expect(saw).toMatchObject({ openWritable: true, opened: 'storage.readOnly', export: 'file.notWritable', people: 3, alive: true });
  });
});
