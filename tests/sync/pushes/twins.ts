import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openDatabase } from '../../../shared/node/store/sqlite/opening/open-database.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';

interface Laptop {
  readonly folder: string;
  readonly state: string;
  engine: TestEngine;
  /** The names that were confirmed here or came by sync. */
  known: Set<string>;
  copy: { readonly folder: string; readonly known: Set<string> } | null;
}

/** What to do to laptops at random: put an older copy back, or copy one to another place or machine. */
export type Fault = 'restore' | 'clone';

/**
 * Laptops that are put back from older copies and cloned while people work on them, and a repository in the middle. Every name that was confirmed and
 * still lay somewhere must be everywhere in the end.
 */
export class TwinWorld {
  readonly #root = quickFolder('itinera-twins-');
  readonly #random: () => number;
  readonly #laptops: Laptop[] = [];
  #repository!: TestRepository;
  #activityId = '';
  #made = 0;
  /** Names that the repository has, as far as was confirmed. */
  readonly #delivered = new Set<string>();
  readonly replicas = new Set<string>();

  constructor(random: () => number) {
    this.#random = random;
  }

  async start(): Promise<void> {
    this.#repository = await startRepository({ library: false });
    const first = await this.#open('first');
    await first.engine.call('sync.enrol', {
      url: this.#repository.url,
      code: await this.#repository.invite('trainer', 'all'),
      name: 'Awa',
    });
    const { id } = await first.engine.call<{ id: string }>('activity.create', {
      title: 'Atelier',
      projects: [],
      partners: [],
      languages: ['fr'],
      countries: ['SN'],
      mode: 'inPerson',
      start: '2026-03-02',
      end: '2026-03-03',
    });
    this.#activityId = id;
    await this.#sync(first);
    await this.#keepCopy(first);
  }

  async stop(): Promise<void> {
    for (const laptop of this.#laptops) await laptop.engine.close();
    await this.#repository.stop();
    rmSync(this.#root, { recursive: true, force: true });
  }

  /** One round: people work and sync, then a fault. */
  async round(fault: Fault): Promise<void> {
    const laptop = this.#pick();
    await this.#work(laptop);
    if (this.#random() < 0.5) await this.#sync(laptop);
    if (this.#random() < 0.5) await this.#keepCopy(laptop);
    await this.#work(this.#pick());
    if (fault === 'restore') await this.#restore(this.#pick());
    else await this.#clone(this.#pick());
    await this.#work(this.#pick());
    if (this.#random() < 0.6) await this.#sync(this.#pick());
  }

  /** Syncs everybody until nothing moves, then says what is wrong: nothing. */
  async settle(): Promise<string[]> {
    for (let round = 0; round < 3; round++) for (const laptop of this.#laptops) await this.#sync(laptop);
    const wrong: string[] = [];
    const everything = new Set([...this.#delivered, ...this.#laptops.flatMap(({ known }) => [...known])]);
    const digests = new Set<string>();
    for (const [i, laptop] of this.#laptops.entries()) {
      const { engine } = laptop;
      await this.#note(laptop);
      const people = await engine.call<{ familyName: string }[]>('people.list', { activityId: this.#activityId });
      const names = new Set(people.map(({ familyName }) => familyName));
      for (const name of everything) if (!names.has(name)) wrong.push(`laptop ${i} lost ${name}`);
      const { spaces } = await engine.call<{ spaces: Record<string, string> }>('store.digest');
      digests.add(
        JSON.stringify(
          Object.entries(spaces)
            .filter(([space]) => space.includes(this.#activityId))
            .toSorted(([a], [b]) => (a < b ? -1 : 1)),
        ),
      );
      const check = await engine.call<{ ok: boolean; problems: string[] }>('store.check');
      for (const problem of check.problems) wrong.push(`laptop ${i}: ${problem}`);
      const status = await engine.call<{ pending: number }>('sync.status');
      if (status.pending > 0) wrong.push(`laptop ${i} keeps ${status.pending}`);
    }
    if (digests.size !== 1) wrong.push('digests differ');
    return wrong;
  }

  async #open(name: string): Promise<Laptop> {
    const folder = path.join(this.#root, name, 'data');
    const state = path.join(this.#root, name, 'state');
    mkdirSync(path.dirname(folder), { recursive: true });
    const laptop = { folder, state, engine: await openTestEngine(folder, state), known: new Set<string>(), copy: null };
    this.#laptops.push(laptop);
    await this.#note(laptop);
    return laptop;
  }

  async #note({ engine }: Laptop): Promise<void> {
    this.replicas.add((await engine.call<{ replica: string }>('sync.status')).replica);
  }

  #pick(): Laptop {
    return this.#laptops[Math.floor(this.#random() * this.#laptops.length)]!;
  }

  async #work({ engine, known }: Laptop): Promise<void> {
    const times = 1 + Math.floor(this.#random() * 3);
    for (let i = 0; i < times; i++) {
      const familyName = `NAME ${++this.#made}`;
      await engine.call('people.add', { activityId: this.#activityId, familyName, givenName: 'Awa', country: 'SN' });
      known.add(familyName);
    }
  }

  async #sync(laptop: Laptop): Promise<void> {
    await laptop.engine.call('sync.run', {});
    for (const name of laptop.known) this.#delivered.add(name);
    for (const name of this.#delivered) laptop.known.add(name);
  }

  /** A copy of the data folder as a user makes one, with the program closed. */
  async #keepCopy(laptop: Laptop): Promise<void> {
    const folder = path.join(this.#root, `copy-${++this.#made}`);
    await laptop.engine.close();
    cpSync(laptop.folder, folder, { recursive: true });
    laptop.copy = { folder, known: new Set(laptop.known) };
    laptop.engine = await openTestEngine(laptop.folder, laptop.state);
  }

  async #restore(laptop: Laptop): Promise<void> {
    if (!laptop.copy) return;
    await laptop.engine.close();
    rmSync(laptop.folder, { recursive: true });
    cpSync(laptop.copy.folder, laptop.folder, { recursive: true });
    // What had not left the laptop since is gone with the files; nothing else may be.
    laptop.known = new Set(laptop.copy.known);
    laptop.engine = await openTestEngine(laptop.folder, laptop.state);
    await this.#note(laptop);
  }

  /** To another place; or with all that is outside the folder too, as the image of a disk: then only the wire tells. */
  async #clone(laptop: Laptop): Promise<void> {
    if (this.#laptops.length >= 5) return this.#restore(laptop);
    await laptop.engine.close();
    const name = `clone-${++this.#made}`;
    const [folder, state] = [path.join(this.#root, name, 'data'), path.join(this.#root, name, 'state')];
    mkdirSync(state, { recursive: true });
    cpSync(laptop.folder, folder, { recursive: true });
    if (this.#random() < 0.6) {
      const db = openDatabase(path.join(folder, 'itinera.db'));
      const now = db.prepare("select value from meta where key = 'incarnation'").pluck().get();
      db.close();
      const file = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 32);
      writeFileSync(path.join(state, file), JSON.stringify({ now, before: null }));
    }
    laptop.engine = await openTestEngine(laptop.folder, laptop.state);
    const twin = { folder, state, engine: await openTestEngine(folder, state), known: new Set(laptop.known), copy: null };
    this.#laptops.push(twin);
    await this.#note(twin);
  }
}
