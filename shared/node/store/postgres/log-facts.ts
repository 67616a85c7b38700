import type { ChangeSet, Hash, ReplicaId, SpaceId, Tip } from '../../../sync/types.ts';
import {
  endsOf,
  erasedAmong,
  knownSpaces,
  loggedAmong,
  perhapsLogged,
  reasonsFor,
  tipsAmong,
  writtenAmong,
  type Logged,
  type WrittenEntity,
} from './batch-reads.ts';
import type { Database, Sql } from './database.ts';

/** The state of the log: how far it has come, and whose rulings count. Every fact of the log is the same for as long as this is. */
export interface LogState {
  /** The newest feed number and the change-set there; 0 and null: none. */
  readonly head: number;
  readonly hash: Hash | null;
  readonly rulers: readonly ReplicaId[];
}

/** The facts of the log about change-sets that are to be added. */
export interface LogFacts {
  readonly logged: Map<Hash, Logged>;
  /** By `replica space`. */
  readonly tips: Map<string, Tip[]>;
  readonly erased: Set<string>;
  readonly reasons: Map<string, string>;
  readonly known: Set<SpaceId>;
}

/** The facts that are asked for beside the change-sets that are to be added, or known of them. */
export interface AskedBeside {
  /** Further change-sets by their hash. */
  readonly hashes?: readonly Hash[];
  /** Chains whose ends are asked for. */
  readonly chains?: readonly { readonly space: SpaceId; readonly replica: ReplicaId }[];
  /** Ids of records and people of which it is asked whether they were erased. */
  readonly subjects?: readonly string[];
  /** Change-sets of the same push that come before. */
  readonly before?: readonly ChangeSet[];
}

/** Reads the state of the log. */
export async function readLogState(sql: Sql): Promise<LogState> {
  const row = await sql.get<{ head: number | null; hash: Hash | null; rulers: string | null }>(
    `select c.feed as head, c.hash, (select value from meta where name = 'rulers') as rulers
     from (select true) as one left join lateral (select feed, hash from change_set order by feed desc limit 1) as c on true`,
  );
  const { head, hash, rulers } = row!;
  return { head: head ?? 0, hash, rulers: rulers === null ? [] : (JSON.parse(rulers) as ReplicaId[]) };
}

/** Reads the facts of the log about these change-sets. */
export async function readLogFacts(
  sql: Sql,
  changeSets: readonly ChangeSet[],
  { hashes = [], chains = [], subjects = [], before = [] }: AskedBeside = {},
): Promise<LogFacts> {
  const asked = [...chains, ...changeSets.map(({ header }) => header)];
  const chainsNow = tipsAmong(sql, asked).then(async (tips) => {
    const ends = endsOf(tips);
    perhapsLogged(before, ends);
    return { tips, logged: await loggedAmong(sql, perhapsLogged(changeSets, ends), hashes) };
  });
  const [{ tips, logged }, erased, reasons, known] = await Promise.all([
    chainsNow,
    erasedAmong(sql, changeSets, subjects),
    reasonsFor(sql, changeSets),
    knownSpaces(sql, [...new Set(asked.map(({ space }) => space))]),
  ]);
  return { logged, tips, erased, reasons, known };
}

/** Facts that were read before the lock of the log was held, and are true under it. */
export interface EarlyFacts {
  readonly state: LogState;
  readonly facts: LogFacts;
  readonly written: ReadonlyMap<string, WrittenEntity>;
}

/** Change-sets that are asked about at once. Fewer are not read early: to ask once more would cost others more than it saves. */
const GROUP = 400;
/** Writes about which one push is answered early; what has more is asked about when it is added. */
const MOST_WRITES = 20_000;

/**
 * Reads the facts of the log about change-sets while they are still coming. Holds no lock, and nobody waits for it; what it read counts only where nothing was
 * added to the log since, and the same replicas rule.
 */
export class EarlyReader {
  readonly #db: Database;
  readonly #most: number;
  #room = MOST_WRITES;
  #coming: ChangeSet[] = [];
  #asked: ChangeSet[] = [];
  #state: LogState | null = null;
  readonly #facts: LogFacts = { logged: new Map(), tips: new Map(), erased: new Set(), reasons: new Map(), known: new Set() };
  readonly #written = new Map<string, WrittenEntity>();
  #reading: Promise<void> | null = null;

  /** `most`: change-sets that are added in one step. */
  constructor(db: Database, most: number) {
    this.#db = db;
    this.#most = most;
  }

  /** Takes the next of the change-sets. */
  add(changeSets: readonly ChangeSet[]): void {
    for (const changeSet of changeSets) {
      this.#room -= changeSet.ops.length;
      if (this.#room < 0 || this.#asked.length + this.#coming.length === this.#most) break;
      this.#coming.push(changeSet);
    }
    if (this.#coming.length >= GROUP) this.#ask();
  }

  /** Asks about those that are left, where the others were asked about: no more are coming. */
  end(): void {
    if (this.#reading !== null && this.#coming.length > 0) this.#ask();
  }

  /** Waits until what was asked is read. To be called by whoever holds neither a connection nor the lock. */
  async settled(): Promise<void> {
    await this.#reading;
  }

  /**
   * Returns what was read about exactly these; null where it was not read, or may have changed. To be asked under the lock of the log. Given once: whoever adds
   * changes it.
   */
  async factsOn(tx: Sql, changeSets: readonly ChangeSet[]): Promise<EarlyFacts | null> {
    const [reading, asked] = [this.#reading, this.#asked];
    this.#reading = null;
    if (!reading || asked.length !== changeSets.length || changeSets.some(({ hash }, i) => asked[i]!.hash !== hash)) return null;
    const [state] = await Promise.all([readLogState(tx), reading]);
    return isSame(state, this.#state) ? { state, facts: this.#facts, written: this.#written } : null;
  }

  /** One group after the other, so that a push takes one connection of many. */
  #ask(): void {
    const [before, group] = [this.#asked, this.#coming];
    this.#asked = [...before, ...group];
    this.#coming = [];
    const reading = (this.#reading ?? Promise.resolve()).then(() => this.#db.transaction((tx) => this.#read(tx, group, before)));
    // Whoever asks for the facts hears of it.
    reading.catch(() => undefined);
    this.#reading = reading;
  }

  async #read(tx: Sql, group: readonly ChangeSet[], before: readonly ChangeSet[]): Promise<void> {
    // A connection answers in the order in which it is asked: the facts are no older than the state.
    const [state, facts, written] = await Promise.all([
      this.#state ?? readLogState(tx),
      readLogFacts(tx, group, { before }),
      writtenAmong(tx, group),
    ]);
    this.#state = state;
    for (const key of ['logged', 'tips', 'reasons'] as const) {
      const all: Map<string, unknown> = this.#facts[key];
      for (const [name, fact] of facts[key]) all.set(name, fact);
    }
    for (const key of ['erased', 'known'] as const) for (const name of facts[key]) this.#facts[key].add(name);
    for (const [key, entity] of written) this.#written.set(key, entity);
  }
}

function isSame(a: LogState, b: LogState | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
