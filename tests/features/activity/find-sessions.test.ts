import { afterEach, beforeEach, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';

/** Sessions of every workshop are found by the words of their titles and by who gives them. */

let folder: string;
let engine: TestEngine;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'itinera-sessions-'));
  engine = await openTestEngine(path.join(folder, 'data'));
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const find = async (text: string, limit?: number) =>
  (
    await engine.call<{ id: string; title: Record<string, string>; workshop: unknown; halfDay: string }[]>('activity.findSessions', {
      text,
      limit,
    })
  ).map(({ title, halfDay }) => [Object.values(title)[0], halfDay]);

it('finds them without accents by every word, the latest first, with at most as many as asked', async () => {
  const create = async (title: string, day: string) =>
    (await engine.call<{ id: string }>('activity.create', { title, languages: ['fr'], start: day, end: day })).id;
  const [march, june] = [await create('Mars', '2026-03-02'), await create('Juin', '2026-06-01')];
  const add = (activityId: string, halfDay: string, title: string, trainers = '') =>
    engine.call<{ id: string }>('activity.addItem', { activityId, halfDay, title, start: '09:00', end: '10:00', trainers });
  await add(march, '2026-03-02-AM', 'Conservation rapide', 'Bento Lima');
  const { id } = await add(june, '2026-06-01-PM', 'Réseau 24/7 et conservation');
  expect(await find('conservation')).toEqual([
    ['Réseau 24/7 et conservation', '2026-06-01-PM'],
    ['Conservation rapide', '2026-03-02-AM'],
  ]);
  expect(await find('conserv', 1)).toHaveLength(1);
  expect(await find('reseau cons')).toEqual([['Réseau 24/7 et conservation', '2026-06-01-PM']]);
  expect(await find('lima')).toEqual([['Conservation rapide', '2026-03-02-AM']]);
  expect(await find('  ')).toEqual([]);
  await engine.call('activity.removeItem', { id });
  expect(await find('reseau')).toEqual([]);
  await engine.call('activity.remove', { id: march });
  expect(await find('rapide')).toEqual([]);
});
