import { cpSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../server/administration.ts';
import { peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import { backup } from '../../../shared/node/store/sqlite/backup/backup.ts';
import { DATABASE_FILE } from '../../../shared/node/store/sqlite/opening/open-store.ts';
import type { ResultOf } from '../../../shared/contract/call.ts';
import type { syncContract } from '../../../shared/features/sync/contract.ts';
import { openLaptop, type Laptop } from '../../support/laptops/laptop.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { enrolledLaptop, makeWorkshop, synced } from '../../support/workshop.ts';
import { accountOf, keepAccount } from '../../../electron/engine/sync/repository/account.ts';
import { quietCall } from '../../support/quiet-call.ts';
import { openDatabase } from '../../../shared/node/store/sqlite/opening/open-database.ts';

/** SPEC, invariant 14: a server rolled back recovers everything from its clients; and a laptop that was restored works on. */
const folder = quickFolder('itinera-restored-');
const laptops: Laptop[] = [];
const servers: TestRepository[] = [];
afterAll(async () => {
  for (const laptop of laptops) await laptop.end();
  for (const server of servers) await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function statusOf(laptop: Laptop): Promise<ResultOf<(typeof syncContract)['sync.status']>> {
  const answer = await laptop.sync.handlers['sync.status']({}, quietCall());
  if (!answer.ok) throw new Error(answer.refusal.code);
  return answer.value;
}

/** Laptops find the repository at another port after it was started again. */
function moveTo(laptop: Laptop, server: TestRepository): void {
  keepAccount(laptop.settings, { ...accountOf(laptop.settings)!, url: server.url });
}

describe('a repository that was put back from a backup', () => {
  for (const way of ['by its own command', 'as a copy of its folder'] as const) {
    it(`${way}, gets back what it lost, others' work and refusals included`, async () => {
      const first = await startRepository({ library: false });
      const [awa, bento] = [
        await enrolledLaptop(first, 'trainer', 'all', { name: 'Awa' }),
        await enrolledLaptop(first, 'coordinator', 'all', { name: 'Bento' }),
      ];
      laptops.push(awa, bento);
      const before = makeWorkshop(awa);
      await synced(awa);
      await synced(bento);

      const copy = path.join(folder, way.replaceAll(' ', '-'));
      if (way === 'by its own command') {
        const made = await COMMANDS['backup']!.run({ data: first.folder, to: copy });
        expect(made.ok).toBe(true);
      } else {
        await first.stop(true);
        cpSync(first.folder, copy, { recursive: true });
      }
      const lived = way === 'by its own command' ? first : await startRepository({ library: false, folder: first.folder });
      for (const laptop of [awa, bento]) moveTo(laptop, lived);

      // What happens after the backup: own work, another's that only he brings back, and a change that is refused.
      const after = makeWorkshop(awa);
      awa.write(peopleSpace(before.id), 'participant', before.person, { institution: 'Tribunal de Dakar' });
      await synced(awa);
      bento.write(planSpace(after.id), 'activity', after.id, { place: 'not his to say' });
      expect(await synced(bento)).toMatchObject({ refused: 1 });
      bento.write(peopleSpace(before.id), 'participant', before.person, { profession: 'judge' });
      await synced(bento);
      await synced(awa);
      const digest = awa.store.digest();
      await lived.stop();

      const restored = await startRepository({ library: false, folder: copy });
      servers.push(restored);
      expect(await restored.spaces()).not.toContain(peopleSpace(after.id));
      // Bento comes first and brings Awa's signed work with his own.
      for (const laptop of [awa, bento]) moveTo(laptop, restored);
      await synced(bento);
      expect((await restored.digest())[peopleSpace(before.id)]).toBe(digest[peopleSpace(before.id)]);
      expect((await restored.digest())[planSpace(after.id)]).toBe(digest[planSpace(after.id)]);
      for (const laptop of [awa, bento, awa]) await synced(laptop);
      for (const space of [planSpace(before.id), peopleSpace(before.id), planSpace(after.id), peopleSpace(after.id)]) {
        expect((await restored.digest())[space], space).toBe(digest[space]);
        expect(awa.store.digest()[space]).toBe(digest[space]);
        expect(bento.store.digest()[space]).toBe(digest[space]);
      }
      expect(await synced(awa)).toMatchObject({ requests: 1, pushed: 0, pulled: 0 });
      expect(awa.sync.pending()).toBe(0);
      expect(restored.faults).toEqual([]);
      // Awa still is who opened it: a trainer of another country sees nothing of it.
      expect(await restored.registry.creatorOf(after.id)).toBe(accountOf(awa.settings)!.user);
    });
  }
});

describe('a laptop that was put back from a backup', () => {
  it('on another machine opens nothing by itself, and goes on as the same user with a code in the place of the lost one', async () => {
    const server = await startRepository({ library: false });
    servers.push(server);
    const before = await enrolledLaptop(server, 'trainer', 'all', { name: 'Awa' });
    const { id, person } = makeWorkshop(before);
    await synced(before);
    const place = quickFolder('itinera-laptop-');
    const made = await backup(before.store.db, path.join(place, DATABASE_FILE), { open: openDatabase, now: 0 });
    expect(made.ok).toBe(true);
    // Sent after the backup: the restored laptop no longer has it.
    before.write(peopleSpace(id), 'participant', person, { institution: 'Cour suprême' });
    await synced(before);
    const digest = before.store.digest();
    await before.end();

    const after = openLaptop({ folder: place });
    laptops.push(after);
    expect(after.store.replica).not.toBe(accountOf(after.settings)!.replica);
    after.write(planSpace(id), 'activity', id, { place: 'Thiès' });
    // No key of what it was came with the backup: whoever finds one gets in nowhere.
    expect(await after.run()).toMatchObject({ ok: false, refusal: { code: 'sync.credentialUnknown' } });
    const { user, replica } = accountOf(after.settings)!;
    const code = await server.invite('trainer', 'all', { person: 'Awa', user });
    expect(await after.enrol(server.url, code)).toMatchObject({ ok: true });
    await synced(after);
    expect(accountOf(after.settings)!).toMatchObject({ user, replica: after.store.replica });
    expect(after.store.replica).not.toBe(replica);
    expect(after.store.digest()[peopleSpace(id)]).toBe(digest[peopleSpace(id)]);
    expect((await server.digest())[planSpace(id)]).toBe(after.store.digest()[planSpace(id)]);
    expect(after.sync.pending()).toBe(0);
    // The user is the same one: the workshop is still theirs, under whichever replica.
    expect(await server.registry.creatorOf(id)).toBe(accountOf(after.settings)!.user);
    expect(await synced(after)).toMatchObject({ requests: 1 });
  });

  it('says what waits as before: what the backup held and nobody sent is not taken for sent', async () => {
    const server = await startRepository({ library: false });
    servers.push(server);
    const before = await enrolledLaptop(server, 'trainer', 'all', { name: 'Awa' });
    const { id, person } = makeWorkshop(before);
    await synced(before);
    before.write(peopleSpace(id), 'participant', person, { institution: 'Cour suprême' });
    before.write(planSpace(id), 'activity', id, { place: 'Thiès' });
    const waiting = await statusOf(before);
    expect(waiting).toMatchObject({ pending: 2, brought: { changeSets: 0, files: 0 } });
    expect(waiting.pendingBytes).toBeGreaterThan(0);

    // In its own folder, where the key of what it was lies.
    const copy = path.join(before.folder, 'a.db');
    expect((await backup(before.store.db, copy, { open: openDatabase, now: 0 })).ok).toBe(true);
    await before.close();
    const elsewhere = quickFolder('itinera-elsewhere-');
    cpSync(copy, path.join(elsewhere, DATABASE_FILE));
    renameSync(copy, path.join(before.folder, DATABASE_FILE));
    for (const beside of ['-wal', '-shm']) rmSync(path.join(before.folder, DATABASE_FILE + beside), { force: true });
    const after = openLaptop({ folder: before.folder });
    laptops.push(after);
    expect(await statusOf(after)).toMatchObject({ pending: 2, pendingBytes: waiting.pendingBytes });
    after.write(planSpace(id), 'activity', id, { place: 'Dakar' });
    expect(await statusOf(after)).toMatchObject({ pending: 3 });

    // And on another machine, where nobody has that key: it is the same user's.
    const other = openLaptop({ folder: elsewhere });
    laptops.push(other);
    expect(await statusOf(other)).toMatchObject({ pending: 2, pendingBytes: waiting.pendingBytes });

    await synced(after);
    expect(await statusOf(after)).toMatchObject({ pending: 0, pendingBytes: 0, brought: { changeSets: 0, files: 0 } });
  });

  it('in its own folder is a new replica, certified on the word of the old one, whose key lies there', async () => {
    const server = await startRepository({ library: false });
    servers.push(server);
    const before = await enrolledLaptop(server, 'trainer', 'all', { name: 'Awa' });
    const { id } = makeWorkshop(before);
    await synced(before);
    const made = await backup(before.store.db, path.join(before.folder, 'a.db'), { open: openDatabase, now: 0 });
    expect(made.ok).toBe(true);
    await before.close();
    renameSync(path.join(before.folder, 'a.db'), path.join(before.folder, DATABASE_FILE));
    for (const beside of ['-wal', '-shm']) rmSync(path.join(before.folder, DATABASE_FILE + beside), { force: true });
    const after = openLaptop({ folder: before.folder });
    laptops.push(after);
    expect(after.store.replica).not.toBe(accountOf(after.settings)!.replica);
    after.write(planSpace(id), 'activity', id, { place: 'Thiès' });
    await synced(after);
    expect(accountOf(after.settings)!.replica).toBe(after.store.replica);
    expect((await server.digest())[planSpace(id)]).toBe(after.store.digest()[planSpace(id)]);
    expect(await server.registry.creatorOf(id)).toBe(accountOf(after.settings)!.user);
  });
});
