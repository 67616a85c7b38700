import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openEngine, type Engine } from '../../../electron/engine/engine.ts';
import { lastDays } from '../../../electron/main/last-days.ts';
import { LAST_DAYS_FILE, LARGEST_LAST_DAYS } from '../../../shared/contract/last-days.ts';
import { addDays, dayInRoom } from '../../../shared/kernel/dates.ts';
import { VERSION } from '../../../shared/kernel/version.ts';
import { ROOT } from '../../support/laptops/engine.ts';
import { quietCall } from '../../support/quiet-call.ts';
import { alwaysOpen } from '../../../electron/engine/vault/vault.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'itinera-'));
const file = path.join(folder, LAST_DAYS_FILE);
const TODAY = dayInRoom(Date.now());

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function opened(background: boolean): Promise<Engine> {
  const engine = await openEngine({
    vault: alwaysOpen(folder),
    resources: path.join(ROOT, 'resources'),
    locales: path.join(ROOT, 'locales'),
    background,
  });
  if (!engine.ok) throw new Error(engine.refusal.code);
  return engine.value;
}

async function answered(engine: Engine, name: string, args: unknown): Promise<unknown> {
  const answer = await engine.dispatcher.dispatch(name, args, quietCall());
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.result;
}

describe('what Today showed', () => {
  it('is left when the window’s engine closes, for this day and the next ones, as the engine would answer then', async () => {
    const engine = await opened(true);
    const workshop = { title: 'Atelier', languages: ['fr'], countries: ['SN'], start: addDays(TODAY, 1), end: addDays(TODAY, 2) };
    await answered(engine, 'activity.create', workshop);
    const days = [0, 1, 2, 3, 4].map((ahead) => addDays(TODAY, ahead));
    const expected = await Promise.all(days.map((day) => answered(engine, 'activity.today', { day })));
    await engine.close();
    expect(lastDays(folder)).toEqual(Object.fromEntries(days.map((day, i) => [day, expected[i]])));
    expect(lastDays(folder)[addDays(TODAY, 1)]?.underWay).toHaveLength(1);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('is gone as soon as an engine opens, whoever opens it, so that one that is ended by force leaves nothing old', async () => {
    expect(existsSync(file)).toBe(true);
    const command = await opened(false);
    expect(existsSync(file)).toBe(false);
    await command.close();
    expect(existsSync(file)).toBe(false);
    expect(lastDays(folder)).toEqual({});
  });

  it('is nothing where another version wrote it, somebody else, or too much of it', async () => {
    for (const text of ['', 'null', '{', '[]', '{"days":{}}', JSON.stringify({ version: `${VERSION}.1`, days: { [TODAY]: {} } })]) {
      writeFileSync(file, text);
      expect(lastDays(folder), text).toEqual({});
    }
    writeFileSync(file, JSON.stringify({ version: VERSION, days: { [TODAY]: { text: 'x'.repeat(LARGEST_LAST_DAYS) } } }));
    expect(lastDays(folder)).toEqual({});
    rmSync(file);
    const engine = await opened(true);
    await engine.close();
    expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')) as object)).toEqual(['version', 'days']);
  });
});
