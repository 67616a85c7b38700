import { expect, it } from 'vitest';
import { nodeHasher, signerOf } from '../../../shared/node/crypto.ts';
import { READS, type Role } from '../../../shared/features/sync/reading.ts';
import type { Signer } from '../../../shared/kernel/ports.ts';
import { isKeptNowhere } from '../../../shared/features/sync/refused-place.ts';
import { newWorkshopId } from '../../../shared/model/workshop-id.ts';
import { issueCertificate } from '../../../shared/sync/certificate.ts';
import type { ChangeSet, FieldValue, Head } from '../../../shared/sync/types.ts';
import { Enrolled, laptopQuarantine, MemoryRepository } from '../../conformance/memory-repository.ts';
import { openMemoryStore, type MemoryStore } from '../../conformance/memory-store.ts';
import { Dice } from '../../support/dice.ts';
import { HostileWriter, kindOf, type Known, type Target } from '../../support/laptops/hostile-writer.ts';
import { HonestWork, HOSTILE, hostileSpaces, newRights, workshopSpaces, type HostileRights, type Written } from './honest-work.ts';
import { SEED } from '../seeds.ts';

/**
 * The histories of `adversary.test.ts` without a network or a disk, so that hundreds are played every time: the server's own steps judge each push, every laptop
 * judges what a stick brings, over stores that keep a list. Seeds are fixed: `SEED=n` with `ITINERA_PURE_ADVERSARIES=1` runs one again.
 */
const COUNT = Number(process.env['ITINERA_PURE_ADVERSARIES'] ?? 150);

it(`${COUNT} histories with a hostile device from seed ${SEED} harm nobody`, { timeout: 1_800_000 }, async () => {
  for (let seed = SEED; seed < SEED + COUNT; seed++) {
    try {
      await new History(seed).run();
    } catch (error) {
      throw new Error(`SEED=${seed} ITINERA_PURE_ADVERSARIES=1: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  }
});

interface Laptop {
  readonly signer: Signer;
  readonly store: MemoryStore;
}

interface Confirmed extends Target {
  readonly value: FieldValue;
  readonly by: Laptop;
  isKnown: boolean;
}

/** One history: two honest trainers, a coordinator, a laptop whose rights change, and a hostile device. */
class History {
  readonly #dice: Dice;
  readonly #rights: HostileRights;
  readonly #enrolled = new Enrolled();
  readonly #ruler: Signer;
  readonly #repository: MemoryRepository;
  readonly #confirmed: Confirmed[] = [];
  readonly #steady: Laptop[] = [];
  readonly #mover: Laptop;
  readonly #hostile: HostileWriter;
  readonly #hostileStore: MemoryStore;
  readonly #work: HonestWork;
  readonly #workshop: string;
  readonly #next: string;
  #isNextOpen = false;
  #users = 0;

  constructor(seed: number) {
    const dice = new Dice(seed);
    this.#dice = dice;
    this.#rights = HOSTILE[seed % HOSTILE.length]!;
    this.#ruler = signerOf(dice.bytes(32));
    this.#repository = new MemoryRepository(this.#storeOf(this.#ruler), this.#ruler.publicKey, this.#enrolled);
    const owner = this.#open();
    this.#workshop = newWorkshopId(owner.store.replica, dice, nodeHasher);
    this.#next = newWorkshopId(owner.store.replica, dice, nodeHasher);
    this.#work = new HonestWork(dice, this.#workshop);
    const scope = `workshop:${this.#workshop}`;
    this.#steady.push(owner, this.#open(), this.#open());
    this.#steady.forEach((laptop, i) => this.#enrol(laptop, i === 2 ? 'coordinator' : 'trainer', scope));
    this.#mover = this.#open();
    this.#enrol(this.#mover, 'trainer', scope);
    const hostile = this.#open();
    this.#enrol(hostile, this.#rights.role, this.#rights.scope(this.#workshop));
    this.#hostile = new HostileWriter(hostile.signer, this.#enrolled.userOf(hostile.store.replica), dice);
    this.#hostileStore = hostile.store;
  }

  async run(): Promise<void> {
    const [owner] = this.#steady as [Laptop];
    for (const one of this.#work.opening(this.#workshop)) this.#write(owner, one);
    for (let i = 0; i < 3; i++) this.#write(owner, this.#work.addPerson());
    for (const laptop of [...this.#steady, this.#mover]) await this.#sync(laptop);
    const steps = 18 + this.#dice.upTo(22);
    for (let step = 0; step < steps; step++) await this.#step();
    this.#enrol(this.#mover, 'trainer', `workshop:${this.#workshop}`);
    for (let round = 0; round < 3; round++) for (const laptop of [...this.#steady, this.#mover]) await this.#sync(laptop);
    await this.#compare();
  }

  #open(): Laptop {
    const signer = signerOf(this.#dice.bytes(32));
    return { signer, store: this.#storeOf(signer) };
  }

  #storeOf(signer: Signer): MemoryStore {
    const store = openMemoryStore({ signer, now: () => Date.now(), clockTrust: () => 1, author: () => 'somebody' });
    void store.trustRulings([new HostileWriter(this.#ruler, '', this.#dice).replica]);
    return store;
  }

  #enrol({ signer, store }: Laptop, role: Role, scope: string): void {
    const user = this.#enrolled.userOf(store.replica) || `user-${++this.#users}`;
    const publicKey = Buffer.from(signer.publicKey).toString('hex');
    this.#enrolled.enrol(
      issueCertificate({ replica: store.replica, publicKey, user, name: 'Awa Diop', role, scope, issuedAt: 0 }, this.#ruler),
    );
  }

  async #step(): Promise<void> {
    const dice = this.#dice;
    const honest = [...this.#steady, this.#mover];
    const at = dice.upTo(100);
    if (at < 38) this.#doWork(dice.oneOf(honest));
    else if (at < 60) await this.#sync(dice.oneOf(honest));
    else if (at < 80) await this.#attack();
    else if (at < 86) this.#stick(this.#hostileStore.log(), dice.oneOf(honest));
    else if (at < 90) await this.#replay(dice.oneOf(honest));
    else if (at < 93) this.#stick(dice.oneOf(this.#steady).store.log(), dice.oneOf(this.#steady));
    else if (at < 98) this.#move();
    else if (!this.#isNextOpen) {
      this.#isNextOpen = true;
      for (const one of this.#work.opening(this.#next)) this.#write(this.#steady[0]!, one);
    }
  }

  #doWork(laptop: Laptop): void {
    const written = this.#work.next(new Set(laptop.store.spaces()), laptop === this.#steady[2]);
    if (written) this.#write(laptop, written);
  }

  #write(laptop: Laptop, { space, type, id, record, genesis = false }: Written): void {
    const writes = Object.entries(record).map(([field, value]) => ({ entityType: type, entityId: id, field, value }));
    laptop.store.commit([{ space, writes, ...(genesis && { kind: 'genesis' as const }) }]);
    for (const [field, value] of Object.entries(record))
      this.#confirmed.push({ space, type, id, field, value, by: laptop, isKnown: false });
  }

  /** Sends what the repository does not have and takes what it may read; nobody's own work is refused but the mover's. */
  async #sync(laptop: Laptop): Promise<void> {
    const { store } = laptop;
    const held = new Set(this.#repository.store.log().map(({ hash }) => hash));
    const reply = await this.#repository.push(
      store.replica,
      store.travelling().filter(({ hash }) => !held.has(hash)),
    );
    if (laptop !== this.#mover) {
      expect(reply, "an honest laptop's push is taken").not.toBeNull();
      const own = new Set(
        store
          .log()
          .filter(({ header }) => header.replica === store.replica)
          .map(({ hash }) => hash),
      );
      expect(
        reply!.refused.filter(({ hash }) => own.has(hash)),
        "nobody's own work is refused",
      ).toEqual([]);
      for (const one of this.#confirmed) if (one.by === laptop) one.isKnown = true;
    }
    for (const { hash, code } of reply?.refused ?? []) store.quarantine(hash, code);
    const here = new Set(store.log().map(({ hash }) => hash));
    const pulled = this.#repository.pull(store.replica);
    store.ingest(pulled.filter(({ hash }) => !here.has(hash)));
    store.release((hash) => pulled.some((one) => one.hash === hash));
  }

  async #attack(): Promise<void> {
    const made = this.#hostile.write(this.#known());
    this.#hostileStore.ingest(made);
    // Some of it is kept for sticks, and leaves a hole in what it pushes next.
    if (this.#dice.chance(0.85)) await this.#repository.push(this.#hostile.replica, this.#hostile.bared(made));
  }

  async #replay({ store }: Laptop): Promise<void> {
    const space = this.#dice.oneOf(store.spaces());
    const chain = store.log().filter(({ header }) => header.replica === store.replica && header.space === space);
    await this.#repository.push(this.#hostile.replica, chain.slice(0, this.#dice.upTo(chain.length + 1)));
  }

  /** As every carrier between laptops: what writes a person's value in plain form is left out. */
  #stick(changeSets: readonly ChangeSet[], { store }: Laptop): void {
    const carried = changeSets.filter((one) => !isKeptNowhere(one));
    store.ingestJudged(carried, laptopQuarantine(store, this.#enrolled, this.#repository.store.replica), true);
  }

  #move(): void {
    if (this.#dice.chance(0.3)) this.#enrolled.revoke(this.#mover.store.replica);
    else this.#enrol(this.#mover, ...newRights(this.#dice, this.#workshop));
  }

  #known(): Known {
    const { role } = this.#rights;
    const isRead = this.#rights.scope(this.#workshop) !== 'country:CV';
    const targets = this.#confirmed.filter(({ space, isKnown }) => isKnown || (isRead && READS[role].includes(kindOf(space)!)));
    const own = newWorkshopId(this.#hostile.replica, { bytes: (length) => new Uint8Array(length) }, nodeHasher);
    const { store } = this.#steady[0]!;
    return {
      targets,
      spaces: hostileSpaces([this.#workshop, own, this.#next, this.#dice.id()]),
      values: ({ id, field }) => store.history(id, field).map((held) => held.id),
    };
  }

  async #compare(): Promise<void> {
    expect(this.#repository.unprovable(), 'the log proves itself').toEqual([]);
    const fresh = this.#open();
    this.#enrol(fresh, 'trainer', `workshop:${this.#workshop}`);
    await this.#sync(fresh);
    const honest = [...this.#steady, fresh];
    const digests = [this.#repository.store, ...honest.map(({ store }) => store)].map((store) => {
      const all = store.digest();
      return workshopSpaces(this.#workshop).map((space) => all[space]);
    });
    for (const digest of digests) expect(digest).toEqual(digests[0]);
    // Alike everywhere: what it means is asked where it was written and where it has only arrived.
    for (const { store } of [this.#steady[0]!, fresh]) this.#expectOwnWords(store);
  }

  /** What steady people wrote is in the history, and stands where the hostile device had no right to touch it. */
  #expectOwnWords(store: MemoryStore): void {
    const histories = new Map<string, readonly (Head & { readonly current: boolean })[]>();
    // Said together at the end: to ask `expect` of each would be the greater part of the work.
    const faults: string[] = [];
    for (const { id, field, type, value, by, space, ...target } of this.#confirmed) {
      if (!space.includes(this.#workshop) || by === this.#mover) continue;
      const name = `${type} ${id} ${field}`;
      const held = histories.get(name) ?? store.history(id, field, type);
      histories.set(name, held);
      const written = JSON.stringify(value);
      if (!held.some((one) => JSON.stringify(one.value) === written)) faults.push(`${name} ${written} cannot be found`);
      if (this.#rights.touches({ id, field, type, space, ...target })) continue;
      const current = held.filter((one) => one.current);
      if (current.length === 0) faults.push(`${name} does not stand`);
      if (current.some(({ replica }) => replica === this.#hostile.replica)) faults.push(`${name} is the hostile device's`);
      if (!store.liveness(type, id).live) faults.push(`${name} is not shown`);
    }
    expect(faults).toEqual([]);
  }
}
