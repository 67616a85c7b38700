import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeHasher } from '../../shared/node/crypto.ts';
import { peopleSpace } from '../../shared/model/spaces.ts';
import { digest } from '../../shared/node/store/postgres/registers.ts';
import { openMigrated } from '../conformance/postgres-subject.ts';
import { openLaptop, type Laptop } from '../support/laptops/laptop.ts';
import { openDoor } from '../support/repository/postgres-repository.ts';
import { startPostgres, type Postgres } from '../support/repository/postgres.ts';
import { quickFolder } from '../support/repository/quick-folder.ts';
import { seeded } from '../support/seeded.ts';
import { administer, startServerProgram, type ServerProgram } from '../support/repository/server-program.ts';
import { makeWorkshop } from '../support/workshop.ts';
import { SEED } from '../sync/seeds.ts';

/** Two processes of the program on one database, as an operator runs them. */

const KILLS = 8;

let postgres: Postgres;
let database: string;
let folder: string;

beforeAll(async () => {
  postgres = await startPostgres();
  database = await postgres.freshDatabase();
  folder = quickFolder('itinera-servers-');
  mkdirSync(folder, { recursive: true });
});
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

it(`${KILLS} kills of a server in the middle of a sync: the other serves on, and nothing that was confirmed is lost (invariant 9)`, async () => {
  console.log(`kills: SEED=${SEED}`);
  const random = seeded(SEED);
  // Together on an empty database: one makes the tables, the other waits.
  let servers = await Promise.all([0, 1].map(() => startServerProgram(database, folder)));
  const ports = servers.map(({ port }) => port);
  const door = await openDoor(ports);
  const laptops: Laptop[] = [openLaptop(), openLaptop()];
  const confirmed: string[] = [];
  try {
    for (const laptop of laptops) {
      const code = await administer(database, 'invite', '--role', 'trainer', '--scope', 'all');
      expect(await laptop.enrol(door.url, code)).toMatchObject({ ok: true });
    }
    const [awa, bento] = laptops as [Laptop, Laptop];
    const { id, person } = makeWorkshop(awa);
    for (const laptop of [awa, bento]) await untilSynced(laptop);
    for (let kill = 0; kill < KILLS; kill++) {
      for (const [which, laptop] of laptops.entries()) {
        for (let i = 0; i < 25; i++) {
          const mark = `mark-${kill}-${which}-${i}`;
          laptop.write(peopleSpace(id), 'mark', mark, { activityId: id, personId: person, status: 'present', method: mark });
          confirmed.push(mark);
        }
      }
      const syncing = Promise.all(laptops.map(async (laptop) => laptop.run()));
      await setTimeout(random() * 120);
      const victim = kill % 2;
      await servers[victim]!.kill();
      await syncing;
      // The laptops get through by the one that is left.
      ports.splice(0, 2, servers[1 - victim]!.port);
      for (const laptop of laptops) await untilSynced(laptop);
      servers[victim] = await startServerProgram(database, folder);
      ports.splice(0, 2, ...servers.map(({ port }) => port));
    }
    for (const laptop of laptops) await untilSynced(laptop);
    const db = await openMigrated(database);
    const there = (await digest(db, nodeHasher))[peopleSpace(id)];
    const held = new Set((await db.all<{ entity: string }>(`select entity from written where type = 'mark'`)).map(({ entity }) => entity));
    await db.close();
    for (const { store } of laptops) expect(store.digest()[peopleSpace(id)]).toBe(there);
    expect(confirmed.filter((mark) => !held.has(mark))).toEqual([]);
    expect(await Promise.all(servers.map(async (server) => server.stop()))).toEqual([0, 0]);
    servers = [];
  } finally {
    door.close();
    for (const laptop of laptops) await laptop.end();
    for (const server of servers) await server.kill();
  }
});

describe('the program on a database', () => {
  it('is administered whether it runs or not, and turns a device out at its next request', async () => {
    const own = await postgres.freshDatabase();
    const code = await administer(own, 'invite', '--role', 'trainer', '--scope', 'all');
    const server: ServerProgram = await startServerProgram(own, path.join(folder, 'own'));
    const laptop = openLaptop();
    try {
      expect(await laptop.enrol(server.url, code, 'Awa')).toMatchObject({ ok: true });
      makeWorkshop(laptop);
      await untilSynced(laptop);
      const [device] = JSON.parse(await administer(own, 'devices')) as { device: string; name: string; revokedAt: string | null }[];
      expect(device).toMatchObject({ device: laptop.store.replica, name: 'Awa', revokedAt: null });
      expect(JSON.parse(await administer(own, 'stats'))).toMatchObject({ devices: 1, workshops: 1, refused: 0 });
      await administer(own, 'revoke', '--device', device!.device);
      expect(await laptop.run()).toMatchObject({ ok: false, refusal: { code: 'sync.deviceRevoked' } });
      await expect(administer(own, 'backup', '--to', path.join(folder, 'copy'))).rejects.toThrow('administration.backupDatabase');
    } finally {
      await laptop.end();
      await server.stop();
    }
  });

  it('says what to do where there is no such database, and shows no password', async () => {
    const nowhere = new URL(database);
    nowhere.pathname = '/nobody';
    nowhere.password = 'hunter2';
    const refused = await startServerProgram(nowhere.href, folder).then(
      () => null,
      (error: Error) => error.message,
    );
    expect(refused).toContain('administration.database');
    expect(refused).not.toContain('hunter2');
    await expect(administer('postgres://nobody@127.0.0.1:1/none', 'stats')).rejects.toThrow('administration.database');
  });
});

/** Runs until a sync goes through: what a laptop does by itself when a server went away in the middle. */
async function untilSynced(laptop: Laptop): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const answer = await laptop.run();
    if (answer.ok && answer.value.pushed + answer.value.pulled === 0) return;
    if (attempt > 12) throw new Error(answer.ok ? 'never at rest' : answer.refusal.code);
  }
}
