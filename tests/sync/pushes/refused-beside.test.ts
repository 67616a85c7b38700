import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { derivedId } from '../../../shared/kernel/ids.ts';
import { answersSpace, peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import { newWorkshopId } from '../../../shared/model/workshop-id.ts';
import { nodeHasher, nodeRandom } from '../../../shared/node/crypto.ts';
import { enrolBareDevice, type BareDevice } from '../../support/laptops/bare-device.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';

/**
 * What is refused has no effect on what comes with it: neither on whose a record is nor on who may write where. A laptop brings what others made along with its own work,
 * so one push holds both.
 */
let server: TestRepository;
beforeAll(async () => {
  server = await startRepository({ library: false });
});
afterAll(async () => {
  await server.stop();
  expect(server.faults).toEqual([]);
});

interface Opened {
  readonly owner: BareDevice;
  readonly id: string;
}

/** A workshop in Senegal, opened by a trainer. */
async function openWorkshop(): Promise<Opened> {
  const owner = await enrolBareDevice(server.url, await server.invite('trainer', 'all'));
  const id = newWorkshopId(owner.replica, nodeRandom, nodeHasher);
  const plan = owner.seal(
    planSpace(id),
    [
      { type: 'activity', id, field: 'name', value: 'Atelier' },
      { type: 'activity', id, field: 'countries', value: ['SN'] },
    ],
    'genesis',
  );
  const roster = derivedId(nodeHasher, 'roster', id);
  const people = owner.seal(peopleSpace(id), [{ type: 'roster', id: roster, field: 'activityId', value: id }], 'genesis');
  expect((await owner.push([plan, people])).json()).toMatchObject({ applied: 2 });
  return { owner, id };
}

const refusedIn = async (pushed: ReturnType<BareDevice['push']>): Promise<[string, string][]> =>
  ((await pushed).json<{ refused?: { hash: string; code: string }[] }>().refused ?? []).map(({ hash, code }) => [hash, code]);

describe('a record', () => {
  it('is not taken from its author by what was refused in the same push', async () => {
    const { owner, id } = await openWorkshop();
    const thief = await openWorkshop();
    const item = randomUUID();
    // A sheet's space holds no sessions: refused, and kept in the log without effect.
    const taken = thief.owner.seal(answersSpace(thief.id), [{ type: 'agendaItem', id: item, field: 'name', value: 'Mine' }], 'genesis');
    const expert = await enrolBareDevice(server.url, await server.invite('expert', 'all'));
    const own = expert.seal(planSpace(id), [
      { type: 'agendaItem', id: item, field: 'activityId', value: id },
      { type: 'agendaItem', id: item, field: 'name', value: 'Session' },
    ]);
    expect(await refusedIn(owner.push([taken, own]))).toEqual([[taken.hash, 'sync.wrongSpace']]);
    const shown = (await server.shown('agendaItem')).find((row) => row['id'] === item);
    expect(shown).toMatchObject({ name: 'Session', space: planSpace(id), live: 1 });
  });
});

describe('a workshop', () => {
  it('is in no country that was refused in the same push', async () => {
    const { owner, id } = await openWorkshop();
    const expert = await enrolBareDevice(server.url, await server.invite('expert', `workshop:${id}`));
    const stranger = await enrolBareDevice(server.url, await server.invite('trainer', 'country:CV'));
    const moved = expert.seal(planSpace(id), [{ type: 'activity', id, field: 'countries', value: ['CV'] }]);
    const entered = stranger.seal(planSpace(id), [{ type: 'agendaItem', id: randomUUID(), field: 'activityId', value: id }]);
    expect(await refusedIn(owner.push([moved, entered]))).toEqual([
      [moved.hash, 'sync.notEntitled'],
      [entered.hash, 'sync.spaceClosed'],
    ]);
  });
});
