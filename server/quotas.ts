import type { Clock } from '../shared/kernel/ports.ts';
import { ok, refuse, type Result } from '../shared/kernel/result.ts';
import { LARGEST_FILE } from '../shared/model/values.ts';
import { LIBRARY } from '../shared/model/spaces.ts';
import { encodeChangeSet } from '../shared/sync/change-set.ts';
import type { ChangeSet, Hash, SpaceId } from '../shared/sync/types.ts';
import type { Book } from './book.ts';
import type { Registry } from './registry.ts';
import type { PushEffects, RepositoryStore } from './repository-store.ts';

/**
 * The quantities that are counted of a device in a day: bytes of records as they are kept, single writes, bytes of them in the library, of refused work, of
 * files, of files compared by a proof; certificates.
 */
export const COUNTED = ['records', 'rows', 'library', 'refused', 'files', 'proven', 'certificates'] as const;
export type Counted = (typeof COUNTED)[number];

export interface Quotas {
  readonly perDay: Readonly<Record<Counted, number>>;
  readonly largestFile: number;
}

const MB = 1e6;

/**
 * The quotas of one device in a day, far beyond honest use: a laptop that comes back after months brings 100,000 marks of 400 B (40 MB); an import of 20,000
 * materials writes 300,000 values of 40 MB into the library, which every laptop fetches; at 1 Mbit/s a whole day is 11 GB of files; refused work of 16 MB is
 * 40,000 marks written without the right; a laptop is restored from a backup, or cloned, a few times a day at the very most.
 */
export const QUOTAS: Quotas = {
  perDay: {
    records: 256 * MB,
    rows: 1_000_000,
    library: 64 * MB,
    refused: 16 * MB,
    files: 16_000 * MB,
    proven: 64_000 * MB,
    certificates: 20,
  },
  largestFile: LARGEST_FILE,
};

/** Bytes of refused work that are kept of a device in all; what is refused beyond that is known by its hash, and its author has it. */
const REFUSED_KEPT = 64 * MB;
/** A row of what was refused, without the work itself. */
const REFUSED_ROW = 300;
const DAYS_KEPT = 30;

const SETTINGS = {
  QUOTA_RECORDS_MB: ['records', MB],
  QUOTA_ROWS: ['rows', 1],
  QUOTA_LIBRARY_MB: ['library', MB],
  QUOTA_REFUSED_MB: ['refused', MB],
  QUOTA_FILES_MB: ['files', MB],
  QUOTA_CERTIFICATES: ['certificates', 1],
} as const satisfies Record<string, readonly [Counted, number]>;

/** Returns the quotas with those that the environment sets in place of the usual ones. Refuses `administration.quota` for what is no positive number. */
export function quotasFromEnvironment(env: Readonly<Record<string, string | undefined>>): Result<Quotas> {
  const perDay = { ...QUOTAS.perDay };
  let largestFile = QUOTAS.largestFile;
  for (const [name, of] of [...Object.entries(SETTINGS), ['LARGEST_FILE_MB', null] as const]) {
    const text = env[name] ?? '';
    if (text === '') continue;
    const value = Number(text);
    if (!(value > 0) || !Number.isFinite(value)) return refuse('administration.quota', { name, value: text });
    if (of === null) largestFile = Math.min(LARGEST_FILE, value * MB);
    else perDay[of[0]] = value * of[1];
  }
  return ok({ perDay: { ...perDay, proven: Math.max(perDay.proven, 4 * perDay.files) }, largestFile });
}

type Amounts = Partial<Readonly<Record<Counted, number>>>;

/** Counts what devices have caused today, for all server processes together. A device is its user: replicas of one device count as one. */
export class Usage {
  readonly quotas: Quotas;
  readonly #book: Book;
  readonly #clock: Clock;
  #tidied = '';

  constructor(book: Book, quotas: Quotas, clock: Clock) {
    this.quotas = quotas;
    this.#book = book;
    this.#clock = clock;
  }

  /** Counts all of these, or none where one is over its quota. Refuses `sync.quotaReached`, and counts that it did. */
  async take(user: string, amounts: Amounts): Promise<Result<null>> {
    const day = await this.#day();
    const asked = COUNTED.map((kind) => ({ kind, amount: Math.ceil(amounts[kind] ?? 0) })).filter(({ amount }) => amount !== 0);
    // Each is a commit of its own: at once they wait for the disk once.
    const taken = await Promise.all(asked.map(({ kind, amount }) => this.#takeOne(user, day, kind, amount)));
    if (taken.every(Boolean)) return ok(null);
    for (const [i, { kind, amount }] of asked.entries()) if (taken[i]) await this.#count(user, day, kind, -amount);
    await this.#count(user, day, 'turnedAway', 1);
    return refuse('sync.quotaReached');
  }

  /** Counts what happened, or (a negative amount) takes back what did not. */
  async count(user: string, amounts: Amounts): Promise<void> {
    const day = await this.#day();
    for (const kind of COUNTED) if (amounts[kind]) await this.#count(user, day, kind, Math.ceil(amounts[kind]));
  }

  /** What a device has caused today. */
  async of(user: string, kind: Counted): Promise<number> {
    return this.#amount(user, await this.#day(), kind);
  }

  /** Bytes of refused work of a device that are kept, of all days. */
  refusedKept(user: string): Promise<number> {
    return this.#amount(user, ALWAYS, 'refused');
  }

  countRefusedKept(user: string, bytes: number): Promise<void> {
    return this.#count(user, ALWAYS, 'refused', bytes);
  }

  async #amount(user: string, day: string, kind: string): Promise<number> {
    const [row] = await this.#book.all<{ amount: number }>(
      'select amount from usage where owner = ? and day = ? and kind = ?',
      user,
      day,
      kind,
    );
    return row?.amount ?? 0;
  }

  async #takeOne(user: string, day: string, kind: Counted, amount: number): Promise<boolean> {
    const most = this.quotas.perDay[kind];
    if (amount > most) return false;
    const changed = await this.#book.run(
      `insert into usage values (?, ?, ?, ?) on conflict (owner, day, kind) do update set amount = usage.amount + excluded.amount
       where usage.amount + excluded.amount <= ?`,
      user,
      day,
      kind,
      amount,
      most,
    );
    return changed === 1;
  }

  async #count(user: string, day: string, kind: string, amount: number): Promise<void> {
    await this.#book.run(
      'insert into usage values (?, ?, ?, ?) on conflict (owner, day, kind) do update set amount = usage.amount + excluded.amount',
      user,
      day,
      kind,
      amount,
    );
  }

  async #day(): Promise<string> {
    const day = dayAt(this.#clock.now());
    if (this.#tidied !== day) {
      this.#tidied = day;
      await this.#book.run('delete from usage where day < ? and day <> ?', dayAt(this.#clock.now() - DAYS_KEPT * 86_400_000), ALWAYS);
    }
    return day;
  }
}

/** The day of what is counted for ever. */
const ALWAYS = 'always';

function dayAt(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

/** A push that is within its device's quotas. */
export interface CountedPush {
  /** Bytes of refused work of this device that may still be kept, of the day's and of all; of what is beyond its hash alone is. */
  readonly refusedRoom: number;
  /** To be called once it was judged; undefined: it could not be. */
  settle(beside: PushEffects | undefined): Promise<void>;
}

/** Change-sets of a push that are looked up in one question, while others are still read. */
const AT_ONCE = 400;

/** The stores in which the change-sets of a push may be already. */
export interface HerePorts {
  readonly store: Pick<RepositoryStore, 'knownAmong'>;
  readonly registry: Pick<Registry, 'quarantinedAmong'>;
}

/**
 * Counts a push before it is judged, by what is not here yet: what is sent again costs nothing. What that asks of the store is looked up part by part, while the rest of the push
 * is read.
 */
export class PushCount {
  readonly #usage: Usage;
  readonly #ports: HerePorts;
  readonly #user: string;
  #coming: ChangeSet[] = [];
  readonly #here: Promise<readonly ReadonlySet<Hash>[]>[] = [];
  #refused: Promise<readonly [today: number, kept: number]> | null = null;

  constructor(usage: Usage, ports: HerePorts, user: string) {
    this.#usage = usage;
    this.#ports = ports;
    this.#user = user;
  }

  /** Looks up what counting these parts of the push needs to know, once they are many; nothing is counted by it. */
  lookUp(changeSets: readonly ChangeSet[]): void {
    this.#coming.push(...changeSets);
    if (this.#coming.length >= AT_ONCE) this.#ask();
  }

  #ask(): void {
    const { store, registry } = this.#ports;
    const asked = this.#coming;
    this.#coming = [];
    if (asked.length === 0) return;
    const hashes = asked.map(({ hash }) => hash);
    this.#refused ??= heardLater(Promise.all([this.#usage.of(this.#user, 'refused'), this.#usage.refusedKept(this.#user)]));
    this.#here.push(heardLater(Promise.all([hereAmong(store, asked), registry.quarantinedAmong(hashes)])));
  }

  /** Counts the push, whose parts were all given to `lookUp`. Refuses `sync.quotaReached`: nothing of it is taken, and the laptop keeps it to send it another day. */
  async count(changeSets: readonly ChangeSet[]): Promise<Result<CountedPush>> {
    const [usage, user] = [this.#usage, this.#user];
    this.#ask();
    const here = new Set((await Promise.all(this.#here)).flatMap((found) => found.flatMap((hashes) => [...hashes])));
    const fresh = changeSets.filter(({ hash }) => !here.has(hash));
    if (fresh.length === 0) return ok({ refusedRoom: 0, settle: async () => undefined });
    const [refusedToday, refusedKept] = await this.#refused!;
    // What will be refused is not known yet: where the day's is used up nothing more is looked at.
    const isFull = refusedToday >= usage.quotas.perDay.refused;
    const taken = await usage.take(user, isFull ? { refused: Infinity } : costOf(fresh));
    if (!taken.ok) return taken;
    return ok({
      refusedRoom: Math.min(usage.quotas.perDay.refused - refusedToday, REFUSED_KEPT - refusedKept),
      async settle(beside) {
        const stored = new Set(beside?.stands);
        const refused = new Map((beside?.refused ?? []).map(({ hash, bytes }) => [hash, bytes?.length ?? 0]));
        const lost = costOf(fresh.filter(({ hash }) => !stored.has(hash) && !refused.has(hash)));
        const away = fresh.filter(({ hash }) => refused.has(hash));
        const rowBytes = away.length * REFUSED_ROW;
        const bytes = rowBytes + away.reduce((sum, { hash }) => sum + refused.get(hash)!, 0);
        // Of the day also what is not kept: it was judged all the same.
        const judged = rowBytes + costOf(away).records;
        await usage.count(user, { records: -lost.records, rows: -lost.rows, library: -lost.library, refused: judged });
        if (bytes > 0) await usage.countRefusedKept(user, bytes);
      },
    });
  }
}

/** A promise that somebody awaits later: that it fails meanwhile ends nothing. */
function heardLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/** Which of these the log holds, each in its own space. */
async function hereAmong(store: Pick<RepositoryStore, 'knownAmong'>, changeSets: readonly ChangeSet[]): Promise<ReadonlySet<Hash>> {
  const bySpace = new Map<SpaceId, Hash[]>();
  for (const { hash, header } of changeSets) {
    const hashes = bySpace.get(header.space);
    if (hashes) hashes.push(hash);
    else bySpace.set(header.space, [hash]);
  }
  const known = new Set<Hash>();
  for (const [space, hashes] of bySpace) for (const hash of await store.knownAmong(hashes, space)) known.add(hash);
  return known;
}

function costOf(changeSets: readonly ChangeSet[]): { readonly records: number; readonly rows: number; readonly library: number } {
  let [records, rows, library] = [0, 0, 0];
  for (const changeSet of changeSets) {
    const bytes = encodeChangeSet(changeSet).length;
    records += bytes;
    rows += changeSet.ops.length;
    if (changeSet.header.space === LIBRARY) library += bytes;
  }
  return { records, rows, library };
}

/** A device's share of its quotas today. */
export interface Consumer {
  readonly user: string;
  readonly used: Readonly<Partial<Record<Counted, number>>>;
  /** What is at eight tenths of its quota or beyond. */
  readonly near: readonly Counted[];
  /** Times that something was turned away today for a quota. */
  readonly turnedAway: number;
}

const NEAR = 0.8;
const LARGEST = 5;

/** Today's largest consumers of records and files, and every device that is near a quota or was turned away; `alarm` where there is one. */
export async function consumersOf(
  book: Book,
  { perDay }: Quotas,
  now: number,
): Promise<{ readonly alarm: boolean; readonly refusedBytes: number; readonly consumers: readonly Consumer[] }> {
  const rows = await book.all<{ owner: string; kind: string; amount: number }>(
    'select owner, kind, amount from usage where day = ? order by owner, kind',
    dayAt(now),
  );
  const byUser = new Map<string, Map<string, number>>();
  for (const { owner, kind, amount } of rows) byUser.set(owner, (byUser.get(owner) ?? new Map<string, number>()).set(kind, amount));
  const all = [...byUser].map(([user, used]): Consumer => ({
    user,
    used: Object.fromEntries(COUNTED.flatMap((kind) => (used.get(kind) ? [[kind, used.get(kind)!]] : []))),
    near: COUNTED.filter((kind) => (used.get(kind) ?? 0) >= NEAR * perDay[kind]),
    turnedAway: used.get('turnedAway') ?? 0,
  }));
  const troubled = all.filter(({ near, turnedAway }) => near.length > 0 || turnedAway > 0);
  const bytes = ({ used }: Consumer): number => (used.records ?? 0) + (used.files ?? 0);
  const largest = all.sort((a, b) => bytes(b) - bytes(a)).slice(0, LARGEST);
  return {
    alarm: troubled.length > 0,
    refusedBytes: all.reduce((sum, { used }) => sum + (used.refused ?? 0), 0),
    consumers: [...new Set([...troubled, ...largest])],
  };
}
