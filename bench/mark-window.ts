// From a key to the painted frame in the attendance grid, in the real window with 200 people x 20 half-days (issue: p95 under 50 ms).
// Run by `npm run bench:mark` after the engine's half (mark.ts).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { halfDaysBetween } from '../shared/kernel/dates.ts';
import { rowOf } from './intake/long-list.ts';
import { openAs } from '../tests/e2e/support/trainer.ts';
import type { Terminal } from '../tests/e2e/support/terminal.ts';

const PEOPLE = 200;
const HALF_DAYS = halfDaysBetween('2021-07-05', '2021-07-14');
const KEYS = 400;
const WARM_UP = 40;
const LIMIT = 50;
/** Between two keys: quicker than anybody calls names, so that saving and refetching run beside the next key. */
const PAUSE = 60;
const TITLE = 'Bench';

const folder = mkdtempSync(path.join(tmpdir(), 'itinera-bench-'));
try {
  const trainer = await openAs({ language: 'en', name: 'Bench', data: path.join(folder, 'data'), before: fill });
  const { page } = trainer;
  await trainer.openWorkshop(TITLE);
  await trainer.openTab('attendance');
  await page.locator('[role="gridcell"][tabindex="0"]').focus();
  await watchFrames(page);
  await type(page, WARM_UP, nextKey);
  const idle = await type(page, KEYS / 4, () => 'Shift');
  const times = await type(page, KEYS, nextKey);
  await page.getByText(trainer.t('app:save.saved')).waitFor();
  await trainer.close();
  process.stdout.write(
    `a key that does nothing   ${line(idle)}\nkey to painted frame      ${line(times)} (p95 under ${LIMIT}; ${PEOPLE} people x ${HALF_DAYS.length} half-days)\n`,
  );
  process.exitCode = at(times, 0.95) < LIMIT ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A list of 200 and a sheet in which all but the last half-day is marked. */
async function fill(terminal: Terminal): Promise<void> {
  const { id } = await terminal.call<{ id: string }>('activity.create', {
    title: TITLE,
    languages: ['en'],
    countries: ['SN'],
    start: HALF_DAYS[0]!.slice(0, 10),
    end: HALF_DAYS.at(-1)!.slice(0, 10),
  });
  const numbers = Array.from({ length: PEOPLE }, (_, index) => `B${String(index + 1).padStart(3, '0')}`);
  const names = numbers.map((_, index) => rowOf(index).slice(1, 3));
  const rows = numbers.map((n, index) => [n, ...names[index]!, 'F', 'judge', 'SN'].join(','));
  const list = file('people.csv', ['id,family_name,given_name,sex,role,country', ...rows]);
  const { added } = await terminal.call<{ added: number }>('people.import', { activityId: id, path: list, apply: true });
  if (added !== PEOPLE) throw new Error(`${added} of ${PEOPLE} people came in`);
  const marks = HALF_DAYS.map((_, index) => (index === HALF_DAYS.length - 1 ? '' : index % 7 === 3 ? 'L' : 'P')).join(',');
  const sheet = file('attendance.csv', [`participant_id,${HALF_DAYS.join(',')}`, ...numbers.map((n) => `${n},${marks}`)]);
  await terminal.call('attendance.import', { activityId: id, path: sheet, apply: true });
}

function file(name: string, lines: readonly string[]): string {
  const to = path.join(folder, name);
  writeFileSync(to, lines.join('\n'));
  return to;
}

/** Returns the next key of a trainer: marks and moves, down the half-day at hand; now and then a look at another one, or a page further. */
function nextKey(turn: number): string {
  if (turn % 41 === 40) return 'PageUp';
  if (turn % 37 === 36) return 'ArrowLeft';
  if (turn % 37 === 0) return 'ArrowRight';
  if (turn % 2 === 1) return 'ArrowDown';
  return ['p', 'l', 'p', 'e', 'a', 'p', 'Delete', 'Enter'][(turn / 2) % 8]!;
}

/** Presses keys and gives the time of each, in ascending order. */
async function type(page: Page, count: number, keyOf: (turn: number) => string): Promise<number[]> {
  await page.evaluate('window.frames_.length = 0');
  for (let turn = 0; turn < count; turn++) {
    await page.keyboard.press(keyOf(turn));
    await page.waitForTimeout(PAUSE);
  }
  const times = await page.evaluate<number[]>('window.frames_');
  if (times.length < count) throw new Error(`${times.length} frames for ${count} keys`);
  return times.toSorted((a, b) => a - b);
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}

function line(sorted: readonly number[]): string {
  return `p50 ${ms(at(sorted, 0.5))}  p95 ${ms(at(sorted, 0.95))}  worst ${ms(at(sorted, 1))}  n ${sorted.length}`;
}

/** Times each key: from the event's own time stamp to the first moment after the frame that follows it. */
async function watchFrames(page: Page): Promise<void> {
  await page.evaluate(`
    window.frames_ = [];
    window.addEventListener('keydown', (event) => {
      requestAnimationFrame(() => {
        const painted = new MessageChannel();
        painted.port1.onmessage = () => window.frames_.push(performance.now() - event.timeStamp);
        painted.port2.postMessage(null);
      });
    }, { capture: true });
  `);
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}
