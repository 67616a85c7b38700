import { afterEach, beforeEach, expect, it } from 'vitest';
import path from 'node:path';
import { openDiskFiles } from '../../../shared/node/files/disk-files.ts';
import { planSpace } from '../../../shared/model/spaces.ts';
import { openDatabase } from '../../../shared/node/store/postgres/database.ts';
import { migrate } from '../../../shared/node/store/postgres/schema.ts';
import { migrateToPostgres } from '../../../server/postgres/migrate-to-postgres.ts';
import { openPostgresRepository, type PostgresRepository } from '../../../server/postgres/postgres-repository.ts';
import { startPostgres, type Postgres } from '../../support/repository/postgres.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { laptopsAround, makeWorkshop, synced } from '../../support/workshop.ts';

let postgres: Postgres;
let server: TestRepository;
const { enrolled, all, end } = laptopsAround(() => server);
const moved: PostgresRepository[] = [];

beforeEach(async () => {
  postgres = await startPostgres();
  server = await startRepository({ library: false });
});
afterEach(async () => {
  await end();
  for (const repository of moved.splice(0)) await repository.close();
  await server.stop();
  await postgres.stop();
});

it('moves a repository from a folder into a database, and laptops go on as if nothing had happened', async () => {
  const trainer = await enrolled('trainer', 'all', { name: 'Awa' });
  const expert = await enrolled('expert', 'all');
  const lost = await enrolled('trainer', 'all');
  const { id } = makeWorkshop(trainer);
  await synced(trainer);
  await synced(expert);
  // One that is refused, one that was turned out, and one that has not been brought yet.
  expert.write(planSpace(id), 'activity', id, { place: 'Lyon' });
  await expert.run();
  await synced(trainer);
  await server.registry.revoke(lost.store.replica, Date.now());
  await synced(trainer);
  trainer.write(planSpace(id), 'agendaItem', 'item', { activityId: id, name: 'Preuve électronique' });
  const before = await server.digest();
  const { folder } = server;
  const database = await postgres.freshDatabase();

  expect(await migrateToPostgres(folder, database)).toMatchObject({ ok: false, refusal: { code: 'store.inUse' } });
  await server.stop(true);
  const answer = await migrateToPostgres(folder, database);
  expect(answer).toMatchObject({ ok: true, value: { devices: 3 } });
  expect(await migrateToPostgres(folder, database)).toMatchObject({ ok: false, refusal: { code: 'administration.notEmpty' } });
  expect(await migrateToPostgres(path.join(folder, 'nothing'), database)).toMatchObject({
    ok: false,
    refusal: { code: 'administration.nothingHere' },
  });

  const opened = await openPostgresRepository({ url: database, resources: null, files: openDiskFiles(folder) });
  if (!opened.ok) throw new Error(opened.refusal.code);
  moved.push(opened.value);
  const url = await opened.value.listen('127.0.0.1', 0);
  for (const laptop of all()) laptop.settings.set('sync/account', { ...(laptop.settings.get('sync/account') as object), url });
  // One question, and nothing is compared anew: their place in the feed is still their place.
  expect(await synced(expert)).toMatchObject({ pushed: 0, pulled: 0, requests: 1 });
  expect(await synced(trainer)).toMatchObject({ pushed: 1 });
  expect(await synced(expert)).toMatchObject({ pulled: 1 });
  expect(await lost.run()).toMatchObject({ ok: false, refusal: { code: 'sync.deviceRevoked' } });
  expect(expert.store.digest()[planSpace(id)]).toBe(trainer.store.digest()[planSpace(id)]);
  expect(await opened.value.store.heads('activity', id, 'place')).toEqual([]);

  // The folder is as it was.
  server = await startRepository({ library: false, folder });
  expect(await server.digest()).toEqual(before);
});

it('says so when what arrived is not what was there, and leaves the folder as it was', async () => {
  const trainer = await enrolled('trainer', 'all');
  const { id } = makeWorkshop(trainer);
  trainer.write(planSpace(id), 'activity', id, { place: 'Dakar' });
  await synced(trainer);
  const before = await server.digest();
  await server.stop(true);
  // A database that changes what it is given, as no disk should.
  const database = await postgres.freshDatabase();
  const db = openDatabase(database);
  expect(await migrate(db)).toMatchObject({ ok: true });
  await db.run(`create function spoil() returns trigger language plpgsql as
    $$ begin new.ops := replace(new.ops::text, 'Dakar', 'Praia'); return new; end $$`);
  await db.run('create trigger spoil before insert on written for each row execute function spoil()');
  await db.close();
  expect(await migrateToPostgres(server.folder, database)).toMatchObject({ ok: false, refusal: { code: 'administration.movedWrong' } });
  server = await startRepository({ library: false, folder: server.folder });
  expect(await server.digest()).toEqual(before);
});
