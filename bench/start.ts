// Cold start of the built app to an interactive Today, against a bare Electron window: same machine, same run, in turns; medians are
// compared (at most 1.6 x). Run by `npm run bench:start`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { atTerminal } from '../tests/e2e/support/terminal.ts';
import { bareWindowShown, todayInteractive } from './start/launch.ts';

const RUNS = Number(process.env['BENCH_RUNS'] ?? 11);
/** Chromium keeps compiled scripts after the second start, as on a laptop where Itinera was started before. */
const WARM_UP = 3;
const LIMIT = 1.6;

const folder = mkdtempSync(path.join(tmpdir(), 'itinera-bench-'));
const data = path.join(folder, 'data');
const profile = path.join(folder, 'bare');

try {
  // The sample workshop, so that Today has something to show.
  await atTerminal(data, async (terminal) => {
    await terminal.call('settings.set', { language: 'en', name: 'Bench' });
    await terminal.call('activity.loadSample');
  });
  for (let run = 0; run < WARM_UP; run++) {
    await bareWindowShown(profile);
    await todayInteractive(data);
  }
  const bares: number[] = [];
  const apps: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    bares.push(await bareWindowShown(profile));
    apps.push(await todayInteractive(data));
  }
  const ratio = median(apps) / median(bares);
  console.log(
    `bare window shown    ${line(bares)}\nToday interactive    ${line(apps)}\nratio of medians     ${ratio.toFixed(2)} (at most ${LIMIT})`,
  );
  process.exitCode = ratio <= LIMIT ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function line(values: readonly number[]): string {
  return `${median(values)} ms (${Math.min(...values)}-${Math.max(...values)}, n = ${values.length})`;
}
