import path from 'node:path';
import { expect } from 'vitest';
import { READS, type Role } from '../../../shared/features/sync/reading.ts';
import { peopleSpace } from '../../../shared/model/spaces.ts';
import { newWorkshopId } from '../../../shared/model/workshop-id.ts';
import { nodeHasher } from '../../../shared/node/crypto.ts';
import type { FieldValue, SpaceId } from '../../../shared/sync/types.ts';
import { Dice } from '../../support/dice.ts';
import { featureCalls } from '../../support/laptops/feature-laptop.ts';
import { HostileDevice } from '../../support/laptops/hostile-device.ts';
import { kindOf, type Known, type Target } from '../../support/laptops/hostile-writer.ts';
import { openLaptop, type Laptop } from '../../support/laptops/laptop.ts';
import type { TestRepository } from '../../support/repository/repository.ts';
import { exported, imported, tryExport, tryImport } from '../../support/laptops/usb.ts';
import { synced } from '../../support/workshop.ts';
import { HonestWork, HOSTILE, hostileSpaces, newRights, workshopSpaces, type HostileRights, type Written } from './honest-work.ts';
import { quietCall } from '../../support/quiet-call.ts';

interface Confirmed extends Target {
  readonly value: FieldValue;
  readonly by: Laptop;
  /** It was brought to the repository. */
  isKnown: boolean;
}

/** One history: two honest trainers, a coordinator, a laptop whose rights change, and a hostile device. */
class History {
  readonly #dice: Dice;
  readonly #server: TestRepository;
  readonly #confirmed: Confirmed[] = [];
  readonly #steady: Laptop[] = [];
  readonly #rights: HostileRights;
  #mover!: Laptop;
  #hostile!: HostileDevice;
  #workshop = '';
  #work!: HonestWork;
  /** A workshop that the owner opens later; its id is known before. */
  #next = '';
  #isNextOpen = false;
  #revoked = false;
  #sticks = 0;

  constructor(seed: number, server: TestRepository) {
    this.#dice = new Dice(seed);
    this.#server = server;
    this.#rights = HOSTILE[seed % HOSTILE.length]!;
  }

  /** Gives what the repository must hold of each space of the workshop in the end. */
  async run(): Promise<Record<SpaceId, string>> {
    await this.#begin();
    const steps = 18 + this.#dice.upTo(22);
    for (let step = 0; step < steps; step++) await this.#step();
    await this.#settle();
    return this.#compare();
  }

  async end(): Promise<void> {
    for (const laptop of this.#steady) await laptop.end();
    await this.#mover?.end();
    await this.#hostile?.end();
  }

  async #begin(): Promise<void> {
    const owner = this.#open();
    this.#steady.push(owner);
    this.#workshop = newWorkshopId(owner.store.replica, this.#dice, nodeHasher);
    this.#next = newWorkshopId(owner.store.replica, this.#dice, nodeHasher);
    this.#work = new HonestWork(this.#dice, this.#workshop);
    const scope = `workshop:${this.#workshop}`;
    await this.#enrol(owner, 'trainer', scope);
    for (const one of this.#work.opening(this.#workshop)) this.#write(owner, one);
    for (let i = 0; i < 3; i++) this.#write(owner, this.#work.addPerson());
    await this.#sync(owner);
    for (const role of ['trainer', 'coordinator'] as const) {
      const laptop = this.#open();
      this.#steady.push(laptop);
      await this.#enrol(laptop, role, scope);
      await this.#sync(laptop);
    }
    this.#mover = this.#open();
    await this.#enrol(this.#mover, 'trainer', scope);
    await this.#sync(this.#mover);
    const hostile = this.#open();
    await this.#enrol(hostile, this.#rights.role, this.#rights.scope(this.#workshop));
    this.#hostile = new HostileDevice(hostile, this.#dice);
  }

  #open(): Laptop {
    return openLaptop({ random: this.#dice });
  }

  async #enrol(laptop: Laptop, role: Role, scope: string): Promise<void> {
    const answer = await laptop.enrol(this.#server.url, await this.#server.invite(role, scope), 'Awa Diop');
    if (!answer.ok) throw new Error(`enrol: ${answer.refusal.code}`);
  }

  async #step(): Promise<void> {
    const dice = this.#dice;
    const at = dice.upTo(100);
    if (at < 38) this.#doWork(dice.oneOf([...this.#steady, this.#mover]));
    else if (at < 60) await this.#sync(dice.oneOf([...this.#steady, this.#mover]));
    else if (at < 80) await this.#attack();
    else if (at < 86) await this.#hostileStick(dice.oneOf([...this.#steady, this.#mover]));
    else if (at < 90) await this.#hostile.replay(dice.oneOf([...this.#steady, this.#mover]));
    else if (at < 93) await this.#carry(dice.oneOf(this.#steady), dice.oneOf(this.#steady));
    else if (at < 98) await this.#move();
    else if (!this.#isNextOpen) {
      this.#isNextOpen = true;
      for (const one of this.#work.opening(this.#next)) this.#write(this.#steady[0]!, one);
    }
  }

  /** Something that this laptop's user does and sees saved. */
  #doWork(laptop: Laptop): void {
    const written = this.#work.next(new Set(laptop.store.spaces()), laptop === this.#steady[2]);
    if (written) this.#write(laptop, written);
  }

  #write(laptop: Laptop, { space, type, id, record, genesis = false }: Written): void {
    laptop.write(space, type, id, record, genesis);
    for (const [field, value] of Object.entries(record))
      this.#confirmed.push({ space, type, id, field, value, by: laptop, isKnown: false });
  }

  async #sync(laptop: Laptop): Promise<void> {
    const answer = await laptop.run({ files: false });
    if (laptop === this.#mover && this.#revoked) return;
    if (!answer.ok) throw new Error(`an honest laptop's sync: ${answer.refusal.code}`);
    if (laptop !== this.#mover) for (const one of this.#confirmed) if (one.by === laptop) one.isKnown = true;
  }

  async #attack(): Promise<void> {
    const made = this.#hostile.write(this.#known());
    // Some of it is kept for sticks, and leaves a hole in what it pushes next.
    if (this.#dice.chance(0.85)) await this.#hostile.push(made);
  }

  async #hostileStick(to: Laptop): Promise<void> {
    const stick = this.#stick();
    const written = await tryExport(this.#hostile.laptop, stick, { files: false });
    if (written.ok) await tryImport(to, stick);
  }

  async #carry(from: Laptop, to: Laptop): Promise<void> {
    if (from === to) return;
    const stick = this.#stick();
    await exported(from, stick, { files: false });
    await imported(to, stick);
  }

  #stick(): string {
    return path.join(path.dirname(this.#hostile.laptop.folder), `${path.basename(this.#hostile.laptop.folder)}-${++this.#sticks}.itinera`);
  }

  /** The administrator gives the one laptop other rights, takes it out, or lets it in again. */
  async #move(): Promise<void> {
    if (!this.#revoked && this.#dice.chance(0.3)) {
      await this.#server.registry.revoke(this.#mover.store.replica, Date.now());
      this.#revoked = true;
      return;
    }
    const [role, reach] = newRights(this.#dice, this.#workshop);
    await this.#enrol(this.#mover, role, reach);
    this.#revoked = false;
  }

  /** What the hostile device may have seen: what its role reads, and what the repository has, for a later write cannot take its place. */
  #known(): Known {
    const { role } = this.#rights;
    const isRead = this.#rights.scope(this.#workshop) !== 'country:CV';
    const targets = this.#confirmed.filter(({ space, isKnown }) => isKnown || (isRead && READS[role].includes(kindOf(space)!)));
    const own = newWorkshopId(this.#hostile.laptop.store.replica, { bytes: (length) => new Uint8Array(length) }, nodeHasher);
    const { reader } = this.#steady[0]!.store;
    return {
      targets,
      spaces: hostileSpaces([this.#workshop, own, this.#next, this.#dice.id()]),
      values: ({ id, field }) => reader.history(id, field).map((held) => held.id),
    };
  }

  /** The mover gets its first rights back; then everybody syncs until nothing moves. */
  async #settle(): Promise<void> {
    await this.#enrol(this.#mover, 'trainer', `workshop:${this.#workshop}`);
    this.#revoked = false;
    for (let round = 0; round < 8; round++) {
      let moved = 0;
      for (const laptop of [...this.#steady, this.#mover]) {
        const { pushed, pulled } = await synced(laptop, { files: false });
        moved += pushed + pulled;
      }
      if (moved === 0) return;
    }
    throw new Error('the honest laptops never came to rest');
  }

  async #compare(): Promise<Record<SpaceId, string>> {
    const spaces = workshopSpaces(this.#workshop);
    const fresh = this.#open();
    try {
      await this.#enrol(fresh, 'trainer', `workshop:${this.#workshop}`);
      await this.#sync(fresh);
      const digests = [...this.#steady, this.#mover, fresh].map(({ store }) => {
        const all = store.digest();
        return Object.fromEntries(spaces.map((space) => [space, all[space]!]));
      });
      for (const digest of digests) expect(digest).toEqual(digests[0]);
      for (const laptop of [...this.#steady, this.#mover, fresh]) {
        this.#expectRetrievable(laptop);
        this.#expectShown(laptop);
        await this.#expectLists(laptop);
      }
      return digests[0]!;
    } finally {
      await fresh.end();
    }
  }

  /** Everything that was confirmed in the workshop is in the history; the mover's work, which was refused in part, at least with the mover, there or set aside. */
  #expectRetrievable(laptop: Laptop): void {
    const aside = laptop === this.#mover ? setAsideValues(laptop) : new Set<string>();
    for (const { id, field, value, by, space } of this.#confirmed) {
      if (!space.includes(this.#workshop) || (by === this.#mover && laptop !== by)) continue;
      const found = laptop.store.reader.history(id, field).some((held) => JSON.stringify(held.value) === JSON.stringify(value));
      expect(found || aside.has(JSON.stringify([id, field, value])), `${field} ${JSON.stringify(value)} can be found`).toBe(true);
    }
  }

  /** What the hostile device had no right to touch is shown as honest people wrote it, and by nobody else's word. */
  #expectShown({ store }: Laptop): void {
    const hostile = this.#hostile.laptop.store.replica;
    for (const target of this.#confirmed) {
      const { space, type, id, field, by } = target;
      if (!space.includes(this.#workshop) || by === this.#mover || this.#rights.touches(target)) continue;
      const current = store.reader.history(id, field).filter((held) => held.current && held.entityType === type);
      expect(current.length, `${type} ${field} stands`).toBeGreaterThan(0);
      expect(
        current.map(({ replica }) => replica),
        `${type} ${field}`,
      ).not.toContain(hostile);
      const row = store.reader.get<Record<string, unknown>>(`select * from "${type}" where id = ?`, id);
      expect(row, `${type} is shown`).toMatchObject({ live: 1, space });
      const shown = current.map(({ value }) => (typeof value === 'object' ? JSON.stringify(value) : value));
      expect(shown, `${type} ${field}`).toContain(row![field]);
    }
  }

  async #expectLists(laptop: Laptop): Promise<void> {
    const calls = featureCalls(laptop);
    const activityId = this.#workshop;
    expect((await calls.call('activity.list', {})).map(({ id }) => id)).toContain(activityId);
    await calls.call('activity.today', { day: '2021-07-12' });
    const people = await calls.call('people.list', { activityId });
    const known = this.#confirmed.filter(({ type, by }) => type === 'participant' && by !== this.#mover);
    if (!this.#rights.touches({ space: peopleSpace(activityId), type: 'participant', id: '', field: '' })) {
      expect(people.map(({ id }) => id)).toEqual(expect.arrayContaining(known.map(({ id }) => id)));
    }
    await calls.call('attendance.summary', { activityId });
  }
}

/** What a laptop's user sees of their own work that was not taken, as JSON of id, field and value. */
function setAsideValues(laptop: Laptop): Set<string> {
  const listed = laptop.sync.handlers['sync.setAside']({ others: false }, quietCall());
  if (listed instanceof Promise || !listed.ok) throw new Error('sync.setAside');
  return new Set(
    listed.value.flatMap(({ entities }) => entities.map(({ entity, field, value }) => JSON.stringify([entity, field, value]))),
  );
}

/**
 * Plays histories in which one certified device is hostile and one honest laptop's rights change under way. In the end honest stores agree and show what honest people
 * wrote, nothing that was confirmed is gone, every sync ends well and a new laptop can fill itself.
 */
export async function playAdversarialHistories(server: TestRepository, first: number, count: number): Promise<void> {
  const expected = new Map<SpaceId, { readonly digest: string; readonly seed: number }>();
  for (let seed = first; seed < first + count; seed++) {
    const history = new History(seed, server);
    try {
      for (const [space, digest] of Object.entries(await history.run())) expected.set(space, { digest, seed });
    } catch (error) {
      throw new Error(`SEED=${seed} ITINERA_ADVERSARIES=1: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    } finally {
      await history.end();
    }
  }
  const held = await server.digest();
  for (const [space, { digest, seed }] of expected) expect(held[space], `SEED=${seed}: ${space}`).toBe(digest);
  expect(expected.size).toBe(3 * count);
  expect(server.faults).toEqual([]);
}
