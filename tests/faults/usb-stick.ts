// Runs inside a mount namespace of its own (tests/faults/usb-disk.test.ts): argv[2] is a folder on a small tmpfs, the stick. Fills it to one level
// after another while files are written to it, makes it read-only, then lets the laptop's own disk be the one that is full.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openTestEngine, type TestEngine } from '../support/laptops/engine.ts';

const disk = process.argv[2]!;
const base = mkdtempSync(path.join(tmpdir(), 'itinera-stick-'));
const ballast = path.join(disk, 'ballast');
const codes: Record<string, number> = {};
let whole = 0;
let sentences = 0;

function freeBytes(): number {
  const { bavail, bsize } = statfsSync(disk);
  return bavail * bsize;
}

function leaveFree(bytes: number): void {
  writeFileSync(ballast, new Uint8Array(Math.max(0, freeBytes() - bytes)));
}

async function workshopOf(engine: TestEngine, people: number): Promise<string> {
  const { id: activityId } = await engine.call<{ id: string }>('activity.create', {
    title: 'Atelier',
    start: '2026-03-02',
    end: '2026-03-05',
  });
  for (let i = 0; i < people; i++) await engine.call('people.add', { activityId, familyName: `PERSONNE ${i}`, country: 'SN' });
  const slides = path.join(base, 'slides.pdf');
  writeFileSync(slides, `%PDF-1.7\n${Array.from({ length: 40_000 }, (_, i) => i * 7919).join(' ')}`);
  await engine.call('material.add', { activityId, path: slides, title: 'Diapositives', language: 'fr', kind: 'slides' });
  return activityId;
}

const engine = await openTestEngine(path.join(base, 'data'));
await workshopOf(engine, 10);
const file = path.join(disk, 'records.itinera');
const { bytes } = await engine.call<{ bytes: number }>('sync.export', { path: file });
const older = readFileSync(file);
const refused = async (call: string, args: unknown): Promise<boolean> => {
  const answer = await engine.try(call, args);
  if (answer.ok) return false;
  codes[answer.error.code] = (codes[answer.error.code] ?? 0) + 1;
  if (answer.error.message.length > 20) sentences++;
  return true;
};
for (let level = 0; level <= 12; level++) {
  leaveFree(Math.round((bytes * level) / 10));
  if (await refused('sync.export', { path: file })) {
    if (!readFileSync(file).equals(older)) throw new Error(`level ${level}: the older file is not what it was`);
  } else whole++;
  const left = readdirSync(disk).filter((name) => name !== 'ballast');
  if (left.join() !== 'records.itinera') throw new Error(`level ${level}: ${left.join()} is left`);
  rmSync(ballast);
}
execFileSync('mount', ['-o', 'remount,bind,ro', disk]);
if (!(await refused('sync.export', { path: path.join(disk, 'x.itinera') }))) throw new Error('written to a read-only stick');
execFileSync('mount', ['-o', 'remount,bind,rw', disk]);
await engine.call('sync.export', { path: file });
cpSync(file, path.join(base, 'records.itinera'));
await engine.close();

// Now the laptop that reads is on the small disk.
rmSync(file);
mkdirSync(path.join(disk, 'data'));
let other = await openTestEngine(path.join(disk, 'data'));
const empty = await other.call('store.digest');
const full: Record<string, number> = {};
let stopped = 0;
for (const room of [0, 16, 48, 96, 128, 160, 400, 700]) {
  leaveFree(room * 1024);
  const before = await other.call<object>('store.digest');
  const answer = await other.try('sync.import', { path: path.join(base, 'records.itinera') });
  if (answer.ok) {
    if ((answer.result as { stopped: string }).stopped !== '') stopped++;
  } else {
    full[answer.error.code] = (full[answer.error.code] ?? 0) + 1;
    if (JSON.stringify(await other.call('store.digest')) !== JSON.stringify(before)) throw new Error(`${room}: something was applied`);
  }
  rmSync(ballast);
}
const last = await other.call<{ filesLeft: number; stopped: string }>('sync.import', { path: path.join(base, 'records.itinera') });
await other.close();
other = await openTestEngine(path.join(disk, 'data'));
const digest = await other.call('store.digest');
const check = await other.call('store.check', {});
await other.close();
const source = await openTestEngine(path.join(base, 'data'));
const same = JSON.stringify(await source.call('store.digest')) === JSON.stringify(digest);
await source.close();
rmSync(base, { recursive: true, force: true });
console.log(
  JSON.stringify({ codes, sentences, whole, full, stopped, last, same, check, grew: JSON.stringify(empty) !== JSON.stringify(digest) }),
);
