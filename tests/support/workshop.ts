import { randomUUID } from 'node:crypto';
import { answersSpace, peopleSpace, planSpace } from '../../shared/model/spaces.ts';
import type { Role } from '../../server/roles.ts';
import type { Fault, FlakyProxy } from './flaky-proxy.ts';
import { openLaptop, type Laptop, type LaptopOptions } from './laptop.ts';
import type { TestRepository } from './repository.ts';

/** Opens a laptop and enrols it. */
export async function enrolledLaptop(
  server: TestRepository,
  role: Role = 'trainer',
  scope = 'all',
  options: LaptopOptions & { readonly name?: string; readonly url?: string } = {},
): Promise<Laptop> {
  const laptop = openLaptop(options);
  const answer = await laptop.enrol(options.url ?? server.url, await server.invite(role, scope), options.name);
  if (!answer.ok) throw new Error(answer.refusal.code);
  return laptop;
}

/** The three spaces of a new workshop, each opened by its genesis; returns the workshop's id. Four change-sets with its one person. */
export function makeWorkshop(
  laptop: Laptop,
  countries: readonly string[] = ['SN'],
  familyName = 'KONÉ',
): { readonly id: string; readonly person: string } {
  const id = randomUUID();
  const person = randomUUID();
  laptop.write(planSpace(id), 'activity', id, { name: 'Atelier', start: '2021-07-12', end: '2021-07-15', countries }, true);
  laptop.write(peopleSpace(id), 'roster', randomUUID(), { activityId: id, key: 'k' }, true);
  laptop.write(answersSpace(id), 'answerBook', randomUUID(), { activityId: id, key: 'k' }, true);
  laptop.write(peopleSpace(id), 'participant', person, { activityId: id, familyName, givenName: 'Moussa' });
  return { id, person };
}

/** Runs a sync that must succeed. */
export async function synced(laptop: Laptop, options?: Parameters<Laptop['run']>[0]) {
  const answer = await laptop.run(options);
  if (!answer.ok) throw new Error(answer.refusal.code);
  return answer.value;
}

/** Runs a sync whose next connections meet these faults, in order: it may only fail as a broken link makes it. After a cut each run makes new ones. */
export async function syncedThroughCuts(proxy: FlakyProxy, laptop: Laptop, ...faults: Fault[]): Promise<void> {
  proxy.next(...faults);
  const answer = await laptop.run();
  const isBroken = answer.ok || ['sync.interrupted', 'sync.unreachable', 'sync.packCut'].includes(answer.refusal.code);
  if (!isBroken) throw new Error(answer.refusal.code);
}
