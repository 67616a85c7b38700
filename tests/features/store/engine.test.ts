import { appendFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeTopics } from '../../../electron/engine/change-topics.ts';
import { faultLog } from '../../../electron/engine/faults.ts';
import { openEngine, type Engine, type EngineOptions } from '../../../electron/engine/engine.ts';
import { openSentences } from '../../../electron/engine/sentences.ts';
import { callGate } from '../../../electron/engine/call-gate.ts';
import { LANGUAGES } from '../../../shared/kernel/text.ts';
import { VERSION } from '../../../shared/kernel/version.ts';
import { openDatabase } from '../../../shared/node/store/sqlite/opening/open-database.ts';
import { ROOT } from '../../support/laptops/engine.ts';
import { quietCall } from '../../support/quiet-call.ts';
import { alwaysOpen } from '../../../electron/engine/vault/vault.ts';

const BUNDLED = { resources: path.join(ROOT, 'resources'), locales: path.join(ROOT, 'locales') };
const QUIET = quietCall();
const NEW = { title: 'Atelier', start: '2021-07-12', end: '2021-07-13' };

let folder: string;
let open: Engine[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'itinera-engine-'));
  open = [];
});
afterEach(async () => {
  for (const engine of open) await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

async function opened(options: Partial<EngineOptions> = {}): Promise<Engine> {
  const engine = await openEngine({ vault: alwaysOpen(path.join(folder, 'data')), ...BUNDLED, ...options });
  if (!engine.ok) throw new Error(engine.refusal.code);
  open.push(engine.value);
  return engine.value;
}

async function closed(engine: Engine): Promise<void> {
  open.splice(open.indexOf(engine), 1);
  await engine.close();
}

async function code(options: Partial<EngineOptions> = {}): Promise<string> {
  const engine = await openEngine({ vault: alwaysOpen(path.join(folder, 'data')), ...BUNDLED, ...options });
  if (engine.ok) await engine.value.close();
  return engine.ok ? 'opened' : engine.refusal.code;
}

async function call<T>(engine: Engine, name: string, args: unknown = {}): Promise<T> {
  const answer = await engine.dispatcher.dispatch(name, args, QUIET);
  if (!answer.ok) throw new Error(`${name}: ${answer.error.code}`);
  return answer.result as T;
}

async function refusal(engine: Engine, name: string, args: unknown): Promise<string> {
  const answer = await engine.dispatcher.dispatch(name, args, QUIET);
  return answer.ok ? 'ok' : answer.error.code;
}

describe('opening', () => {
  it('makes what a data folder holds, with the bundled library in it', async () => {
    const engine = await opened();
    expect(await call(engine, 'course.list')).toMatchObject([{ code: 'C1' }, { code: 'C2' }, { code: 'C3' }, { code: 'C4' }]);
    expect((await call<{ code: string }[]>(engine, 'evaluation.forms')).map((form) => form.code)).toContain('intro-prepost-v1');
    expect(readdirSync(path.join(folder, 'data'))).toEqual(expect.arrayContaining(['itinera.db', 'files', 'lock', 'replica.key']));
  });

  it('refuses a folder that another engine has, and opens it after that', async () => {
    const engine = await opened();
    expect(await code()).toBe('store.inUse');
    await closed(engine);
    expect(await code()).toBe('opened');
  });

  it('refuses an installation without its library, or with a damaged one, and lets go of the folder', async () => {
    const resources = path.join(folder, 'resources');
    cpSync(BUNDLED.resources, resources, { recursive: true });
    const pack = path.join(resources, 'library.pack');
    const bytes = readFileSync(pack);
    writeFileSync(pack, bytes.subarray(0, bytes.length - 100));
    expect(await code({ resources })).toBe('library.damaged');
    rmSync(pack);
    expect(await code({ resources })).toBe('library.missing');
    expect(await code()).toBe('opened');
  });

  it('refuses what a newer program wrote, and what is damaged, and touches neither', async () => {
    await closed(await opened());
    const file = path.join(folder, 'data', 'itinera.db');
    const db = openDatabase(file);
    db.pragma('user_version = 99');
    db.close();
    const newer = readFileSync(file);
    expect(await code()).toBe('store.newer');
    expect(readFileSync(file).equals(newer)).toBe(true);
    writeFileSync(file, Buffer.alloc(8192, 7));
    expect(await code()).toBe('store.damaged');
    expect(readFileSync(file).equals(Buffer.alloc(8192, 7))).toBe(true);
  });

  it('names the newest good backup of a damaged store', async () => {
    const engine = await opened();
    await call(engine, 'activity.create', NEW);
    await call(engine, 'store.backup', { path: path.join(folder, 'data', 'backups', 'mine.db') }).catch(() => undefined);
    await closed(engine);
    await closed(await opened());
    writeFileSync(path.join(folder, 'data', 'itinera.db'), Buffer.alloc(8192, 7));
    const again = await openEngine({ vault: alwaysOpen(path.join(folder, 'data')), ...BUNDLED });
    expect(again).toMatchObject({ ok: false, refusal: { code: 'store.damaged', details: { backup: expect.stringMatching(/\.db$/) } } });
  });
});

describe('the user’s language', () => {
  it('is the computer’s until one is chosen, and changes at once', async () => {
    const engine = await opened({ language: 'pt' });
    const sentence = () => engine.speak({ code: 'file.missing', details: {} });
    expect(await call(engine, 'settings.get')).toMatchObject({ language: 'pt', languageChosen: false, theme: 'system', name: '' });
    expect(sentence()).toMatch(/ficheiro/);
    await call(engine, 'settings.set', { language: 'fr', theme: 'dark', name: 'Awa Diop' });
    expect(sentence()).toMatch(/fichier/);
    await closed(engine);
    const again = await opened({ language: 'pt' });
    expect(await call(again, 'settings.get')).toMatchObject({ language: 'fr', languageChosen: true, theme: 'dark', name: 'Awa Diop' });
  });

  it('has a sentence for every code, and a general one for a code it does not know', () => {
    const sentences = openSentences(BUNDLED.locales);
    for (const language of LANGUAGES) {
      expect(sentences.speak(language, { code: 'call', details: {} })).toContain('call');
      expect(sentences.speak(language, { code: 'never.heard', details: {} })).toContain('never.heard');
      const hostile = { count: 2, days: 3, lng: 'en', ns: 'app', defaultValue: 'x', name: '$t(call.failed)' };
      expect(sentences.speak(language, { code: 'call.unknown', details: hostile })).toContain('$t(call.failed)');
    }
    expect(sentences.speak('fr', { code: 'agenda.overflow', details: { count: 0, days: 3 } })).toMatch(/^Une séance/);
    expect(sentences.speak('es', { code: 'agenda.overflow', details: { count: 0, days: 3 } })).toMatch(/^0 sesiones/);
  });
});

describe('settings', () => {
  it('say the version, where the data lie and how much there is', async () => {
    const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(VERSION).toBe(version);
    const engine = await opened();
    const settings = await call<{ storeBytes: number; fileBytes: number }>(engine, 'settings.get');
    expect(settings).toMatchObject({ version, folder: path.join(folder, 'data'), backups: [], fileBytes: 0 });
    expect(settings.storeBytes).toBeGreaterThan(10_000);
    await call(engine, 'activity.loadSample');
    expect((await call<{ fileBytes: number }>(engine, 'settings.get')).fileBytes).toBeGreaterThan(1_000);
  });
});

describe('backups', () => {
  const backups = async (engine: Engine) => (await call<{ backups: { path: string; bytes: number }[] }>(engine, 'settings.get')).backups;

  it('are made once a day at opening, when there is something to keep, and seven are kept', async () => {
    let now = Date.parse('2021-07-01T08:00:00Z');
    const clock = { now: () => now };
    const engine = await opened({ clock });
    await call(engine, 'activity.create', NEW);
    await closed(engine);
    for (let day = 1; day <= 9; day++) {
      now += 86_400_000;
      await closed(await opened({ clock }));
      await closed(await opened({ clock }));
    }
    const last = await opened({ clock });
    const names = (await backups(last)).map((backup) => path.basename(backup.path));
    expect(names).toHaveLength(7);
    expect(names).toContain('itinera-20210710-080000.db');
    expect(names).not.toContain('itinera-20210703-080000.db');
  });

  it('restore what was, keep what is, and go on with another replica', async () => {
    const engine = await opened();
    const heard: string[] = [];
    const { id } = await call<{ id: string }>(engine, 'activity.create', NEW);
    const target = path.join(folder, 'usb stick', "l'été.db");
    expect(await refusal(engine, 'store.backup', { path: target })).not.toBe('ok');
    const backup = path.join(folder, "l'été.db");
    expect(await call(engine, 'store.backup', { path: backup })).toMatchObject({
      path: backup,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const later = await call<{ id: string }>(engine, 'activity.create', { ...NEW, title: 'Plus tard' });
    const digest = await call<{ spaces: Record<string, string> }>(engine, 'store.digest');
    const { replica } = await call<{ replica: string }>(engine, 'sync.status');
    engine.onChanged((topics) => heard.push(...topics));
    const [restored, meanwhile] = await Promise.all([
      call<{ kept: string; changeSets: number }>(engine, 'store.restore', { path: backup }),
      refusal(engine, 'activity.get', { id: later.id }),
    ]);
    expect(meanwhile).toBe('activity.unknown');
    expect(await call(engine, 'activity.get', { id })).toMatchObject({ title: 'Atelier' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(heard).toEqual(expect.arrayContaining(['activity', 'people', 'sync', 'settings']));
    expect((await call<{ replica: string }>(engine, 'sync.status')).replica).not.toBe(replica);
    expect(await call(engine, 'store.check')).toMatchObject({ ok: true, problems: [] });
    await call(engine, 'activity.update', { id, place: 'Dakar' });
    // What was there before the restoring is one restoring away.
    expect((await backups(engine)).map((one) => one.path)).toContain(restored.kept);
    await call(engine, 'store.restore', { path: restored.kept });
    expect(await call(engine, 'store.digest')).toEqual(digest);
  });

  it('refuse what is no backup and leave everything as it is', async () => {
    const engine = await opened();
    await call(engine, 'activity.create', NEW);
    const digest = await call(engine, 'store.digest');
    const attempt = (file: string) => refusal(engine, 'store.restore', { path: file });
    const text = path.join(folder, 'text.db');
    writeFileSync(text, 'no backup');
    expect(await attempt(text)).toBe('store.notABackup');
    expect(await attempt(folder)).toBe('store.notABackup');
    expect(await attempt(path.join(folder, 'nothing.db'))).toBe('file.missing');
    const cut = path.join(folder, 'cut.db');
    await call(engine, 'store.backup', { path: cut });
    const whole = readFileSync(cut);
    writeFileSync(cut, whole.subarray(0, whole.length - 5_000));
    expect(await attempt(cut)).toBe('store.notABackup');
    writeFileSync(cut, whole);
    const db = openDatabase(cut);
    db.pragma('user_version = 99');
    db.close();
    expect(await attempt(cut)).toBe('store.newer');
    expect(await refusal(engine, 'store.backup', { path: path.join(folder, 'data', 'replica.key') })).toBe('store.backupFailed');
    expect(await call(engine, 'store.digest')).toEqual(digest);
    expect(readdirSync(path.join(folder, 'data')).filter((name) => name.includes('restoring'))).toEqual([]);
  });
});

describe('changed events', () => {
  it('come once a tick, by topic, for what a call wrote', async () => {
    const engine = await opened();
    const heard: (readonly string[])[] = [];
    const stop = engine.onChanged((topics) => heard.push(topics));
    const { id } = await call<{ id: string }>(engine, 'activity.create', NEW);
    await new Promise((resolve) => setImmediate(resolve));
    expect(heard).toEqual([['activity', 'people', 'evaluation', 'sync']]);
    await call(engine, 'people.add', { activityId: id, familyName: 'DIOP' });
    await new Promise((resolve) => setImmediate(resolve));
    await call(engine, 'settings.set', { theme: 'dark' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(heard.slice(1)).toEqual([['people', 'sync'], ['settings']]);
    await call(engine, 'activity.get', { id });
    stop();
    await call(engine, 'settings.set', { theme: 'light' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(heard).toHaveLength(3);
  });

  it('are gathered, and none comes after closing', async () => {
    const topics = changeTopics();
    const heard: (readonly string[])[] = [];
    topics.onChanged((told) => heard.push(told));
    topics.touch('settings');
    topics.stored({
      entityTypes: new Set(['mark', 'participant', 'unheardOf', 'sync']),
      spaces: new Set(),
      entities: null,
      received: true,
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(heard).toEqual([['people', 'attendance', 'sync', 'settings']]);
    topics.touch('course');
    topics.close();
    expect(heard).toEqual([['people', 'attendance', 'sync', 'settings'], ['course']]);
  });
});

describe('the gate of calls', () => {
  it('let calls run side by side and one kind alone', async () => {
    const gate = callGate('alone');
    const log: string[] = [];
    const { dispatch } = gate.wrap(async (name) => {
      log.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 5));
      log.push(`${name} ends`);
      if (name === 'alone') throw new Error('a bug');
      return { ok: true, result: name };
    });
    const calls = [
      dispatch('a', {}, QUIET),
      dispatch('b', {}, QUIET),
      dispatch('alone', {}, QUIET).catch(() => null),
      dispatch('c', {}, QUIET),
    ];
    await Promise.all(calls);
    await gate.idle();
    expect(log).toEqual(['a begins', 'b begins', 'a ends', 'b ends', 'alone begins', 'alone ends', 'c begins', 'c ends']);
  });
});

describe('the log of faults', () => {
  it('says what kind of bug it was and where, never what it said', () => {
    const note = faultLog(folder, () => 0);
    note('people.add', new TypeError('cannot read DIOP Awa'));
    note('people.add', 'DIOP Awa');
    const text = readFileSync(path.join(folder, 'faults.log'), 'utf8');
    expect(text).toMatch(/^1970-01-01T00:00:00.000Z people.add TypeError\n\s+at /);
    expect(text).not.toContain('DIOP');
    appendFileSync(path.join(folder, 'faults.log'), 'x'.repeat(300_000));
    note('people.add', null);
    expect(existsSync(path.join(folder, 'faults.log.1'))).toBe(true);
    expect(() => faultLog(path.join(folder, 'nowhere'), () => 0)('x', null)).not.toThrow();
  });
});
