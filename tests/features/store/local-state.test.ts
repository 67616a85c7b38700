import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountChoice } from '../../../electron/engine/backup/restored-state.ts';
import { prepareRestore, replaceDamaged } from '../../../electron/engine/backup/restore.ts';
import type { LocalSettings } from '../../../electron/engine/local-settings.ts';
import type { OnRestore } from '../../../electron/engine/local-state/declaration.ts';
import { DECLARED, declarationOf } from '../../../electron/engine/local-state/every-declaration.ts';
import { DATA_BUDGET, ACCOUNT, EXCHANGE } from '../../../electron/engine/local-state/of-sync.ts';
import { LANGUAGE, SHEET_DRAFTS, USER, USER_NAME } from '../../../electron/engine/local-state/of-this-laptop.ts';
import { evictedSpace } from '../../../electron/engine/sync/access/evicted-spaces.ts';
import { dataBudgetOf } from '../../../electron/engine/sync/repository/data-budget.ts';
import { NO_DATA_BUDGET } from '../../../shared/features/sync/data-budget.ts';
import { answersSpace, peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import { nodeClock, nodeHasher, nodeRandom } from '../../../shared/node/crypto.ts';
import { backup } from '../../../shared/node/store/sqlite/backup/backup.ts';
import { openLocalSettings } from '../../../shared/node/store/sqlite/local.ts';
import { openDatabase } from '../../../shared/node/store/sqlite/opening/open-database.ts';
import { openStore } from '../../../shared/node/store/sqlite/opening/open-store.ts';
import type { SqliteStore } from '../../../shared/node/store/sqlite/sqlite-store.ts';
import { NEVER_MET } from '../../../shared/sync/exchange.ts';
import { openTestEngine } from '../../support/laptops/engine.ts';
import { everyFlag, putFlags } from '../../../shared/node/files/file-flags.ts';
import { filesOf, fill, rowsIn, sampleFlags, SAMPLES, sampleRows, UNTOLD, type Side } from '../../support/local-samples.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { laptopsAround, makeWorkshop, synced } from '../../support/workshop.ts';
import { sourceFile } from '../../../shared/node/files/source-file.ts';
import { openVault } from '../../../electron/engine/vault/vault.ts';

/** A store with something under every declared key: what becomes of each is what its declaration says. */
let folder: string;

beforeEach(() => {
  folder = quickFolder('itinera-local-');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A key that this program does not know. */
const FOREIGN = 'of/another/program';

function openAt(name: string): SqliteStore {
  const opened = openStore({
    folder: path.join(folder, name),
    clock: nodeClock,
    random: nodeRandom,
    hasher: nodeHasher,
    author: () => 'u',
  });
  if (!opened.ok) throw new Error(opened.refusal.code);
  return opened.value;
}

/** A store in which everything is of one side; its account too, or another. */
function filled(name: string, side: Side, account: unknown = SAMPLES['ACCOUNT']!(side)): SqliteStore {
  const store = openAt(name);
  const settings = openLocalSettings(store);
  fill(settings, side);
  settings.set('sync/account', account);
  settings.set(FOREIGN, side);
  return store;
}

function rowsOf(file: string): Map<string, unknown> {
  const db = openDatabase(file, { readonly: true, mustExist: true });
  try {
    return rowsIn(openLocalSettings({ db }));
  } finally {
    db.close();
  }
}

describe('a backup takes the place of a store', () => {
  /** Whose rows are there afterwards; the first counts where both have one. */
  const STAYED: Readonly<Record<OnRestore, readonly Side[]>> = {
    ...{ own: ['here'], look: ['here'], account: ['here'], both: ['here', 'theirs'], passes: [], anew: [] },
  };
  const TAKEN: typeof STAYED = { ...STAYED, own: [], account: ['theirs'] };
  const BACK: typeof STAYED = { own: ['theirs'], look: ['theirs'], account: ['theirs'], both: ['theirs'], passes: [], anew: [] };

  function expected(fates: typeof STAYED, account: unknown, spaces: readonly Side[]): Map<string, unknown> {
    const sides: Side[] = ['theirs', 'here'];
    const rows = new Map<string, unknown>();
    for (const side of sides) {
      const here = new Map([...sampleRows(side), [FOREIGN, side]]);
      for (const [key, value] of here) {
        const whose = fates[declarationOf(key)?.restore ?? 'own'];
        if (whose.includes(side) && !(rows.has(key) && whose[0] !== side)) rows.set(key, value);
      }
    }
    rows.set('sync/account', account);
    rows.set('sync/state', { ...NEVER_MET, spaces: spaces.map((side) => `space/of/${side}`), compare: true });
    return rows;
  }

  async function restored(here: SqliteStore, account: AccountChoice): Promise<Map<string, unknown>> {
    const data = path.join(folder, 'here');
    const source = path.join(folder, 'theirs.itinera');
    const prepared = await prepareRestore(openVault(data), here.db, source, 5, { account });
    if (!prepared.ok) throw new Error(prepared.refusal.code);
    here.close();
    prepared.value.swap();
    return rowsOf(path.join(data, 'itinera.db'));
  }

  async function backedUp(store: SqliteStore, file: string): Promise<void> {
    mkdirSync(path.dirname(file), { recursive: true });
    const made = await backup(store.db, file, { open: openDatabase, now: 1 });
    if (!made.ok) throw new Error(made.refusal.code);
    store.close();
  }

  const [mine, other] = [SAMPLES['ACCOUNT']!('here'), SAMPLES['ACCOUNT']!('theirs')];

  it.each<readonly [string, unknown, AccountChoice, typeof STAYED, unknown, readonly Side[]]>([
    ['of another account, which is left where it is', other, 'keep', STAYED, mine, ['here']],
    ['of another account, which is taken over', other, 'take', TAKEN, other, ['theirs']],
    ['of the same account', mine, 'ask', STAYED, mine, ['here', 'theirs']],
  ])('%s', async (_, account, choice, fates, counts, spaces) => {
    await backedUp(filled('theirs', 'theirs', account), path.join(folder, 'theirs.itinera'));
    expect(await restored(filled('here', 'here'), choice)).toEqual(expected(fates, counts, spaces));
  });

  it('of this folder, where nothing can be read of the store', async () => {
    const file = path.join(folder, 'here', 'itinera.db');
    const own = path.join(folder, 'here', 'backups', 'itinera-20261130-000000.db');
    await backedUp(filled('here', 'theirs'), own);
    writeFileSync(file, Buffer.alloc(statSync(file).size, 0xff));
    expect(replaceDamaged(openVault(path.join(folder, 'here')), own, 5, { account: 'ask' })).toMatchObject({ ok: true });
    expect(rowsOf(file)).toEqual(expected(BACK, other, ['theirs']));
  });
});

describe('a laptop with a repository', () => {
  let server: TestRepository;
  const { enrolled, alone, end } = laptopsAround(() => server);

  beforeEach(async () => {
    server = await startRepository({ library: false });
  });
  afterEach(async () => {
    await end();
    await server.stop();
    expect(server.faults).toEqual([]);
  });

  it('is enrolled with another one: what spoke of the first goes, the rest stays or is written', async () => {
    const laptop = alone();
    const { settings } = laptop;
    fill(settings, 'here');
    const [file] = filesOf('here');
    putFlags(laptop.store.db)({ ...sampleFlags('here', file!), delivered: true });
    expect(await laptop.enrol(server.url, await server.invite('trainer', 'all'), 'Noor Haddad')).toMatchObject({ ok: true });
    const account = ACCOUNT.read(settings)!;
    const written = new Map<string, unknown>([
      ['sync/account', account],
      ['name', 'Noor Haddad'],
      ['user', account.user],
    ]);
    const expected = [...sampleRows('here')].flatMap(([key, value]) => {
      const { repository } = declarationOf(key)!;
      if (repository === 'stays' || repository === 'bound') return [[key, value] as const];
      return repository === 'written' && written.has(key) ? [[key, written.get(key)] as const] : [];
    });
    expect(rowsIn(settings)).toEqual(new Map(expected));
    expect(account).toMatchObject({ url: server.url, name: 'Noor Haddad' });
    expect(account).not.toHaveProperty('untold');
    expect(everyFlag(laptop.store.db)).toEqual([{ ...sampleFlags('here', file!), sent: 0, delivered: false }]);
    // With the same one again what it is known to hold stays; only positions are compared.
    laptop.files.flags.setDelivered('d'.repeat(64));
    EXCHANGE.write(settings, { ...NEVER_MET, cursor: 'c', spaces: ['library'] });
    expect(await laptop.enrol(server.url, await server.invite('trainer', 'all'), 'Noor Haddad')).toMatchObject({ ok: true });
    expect(laptop.files.flags.isDelivered('d'.repeat(64))).toBe(true);
    expect(EXCHANGE.read(settings)).toEqual({ ...NEVER_MET, spaces: ['library'], compare: true });
    expect([USER.read(settings), USER_NAME.read(settings)]).toEqual([account.user, 'Noor Haddad']);
  });

  it('loses a space: what is of its files goes with them, drafts delay it, all else stays, and nothing was told to anybody', async () => {
    const trainer = await enrolled('trainer', 'all', { name: 'Awa' });
    const { id } = makeWorkshop(trainer, ['CV']);
    const source = path.join(trainer.folder, 'source.bin');
    writeFileSync(source, 'slides');
    const { sha256, size } = await trainer.files.put(sourceFile(source));
    trainer.write(planSpace(id), 'materialVersion', '00000000-0000-4000-8000-0000000000a2', {
      ...{ materialId: '00000000-0000-4000-8000-0000000000a1', sha256, size, language: 'fr', type: 'text/plain', fileName: 'x' },
    });
    await synced(trainer);
    const coordinator = await enrolled('coordinator', 'country:CV', { name: 'Bento' });
    const { settings } = coordinator;
    fill(settings, 'here', ['ACCOUNT', 'EXCHANGE', 'USER', 'USER_NAME', ...WRITTEN_BY_RUNS]);
    for (const file of [sha256, ...filesOf('here')])
      putFlags(coordinator.store.db)({ ...sampleFlags('here', file), pinned: false, delivered: true });
    SHEET_DRAFTS.write(settings, `${id}/form/sheet`, { answers: {} });
    await synced(coordinator);
    const before = settled(settings);

    trainer.write(planSpace(id), 'activity', id, { countries: ['SN'] });
    await synced(trainer);
    await synced(coordinator);
    expect(coordinator.store.spaces().filter((space) => space.includes(id))).toEqual([answersSpace(id)]);
    SHEET_DRAFTS.remove(settings, `${id}/form/sheet`);
    await synced(coordinator);
    expect(coordinator.store.spaces().filter((space) => space.includes(id))).toEqual([]);

    // All that was noted of its file goes: also that it was let go here, and why it could not be carried.
    expect(everyFlag(coordinator.store.db).map((flags) => flags.sha256)).toEqual(filesOf('here').toSorted());
    for (const space of [planSpace(id), peopleSpace(id), answersSpace(id)])
      expect(evictedSpace(settings, space)).toMatchObject({ stage: 'wiped' });
    const after = settled(settings);
    before.delete(`${SHEET_DRAFTS.key}${id}/form/sheet`);
    for (const space of [planSpace(id), peopleSpace(id), answersSpace(id)]) after.delete(`sync/lost/${space}`);
    expect(after).toEqual(before);
    expect(await server.holds(UNTOLD)).toBe(false);
  });
});

/** What a run with the repository writes of itself. */
const WRITTEN_BY_RUNS = ['EXCHANGE', 'CLOCK_COMPARED', 'DAILY_USE', 'HELD', 'LAST_RUN', 'RUN_COUNT', 'RUNS', 'ARRIVALS_SEEN'];

/** The rows that no run writes. */
function settled(settings: Pick<LocalSettings, 'list'>): Map<string, unknown> {
  const runs = new Set(WRITTEN_BY_RUNS.map((name) => DECLARED[name]));
  return new Map([...rowsIn(settings)].filter(([key]) => !runs.has(declarationOf(key)!)));
}

describe('a value without its shape', () => {
  it('counts as not there, stays as it is, and is noted once, by its key alone', async () => {
    const data = path.join(folder, 'here');
    const store = openAt('here');
    const settings = openLocalSettings(store);
    settings.set('sync/economy', { metered: 'very', whose: UNTOLD });
    settings.set('language', 'tlh');
    settings.set('draft/sheet/a', 7);
    store.db.prepare("insert into local values ('sync/clock', ?)").run(`{${UNTOLD}`);
    expect(DATA_BUDGET.read(settings)).toBeUndefined();
    expect(LANGUAGE.read(settings)).toBeUndefined();
    expect(dataBudgetOf(settings)).toEqual(NO_DATA_BUDGET);
    const family = SHEET_DRAFTS;
    expect([family.read(settings, 'a'), family.list(settings), family.ids(settings), family.has(settings, 'a')]).toEqual([
      undefined,
      [],
      ['a'],
      true,
    ]);
    store.close();
    const engine = await openTestEngine(data);
    expect(await engine.call('settings.get')).toMatchObject({ languageChosen: false });
    await engine.call('sync.status');
    await engine.call('sync.status');
    await engine.call('activity.today').catch(() => undefined);
    await engine.close();
    const noted = readFileSync(path.join(data, 'faults.log'), 'utf8').split('\n');
    expect(noted.filter((line) => line.includes(' local '))).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/ local language SyntaxError$/),
        expect.stringMatching(/ local sync\/economy SyntaxError$/),
      ]),
    );
    expect(noted.filter((line) => line.includes('local sync/economy'))).toHaveLength(1);
    expect(noted.join()).not.toContain(UNTOLD);
    const rows = rowsOf(path.join(data, 'itinera.db'));
    expect(rows.get('sync/economy')).toEqual({ metered: 'very', whose: UNTOLD });
  });
});
