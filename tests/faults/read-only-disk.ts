// Runs inside a mount namespace of its own (tests/faults/disk.test.ts): argv[2] is a folder on a small tmpfs that turns read-only.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openTestEngine, tryOpenTestEngine } from '../support/laptops/engine.ts';

const disk = process.argv[2]!;
const exports = path.join(disk, 'exports');
mkdirSync(exports);

function remount(mode: 'ro' | 'rw'): void {
  // `bind`: the mount's own flag, which an ordinary user may change in a namespace too; the file system's is root's alone.
  const run = spawnSync('mount', ['-o', `remount,bind,${mode}`, disk], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
}

// An export into a folder that cannot be written, from a store elsewhere that can.
const elsewhere = mkdtempSync(path.join(tmpdir(), 'itinera-elsewhere-'));
const engine = await openTestEngine(path.join(elsewhere, 'data'));
const { id: activityId } = await engine.call<{ id: string }>('activity.create', {
  title: 'Atelier',
  start: '2026-03-02',
  end: '2026-03-03',
});
for (let i = 0; i < 3; i++) await engine.call('people.add', { activityId, familyName: `PERSONNE ${i}`, country: 'SN' });

const first = await openTestEngine(path.join(disk, 'data'));
await first.close();
remount('ro');
const exported = await engine.try('report.export', { activityId, language: 'fr', path: path.join(exports, 'rapport.csv') });
const people = await engine.call<unknown[]>('people.list', { activityId });
const opened = await tryOpenTestEngine(path.join(disk, 'data'));
remount('rw');
const again = await openTestEngine(path.join(disk, 'data'));
const alive = (await engine.try('attendance.grid', { activityId })).ok;
await again.close();
await engine.close();
rmSync(elsewhere, { recursive: true });
console.log(
  JSON.stringify({
    openWritable: true,
    opened: opened.ok ? 'opened' : opened.refusal.code,
    export: exported.ok ? 'written' : exported.error.code,
    people: people.length,
    alive,
  }),
);
