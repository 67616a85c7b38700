import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomUUID } from 'node:crypto';
import { openLaptop, type Laptop } from '../support/laptop.ts';
import { startRepository, type TestRepository } from '../support/repository.ts';
import { answersSpace, peopleSpace, planSpace } from '../../shared/model/spaces.ts';

let server: TestRepository;
const laptops: Laptop[] = [];

beforeAll(async () => {
  server = await startRepository();
});
afterAll(async () => {
  for (const laptop of laptops) await laptop.end();
  await server.stop();
  expect(server.faults).toEqual([]);
});

async function enrolled(role: Parameters<TestRepository['invite']>[0] = 'trainer', scope = 'all', name = 'Awa'): Promise<Laptop> {
  const laptop = openLaptop();
  laptops.push(laptop);
  const answer = await laptop.enrol(server.url, server.invite(role, scope), name);
  if (!answer.ok) throw new Error(answer.refusal.code);
  return laptop;
}

function makeWorkshop(laptop: Laptop, countries: string[] = ['SN']): string {
  const id = randomUUID();
  laptop.write(planSpace(id), 'activity', id, { name: 'Atelier', start: '2021-07-12', end: '2021-07-15', countries }, true);
  laptop.write(peopleSpace(id), 'roster', randomUUID(), { activityId: id, key: 'k' }, true);
  laptop.write(answersSpace(id), 'answerBook', randomUUID(), { activityId: id, key: 'k' }, true);
  return id;
}

async function ran(laptop: Laptop) {
  const answer = await laptop.run();
  if (!answer.ok) throw new Error(answer.refusal.code);
  return answer.value;
}

describe('two laptops and a repository', () => {
  it('brings a workshop from one to the other, and then costs one small request', async () => {
    const one = await enrolled();
    const two = await enrolled();
    const id = makeWorkshop(one);
    const person = randomUUID();
    one.write(peopleSpace(id), 'participant', person, { activityId: id, familyName: 'KONÉ', givenName: 'Moussa' });
    expect(one.sync.pending()).toBe(4);

    const sent = await ran(one);
    expect(sent).toMatchObject({ pushed: 4, refused: 0, conflicts: 0 });
    expect(one.sync.pending()).toBe(0);
    expect(await ran(two)).toMatchObject({ pulled: expect.any(Number) as number, pushed: 0, refused: 0 });
    const digests = [one, two].map((laptop) => laptop.store.digest()[peopleSpace(id)]);
    expect(digests[1]).toBe(digests[0]);
    expect(server.repository.store.digest()[peopleSpace(id)]).toBe(digests[0]);

    for (const laptop of [one, two]) {
      const idle = await ran(laptop);
      expect(idle).toMatchObject({ requests: 1, pushed: 0, pulled: 0 });
      expect(idle.bytesUp + idle.bytesDown).toBeLessThan(900);
    }
  });
});
