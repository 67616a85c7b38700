import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';

const disk = mkdtempSync(path.join(tmpdir(), 'itinera-usb-disk-'));
afterAll(() => rmSync(disk, { recursive: true, force: true }));

it(
  'a stick that is full or read-only, and a laptop that is full: a sentence, no half file, nothing half applied',
  { timeout: 120_000 },
  () => {
    const unshare = process.getuid?.() === 0 ? ['-m'] : ['-rm'];
    const command = 'mount -t tmpfs -o size=12m tmpfs "$1" && exec "$2" tests/faults/usb-stick.ts "$1"';
    const run = spawnSync('unshare', [...unshare, 'sh', '-c', command, 'sh', disk, process.execPath], {
      encoding: 'utf8',
      timeout: 100_000,
    });
    expect(run.status, run.stderr).toBe(0);
    const saw = JSON.parse(run.stdout.trim().split('\n').at(-1)!) as Record<string, unknown> & {
      codes: Record<string, number>;
      full: Record<string, number>;
    };
    expect(Object.keys(saw.codes).sort()).toEqual(['usb.full', 'usb.readOnly']);
    expect(saw.codes['usb.full']).toBeGreaterThan(5);
    expect(saw['sentences']).toBe(saw.codes['usb.full']! + 1);
    expect(saw['whole']).toBeGreaterThan(0);
    expect(Object.keys(saw.full)).toEqual(['storage.full']);
    expect(saw).toMatchObject({ last: { filesLeft: 0, stopped: '' }, same: true, grew: true, check: { ok: true, problems: [] } });
  },
);
