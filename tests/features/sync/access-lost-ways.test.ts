import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Role } from '../../../shared/features/sync/reading.ts';
import { peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import { erasureWrites } from '../../../shared/sync/merge.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';
import { openLanLaptop, pair, type LanLaptop } from '../../support/laptops/lan-laptop.ts';
import { openLaptop } from '../../support/laptops/laptop.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { exported, imported, sticksIn } from '../../support/laptops/usb.ts';
import { enrolledLaptop, makeWorkshop, synced } from '../../support/workshop.ts';

/** SPEC, invariant 12: what the repository has closed comes back by no other way, and lies in no copy that a laptop makes by itself. */
let server: TestRepository;
let root: string;
const open: { end(): Promise<void> }[] = [];

beforeEach(async () => {
  server = await startRepository({ library: false });
  root = quickFolder('itinera-lost-');
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.end();
  await server.stop();
  expect(server.faults).toEqual([]);
  rmSync(root, { recursive: true, force: true });
});

async function laptop(role: Role, scope: string): Promise<LanLaptop> {
  const made = openLanLaptop({}, await enrolledLaptop(server, role, scope));
  open.push(made);
  return made;
}

const NAME = 'ZIGUINCHORAISE';

function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const file = path.join(folder, name);
    return statSync(file).isFile() && readFileSync(file).includes(text);
  });
}

it('neither a stick nor a laptop in the room brings it back, or takes it on', async () => {
  const trainer = await laptop('trainer', 'all');
  const coordinator = await laptop('coordinator', 'country:CV');
  const { id, person } = makeWorkshop(trainer, ['CV'], NAME);
  await synced(trainer);
  await synced(coordinator);
  await pair(coordinator, trainer, await trainer.openDoor());
  const stick = sticksIn(root);
  const file = stick();
  await exported(trainer, file, { spaces: [planSpace(id), peopleSpace(id)] });
  trainer.write(planSpace(id), 'activity', id, { countries: ['SN'] });
  await synced(trainer);
  await synced(coordinator);
  expect(filesWith(coordinator.folder, NAME)).toEqual([]);

  trainer.write(peopleSpace(id), 'mark', 'mark', { activityId: id, personId: person, method: 'after' });
  expect(await imported(coordinator, file)).toMatchObject({ applied: 0, held: 0 });
  expect(await coordinator.lan('sync.lanRun', { replica: trainer.store.replica })).toMatchObject({ received: 0, held: 0, sent: 0 });
  expect(coordinator.store.spaces().filter((space) => space.includes(id))).toEqual([]);
  expect(filesWith(coordinator.folder, NAME)).toEqual([]);
});

async function engine(name: string, role: Role, scope: string): Promise<TestEngine> {
  const opened = await openTestEngine(path.join(root, name));
  await opened.call('sync.enrol', { url: server.url, code: await server.invite(role, scope), name });
  return opened;
}

it('is in no automatic backup, also where the laptop went off between the wiping and the new backup', async () => {
  const awa = await engine('awa', 'trainer', 'all');
  open.push({ end: () => awa.close() });
  const { id } = await awa.call<{ id: string }>('activity.create', {
    ...{ title: 'Atelier', projects: [], partners: [], languages: ['fr'], countries: ['CV'], mode: 'inPerson' },
    ...{ start: '2026-03-02', end: '2026-03-03' },
  });
  await awa.call('people.add', { activityId: id, familyName: NAME, givenName: 'Moussa', country: 'CV' });
  await awa.call('sync.run', {});
  const first = await engine('bento', 'coordinator', 'country:CV');
  await first.call('sync.run', {});
  await first.close();
  // The automatic backup of the day.
  await (await openTestEngine(path.join(root, 'bento'))).close();
  const folder = path.join(root, 'bento');
  expect(filesWith(path.join(folder, 'backups'), NAME)).not.toEqual([]);
  await awa.call('activity.update', { id, countries: ['SN'] });
  await awa.call('sync.run', {});

  const cut = openLaptop({ folder });
  cut.store.onErased(() => undefined);
  await synced(cut);
  await cut.close();
  expect(filesWith(path.join(folder, 'backups'), NAME)).not.toEqual([]);
  const again = await openTestEngine(folder);
  expect(await again.call('sync.lost')).toMatchObject([{ activityId: id, title: 'Atelier', removed: true, setAside: 0 }]);
  expect(await again.call('activity.list', {})).toEqual([]);
  expect(await again.try('people.list', { activityId: id })).toMatchObject({ ok: false });
  expect(await again.call('store.check')).toMatchObject({ ok: true, problems: [] });
  await again.call('sync.lostSeen', { activityId: id });
  expect(await again.call('sync.lost')).toMatchObject([{ seen: true }]);
  await again.close();
  expect(filesWith(folder, NAME)).toEqual([]);
  expect(readdirSync(path.join(folder, 'backups')).length).toBe(1);
});

it('what was set aside for want of access keeps no value of a person who is erased, before or after', async () => {
  const trainer = await laptop('trainer', 'all');
  const [early, late] = [await laptop('coordinator', 'country:CV'), await laptop('coordinator', 'country:CV')];
  const { id, person } = makeWorkshop(trainer, ['CV'], 'KONE');
  await synced(trainer);
  for (const one of [early, late]) {
    await synced(one);
    one.write(peopleSpace(id), 'participant', person, { email: `${NAME}@example.org` });
  }
  trainer.write(planSpace(id), 'activity', id, { countries: ['SN'] });
  await synced(trainer);
  await synced(early);
  expect(filesWith(server.folder, NAME)).not.toEqual([]);
  trainer.store.commit([{ space: peopleSpace(id), kind: 'erase', writes: erasureWrites('participant', person, { reason: 'asked' }) }]);
  await synced(trainer);
  expect(filesWith(server.folder, NAME)).toEqual([]);
  await synced(late);
  expect(await server.registry.counts()).toMatchObject({ refused: 2 });
  expect(filesWith(server.folder, NAME)).toEqual([]);

  trainer.write(planSpace(id), 'activity', id, { countries: ['CV'] });
  await synced(trainer);
  for (const one of [early, late, trainer, early]) await synced(one);
  for (const { store } of [early, late, trainer]) {
    expect(store.reader.get('select email, familyName from participant where id = ?', person)).toEqual({ email: null, familyName: null });
    expect(store.digest()[peopleSpace(id)]).toBe((await server.digest())[peopleSpace(id)]);
  }
  expect(filesWith(server.folder, NAME)).toEqual([]);
});

it('a person erased by a laptop that then went off is in no automatic backup after its next start', async () => {
  const folder = path.join(root, 'awa');
  const awa = await engine('awa', 'trainer', 'all');
  const { id: activityId } = await awa.call<{ id: string }>('activity.create', {
    ...{ title: 'Atelier', projects: [], partners: [], languages: ['fr'], countries: ['CV'], mode: 'inPerson' },
    ...{ start: '2026-03-02', end: '2026-03-03' },
  });
  const { id } = await awa.call<{ id: string }>('people.add', { activityId, familyName: NAME, givenName: 'Moussa', country: 'CV' });
  await awa.close();
  await (await openTestEngine(folder)).close();
  const cut = openLaptop({ folder });
  cut.store.onErased(() => undefined);
  cut.store.commit([{ space: peopleSpace(activityId), kind: 'erase', writes: erasureWrites('participant', id, { reason: 'asked' }) }]);
  await cut.close();
  expect(filesWith(folder, NAME)).toMatchObject([expect.stringMatching(/^backups/)]);
  await (await openTestEngine(folder)).close();
  expect(filesWith(folder, NAME)).toEqual([]);
});
