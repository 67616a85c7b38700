import { expect } from 'vitest';
import { nodeHasher } from '../../shared/node/crypto.ts';
import { listQuarantined } from '../../shared/node/store/sqlite/quarantined.ts';
import { deletion } from '../../shared/node/store/deletion.ts';
import { answersSpace, peopleSpace, planSpace } from '../../shared/model/spaces.ts';
import type { FieldValue } from '../../shared/sync/types.ts';
import { startFlakyProxy, type FlakyProxy } from '../support/repository/flaky-proxy.ts';
import { openLaptop, type Laptop } from '../support/laptops/laptop.ts';
import type { TestRepository } from '../support/repository/repository.ts';
import { seeded } from '../support/seeded.ts';
import { quietCall } from '../support/quiet-call.ts';

const TWO_YEARS = 2 * 365 * 86_400_000;

interface Confirmed {
  readonly entity: string;
  readonly field: string;
  readonly value: FieldValue;
}

/** One history of two laptops and a repository. */
class History {
  readonly #random: () => number;
  readonly #confirmed: Confirmed[] = [];
  readonly #laptops: Laptop[] = [];
  readonly #offsets = [0, 0];
  readonly #workshop: string;
  readonly #people: string[] = [];
  readonly #proxy: FlakyProxy;
  readonly #server: TestRepository;

  constructor(seed: number, server: TestRepository, proxy: FlakyProxy) {
    this.#server = server;
    this.#proxy = proxy;
    this.#random = seeded(seed);
    this.#workshop = this.#id();
  }

  /** Gives what the repository must hold of each space in the end. */
  async run(): Promise<Record<string, string>> {
    for (const which of [0, 1]) await this.#enrol(which);
    this.#create(this.#laptops[0]!);
    const steps = 12 + this.#upTo(24);
    for (let step = 0; step < steps; step++) await this.#step();
    await this.#settleDown();
    return this.#compare();
  }

  async end(): Promise<void> {
    for (const laptop of this.#laptops) await laptop.end();
  }

  async #enrol(which: number): Promise<void> {
    this.#drift(which);
    // Their own clocks, wrong by years, each step by another amount.
    const laptop = openLaptop({
      clock: { now: () => Date.now() + this.#offsets[which]! },
      random: { bytes: (length) => Uint8Array.from({ length }, () => this.#upTo(256)) },
    });
    this.#laptops.push(laptop);
    const answer = await laptop.enrol(this.#proxy.url, await this.#server.invite('trainer', `workshop:${this.#workshop}`));
    if (!answer.ok) throw new Error(answer.refusal.code);
  }

  #create(laptop: Laptop): void {
    const id = this.#workshop;
    this.#write(
      laptop,
      planSpace(id),
      'activity',
      id,
      { name: 'Atelier', start: '2021-07-12', end: '2021-07-15', countries: ['SN'] },
      true,
    );
    this.#write(laptop, peopleSpace(id), 'roster', this.#id(), { activityId: id, key: 'k' }, true);
    this.#write(laptop, answersSpace(id), 'answerBook', this.#id(), { activityId: id, key: 'k' }, true);
    for (let i = 0; i < 4; i++) this.#person(laptop);
  }

  async #step(): Promise<void> {
    const which = this.#upTo(2);
    const laptop = this.#laptops[which]!;
    if (this.#random() < 0.15) this.#drift(which);
    const dice = this.#random();
    if (dice < 0.28) return this.#mark(laptop);
    if (dice < 0.42) return this.#rename(laptop);
    if (dice < 0.5) return this.#person(laptop);
    if (dice < 0.57) return this.#remove(laptop);
    if (dice < 0.63) return this.#sheet(laptop);
    if (dice < 0.69) return this.#plan(laptop);
    if (dice < 0.75) return this.#settle(laptop);
    await this.#sync(laptop);
  }

  #mark(laptop: Laptop): void {
    const personId = this.#oneOf(this.#people);
    const halfDay = this.#oneOf(['2021-07-12-AM', '2021-07-12-PM']);
    const status = this.#oneOf(['present', 'late', 'absent', 'excused']);
    // One cell is one entity, whoever marks it.
    const cell = `mark-${personId}-${halfDay}`;
    this.#write(laptop, peopleSpace(this.#workshop), 'mark', cell, {
      activityId: this.#workshop,
      personId,
      halfDay,
      status,
      method: 'list',
    });
  }

  #rename(laptop: Laptop): void {
    const field = this.#oneOf(['familyName', 'institution', 'givenName']);
    this.#write(laptop, peopleSpace(this.#workshop), 'participant', this.#oneOf(this.#people), {
      [field]: `N'GUESSAN ${this.#upTo(1_000)}`,
    });
  }

  #person(laptop: Laptop): void {
    const id = this.#id();
    this.#people.push(id);
    this.#write(laptop, peopleSpace(this.#workshop), 'participant', id, {
      activityId: this.#workshop,
      familyName: 'TRAORE',
      givenName: 'Moussa',
    });
  }

  #remove(laptop: Laptop): void {
    const person = this.#oneOf(this.#people);
    const writes = deletion(laptop.store.reader, 'participant', person);
    if (writes.length > 0) laptop.store.commit([{ space: peopleSpace(this.#workshop), writes }]);
  }

  #sheet(laptop: Laptop): void {
    this.#write(laptop, answersSpace(this.#workshop), 'sheet', this.#id(), {
      activityId: this.#workshop,
      formId: '00000000-0000-4000-8000-0000000000f0',
      answers: { S1: '4' },
      day: '2021-07-15',
    });
  }

  #plan(laptop: Laptop): void {
    const fields: Record<string, FieldValue>[] = [
      { place: `Salle ${this.#upTo(9)}` },
      { 'title@fr': `Atelier ${this.#upTo(9)}` },
      { end: '2021-07-16' },
    ];
    this.#write(laptop, planSpace(this.#workshop), 'activity', this.#workshop, this.#oneOf(fields));
  }

  #settle(laptop: Laptop): void {
    const listed = laptop.sync.handlers['sync.conflicts']({}, quietCall());
    if (listed instanceof Promise || !listed.ok || listed.value.length === 0) return;
    const { entity, field, values } = this.#oneOf(listed.value);
    const { value } = this.#oneOf(values);
    const settled = laptop.sync.handlers['sync.settle']({ entity, field, value, seen: values.map(({ id }) => id) }, quietCall());
    expect(settled).toMatchObject({ ok: true });
  }

  /** A sync over a link with up to two faults; it may fail, and nothing may be lost by it. */
  async #sync(laptop: Laptop): Promise<void> {
    const faults = Array.from({ length: this.#upTo(4) }, () =>
      this.#oneOf([
        { down: 0 },
        { up: this.#upTo(3_000) },
        { down: this.#upTo(3_000) },
        { up: this.#upTo(400) },
        { down: this.#upTo(900) },
      ]),
    );
    this.#proxy.next(...faults);
    const answer = await laptop.run();
    if (!answer.ok) expect(['sync.interrupted', 'sync.unreachable', 'sync.packCut']).toContain(answer.refusal.code);
  }

  /** Over a good link, in either order, until neither has anything to say. */
  async #settleDown(): Promise<void> {
    const order = this.#random() < 0.5 ? [0, 1] : [1, 0];
    for (let round = 0; round < 6; round++) {
      let moved = 0;
      for (const which of order) {
        // Faults that were planned and not met are used up here.
        const answer = await this.#laptops[which]!.run();
        moved += answer.ok ? answer.value.pushed + answer.value.pulled : 1;
        // A clock that leapt ahead is the only thing that an honest laptop is refused for; it writes the same again by itself.
        if (answer.ok) expect(this.#reasons(which).filter((reason) => reason !== 'sync.clockAhead')).toEqual([]);
      }
      if (moved === 0) return;
    }
    throw new Error('the laptops never came to rest');
  }

  #reasons(which: number): string[] {
    return listQuarantined(this.#laptops[which]!.store.db, nodeHasher).map(({ reason }) => reason);
  }

  #compare(): Record<string, string> {
    const spaces = [planSpace(this.#workshop), peopleSpace(this.#workshop), answersSpace(this.#workshop)];
    const stores = this.#laptops.map(({ store }) => store);
    const digests = this.#laptops.map(({ store }) => {
      const all = store.digest();
      return Object.fromEntries(spaces.map((space) => [space, all[space]]));
    });
    expect(digests[1]).toEqual(digests[0]);
    for (const [which, store] of stores.entries()) {
      for (const { entity, field, value } of this.#confirmed) {
        const found = store.reader.history(entity, field).some((held) => JSON.stringify(held.value) === JSON.stringify(value));
        expect(found, `store ${which}: ${entity} ${field} ${JSON.stringify(value)}`).toBe(true);
      }
    }
    const conflicts = this.#laptops.map((laptop) => laptop.sync.conflicts());
    expect(conflicts[1]).toBe(conflicts[0]);
    for (const laptop of this.#laptops) expect(laptop.sync.pending()).toBe(0);
    return digests[0] as Record<string, string>;
  }

  #write(laptop: Laptop, space: string, type: string, entity: string, record: Record<string, FieldValue>, genesis = false): void {
    laptop.write(space, type, entity, record, genesis);
    for (const [field, value] of Object.entries(record)) this.#confirmed.push({ entity, field, value });
  }

  #drift(which: number): void {
    this.#offsets[which] = Math.round((2 * this.#random() - 1) * TWO_YEARS);
  }

  #upTo(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #oneOf<T>(items: readonly T[]): T {
    return items[this.#upTo(items.length)]!;
  }

  #id(): string {
    const hex = Array.from({ length: 32 }, () => this.#upTo(16).toString(16)).join('');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
  }
}

/**
 * Plays histories of two laptops with clocks wrong by up to two years, who work apart on one workshop and sync in any order over a link that loses
 * replies and breaks at any byte, several at once. In the end all three hold the same, and every value that anybody confirmed can be found everywhere.
 */
export async function playHistories(server: TestRepository, first: number, count: number, lanes: number): Promise<void> {
  const expected = new Map<string, { readonly digest: string; readonly seed: number }>();
  const seeds = Array.from({ length: count }, (_, i) => first + i).values();
  const lane = async (): Promise<void> => {
    const proxy = await startFlakyProxy(server.url);
    try {
      for (let next = seeds.next(); !next.done; next = seeds.next()) {
        const seed = next.value;
        const history = new History(seed, server, proxy);
        try {
          for (const [space, digest] of Object.entries(await history.run())) expected.set(space, { digest, seed });
        } catch (error) {
          throw new Error(`SEED=${seed} ITINERA_HISTORIES=1: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
        } finally {
          await history.end();
        }
      }
    } finally {
      await proxy.stop();
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  // Looked at once, in the end: it holds every history.
  const held = await server.digest();
  for (const [space, { digest, seed }] of expected) expect(held[space], `SEED=${seed}: ${space}`).toBe(digest);
  expect(expected.size).toBe(3 * count);
  expect(server.faults).toEqual([]);
}
