import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  NO_DATA_BUDGET,
  SYNC_TIMES,
  dayAfter,
  isPaused,
  isSpent,
  syncTimeOf,
  usedToday,
  withSyncTime,
  withUse,
  type SyncTime,
} from '../../../shared/features/sync/data-budget.ts';
import { planSpace } from '../../../shared/model/spaces.ts';
import { openLaptop, type Laptop } from '../../support/laptops/laptop.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { enrolledLaptop, makeWorkshop } from '../../support/workshop.ts';
import { seeded } from '../../support/seeded.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { SEED } from '../../sync/seeds.ts';
import { quietCall } from '../../support/quiet-call.ts';
import { sourceFile } from '../../../shared/node/files/source-file.ts';

const random = seeded(SEED);

describe('what a connection may cost', () => {
  it('is paused until a day has come, or until it is resumed', () => {
    expect(isPaused(NO_DATA_BUDGET, '2026-03-02')).toBe(false);
    const until = { ...NO_DATA_BUDGET, pausedUntil: dayAfter('2026-02-28') };
    expect(until.pausedUntil).toBe('2026-03-01');
    expect(isPaused(until, '2026-02-28')).toBe(true);
    expect(isPaused(until, '2026-03-01')).toBe(false);
    expect(isPaused({ ...NO_DATA_BUDGET, pausedUntil: 'asked' }, '2099-01-01')).toBe(true);
  });

  it('is one of four times, whatever stood before, and a pause goes on as it was', () => {
    const today = '2026-03-02';
    for (const before of SYNC_TIMES)
      for (const when of SYNC_TIMES) {
        const chosen = withSyncTime(withSyncTime({ ...NO_DATA_BUDGET, dailyCap: 5_000 }, before, today), when, today);
        expect(syncTimeOf(chosen, today), `${before}, ${when}`).toBe(when);
        expect(chosen.dailyCap).toBe(5_000);
        const next = when === 'tomorrow' ? (before === 'records' ? 'records' : 'all') : when;
        expect(syncTimeOf(chosen, '2026-03-03'), `${before}, ${when}, a day later`).toBe(next);
      }
  });

  it('counts the bytes of a day, and of no other', () => {
    const morning = withUse(undefined, '2026-03-02', 700);
    expect(usedToday(withUse(morning, '2026-03-02', 300), '2026-03-02')).toBe(1000);
    expect(usedToday(morning, '2026-03-03')).toBe(0);
    expect(withUse(morning, '2026-03-03', 5)).toEqual({ day: '2026-03-03', bytes: 5 });
    expect(isSpent({ ...NO_DATA_BUDGET, dailyCap: 1000 }, 999)).toBe(false);
    expect(isSpent({ ...NO_DATA_BUDGET, dailyCap: 1000 }, 1000)).toBe(true);
    expect(isSpent(NO_DATA_BUDGET, 1e12)).toBe(false);
  });
});

describe('a laptop with a daily limit', () => {
  let server: TestRepository;
  let laptop: Laptop;
  let now = Date.parse('2026-03-02T10:00:00Z');
  beforeAll(async () => {
    server = await startRepository({ library: false });
    laptop = openLaptop({ clock: { now: () => now } });
    expect((await laptop.enrol(server.url, await server.invite('trainer', 'all'))).ok).toBe(true);
  });
  afterAll(async () => {
    await laptop.end();
    await server.stop();
    expect(server.faults).toEqual([]);
  });
  const schedule = (wish: { dailyCap?: number | null; when?: SyncTime }) => laptop.sync.handlers['sync.setSchedule'](wish, quietCall());
  const status = () => {
    const answer = laptop.sync.handlers['sync.status']({}, quietCall());
    if (answer instanceof Promise || !answer.ok) throw new Error('status');
    return answer.value;
  };

  it('stops between two frames, keeps what has gone, and goes on the next day', async () => {
    const id = randomUUID();
    laptop.write(planSpace(id), 'activity', id, { name: 'Atelier' }, true);
    const noise = (): string => Array.from({ length: 300 }, () => String.fromCharCode(0x4e00 + Math.floor(random() * 20_000))).join('');
    for (let i = 0; i < 400; i++) laptop.write(planSpace(id), 'agendaItem', `item${i}`, { activityId: id, name: noise(), room: noise() });
    const waiting = status().pending;
    await schedule({ dailyCap: 100_000 });
    expect(await laptop.run()).toMatchObject({ ok: false, refusal: { code: 'sync.dailyLimit' } });
    const left = status();
    expect(left.pending).toBeGreaterThan(0);
    expect(left.pending).toBeLessThan(waiting);
    expect(left.schedule).toMatchObject({ spent: true, dailyCap: 100_000 });
    expect(left.schedule.usedToday).toBeGreaterThanOrEqual(100_000);
    // Not a byte more on this day than it takes to say hello.
    const { carried } = { carried: left.schedule.usedToday };
    expect(await laptop.run()).toMatchObject({ ok: false, refusal: { code: 'sync.dailyLimit' } });
    expect(status().schedule.usedToday - carried).toBeLessThan(2_000);

    for (let day = 0; day < 20 && status().pending > 0; day++) {
      now += 86_400_000;
      expect(status().schedule).toMatchObject({ spent: false, usedToday: 0 });
      const run = await laptop.run();
      if (!run.ok) expect(run.refusal.code).toBe('sync.dailyLimit');
    }
    expect(status().pending).toBe(0);
    expect((await server.digest())[planSpace(id)]).toBe(laptop.store.digest()[planSpace(id)]);
  });

  it('says what it does, and goes back to no limit', async () => {
    await schedule({ dailyCap: null, when: 'records' });
    await schedule({ when: 'tomorrow' });
    expect(status().schedule).toMatchObject({ dailyCap: null, when: 'tomorrow', metered: true, spent: false });
    now += 86_400_000;
    expect(status().schedule.when).toBe('records');
    await schedule({ when: 'asked' });
    expect(status().schedule).toMatchObject({ when: 'asked', metered: false });
    // Who asks for a run gets one.
    expect((await laptop.run()).ok).toBe(true);
    await schedule({ when: 'all' });
    expect(status().schedule).toMatchObject({ when: 'all', metered: false });
  });

  it('still syncs when asked only where an earlier version was told so, until something else is chosen', async () => {
    laptop.settings.set('sync/automatic', false);
    expect(status().schedule.when).toBe('asked');
    await schedule({ dailyCap: 1_000_000 });
    expect(status().schedule).toMatchObject({ when: 'asked', dailyCap: 1_000_000 });
    await schedule({ when: 'all', dailyCap: null });
    expect(status().schedule).toMatchObject({ when: 'all', dailyCap: null });
  });
});

describe('a wish that comes in mid-run', () => {
  let server: TestRepository;
  const folder = quickFolder('itinera-economy-');
  const laptops: Laptop[] = [];
  beforeAll(async () => {
    server = await startRepository({ library: false });
  });
  afterAll(async () => {
    for (const laptop of laptops) await laptop.end();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
    expect(server.faults).toEqual([]);
  });
  const statusOf = (laptop: Laptop) => {
    const answer = laptop.sync.handlers['sync.status']({}, quietCall());
    if (answer instanceof Promise || !answer.ok) throw new Error('status');
    return answer.value;
  };
  /** A laptop with a workshop, records and two files to send. */
  async function full(): Promise<Laptop> {
    const laptop = await enrolledLaptop(server);
    laptops.push(laptop);
    const { id } = makeWorkshop(laptop);
    for (const size of [3_000, 60_000]) {
      const source = path.join(folder, randomUUID());
      writeFileSync(source, Buffer.from(Array.from({ length: size }, () => Math.floor(random() * 256))));
      const { sha256 } = await laptop.files.put(sourceFile(source));
      laptop.write(planSpace(id), 'materialVersion', randomUUID(), {
        language: 'fr',
        fileName: 'x.pdf',
        type: 'application/pdf',
        sha256,
        size,
      });
    }
    return laptop;
  }
  /** Runs, and does something the first time that the progress says `label`. */
  function runAnd(laptop: Laptop, label: string, act: () => unknown) {
    let acted = false;
    return laptop.sync.handlers['sync.run'](
      { files: true },
      {
        ...quietCall(),
        progress: (said) => {
          if (acted || said.label !== label) return;
          acted = true;
          void act();
        },
      },
    );
  }

  it('metered: the records go, the files wait, and go when they are asked for', async () => {
    const laptop = await full();
    const metered = () => laptop.sync.handlers['sync.setSchedule']({ when: 'records' }, quietCall());
    expect(await runAnd(laptop, 'sync.sending', metered)).toMatchObject({ ok: true, value: { filesUp: 0 } });
    expect(statusOf(laptop)).toMatchObject({ pending: 0, pendingFiles: 2, last: { ok: true } });
    expect(await laptop.run({ files: true })).toMatchObject({ ok: true, value: { filesUp: 2 } });
    expect(statusOf(laptop).pendingFiles).toBe(0);
  });

  it('metered between two files: what has gone has gone', async () => {
    const laptop = await full();
    const metered = () => laptop.sync.handlers['sync.setSchedule']({ when: 'records' }, quietCall());
    expect(await runAnd(laptop, 'sync.files', metered)).toMatchObject({ ok: true, value: { filesUp: 1 } });
    expect(statusOf(laptop).pendingFiles).toBe(1);
  });

  it('paused: the run ends, says so, and loses nothing; the next one goes on', async () => {
    const laptop = await full();
    let paused: unknown;
    const run = await runAnd(laptop, 'sync.sending', () => {
      paused = laptop.sync.handlers['sync.setSchedule']({ when: 'asked' }, quietCall());
    });
    await paused;
    expect(run).toMatchObject({ ok: false, refusal: { code: 'job.cancelled' } });
    expect(statusOf(laptop)).toMatchObject({ running: false, schedule: { when: 'asked' } });
    await laptop.sync.handlers['sync.setSchedule']({ when: 'all' }, quietCall());
    expect(await laptop.run()).toMatchObject({ ok: true, value: { filesUp: 2 } });
    expect(statusOf(laptop)).toMatchObject({ pending: 0, pendingFiles: 0 });
    const here = laptop.store.digest();
    const there = await server.digest();
    for (const space of laptop.store.spaces()) expect(there[space]).toBe(here[space]);
  });
});
