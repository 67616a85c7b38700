import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeHasher, signerOf } from '../../../shared/node/crypto.ts';
import { readOrMintKey } from '../../../shared/node/store/sqlite/opening/replica-key.ts';
import { changeSetsAfter } from '../../../shared/node/store/sqlite/change-log.ts';
import { decodeChangeSet, sealChangeSet } from '../../../shared/sync/change-set.ts';
import { peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import { holds, type Laptop } from '../../support/laptops/laptop.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { laptopsAround, makeWorkshop, synced } from '../../support/workshop.ts';
import { quietCall } from '../../support/quiet-call.ts';

/** SPEC, invariant 7: a refused change-set has no effect anywhere and is still there. */
let server: TestRepository;
const { enrolled, end } = laptopsAround(() => server);

beforeAll(async () => {
  server = await startRepository({ library: false });
});
afterAll(async () => {
  await end();
  await server.stop();
  expect(server.faults).toEqual([]);
});

function setAside(laptop: Laptop, others = false) {
  const answer = laptop.sync.handlers['sync.setAside']({ others }, quietCall());
  if (answer instanceof Promise || !answer.ok) throw new Error('setAside');
  return answer.value;
}

function refusedCount(laptop: Laptop): number {
  const answer = laptop.sync.handlers['sync.status']({}, quietCall());
  if (answer instanceof Promise || !answer.ok) throw new Error('status');
  return answer.value.refused;
}

function placeOf(laptop: Laptop, id: string): unknown {
  return laptop.store.reader.get<{ place: string | null }>('select place from activity where id = ?', id)?.place;
}

describe('what may not be written', () => {
  it('is ruled out for everybody, told to its author, undone on their laptop, and kept', async () => {
    const trainer = await enrolled('trainer', 'all', { name: 'Awa' });
    const { id } = makeWorkshop(trainer);
    trainer.write(planSpace(id), 'activity', id, { place: 'Dakar' });
    await synced(trainer);
    const expert = await enrolled('expert', `workshop:${id}`, { name: 'Ida' });
    await synced(expert);
    expert.write(planSpace(id), 'activity', id, { place: 'Lyon' });
    expert.write(planSpace(id), 'agendaItem', 'item', { activityId: id, name: 'Preuve électronique' });
    expect(placeOf(expert, id)).toBe('Lyon');

    expect(await synced(expert)).toMatchObject({ refused: 1, pushed: 2 });
    expect(placeOf(expert, id)).toBe('Dakar');
    expect(refusedCount(expert)).toBe(1);
    expect(expert.sync.pending()).toBe(0);
    expect(setAside(expert)).toMatchObject([
      { space: planSpace(id), code: 'sync.notEntitled', entities: [{ entityType: 'activity', entity: id, field: 'place', value: 'Lyon' }] },
    ]);
    // What follows it in its chain stands.
    expect(await synced(trainer)).toMatchObject({ refused: 0 });
    expect(placeOf(trainer, id)).toBe('Dakar');
    expect(trainer.store.reader.get('select name from agendaItem where id = ?', 'item')).toEqual({ name: 'Preuve électronique' });
    const digests = [trainer.store.digest(), expert.store.digest(), await server.digest()].map((held) => held[planSpace(id)]);
    expect(new Set(digests).size).toBe(1);
    expect(refusedCount(trainer)).toBe(0);
    expect(await synced(expert)).toMatchObject({ refused: 0, requests: 1 });

    // It is still there, everywhere, without effect.
    for (const { store } of [trainer, expert]) {
      expect(store.reader.history(id, 'place').map(({ value, current }) => [value, current])).toContainEqual(['Lyon', false]);
    }
  });

  it('is told with what it is about, as far as that can be read here', async () => {
    const trainer = await enrolled();
    const { id } = makeWorkshop(trainer);
    trainer.write(planSpace(id), 'agendaItem', 'talk', { activityId: id, name: 'Preuve électronique' });
    await synced(trainer);
    const coordinator = await enrolled('coordinator', `workshop:${id}`);
    await synced(coordinator);
    coordinator.write(planSpace(id), 'agendaItem', 'talk', { room: 'Salle 2' });
    // Of a newer program.
    coordinator.write(planSpace(id), 'seatPlan', 'seats', { rows: 4 });
    await synced(coordinator);
    expect(setAside(coordinator)).toMatchObject([
      { entities: [{ entityType: 'seatPlan', about: { activity: null, person: '', title: '' } }] },
      { entities: [{ entityType: 'agendaItem', about: { activityId: id, title: 'Preuve électronique' } }] },
    ]);
    expect(setAside(coordinator)[1]?.entities[0]?.about.activity).not.toBeNull();
  });

  it('is told again when the reply got lost', async () => {
    const trainer = await enrolled();
    const { id } = makeWorkshop(trainer);
    await synced(trainer);
    const expert = await enrolled('expert', `workshop:${id}`);
    await synced(expert);
    expert.write(planSpace(id), 'activity', id, { place: 'Lyon' });
    const controller = new AbortController();
    const running = expert.run({ signal: controller.signal });
    setTimeout(() => controller.abort(), 12);
    await running;
    await synced(expert);
    expect(placeOf(expert, id)).toBeNull();
    expect(setAside(expert)).toMatchObject([{ code: 'sync.notEntitled' }]);
  });

  it('a person written into the wrong space is not shown to those who read that space, and the chain goes on', async () => {
    const trainer = await enrolled();
    const { id } = makeWorkshop(trainer);
    trainer.write(planSpace(id), 'participant', randomUUID(), { activityId: id, familyName: 'SECRETNAME' });
    trainer.write(planSpace(id), 'activity', id, { place: 'Praia' });
    expect(await synced(trainer)).toMatchObject({ refused: 1 });
    const expert = await enrolled('expert', `workshop:${id}`);
    await synced(expert);
    expect(placeOf(expert, id)).toBe('Praia');
    expect(holds(expert, 'SECRETNAME')).toBe(false);
    expect(setAside(trainer)).toMatchObject([{ code: 'sync.wrongSpace' }]);
    expect(expert.store.digest()[planSpace(id)]).toBe(trainer.store.digest()[planSpace(id)]);
  });

  it('a record of one workshop written into another is refused, and whose it is goes on writing it', async () => {
    const [owner, other] = [await enrolled(), await enrolled()];
    // The other space is the first in order: what stands there would show.
    const { id, person } = makeWorkshop(owner, ['SN'], 'KONÉ', 'ffffffff-ffff-4fff-8fff-ffffffffffff');
    await synced(owner);
    await synced(other);
    const elsewhere = makeWorkshop(other, ['SN'], 'MAÏGA', '00000000-0000-4000-8000-000000000000');
    // A store of ours does not write this; somebody else's may.
    const signer = signerOf(readOrMintKey(other.folder, other.store.db));
    const [tip] = other.store.tips(peopleSpace(elsewhere.id));
    const foreign = sealChangeSet(
      {
        version: 1,
        space: peopleSpace(elsewhere.id),
        replica: other.store.replica,
        seq: tip!.seq + 1,
        prev: tip!.hash,
        t: 1,
        tq: 0,
        schema: 1,
        author: 'x',
        kind: 'data',
      },
      [
        {
          entityType: 'participant',
          entityId: person,
          field: 'familyName',
          supersedes: [],
          content: { form: 'erasable', value: 'STOLEN', salt: 'ab'.repeat(16) },
        },
      ],
      signer,
      nodeHasher,
    );
    other.store.ingest([foreign]);
    expect(await synced(other)).toMatchObject({ refused: 1 });
    expect(setAside(other)).toMatchObject([{ code: 'sync.wrongSpace' }]);
    await synced(owner);
    for (const [laptop, value] of [
      [owner, 'MAÏGA'],
      [other, 'KEÏTA'],
    ] as const) {
      laptop.write(peopleSpace(id), 'participant', person, { familyName: value });
      expect(await synced(laptop)).toMatchObject({ refused: 0 });
      for (const each of [owner, other]) {
        await synced(each);
        expect(each.store.reader.get('select familyName from participant where id = ?', person)).toEqual({ familyName: value });
      }
    }
    expect((await server.digest())[peopleSpace(id)]).toBe(owner.store.digest()[peopleSpace(id)]);
  });

  it('a record that was refused where it was first written keeps nobody from writing it where it belongs', async () => {
    const [owner, expert] = [await enrolled(), await enrolled('expert', 'all')];
    const { id } = makeWorkshop(owner);
    await synced(owner);
    await synced(expert);
    expert.write(planSpace(id), 'participant', 'new-person', { familyName: 'KONÉ' });
    expect(await synced(expert)).toMatchObject({ refused: 1 });
    owner.write(peopleSpace(id), 'participant', 'new-person', { activityId: id, familyName: 'MAÏGA' });
    expect(await synced(owner)).toMatchObject({ refused: 0 });
    expect(owner.store.reader.get('select familyName from participant where id = ?', 'new-person')).toEqual({ familyName: 'MAÏGA' });
    expect((await server.digest())[peopleSpace(id)]).toBe(owner.store.digest()[peopleSpace(id)]);
  });

  it('a record that came by another way from somebody who may not write it leaves its owner free to go on', async () => {
    const [owner, other] = [await enrolled(), await enrolled()];
    const { id, person } = makeWorkshop(owner);
    const elsewhere = makeWorkshop(other);
    const signer = signerOf(readOrMintKey(other.folder, other.store.db));
    const space = peopleSpace(elsewhere.id);
    const [tip] = other.store.tips(space);
    const rest = { version: 1, t: 1, tq: 0, schema: 1, author: 'x', kind: 'data' } as const;
    const foreign = sealChangeSet(
      { ...rest, space, replica: other.store.replica, seq: tip!.seq + 1, prev: tip!.hash },
      [{ entityType: 'participant', entityId: person, field: 'familyName', supersedes: [], content: { form: 'plain', value: 'STOLEN' } }],
      signer,
      nodeHasher,
    );
    const chain = changeSetsAfter(other.store.db, space, 0, 100).map(({ bytes }) => decodeChangeSet(bytes, nodeHasher));
    owner.store.receive([...chain.flatMap((one) => (one.ok ? [one.value] : [])), foreign], 'stick');
    owner.write(peopleSpace(id), 'participant', person, { givenName: 'Aminata' });
    // Still, nobody takes a record of this laptop's into another space.
    expect(() => owner.write(planSpace(id), 'participant', person, { givenName: 'Elsewhere' })).toThrow('two spaces');
    const bodies = owner.store.db.prepare('select ops from written where entity = ?').pluck().all(person).join();
    expect(bodies).toContain('Aminata');
    expect(bodies).not.toContain('Elsewhere');
  });

  it('a space that is closed takes nothing; what is there is set aside here alone, and stands again when the space is opened', async () => {
    const expert = await enrolled('expert', 'all', { name: 'Ida' });
    const { id, person } = makeWorkshop(expert);
    expect(await synced(expert)).toMatchObject({ pushed: 0, refused: 4 });
    expect(expert.sync.pending()).toBe(0);
    expect(refusedCount(expert)).toBe(4);
    expect(setAside(expert).every(({ code }) => code === 'sync.spaceClosed')).toBe(true);
    expect(expert.store.reader.get('select id from participant where id = ? and live = 1', person)).toBeUndefined();
    expect((await server.spaces()).filter((space) => space.includes(id))).toEqual([]);
    // What is written there later joins it, unsent.
    expert.write(planSpace(id), 'activity', id, { place: 'Lyon' });
    expect(await synced(expert)).toMatchObject({ requests: 1 });
    expect(refusedCount(expert)).toBe(5);

    // The same laptop is enrolled as a trainer.
    expect(await expert.enrol(server.url, await server.invite('trainer', 'all'), 'Ida')).toMatchObject({ ok: true });
    expect(await synced(expert)).toMatchObject({ refused: 0 });
    expect(refusedCount(expert)).toBe(0);
    expect(expert.store.reader.get('select id from participant where id = ? and live = 1', person)).toEqual({ id: person });
    expect((await server.digest())[peopleSpace(id)]).toBe(expert.store.digest()[peopleSpace(id)]);
    expect(placeOf(expert, id)).toBe('Lyon');
  });

  it('an officer opens a workshop and writes no people; a coordinator completes them', async () => {
    const officer = await enrolled('officer', 'all');
    const { id, person } = makeWorkshop(officer, ['CV']);
    expect(await synced(officer)).toMatchObject({ refused: 1 });
    expect(setAside(officer)).toMatchObject([{ code: 'sync.notEntitled', space: peopleSpace(id) }]);
    const coordinator = await enrolled('coordinator', 'country:CV');
    await synced(coordinator);
    coordinator.write(peopleSpace(id), 'participant', randomUUID(), {
      activityId: id,
      familyName: 'TAVARES',
      institution: 'Tribunal da Praia',
    });
    expect(await synced(coordinator)).toMatchObject({ pushed: 1, refused: 0 });
    await synced(officer);
    expect(officer.store.reader.all('select familyName from participant where live = 1 and activityId = ?', id)).toEqual([
      { familyName: 'TAVARES' },
    ]);
    expect(officer.store.reader.get('select id from participant where id = ? and live = 1', person)).toBeUndefined();
  });
});

describe('what was set aside', () => {
  it('is written again by its author once rights were given, and by another who has them; it stays where it is', async () => {
    const trainer = await enrolled('trainer', 'all', { name: 'Awa' });
    const { id } = makeWorkshop(trainer);
    trainer.write(planSpace(id), 'activity', id, { place: 'Dakar' });
    await synced(trainer);
    const expert = await enrolled('expert', `workshop:${id}`, { name: 'Ida' });
    await synced(expert);
    expert.write(planSpace(id), 'activity', id, { place: 'Lyon' });
    expect(await synced(expert)).toMatchObject({ refused: 1 });
    const [refused] = setAside(expert);
    expect(refused).toMatchObject({ reissued: '' });
    const reissue = (laptop: Laptop, changeSet: string) => laptop.sync.handlers['sync.reissue']({ changeSet }, quietCall());
    expect(await reissue(expert, 'f'.repeat(64))).toMatchObject({ refusal: { code: 'sync.notSetAside' } });

    // The trainer, who may, has received it with its ruling and takes it up.
    await synced(trainer);
    const taken = await reissue(trainer, refused!.changeSet);
    expect(taken.ok).toBe(true);
    expect(placeOf(trainer, id)).toBe('Lyon');
    expect(await reissue(trainer, refused!.changeSet)).toMatchObject({ refusal: { code: 'sync.nothingToReissue' } });
    expect(await synced(trainer)).toMatchObject({ pushed: 1, refused: 0 });
    await synced(expert);
    expect(placeOf(expert, id)).toBe('Lyon');
    expect(refusedCount(expert)).toBe(1);
    expect(expert.store.digest()[planSpace(id)]).toBe(trainer.store.digest()[planSpace(id)]);

    // Its author, given the role since.
    expert.write(planSpace(id), 'activity', id, { place: 'Thiès' });
    await synced(expert);
    expect(placeOf(expert, id)).toBe('Lyon');
    const latest = setAside(expert)[0]!;
    expect((await expert.enrol(server.url, await server.invite('trainer', `workshop:${id}`), 'Ida')).ok).toBe(true);
    expect((await reissue(expert, latest.changeSet)).ok).toBe(true);
    expect(await synced(expert)).toMatchObject({ refused: 0 });
    expect(placeOf(expert, id)).toBe('Thiès');
    expect(setAside(expert)[0]!.reissued).toMatch(/^[0-9a-f]{64}$/);
    await synced(trainer);
    expect(placeOf(trainer, id)).toBe('Thiès');
  });

  it('shows a coordinator what others were refused, and is put out of sight and brought back on one laptop alone', async () => {
    const trainer = await enrolled('trainer', 'all', { name: 'Awa' });
    const { id } = makeWorkshop(trainer);
    trainer.write(planSpace(id), 'activity', id, { place: 'Bissau' });
    await synced(trainer);
    const coordinator = await enrolled('coordinator', 'all', { name: 'Rui' });
    const expert = await enrolled('expert', `workshop:${id}`, { name: 'Ida' });
    await synced(expert);
    expert.write(planSpace(id), 'activity', id, { place: 'Lyon' });
    expect(await synced(expert)).toMatchObject({ refused: 1 });
    await synced(coordinator);

    expect(setAside(coordinator).filter(({ space }) => space === planSpace(id))).toEqual([]);
    const theirs = setAside(coordinator, true).filter(({ space }) => space === planSpace(id));
    expect(theirs).toMatchObject([{ own: false, author: 'Ida', code: 'sync.notEntitled', leftAside: false }]);
    const [own] = setAside(expert);
    expect(own).toMatchObject({ own: true, changeSet: theirs[0]!.changeSet });

    const leave = (changeSet: string, aside: boolean) => expert.sync.handlers['sync.leaveAside']({ changeSet, aside }, quietCall());
    expect(await leave('f'.repeat(64), true)).toMatchObject({ refusal: { code: 'sync.notSetAside' } });
    expect((await leave(own!.changeSet, true)).ok).toBe(true);
    expect(refusedCount(expert)).toBe(0);
    expect(setAside(expert)).toMatchObject([{ changeSet: own!.changeSet, leftAside: true }]);
    expect(setAside(coordinator, true)).toContainEqual(expect.objectContaining({ changeSet: own!.changeSet, leftAside: false }));
    expect((await leave(own!.changeSet, false)).ok).toBe(true);
    expect(refusedCount(expert)).toBe(1);
    expect(expert.store.reader.history(id, 'place').map(({ value, current }) => [value, current])).toContainEqual(['Lyon', false]);
  });
});
