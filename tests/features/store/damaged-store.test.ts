import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { replaceBackups } from '../../../electron/engine/backup/daily-backup.ts';
import { replaceDamaged } from '../../../electron/engine/backup/restore.ts';
import { awaitSalvage, damagedFile, damagedFiles } from '../../../electron/engine/backup/salvage.ts';
import { openDatabase } from '../../../shared/node/store/sqlite/opening/open-database.ts';
import { damagePages, leavesOf } from '../../support/damage.ts';
import { openTestEngine, tryOpenTestEngine, type TestEngine } from '../../support/laptops/engine.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { startRepository } from '../../support/repository/repository.ts';
import { seeded } from '../../support/seeded.ts';
import { SEED } from '../../sync/seeds.ts';
import { openVault } from '../../../electron/engine/vault/vault.ts';

/** TRUST, *Nothing is lost* 5: a store that does not open is kept, and what can be read of it comes back. */
let folder: string;
let data: string;
let file: string;
let engine: TestEngine | undefined;

beforeEach(() => {
  folder = quickFolder('itinera-damaged-');
  data = path.join(folder, 'data');
  file = path.join(data, 'itinera.db');
});
afterEach(async () => {
  await engine?.close();
  engine = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const NEW = { title: 'Avant', start: '2021-07-12', end: '2021-07-13' };
const BACKUP = () => path.join(folder, 'good.db');

async function open(): Promise<TestEngine> {
  engine = await openTestEngine(data);
  return engine;
}

async function close(): Promise<void> {
  await engine?.close();
  engine = undefined;
}

/** A workshop, a backup, and people with marks after it; closed. */
async function worked(): Promise<{ readonly id: string; readonly digest: unknown }> {
  const { call } = await open();
  const { id } = await call<{ id: string }>('activity.create', NEW);
  await call('store.backup', { path: BACKUP() });
  for (const [index, familyName] of ['KONÉ', 'TRAORE', 'MAÏGA', 'N’GUESSAN'].entries()) {
    const added = await call<{ id: string }>('people.add', { activityId: id, familyName, givenName: `Awa ${index}`, country: 'SN' });
    await call('attendance.mark', { activityId: id, halfDay: '2021-07-12-AM', marks: [{ personId: added.id, status: 'present' }] });
  }
  const digest = await call('store.digest');
  await close();
  return { id, digest };
}

/** As a power cut leaves the folder: what closing would still have written is not there. */
async function closeAsCut(): Promise<void> {
  const files = [file, `${file}-wal`];
  for (const one of files) copyFileSync(one, `${one}.cut`);
  await close();
  for (const one of files) renameSync(`${one}.cut`, one);
}

async function refused(): Promise<unknown> {
  const opened = await tryOpenTestEngine(data);
  if (opened.ok) await opened.value.close();
  return opened.ok ? 'opened' : opened.refusal.code;
}

/** Damages every page that holds an index or a projection: nothing of the log. */
function damageWhatIsDerived(): void {
  const log = ['sqlite_schema', 'change_set', 'meta', 'local', 'certificate'];
  const pages = leavesOf(file).filter(({ name }) => !log.includes(name));
  damagePages(
    file,
    pages.map(({ page }) => page),
  );
}

it('brings over what was entered after the backup, under another replica’s name, and keeps the damaged store as it was', async () => {
  const { id, digest } = await worked();
  const { replica } = await (await open()).call<{ replica: string }>('sync.status');
  await close();
  damageWhatIsDerived();
  const damaged = readFileSync(file);
  expect(await refused()).toBe('store.damaged');
  expect(readFileSync(file).equals(damaged)).toBe(true);

  const replaced = replaceDamaged(openVault(data), BACKUP(), 5);
  expect(replaced).toEqual({ ok: true, value: { kept: damagedFile(data, 5), account: 'none', unproven: 0 } });
  const { call, salvaged } = await open();
  expect(salvaged).toBe(8);
  expect(await call('store.digest')).toEqual(digest);
  expect(await call('store.check')).toMatchObject({ ok: true, problems: [] });
  expect((await call<{ replica: string }>('sync.status')).replica).not.toBe(replica);
  await call('activity.update', { id, place: 'Dakar' });
  expect(readFileSync(damagedFile(data, 5)).equals(damaged)).toBe(true);
  await close();
  expect((await open()).salvaged).toBeNull();
  expect(readdirSync(data).filter((name) => /restoring|salvaging/.test(name))).toEqual([]);
});

it('without any backup begins with what can be read', async () => {
  const { digest } = await worked();
  damageWhatIsDerived();
  expect(replaceDamaged(openVault(data), null, 5)).toMatchObject({ ok: true });
  const { call, salvaged } = await open();
  expect(salvaged).toBeGreaterThan(8);
  expect(await call('store.digest')).toEqual(digest);
  expect(await call('store.check')).toMatchObject({ ok: true, problems: [] });
});

it(`whatever pages are damaged: every change-set that lies on a whole page comes back (SEED=${SEED})`, { timeout: 120_000 }, async () => {
  const random = seeded(SEED);
  await worked();
  const whole = path.join(folder, 'whole.db');
  const leaves = leavesOf(file).filter(({ name }) => name !== 'sqlite_schema');
  copyFileSync(file, whole);
  const total = leaves.filter(({ name }) => name === 'change_set').reduce((sum, { rows }) => sum + rows, 0);
  for (let round = 0; round < 12; round++) {
    // The log alone, some of it, and anything else.
    const hit = leaves.filter(({ name }) => random() < (name === 'change_set' ? 0.3 : 0.1));
    const lost = hit.filter(({ name }) => name === 'change_set').reduce((sum, { rows }) => sum + rows, 0);
    for (const name of readdirSync(data)) if (name.startsWith('itinera.db')) rmSync(path.join(data, name));
    copyFileSync(whole, file);
    damagePages(
      file,
      hit.map(({ page }) => page),
    );
    expect(replaceDamaged(openVault(data), null, round)).toMatchObject({ ok: true });
    const { call } = await open();
    const { changeSets } = await call<{ changeSets: number }>('store.check');
    const held = openDatabase(file, { readonly: true });
    const waiting = held.prepare('select count(*) from held').pluck().get() as number;
    held.close();
    // The bundled library comes from the program whatever is damaged.
    expect(changeSets + waiting, `round ${round}`).toBeGreaterThanOrEqual(total - lost);
    expect(await call('store.check')).toMatchObject({ ok: true, problems: [] });
    await close();
  }
});

it('where nothing can be read has what the backup had', async () => {
  const { id } = await worked();
  writeFileSync(file, Buffer.alloc(8192, 7));
  expect(await refused()).toBe('store.damaged');
  expect(replaceDamaged(openVault(data), BACKUP(), 5)).toMatchObject({ ok: true });
  const { call, salvaged } = await open();
  expect(salvaged).toBe(0);
  expect(await call('activity.get', { id })).toMatchObject({ title: 'Avant' });
  expect(await call('people.list', { activityId: id })).toEqual([]);
});

it('what is no backup takes no place', async () => {
  await worked();
  damageWhatIsDerived();
  const damaged = readFileSync(file);
  writeFileSync(path.join(folder, 'text'), 'x');
  for (const [source, code] of [
    [path.join(folder, 'text'), 'store.notABackup'],
    [folder, 'store.notABackup'],
    [path.join(folder, 'nothing'), 'file.missing'],
  ] as const) {
    expect(replaceDamaged(openVault(data), source, 5)).toMatchObject({ ok: false, refusal: { code } });
  }
  expect(readFileSync(file).equals(damaged)).toBe(true);
  expect(damagedFiles(data)).toEqual([]);
});

it('what could not be brought over waits for the next opening', async () => {
  const { digest } = await worked();
  damageWhatIsDerived();
  expect(replaceDamaged(openVault(data), BACKUP(), 5)).toMatchObject({ ok: true });
  // In the way of the copy, as a disk that is full would be.
  mkdirSync(`${file}.salvaging`);
  const { call, salvaged } = await open();
  expect(salvaged).toBeNull();
  await call('activity.create', { ...NEW, title: 'Entre-temps' });
  await close();
  rmSync(`${file}.salvaging`, { recursive: true });
  const again = await open();
  expect(again.salvaged).toBe(8);
  const { spaces } = await again.call<{ spaces: Record<string, string> }>('store.digest');
  expect(spaces).toMatchObject((digest as { spaces: Record<string, string> }).spaces);
});

it('a store that turns out damaged while it is open is restored from Settings all the same', async () => {
  await worked();
  const { call, try: attempt } = await open();
  const leaves = leavesOf(file).filter(({ name }) => name !== 'meta');
  damagePages(
    file,
    leaves.map(({ page }) => page),
  );
  const restored = await attempt('store.restore', { path: BACKUP() });
  expect(restored).toMatchObject({ ok: true, result: { kept: expect.stringContaining('itinera.db.damaged-') } });
  expect(await call('store.check')).toMatchObject({ ok: true, problems: [] });
  expect(await call('activity.list')).toMatchObject([{ title: 'Avant' }]);
});

it('a damaged store goes with the older backups when a person is erased, but not before it was read', async () => {
  await worked();
  await open();
  const kept = damagedFile(data, 5);
  writeFileSync(kept, 'x');
  const db = openDatabase(file);
  try {
    awaitSalvage(db);
    expect(await replaceBackups(openVault(data), db, Date.now())).toMatchObject({ ok: true });
    expect(existsSync(kept)).toBe(true);
    db.prepare("delete from meta where key = 'salvage'").run();
    expect(await replaceBackups(openVault(data), db, Date.now() + 1_000)).toMatchObject({ ok: true });
    expect(existsSync(kept)).toBe(false);
  } finally {
    db.close();
  }
});

it('what was brought over reaches the repository, under the name it was made with', async () => {
  const server = await startRepository({ library: false });
  try {
    const { call } = await open();
    await call('sync.enrol', { url: server.url, code: await server.invite('trainer', 'all'), name: 'Awa' });
    await call('sync.run');
    await call('store.backup', { path: BACKUP() });
    const { id } = await call<{ id: string }>('activity.create', { ...NEW, title: 'Après' });
    await call('people.add', { activityId: id, familyName: 'KONÉ', givenName: 'Awa', country: 'SN' });
    await closeAsCut();
    damageWhatIsDerived();
    expect(replaceDamaged(openVault(data), BACKUP(), 5)).toMatchObject({ ok: true });
    const after = await open();
    expect(after.salvaged).toBeGreaterThan(0);
    expect(await after.call('sync.run')).toMatchObject({ refused: 0, conflicts: 0 });
    expect(await after.call('sync.status')).toMatchObject({ pending: 0 });
    const { spaces } = await after.call<{ spaces: Record<string, string> }>('store.digest');
    const there = await server.digest();
    for (const [space, digest] of Object.entries(spaces)) if (space.includes(id)) expect(there[space], space).toBe(digest);
    expect(Object.keys(there).filter((space) => space.includes(id))).not.toEqual([]);
    expect(server.faults).toEqual([]);
  } finally {
    await close();
    await server.stop();
  }
});
