// One mark on disk against one append + fdatasync on the same disk, in alternating runs; medians are compared (issue: at most 2 x).
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { derivedId, randomId } from '../shared/kernel/ids.ts';
import { peopleSpace } from '../shared/model/spaces.ts';
import { writesOf } from '../shared/model/field-writes.ts';
import { mark } from '../shared/model/attendance.ts';
import { nodeClock, nodeHasher, nodeRandom } from '../shared/node/crypto.ts';
import { openStore } from '../shared/node/store/sqlite/opening/open-store.ts';
import type { Store } from '../shared/node/store/store.ts';

const PEOPLE = 200;
const HALF_DAYS = 20;
const RUNS = 15;
const MARKS_PER_RUN = 100;
const LIMIT = 2;

// BENCH_FOLDER: another disk than the system's temporary folder (which may be memory on some machines).
const folder = mkdtempSync(path.join(process.env['BENCH_FOLDER'] ?? tmpdir(), 'itinera-bench-'));
try {
  const opened = openStore({
    folder: path.join(folder, 'data'),
    clock: nodeClock,
    random: nodeRandom,
    hasher: nodeHasher,
    author: () => 'bench',
    signs: 'runs',
  });
  if (!opened.ok) throw new Error(opened.refusal.code);
  const sheet = attendanceSheet(opened.value);
  sheet.fill();
  const plain = appender(path.join(folder, 'append'));
  const appends: number[] = [];
  const marks: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    appends.push(median(timed(MARKS_PER_RUN, plain.append)));
    marks.push(median(timed(MARKS_PER_RUN, sheet.tap)));
  }
  plain.close();
  opened.value.close();
  const ratio = median(marks) / median(appends);
  process.stdout.write(
    `append + fdatasync  p50 ${ms(median(appends))}\none mark on disk    p50 ${ms(median(marks))}\nratio               ${ratio.toFixed(2)} (at most ${LIMIT})\n`,
  );
  process.exitCode = ratio <= LIMIT ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A sheet of 200 people x 20 half-days; a tap changes the status of one cell, as a trainer at the grid does. */
function attendanceSheet(store: Store): { fill(): void; tap(): void } {
  const activityId = randomId(nodeRandom);
  const space = peopleSpace(activityId);
  const people = Array.from({ length: PEOPLE }, () => randomId(nodeRandom));
  const write = (person: number, half: number, status: string): void => {
    const personId = people[person]!;
    const halfDay = `2021-07-${String(1 + Math.floor(half / 2)).padStart(2, '0')}-${half % 2 === 0 ? 'AM' : 'PM'}`;
    const id = derivedId(nodeHasher, 'attendance', activityId, halfDay, personId);
    const values = { activityId, personId, halfDay, status, method: 'list', happenedAt: new Date(nodeClock.now()).toISOString() };
    store.commit([{ space, writes: writesOf(mark, id, values) }]);
  };
  let turn = 0;
  return {
    fill() {
      for (let half = 0; half < HALF_DAYS; half++) for (let person = 0; person < PEOPLE; person += 4) write(person, half, 'present');
    },
    tap() {
      // Half of the cells have been marked before, half are new.
      turn = (turn + 7) % (PEOPLE * HALF_DAYS);
      write(turn % PEOPLE, Math.floor(turn / PEOPLE), turn % 2 === 0 ? 'late' : 'absent');
    },
  };
}

function appender(file: string): { append(): void; close(): void } {
  const line = Buffer.alloc(300, 'x');
  const handle = openSync(file, 'a');
  return {
    append() {
      writeSync(handle, line);
      fdatasyncSync(handle);
    },
    close: () => closeSync(handle),
  };
}

function timed(count: number, step: () => void): number[] {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    step();
    times.push(performance.now() - start);
  }
  return times;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function ms(value: number): string {
  return `${value.toFixed(3)} ms`;
}
