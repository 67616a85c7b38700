import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { peopleSpace, planSpace } from '../../shared/model/spaces.ts';
import type { SqliteStore } from '../../shared/node/store/sqlite/sqlite-store.ts';
import { fileBytes, openLaptop, type Laptop } from '../support/laptops/laptop.ts';
import type { Said } from '../support/laptops/laptop-process.ts';
import { quickFolder } from '../support/repository/quick-folder.ts';
import { startRepository } from '../support/repository/repository.ts';
import { programOfRun } from '../support/programs.ts';
import { seeded } from '../support/seeded.ts';
import { spawnRepository } from '../support/repository/spawned-repository.ts';
import { enrolledLaptop, makeWorkshop, synced } from '../support/workshop.ts';
import { SEED } from '../sync/seeds.ts';
import { sourceFile } from '../../shared/node/files/source-file.ts';

/**
 * SYNC, invariants 2, 9 and 18; TRUST, *Nothing is lost* 10: a laptop, and a repository, killed (SIGKILL, by itself, at any statement that writes and any
 * write to a file) while they commit, push, receive, apply, and carry files. Nothing that was confirmed is lost, every file equals its hash, and
 * all hold the same in the end. Imports under the same fate: `kill.test.ts` and `usb-killed.test.ts`.
 */
const KILLS = Number(process.env['ITINERA_SYNC_KILLS'] ?? 4);
const random = seeded(SEED);
const folder = quickFolder('itinera-sync-kill-');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Confirmed {
  readonly entity: string;
  readonly field: string;
  readonly value: string;
}

function expectHeld(store: SqliteStore, confirmed: readonly Confirmed[], where: string): void {
  for (const { entity, field, value } of confirmed) {
    const found = store.reader.history(entity, field).some((held) => held.value === value);
    expect(found, `${where}: ${entity} ${field} ${value}`).toBe(true);
  }
}

/** Runs the laptop of `folder` for a round; what it had said when it ended. */
async function work(at: string, workshop: string, round: number, killAt: number | null): Promise<Said[]> {
  const { file, env } = await programOfRun('laptop-process');
  const args = [file, at, workshop, String(round), killAt === null ? '' : String(killAt)];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { env }, (error, stdout, stderr) => {
      if (error && error.signal !== 'SIGKILL') return reject(new Error(stderr || error.message));
      // A line that the kill cut short was never said.
      const lines = stdout.split('\n').slice(0, -1);
      resolve(lines.map((line) => JSON.parse(line) as Said));
    });
  });
}

async function atRest(laptops: readonly Laptop[]): Promise<void> {
  for (let round = 0; round < 6; round++) {
    let moved = 0;
    for (const laptop of laptops) {
      const { pushed, pulled, filesUp, filesDown } = await synced(laptop);
      moved += pushed + pulled + filesUp + filesDown;
    }
    if (moved === 0) return;
  }
  throw new Error('they never came to rest');
}

it(`a laptop killed ${KILLS} times at any step of a sync (SEED=${SEED})`, { timeout: 1_800_000 }, async () => {
  const server = await startRepository({ library: false });
  const other = await enrolledLaptop(server);
  const { id } = makeWorkshop(other);
  await synced(other);
  const at = path.join(folder, 'laptop');
  const first = openLaptop({ folder: at });
  await first.enrol(server.url, await server.invite('trainer', `workshop:${id}`));
  await synced(first);
  await first.close();

  const confirmed: Confirmed[] = [];
  const files: string[] = [];
  const stages = new Map<string, number>();
  let most = 100;
  let kills = 0;
  for (let round = 0; kills < KILLS; round++) {
    // Something to pull, over what the other wrote.
    for (let i = 0; i < 4; i++) {
      const mark = { entity: `mark-${(round + i) % 7}`, field: 'method', value: `other ${round}.${i}` };
      other.write(peopleSpace(id), 'mark', mark.entity, { method: mark.value });
      confirmed.push(mark);
    }
    await synced(other);
    const said = await work(at, id, round, round === 0 ? null : 1 + Math.floor(random() * most));
    const ended = said.find((one) => one.say === 'ended');
    if (ended) {
      expect(ended.code).toBe('');
      most = Math.max(most, ended.steps);
    } else {
      kills++;
      const stage = said.findLast((one) => one.say === 'stage')?.stage ?? 'opening';
      stages.set(stage, (stages.get(stage) ?? 0) + 1);
    }
    for (const one of said) {
      if (one.say === 'confirmed') confirmed.push(one);
      if (one.say === 'file') files.push(one.sha256);
    }
  }
  const laptop = openLaptop({ folder: at });
  await atRest([laptop, other, laptop]);
  const stores = { laptop: laptop.store, other: other.store, repository: server.repository.store };
  for (const [name, store] of Object.entries(stores)) expectHeld(store, confirmed, name);
  for (const space of [peopleSpace(id), planSpace(id)]) {
    expect(laptop.store.digest()[space]).toBe((await server.digest())[space]);
    expect(other.store.digest()[space]).toBe((await server.digest())[space]);
  }
  for (const sha256 of files) {
    expect(await laptop.files.verify(sha256)).toBe(true);
    expect(await other.files.verify(sha256)).toBe(true);
    expect(fileBytes(other, sha256)).toEqual(fileBytes(laptop, sha256));
  }
  process.stdout.write(
    `${kills} kills of a laptop: ${[...stages].map(([stage, count]) => `${stage} ${count}`).join(', ')}; ${confirmed.length} confirmed, 0 lost\n`,
  );
  expect(server.faults).toEqual([]);
  await laptop.end();
  await other.end();
  await server.stop();
});

it(`a repository killed ${KILLS} times at any step of a push or of a file (SEED=${SEED})`, { timeout: 1_800_000 }, async () => {
  const at = path.join(folder, 'repository');
  let server = await spawnRepository(at);
  const port = Number(new URL(server.url).port);
  const laptops = [openLaptop(), openLaptop()];
  for (const laptop of laptops) {
    expect(await laptop.enrol(server.url, await server.ask('invite', 'trainer', 'all'))).toMatchObject({ ok: true });
  }
  const { id } = makeWorkshop(laptops[0]!);
  await atRest(laptops);
  await server.stop();

  const confirmed: Confirmed[] = [];
  const files: string[] = [];
  let kills = 0;
  let most = 40;
  for (let round = 0; kills < KILLS; round++) {
    for (const [which, laptop] of laptops.entries()) {
      const value = `${which} ${round}`;
      laptop.write(peopleSpace(id), 'mark', `mark-${round % 5}`, { method: value });
      confirmed.push({ entity: `mark-${round % 5}`, field: 'method', value });
    }
    if (round % 3 === 0) files.push(await addFile(laptops[round % 2]!, id, round));
    const killAt = 1 + Math.floor(random() * most);
    server = await spawnRepository(at, { port, killAt });
    for (const laptop of laptops) {
      const answer = await laptop.run();
      if (!answer.ok) expect(['sync.interrupted', 'sync.unreachable']).toContain(answer.refusal.code);
    }
    const steps = await server.ask('steps').catch(() => null);
    if (steps !== null) {
      most = Math.max(10, steps);
      await server.stop();
    }
    if ((await server.gone) === 'SIGKILL') kills++;
  }
  server = await spawnRepository(at, { port });
  await atRest(laptops);
  for (const [which, laptop] of laptops.entries()) expectHeld(laptop.store, confirmed, `laptop ${which}`);
  const digest = await server.ask('digest');
  for (const laptop of laptops) {
    for (const space of [peopleSpace(id), planSpace(id)]) expect(laptop.store.digest()[space]).toBe(digest[space]);
    for (const sha256 of files) expect(await laptop.files.verify(sha256)).toBe(true);
  }
  expect(await server.ask('faults')).toEqual([]);
  await server.stop();
  for (const laptop of laptops) await laptop.end();
  process.stdout.write(`${kills} kills of a repository: ${confirmed.length} confirmed, ${files.length} files, 0 lost\n`);
});

async function addFile(laptop: Laptop, workshop: string, round: number): Promise<string> {
  const source = path.join(folder, `source-${round}`);
  writeFileSync(source, `file ${round} ${'y'.repeat(30_000)}`);
  const { sha256, size } = await laptop.files.put(sourceFile(source));
  laptop.write(planSpace(workshop), 'materialVersion', `file-${round}`, {
    sha256,
    size,
    language: 'fr',
    type: 'text/plain',
    fileName: 'x',
  });
  return sha256;
}
