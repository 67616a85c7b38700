import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newWorkshopId } from '../../../shared/model/workshop-id.ts';
import { peopleSpace, workshopOf } from '../../../shared/model/spaces.ts';
import { nodeHasher, nodeRandom } from '../../../shared/node/crypto.ts';
import { changeSetsAfter } from '../../../shared/node/store/sqlite/change-log.ts';
import { decodeChangeSet, redactChangeSet } from '../../../shared/sync/change-set.ts';
import type { ChangeSet } from '../../../shared/sync/types.ts';
import { Dice } from '../../support/dice.ts';
import { HostileDevice } from '../../support/laptops/hostile-device.ts';
import { openLaptop, type Laptop } from '../../support/laptops/laptop.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { exported, imported } from '../../support/laptops/usb.ts';
import { synced } from '../../support/workshop.ts';
import { HonestWork } from './honest-work.ts';

/**
 * Whoever passes work on can take a person's values out of it: hash and signature hold without them. It must not stand in the place of the whole, neither in the repository
 * nor on a laptop that a stick reaches first.
 */

let server: TestRepository;
let owner: Laptop;
let relay: Laptop;
let hostile: HostileDevice;
let reader: Laptop;
let space: string;
let person: string;
let stick: string;

beforeEach(async () => {
  server = await startRepository({ library: false });
  [owner, relay, reader] = [openLaptop(), openLaptop(), openLaptop()];
  const workshop = newWorkshopId(owner.store.replica, nodeRandom, nodeHasher);
  space = peopleSpace(workshop);
  stick = path.join(path.dirname(owner.folder), `${path.basename(owner.folder)}.itinera`);
  for (const laptop of [owner, relay, reader]) {
    const enrolled = await laptop.enrol(server.url, await server.invite('trainer', `workshop:${workshop}`), 'Awa Diop');
    if (!enrolled.ok) throw new Error(enrolled.refusal.code);
  }
  const work = new HonestWork(new Dice(1), workshop);
  for (const { space: of, type, id, record, genesis } of work.opening(workshop)) owner.write(of, type, id, record, genesis);
  for (const laptop of [owner, relay, reader]) await synced(laptop, { files: false });
  // Not brought to the repository yet.
  const { type, id, record } = work.addPerson();
  owner.write(space, type, id, { ...record, familyName: 'DIOP' });
  person = id;
  await exported(owner, stick, { files: false });
  await imported(relay, stick);
  hostile = new HostileDevice(relay, new Dice(2));
});
afterEach(async () => {
  await hostile.end();
  for (const laptop of [owner, reader]) await laptop.end();
  rmSync(stick, { force: true });
  await server.stop();
});

const nameOn = (laptop: Laptop): unknown[] => laptop.store.reader.heads('participant', person, 'familyName').map(({ value }) => value);

/** What the relay has of the owner's chain, without any value that can be taken out. */
function bared(): ChangeSet[] {
  return changeSetsAfter(relay.store.db, space, 0, 1_000).flatMap(({ bytes }) => {
    const read = decodeChangeSet(bytes, nodeHasher);
    if (!read.ok || read.value.header.replica !== owner.store.replica) return [];
    return [redactChangeSet(read.value, () => true, nodeHasher)];
  });
}

it('the repository asks for it again, and takes it whole from its author', async () => {
  await hostile.push(bared());
  await synced(owner, { files: false });
  await synced(reader, { files: false });
  expect(nameOn(reader)).toEqual(['DIOP']);
  // A fresh device fills itself from the log.
  const fresh = openLaptop();
  await fresh.enrol(server.url, await server.invite('administrator', 'all'), 'Ida Sow');
  await synced(fresh, { files: false });
  expect(nameOn(fresh)).toEqual(['DIOP']);
  await fresh.end();
});

it('a laptop does not take it from a stick, and has it whole from the repository', async () => {
  const forged = openLaptop();
  await forged.enrol(server.url, await server.invite('trainer', 'all'), 'Ida Sow');
  await synced(forged, { files: false });
  forged.store.ingest(bared());
  expect(nameOn(forged)).toEqual([null]);
  const other = `${stick}-2`;
  await exported(forged, other, { files: false });
  await imported(reader, other);
  expect(nameOn(reader)).toEqual([]);
  await synced(owner, { files: false });
  await synced(reader, { files: false });
  expect(nameOn(reader)).toEqual(['DIOP']);
  rmSync(other, { force: true });
  await forged.end();
});

it('what a stick brought before its ancestor is judged when the repository brings that', async () => {
  relay.write(space, 'participant', randomUUID(), { activityId: workshopOf(space)!, familyName: 'SECK' });
  relay.store.signRuns();
  relay.write(space, 'participant', randomUUID(), { activityId: randomUUID(), familyName: 'OTHERS' });
  relay.store.signRuns();
  const own = changeSetsAfter(relay.store.db, space, 0, 1_000).flatMap(({ bytes }) => {
    const read = decodeChangeSet(bytes, nodeHasher);
    return read.ok && read.value.header.replica === relay.store.replica ? [read.value] : [];
  });
  const [before, after] = [own.slice(0, -1), own.slice(-1)];
  reader.store.receive(after, 'a stick', { quarantine: () => null, isCarried: true });
  await hostile.push(before);
  await synced(reader, { files: false });
  const row = reader.store.db.prepare('select refused from change_set where hash = ?').get(after[0]!.hash);
  expect(row).toEqual({ refused: 'sync.wrongSpace' });
});
