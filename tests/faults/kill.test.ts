import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { programIn, programsOfRun } from '../support/programs.ts';
import { seeded } from '../support/seeded.ts';

/**
 * TRUST, *nothing is lost*: the engine is killed (SIGKILL) at random moments while marks are taken and lists imported.
 * What was answered `ok` before the kill must be there afterwards, an import must be whole or absent, the store clean.
 */
const KILLS = Number(process.env['ITINERA_KILLS'] ?? 24);
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);
const LIST_ROWS = 120;
const PEOPLE = 40;
const STATUSES = ['present', 'late', 'leftEarly', 'excused', 'absent', 'remote'] as const;

interface Answer {
  readonly ok: boolean;
  readonly result?: unknown;
  readonly error?: { readonly code: string };
}

/** One engine behind `itinera batch`; answers come in the order of the calls. */
class Engine {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #waiting: { resolve(answer: Answer): void; reject(error: Error): void }[] = [];
  readonly closed: Promise<void>;

  constructor(data: string) {
    const { file, env } = programIn(programs, 'cli');
    this.#child = spawn(process.execPath, [file, '--data', data, 'batch', '--continue'], { stdio: ['pipe', 'pipe', 'inherit'], env });
    this.#child.stdin.on('error', () => undefined); // the pipe breaks when the engine is killed
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      // A line cut by the kill was never confirmed.
      try {
        this.#waiting.shift()?.resolve(JSON.parse(line) as Answer);
      } catch {
        return;
      }
    });
    this.closed = new Promise((resolve) => {
      this.#child.on('close', () => {
        for (const waiter of this.#waiting.splice(0)) waiter.reject(new Error('killed'));
        resolve();
      });
    });
  }

  call<T>(name: string, args: unknown): Promise<T> {
    return new Promise<Answer>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#child.stdin.write(`${JSON.stringify({ call: name, args })}\n`);
    }).then((answer) => {
      if (!answer.ok) throw new Error(`${name}: ${answer.error?.code}`);
      return answer.result as T;
    });
  }

  kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    return this.closed;
  }

  end(): Promise<void> {
    this.#child.stdin.end();
    return this.closed;
  }
}

const folder = mkdtempSync(path.join(tmpdir(), 'itinera-kill-'));
let programs: string;
beforeAll(async () => {
  programs = await programsOfRun();
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Names of people have no digits. */
function lettered(text: string): string {
  return text.replace(/\d/g, (digit) => 'ABCDEFGHIJ'[Number(digit)]!);
}

/** A list of people of its own, as a CSV file. */
function listOf(inFolder: string, name: string): string {
  const rows = Array.from({ length: LIST_ROWS }, (_, i) => `R${name}-${i},LISTE ${lettered(name)},Prénom ${lettered(String(i))},Senegal`);
  const file = path.join(inFolder, `list-${name}.csv`);
  writeFileSync(file, `id,family_name,given_name,country\n${rows.join('\n')}\n`);
  return file;
}

interface Grid {
  readonly marks: readonly { personId: string; halfDay: string; status: string }[];
}

it(`loses no confirmed mark and imports nothing by half in ${KILLS} kills (SEED=${seed})`, { timeout: 900_000 }, async () => {
  const random = seeded(seed);
  const data = path.join(folder, 'data');
  // What is killed leaves nothing compiled; the first engine ends by itself.
  await new Engine(data).end();
  let engine = new Engine(data);
  const WORKSHOP = { title: 'Atelier', languages: ['fr'], start: '2026-03-02', end: '2026-03-05' };
  const { id: activityId } = await engine.call<{ id: string }>('activity.create', WORKSHOP);
  const people: string[] = [];
  for (let i = 0; i < PEOPLE; i++) {
    people.push((await engine.call<{ id: string }>('people.add', { activityId, familyName: `PERSONNE ${i}`, country: 'SN' })).id);
  }
  const { halfDays } = await engine.call<{ halfDays: string[] }>('activity.get', { id: activityId });

  // A cell's marks in the order they were asked; the last `ok` one, or a later one still unanswered, must be what is found.
  const asked = new Map<string, string[]>();
  const confirmed = new Map<string, number>();
  const first = await engine.call<{ id: string }>('activity.create', WORKSHOP);
  const started = performance.now();
  await engine.call('people.import', { activityId: first.id, path: listOf(folder, 'W'), apply: true });
  const importTime = performance.now() - started;
  let confirmedMarks = 0;
  let listsWhole = 0;

  for (let round = 0; round < KILLS; round++) {
    // Each list into a workshop of its own, so that the last round has no more to read than the first.
    const importing = round % 4 === 3 ? (await engine.call<{ id: string }>('activity.create', WORKSHOP)).id : null;
    const work: Promise<unknown>[] = [];
    if (importing !== null) {
      work.push(engine.call('people.import', { activityId: importing, path: listOf(folder, String(round)), apply: true }));
    } else {
      for (let i = 0; i < 60; i++) {
        const personId = people[Math.floor(random() * PEOPLE)]!;
        const halfDay = halfDays[Math.floor(random() * halfDays.length)]!;
        const status = STATUSES[Math.floor(random() * STATUSES.length)]!;
        const cell = `${personId} ${halfDay}`;
        const history = asked.get(cell) ?? [];
        asked.set(cell, [...history, status]);
        const position = history.length;
        work.push(
          engine.call('attendance.mark', { activityId, halfDay, marks: [{ personId, status }] }).then(() => {
            confirmed.set(cell, position);
            confirmedMarks++;
          }),
        );
      }
    }
    const settled = Promise.allSettled(work);
    // After so many answers and a moment more: the same stages of the work on a fast machine and on a busy one.
    if (importing === null) await Promise.race([work[Math.floor(random() * 40)], settled]);
    await new Promise((resolve) => setTimeout(resolve, random() * (importing !== null ? 1.3 * importTime : 6)));
    await engine.kill();
    await settled;

    engine = new Engine(data);
    const grid = await engine.call<Grid>('attendance.grid', { activityId });
    const found = new Map(grid.marks.map((mark) => [`${mark.personId} ${mark.halfDay}`, mark.status]));
    for (const [cell, position] of confirmed) {
      const acceptable = asked.get(cell)!.slice(position);
      expect(acceptable, `round ${round}, cell ${cell}`).toContain(found.get(cell));
    }
    // What was asked but not confirmed may or may not be there; from here on what is found is what counts.
    for (const [cell, history] of asked) {
      const status = found.get(cell);
      if (status === undefined) asked.delete(cell);
      else {
        asked.set(cell, [status]);
        confirmed.set(cell, 0);
      }
      expect(status === undefined || history.includes(status)).toBe(true);
    }
    if (importing !== null) {
      const rows = (await engine.call<unknown[]>('people.list', { activityId: importing })).length;
      expect([0, LIST_ROWS], `round ${round}: an import is whole or absent`).toContain(rows);
      if (rows === LIST_ROWS) listsWhole++;
    }
    if (round % 20 === 19 || round === KILLS - 1) {
      expect(await engine.call('store.check', {})).toMatchObject({ ok: true, problems: [] });
    }
  }
  await engine.end();
  console.log(`${KILLS} kills: ${confirmedMarks} confirmed marks, 0 lost; ${listsWhole} lists whole, the others absent`);
  // Kills that always came before the first answer would prove nothing.
  expect(confirmedMarks).toBeGreaterThan(KILLS);
});
