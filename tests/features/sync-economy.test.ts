import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_ECONOMY, dayAfter, isPaused, isSpent, usedToday, withUse } from '../../shared/features/sync/economy.ts';
import { planSpace } from '../../shared/model/spaces.ts';
import { openLaptop, quietCall, type Laptop } from '../support/laptop.ts';
import { startRepository, type TestRepository } from '../support/repository.ts';

describe('what a connection may cost', () => {
  it('is paused until a day has come, or until it is resumed', () => {
    expect(isPaused(NO_ECONOMY, '2026-03-02')).toBe(false);
    const until = { ...NO_ECONOMY, pausedUntil: dayAfter('2026-02-28') };
    expect(until.pausedUntil).toBe('2026-03-01');
    expect(isPaused(until, '2026-02-28')).toBe(true);
    expect(isPaused(until, '2026-03-01')).toBe(false);
    expect(isPaused({ ...NO_ECONOMY, pausedUntil: 'asked' }, '2099-01-01')).toBe(true);
  });

  it('counts the bytes of a day, and of no other', () => {
    const morning = withUse(undefined, '2026-03-02', 700);
    expect(usedToday(withUse(morning, '2026-03-02', 300), '2026-03-02')).toBe(1000);
    expect(usedToday(morning, '2026-03-03')).toBe(0);
    expect(withUse(morning, '2026-03-03', 5)).toEqual({ day: '2026-03-03', bytes: 5 });
    expect(isSpent({ ...NO_ECONOMY, dailyCap: 1000 }, 999)).toBe(false);
    expect(isSpent({ ...NO_ECONOMY, dailyCap: 1000 }, 1000)).toBe(true);
    expect(isSpent(NO_ECONOMY, 1e12)).toBe(false);
  });
});

describe('a laptop with a daily limit', () => {
  let server: TestRepository;
  let laptop: Laptop;
  let now = Date.parse('2026-03-02T10:00:00Z');
  beforeAll(async () => {
    server = await startRepository({ library: false });
    laptop = openLaptop({ clock: { now: () => now } });
    expect((await laptop.enrol(server.url, server.invite('trainer', 'all'))).ok).toBe(true);
  });
  afterAll(async () => {
    await laptop.end();
    await server.stop();
    expect(server.faults).toEqual([]);
  });
  const economy = (wish: { dailyCap?: number | null; metered?: boolean; pause?: 'no' | 'tomorrow' | 'asked' }) =>
    laptop.sync.handlers['sync.economy'](wish, quietCall());
  const status = () => {
    const answer = laptop.sync.handlers['sync.status']({}, quietCall());
    if (answer instanceof Promise || !answer.ok) throw new Error('status');
    return answer.value;
  };

  it('stops between two frames, keeps what has gone, and goes on the next day', async () => {
    const id = randomUUID();
    laptop.write(planSpace(id), 'activity', id, { name: 'Atelier' }, true);
    const noise = (): string =>
      Array.from({ length: 300 }, () => String.fromCharCode(0x4e00 + Math.floor(Math.random() * 20_000))).join('');
    for (let i = 0; i < 400; i++) laptop.write(planSpace(id), 'agendaItem', `item${i}`, { activityId: id, name: noise(), room: noise() });
    const waiting = status().pending;
    await economy({ dailyCap: 100_000 });
    expect(await laptop.run()).toMatchObject({ ok: false, refusal: { code: 'sync.dailyLimit' } });
    const left = status();
    expect(left.pending).toBeGreaterThan(0);
    expect(left.pending).toBeLessThan(waiting);
    expect(left.economy).toMatchObject({ spent: true, dailyCap: 100_000 });
    expect(left.economy.usedToday).toBeGreaterThanOrEqual(100_000);
    // Not a byte more on this day than it takes to say hello.
    const { carried } = { carried: left.economy.usedToday };
    expect(await laptop.run()).toMatchObject({ ok: false, refusal: { code: 'sync.dailyLimit' } });
    expect(status().economy.usedToday - carried).toBeLessThan(2_000);

    for (let day = 0; day < 20 && status().pending > 0; day++) {
      now += 86_400_000;
      expect(status().economy).toMatchObject({ spent: false, usedToday: 0 });
      const run = await laptop.run();
      if (!run.ok) expect(run.refusal.code).toBe('sync.dailyLimit');
    }
    expect(status().pending).toBe(0);
    expect(server.repository.store.digest()[planSpace(id)]).toBe(laptop.store.digest()[planSpace(id)]);
  });

  it('says what it does, and goes back to no limit', async () => {
    await economy({ dailyCap: null, metered: true, pause: 'tomorrow' });
    expect(status().economy).toMatchObject({ dailyCap: null, metered: true, paused: true, spent: false });
    now += 86_400_000;
    expect(status().economy.paused).toBe(false);
    await economy({ pause: 'asked' });
    expect(status().economy.paused).toBe(true);
    // Who asks for a run gets one.
    expect((await laptop.run()).ok).toBe(true);
    await economy({ pause: 'no', metered: false });
    expect(status().economy).toMatchObject({ paused: false, metered: false });
  });
});
