import { randomUUID } from 'node:crypto';
import { answersSpace, peopleSpace, planSpace } from '../../shared/model/spaces.ts';
import type { Role } from '../../shared/features/sync/reading.ts';
import type { Fault, FlakyProxy } from './repository/flaky-proxy.ts';
import { openLaptop, type Laptop, type LaptopOptions } from './laptops/laptop.ts';
import type { TestRepository } from './repository/repository.ts';

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
  id: string = randomUUID(),
): { readonly id: string; readonly person: string } {
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

export interface Laptops {
  /** Opens a laptop and enrols it with the repository of the test. */
  enrolled(role?: Role, scope?: string, options?: Parameters<typeof enrolledLaptop>[3]): Promise<Laptop>;
  /** A laptop that knows no repository. */
  alone(): Laptop;
  /** Takes in one that was opened otherwise; gives it back. */
  also(laptop: Laptop): Laptop;
  /** Closes one and opens its folder again, in its place. */
  reopened(laptop: Laptop): Promise<Laptop>;
  /** Those that are there. */
  all(): readonly Laptop[];
  /** Ends them all. */
  end(): Promise<void>;
}

/** The laptops of a test file, around the repository that is running when they are enrolled. */
export function laptopsAround(server: () => TestRepository): Laptops {
  const laptops: Laptop[] = [];
  const kept = (laptop: Laptop): Laptop => {
    laptops.push(laptop);
    return laptop;
  };
  return {
    enrolled: async (role, scope, options) => kept(await enrolledLaptop(server(), role, scope, options)),
    alone: () => kept(openLaptop()),
    also: kept,
    async reopened(laptop) {
      await laptop.close();
      laptops.splice(laptops.indexOf(laptop), 1);
      return kept(openLaptop({ folder: laptop.folder }));
    },
    all: () => laptops,
    async end() {
      for (const laptop of laptops.splice(0)) await laptop.end();
    },
  };
}
