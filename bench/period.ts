// The report of a period over 500 workshops and 20,000 people, from the store to its figures and words, and as each file. Limit: 2 s for the report (docs/benchmarks.md). RUNS (7) says how often each is made.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { addDays } from '../shared/kernel/dates.ts';
import { openTestEngine, type TestEngine } from '../tests/support/laptops/engine.ts';
import { rowOf } from './intake/long-list.ts';

const WORKSHOPS = 500;
const LISTED = 50;
/** So many are told apart, by name and address: a quarter of them come twice. */
const PEOPLE = 20_000;
const RUNS = Number(process.env['RUNS'] ?? 7);
/** Seconds. */
const LIMIT = 2;
const PERIOD = { from: '2021-01-01', to: '2023-12-31', language: 'fr' };

const folder = mkdtempSync(path.join(tmpdir(), 'itinera-bench-'));
let missed = false;
try {
  const engine = await openTestEngine(path.join(folder, 'data'));
  await fill(engine);
  const told = await engine.call<{ people: number; attendances: number; workshops: number }>('report.period', PERIOD);
  say(
    'told',
    `${told.workshops} workshops, ${told.people} people, ${told.attendances} attendances`,
    told.attendances === WORKSHOPS * LISTED && told.people === PEOPLE,
  );
  const report = await median(() => engine.call('report.period', PERIOD));
  say('the report', `${report.toFixed(2)} s`, report <= LIMIT);
  for (const format of ['csv', 'json', 'xlsx', 'docx', 'pdf']) {
    const target = path.join(folder, `period.${format}`);
    const took = await median(() => engine.call('report.exportPeriod', { ...PERIOD, format, path: target }));
    say(`as ${format}`, `${took.toFixed(2)} s, ${(took / report).toFixed(1)} x`);
  }
  await engine.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = missed ? 1 : 0;

/** Fills an empty store with workshops whose people have all come. */
async function fill(engine: TestEngine): Promise<void> {
  for (let at = 0; at < WORKSHOPS; at++) {
    const start = addDays('2021-01-04', at * 2);
    const countries = [['SN', 'BF', 'TN', 'MZ'][at % 4]!];
    const { id: activityId } = await engine.call<{ id: string }>('activity.create', {
      ...{ title: `Workshop ${at + 1}`, languages: ['fr'], projects: [`P${at % 7}`], countries, start, end: start },
    });
    const rows = Array.from({ length: LISTED }, (_, i) => {
      const row = rowOf((at * LISTED + i) % PEOPLE);
      return [...row.slice(1, 5), row[7]!];
    });
    const list = path.join(folder, 'people.csv');
    writeFileSync(list, ['Nom,Prénom,Sexe,Pays,Courriel', ...rows.map((row) => row.join(','))].join('\n'));
    const { added } = await engine.call<{ added: number }>('people.import', { activityId, path: list, apply: true });
    if (added !== LISTED) throw new Error(`${added} of ${LISTED} people came in`);
    const people = await engine.call<{ id: string }[]>('people.list', { activityId });
    const marks = people.map(({ id }) => ({ personId: id, status: 'present' }));
    await engine.call('attendance.mark', { activityId, halfDay: `${start}-AM`, marks });
  }
}

async function median(work: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const from = performance.now();
    await work();
    taken.push((performance.now() - from) / 1_000);
  }
  return taken.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)]!;
}

function say(what: string, measured: string, isReached = true): void {
  if (!isReached) missed = true;
  process.stdout.write(`${what.padEnd(16)} ${measured}${isReached ? '' : '  NOT REACHED'}\n`);
}
