// Five hundred certificates from a terminal that has no display: as one PDF and as five hundred, from a cold start; the memory of the process that sets them, at first and for the next five
// hundred; how soon it is gone once it is cancelled. Limits: the table of docs/benchmarks.md. RUNS (5) says how often each is run.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { openEngine } from '../electron/engine/engine.ts';
import { alwaysOpen } from '../electron/engine/vault/vault.ts';
import { ROOT } from '../tests/support/laptops/engine.ts';
import { quietCall } from '../tests/support/quiet-call.ts';
import { certifiedWorkshop } from './papers/certified.ts';
import { descendants, watch, watchTree, type Taken } from './papers/watched-process.ts';

const COUNT = 500;
const RUNS = Number(process.env['RUNS'] ?? 5);
/** Seconds and MB. */
const LIMITS = { one: 5, files: 12, memory: 450, more: 40, cancelled: 1 };
/** How often five hundred are set in the same program: the peaks of one and the same paper differ by some 50 MB, so medians of the first half and of the next are compared. */
const AGAIN = 6;
const ITINERA = path.join(ROOT, 'scripts/bin/itinera.mjs');
const PROGRAM = 'typesetting-process';

const folder = mkdtempSync(path.join(tmpdir(), 'itinera-bench-'));
const data = path.join(folder, 'data');
let missed = false;
try {
  const workshops = [await certifiedWorkshop(data, COUNT), await certifiedWorkshop(data, COUNT)];
  const bare = await runs(() => terminal('settings.get', {}));
  const digests = new Set<string>();
  const one = await runs(async () => {
    const target = path.join(folder, 'one.pdf');
    const taken = await terminal('document.make', wanted(workshops[0]!, target));
    digests.add(sha256(target));
    return taken;
  });
  const each = await runs(async (run) => {
    const target = path.join(folder, `each-${run}`);
    const taken = await terminal('document.make', { ...wanted(workshops[0]!, target), options: { files: true } });
    const files = readdirSync(target);
    if (files.length !== COUNT) throw new Error(`${files.length} files`);
    digests.add(sha256(target, ...files.sort()));
    return taken;
  });
  say('bare start', seconds(bare));
  say('one PDF of 500', `${seconds(one)}, ${ratio(one, bare)} a bare start`, median(one.map(({ wall }) => wall)) <= LIMITS.one);
  say('500 files', `${seconds(each)}, ${ratio(each, one)} one PDF`, median(each.map(({ wall }) => wall)) <= LIMITS.files);
  const peak = Math.max(...[...one, ...each].map(peakOf));
  say('memory of the process that sets them', `${peak.toFixed(0)} MB`, peak <= LIMITS.memory);
  say('same input, same bytes', digests.size === 2 ? 'yes' : 'no', digests.size === 2);
  await inOneEngine(workshops);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = missed ? 1 : 0;

/** The next five hundred in the same program, and what is cancelled half way. */
async function inOneEngine(workshops: readonly string[]): Promise<void> {
  const places = { resources: path.join(ROOT, 'resources'), locales: path.join(ROOT, 'locales') };
  const opened = await openEngine({ vault: alwaysOpen(data), ...places });
  if (!opened.ok) throw new Error(opened.refusal.code);
  const { dispatcher, close } = opened.value;
  const peaks: number[] = [];
  for (let i = 0; i < AGAIN; i++) {
    const seen = watchTree(process.pid);
    await dispatcher.dispatch('document.make', wanted(workshops[i % 2]!, path.join(folder, 'again.pdf')), quietCall());
    peaks.push(peakOf(seen.end()));
  }
  const more = median(peaks.slice(AGAIN / 2)) - median(peaks.slice(0, AGAIN / 2));
  say('memory for the next 500', `${more.toFixed(0)} MB more (${peaks.map((peak) => peak.toFixed(0)).join(', ')})`, more <= LIMITS.more);
  const stop = new AbortController();
  const target = path.join(folder, 'cancelled.pdf');
  const making = dispatcher.dispatch('document.make', wanted(workshops[0]!, target), quietCall(stop.signal));
  while (!descendants(process.pid).some(isSetting)) await setTimeout(10);
  await setTimeout(800);
  const from = performance.now();
  stop.abort();
  await making;
  const answered = (performance.now() - from) / 1_000;
  while (descendants(process.pid).some(isSetting)) await setTimeout(5);
  const gone = (performance.now() - from) / 1_000;
  const isWhole = !readdirSync(folder).some((name) => name === 'cancelled.pdf' || name.endsWith('.part'));
  say('cancelled', `answered in ${answered.toFixed(3)} s, gone in ${gone.toFixed(3)} s`, gone <= LIMITS.cancelled && isWhole);
  await close();
}

function wanted(activityId: string, target: string): object {
  return { kind: 'certificates', activityId, language: 'fr', format: 'pdf', path: target };
}

function terminal(call: string, args: object): Promise<Taken> {
  return watch(process.execPath, [ITINERA, '--data', data, call, JSON.stringify(args)]);
}

async function runs(run: (number: number) => Promise<Taken>): Promise<Taken[]> {
  const taken: Taken[] = [];
  for (let i = 0; i < RUNS; i++) taken.push(await run(i));
  return taken;
}

function isSetting(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(PROGRAM);
  } catch {
    return false;
  }
}

function peakOf({ peaks }: Pick<Taken, 'peaks'>): number {
  return Math.max(0, ...[...peaks].filter(([command]) => command.includes(PROGRAM)).map(([, peak]) => peak));
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}

function seconds(taken: readonly Taken[]): string {
  return `${median(taken.map(({ wall }) => wall)).toFixed(2)} s (${median(taken.map(({ cpu }) => cpu)).toFixed(2)} s of processors)`;
}

function ratio(taken: readonly Taken[], other: readonly Taken[]): string {
  return `${(median(taken.map(({ wall }) => wall)) / median(other.map(({ wall }) => wall))).toFixed(1)} x`;
}

function sha256(target: string, ...files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files.length === 0 ? [target] : files.map((name) => path.join(target, name))) hash.update(readFileSync(file));
  return hash.digest('hex');
}

function say(what: string, measured: string, isReached = true): void {
  if (!isReached) missed = true;
  process.stdout.write(`${what.padEnd(40)} ${measured}${isReached ? '' : '  NOT REACHED'}\n`);
}
