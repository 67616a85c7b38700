// Cold start of the built app to an interactive Today, against a bare Electron window: same machine, same run, in turns; medians are
// compared (at most 1.6 x). Run by `npm run bench:start`.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LANGUAGES } from '../shared/kernel/text.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const RUNS = Number(process.env['BENCH_RUNS'] ?? 11);
/** Chromium keeps compiled scripts after the second start, as on a laptop where Itinera was started before. */
const WARM_UP = 3;
const LIMIT = 1.6;

const electron = process.env['ELECTRON_EXEC_PATH'] ?? 'electron';
const flags = [...(process.env['NO_SANDBOX'] ? ['--no-sandbox'] : []), '--log-level=3'];
const folder = mkdtempSync(path.join(tmpdir(), 'itinera-bench-'));
const data = path.join(folder, 'data');

try {
  const title = prepare();
  const app = () => started(['-r', path.join(import.meta.dirname, 'start/interactive.cjs'), ROOT, '--data', data], { BENCH_TITLE: title });
  const bare = () => started([path.join(import.meta.dirname, 'start/bare')], { BENCH_PROFILE: path.join(folder, 'bare') });
  for (let run = 0; run < WARM_UP; run++) {
    await bare();
    await app();
  }
  const bares: number[] = [];
  const apps: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    bares.push(await bare());
    apps.push(await app());
  }
  const ratio = median(apps) / median(bares);
  console.log(
    `bare window shown    ${line(bares)}\nToday interactive    ${line(apps)}\nratio of medians     ${ratio.toFixed(2)} (at most ${LIMIT})`,
  );
  process.exitCode = ratio <= LIMIT ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A data folder with the sample workshop, so that Today has something to show. Gives Today's title. */
function prepare(): string {
  const language = LANGUAGES[0];
  const calls = [
    { call: 'settings.set', args: { language, name: 'Bench' } },
    { call: 'activity.loadSample', args: {} },
  ];
  const made = spawnSync(process.execPath, [path.join(ROOT, 'electron/cli.ts'), '--data', data, 'batch'], {
    input: calls.map((call) => JSON.stringify(call)).join('\n'),
    stdio: ['pipe', 'ignore', 'inherit'],
    env: { ...process.env, APP_SQLITE_BINDING: '' },
  });
  if (made.status !== 0) throw new Error('the data folder could not be made');
  return 'Today';
}

/** Milliseconds from spawning to what the program says is the moment. */
function started(args: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  const from = Date.now();
  const child = spawn(electron, [...flags, ...args], {
    env: { ...process.env, ...env, LANGUAGE: 'en' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return new Promise((resolve, reject) => {
    let said = '';
    const limit = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`no moment within a minute: ${args.at(-1)} ${said}`));
    }, 60_000);
    child.stdout.on('data', (text) => (said += String(text)));
    child.on('error', reject);
    child.on('close', () => {
      clearTimeout(limit);
      const moment = /MOMENT (\d+)/.exec(said)?.[1];
      if (moment === undefined) reject(new Error(`it ended before its moment: ${said}`));
      else resolve(Number(moment) - from);
    });
  });
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function line(values: readonly number[]): string {
  return `${median(values)} ms (${Math.min(...values)}-${Math.max(...values)}, n = ${values.length})`;
}
