import type { HalfDay } from '../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { Status } from '../../../../shared/model/vocabularies.ts';
import { showsAlready } from '../../../../shared/features/attendance/cells.ts';
import { noCounts, type Counts } from '../../../../shared/features/attendance/counts.ts';
import { cellKey, splitCellKey } from './grid/cell-key.ts';
import { KeyedListeners } from './grid/keyed-listeners.ts';

/** The mark that a cell shows. `saved` is false from the tap until the engine has said that the mark is on disk. */
export interface Cell {
  readonly status: Status;
  readonly conflict: boolean;
  /** What stands there cannot be read. */
  readonly unreadable?: boolean | undefined;
  readonly saved: boolean;
}

/** The mark of a cell that the engine confirmed last. */
export interface Confirmed {
  readonly status: Status;
  readonly heads: readonly string[];
  readonly conflict: boolean;
  readonly unreadable?: boolean | undefined;
}

export interface Change {
  readonly personId: Id;
  readonly halfDay: HalfDay;
  readonly status: Status;
}

export interface Saving {
  /** Cells whose mark is not on disk yet. */
  readonly waiting: number;
  /** Whether anything has been saved since the grid opened. */
  readonly savedOnce: boolean;
  /** The sentence of the last refusal, until it is put away or the next mark is saved. */
  readonly failure: string | null;
  /** How many cells the last action changed, for *undo*; 0 when there is nothing to undo. */
  readonly undoable: number;
}

export interface SentMark {
  readonly personId: Id;
  readonly status: Status;
  readonly seen: string[];
}

/** Nobody answered: the engine went away, and whether the marks are on disk is not known. They are kept and sent again. */
export class Unanswered extends Error {}

/** Rejects with `Unanswered`, or with a refusal whose message is for the user. */
export type SendMarks = (halfDay: HalfDay, marks: SentMark[]) => Promise<readonly (Confirmed & { readonly personId: Id })[]>;

interface Action {
  readonly cells: readonly { readonly key: string; readonly before: Status; readonly after: Status }[];
}

const NOT_TAKEN: Cell = { status: 'notTaken', conflict: false, saved: true };
const NOTHING: Confirmed = { status: 'notTaken', heads: [], conflict: false };
const UNDO_DEPTH = 100;
/** The engine takes up to 5,000 marks in a call. */
const MARKS_A_CALL = 2_000;

/**
 * The grid's marks, outside React. A tap is painted at once and sent at once; one call is under way at a time, so that the
 * next one supersedes exactly what the last one wrote and a quick second tap never makes a conflict with the first.
 * A cell counts as saved when the engine has answered; a refusal puts it back to what is on disk.
 */
export class MarkStore {
  readonly #send: SendMarks;
  readonly #cells = new Map<string, Cell>();
  readonly #confirmed = new Map<string, Confirmed & { readonly version: number }>();
  readonly #wanted = new Map<string, Status>();
  readonly #cellListeners = new KeyedListeners();
  readonly #columnListeners = new KeyedListeners();
  readonly #savingListeners = new Set<() => void>();
  readonly #counts = new Map<HalfDay, Counts>();
  #people: ReadonlySet<Id> = new Set();
  #inFlight: ReadonlySet<string> = new Set();
  /** What was sent and not answered; nothing is sent until a grid of the next engine tells what became of it. */
  #unanswered: ReadonlyMap<string, Status> = new Map();
  #undo: Action[] = [];
  #version = 0;
  #actedAt = 0;
  #saving: Saving = { waiting: 0, savedOnce: false, failure: null, undoable: 0 };

  constructor(send: SendMarks) {
    this.#send = send;
  }

  /** When something was last marked or undone here, on the clock of `performance`; 0 for never. */
  get actedAt(): number {
    return this.#actedAt;
  }

  /** To be read before a grid is asked for, and handed to `load` with the answer. */
  get version(): number {
    return this.#version;
  }

  /** Who is counted: everybody in the workshop, whatever the list on screen is filtered to. */
  showPeople(people: readonly Id[]): void {
    this.#people = new Set(people);
    this.#counts.clear();
    this.#columnListeners.wake(this.#halfDaysKnown());
  }

  /**
   * Takes a grid as the engine gave it. Cells that were tapped or confirmed after it was asked for keep what they have, for
   * the answer may be older than they are.
   */
  load(marks: readonly (Confirmed & { readonly personId: Id; readonly halfDay: HalfDay })[], askedAt: number): void {
    const woken = new Set<string>();
    const seen = new Set<string>();
    for (const mark of marks) {
      const key = cellKey(mark.personId, mark.halfDay);
      seen.add(key);
      if (this.#unanswered.has(key)) this.#arrived(key, mark, askedAt, woken);
      if (this.#isNewer(key, askedAt)) continue;
      this.#confirmed.set(key, {
        status: mark.status,
        heads: mark.heads,
        conflict: mark.conflict,
        unreadable: mark.unreadable,
        version: askedAt,
      });
      this.#paint(key, { status: mark.status, conflict: mark.conflict, unreadable: mark.unreadable, saved: true }, woken);
    }
    for (const key of [...this.#confirmed.keys()]) {
      if (seen.has(key) || this.#isNewer(key, askedAt)) continue;
      this.#confirmed.delete(key);
      this.#paint(key, NOT_TAKEN, woken);
    }
    this.#unanswered = new Map();
    this.#wake(woken);
    if (this.#wanted.size > 0) void this.#flush();
    this.#say({ waiting: this.#waiting() });
  }

  cell(personId: Id, halfDay: HalfDay): Cell {
    return this.#cells.get(cellKey(personId, halfDay)) ?? NOT_TAKEN;
  }

  /** How many people have each status in a half-day. The same object until something changes. */
  counts(halfDay: HalfDay): Counts {
    const known = this.#counts.get(halfDay);
    if (known) return known;
    const counts = noCounts();
    for (const personId of this.#people) counts[this.cell(personId, halfDay).status] += 1;
    this.#counts.set(halfDay, counts);
    return counts;
  }

  get saving(): Saving {
    return this.#saving;
  }

  subscribeCell(personId: Id, halfDay: HalfDay, listener: () => void): () => void {
    return this.#cellListeners.subscribe(cellKey(personId, halfDay), listener);
  }

  subscribeCounts(halfDay: HalfDay, listener: () => void): () => void {
    return this.#columnListeners.subscribe(halfDay, listener);
  }

  subscribeSaving(listener: () => void): () => void {
    this.#savingListeners.add(listener);
    return () => this.#savingListeners.delete(listener);
  }

  /** Marks cells: painted now, sent now, undone by one `undo`. A cell in conflict is settled even by the value it shows. */
  set(changes: readonly Change[]): number {
    const cells: Action['cells'][number][] = [];
    for (const { personId, halfDay, status } of changes) {
      const key = cellKey(personId, halfDay);
      const before = this.#cells.get(key) ?? NOT_TAKEN;
      if (!showsAlready(before, status)) cells.push({ key, before: before.status, after: status });
    }
    if (cells.length === 0) return 0;
    this.#undo = [...this.#undo, { cells }].slice(-UNDO_DEPTH);
    this.#want(new Map(cells.map(({ key, after }) => [key, after])));
    return cells.length;
  }

  /** Takes the last action back, where its cells still show what it set. Returns the cells it changed. */
  undo(): number {
    const action = this.#undo.at(-1);
    if (!action) return 0;
    this.#undo = this.#undo.slice(0, -1);
    const back = action.cells.filter(({ key, after }) => (this.#cells.get(key) ?? NOT_TAKEN).status === after);
    this.#want(new Map(back.map(({ key, before }) => [key, before])));
    return back.length;
  }

  /** Puts the sentence of a refusal away. */
  putFailureAway(): void {
    this.#say({ failure: null });
  }

  #want(wanted: ReadonlyMap<string, Status>): void {
    this.#actedAt = performance.now();
    const woken = new Set<string>();
    for (const [key, status] of wanted) {
      this.#wanted.set(key, status);
      this.#paint(key, { status, conflict: false, saved: false }, woken);
    }
    this.#wake(woken);
    this.#say({ waiting: this.#waiting(), undoable: this.#undo.at(-1)?.cells.length ?? 0 });
    void this.#flush();
  }

  async #flush(): Promise<void> {
    if (this.#inFlight.size > 0 || this.#unanswered.size > 0) return;
    const batch = this.#nextBatch();
    if (!batch) return;
    const { halfDay, keys } = batch;
    const marks = keys.map((key) => ({
      personId: splitCellKey(key).personId,
      status: this.#wanted.get(key) ?? 'notTaken',
      seen: [...(this.#confirmed.get(key) ?? NOTHING).heads],
    }));
    for (const key of keys) this.#wanted.delete(key);
    this.#inFlight = new Set(keys);
    let failure: string | null = null;
    try {
      this.#confirm(halfDay, await this.#send(halfDay, marks));
    } catch (error) {
      this.#inFlight = new Set();
      if (error instanceof Unanswered) return this.#keep(marks.map(({ status }, index) => [keys[index]!, status]));
      failure = error instanceof Error ? error.message : String(error);
    }
    this.#inFlight = new Set();
    const woken = new Set<string>();
    for (const key of keys) {
      if (this.#wanted.has(key)) continue;
      const { status, conflict, unreadable } = this.#confirmed.get(key) ?? NOTHING;
      this.#paint(key, { status, conflict, unreadable, saved: true }, woken);
    }
    this.#wake(woken);
    if (failure !== null) this.#forget(keys);
    this.#say({
      waiting: this.#waiting(),
      failure,
      savedOnce: this.#saving.savedOnce || failure === null,
      undoable: this.#undo.at(-1)?.cells.length ?? 0,
    });
    await this.#flush();
  }

  /** Marks that nobody answered are wanted still, unless the cell was marked differently since. */
  #keep(sent: readonly (readonly [key: string, status: Status])[]): void {
    this.#unanswered = new Map(sent);
    for (const [key, status] of sent) if (!this.#wanted.has(key)) this.#wanted.set(key, status);
    this.#say({ waiting: this.#waiting() });
  }

  /**
   * A mark that was sent and not answered is on disk after all: the next one supersedes it. Where the grid shows another value,
   * what the user saw counts, as before: a value that came meanwhile from elsewhere is not superseded unseen.
   */
  #arrived(key: string, mark: Confirmed, askedAt: number, woken: Set<string>): void {
    const sent = this.#unanswered.get(key);
    if (mark.status !== sent || mark.conflict || mark.unreadable) return;
    this.#confirmed.set(key, { status: mark.status, heads: mark.heads, conflict: false, version: askedAt });
    if (this.#wanted.get(key) !== sent) return;
    this.#wanted.delete(key);
    this.#paint(key, { status: sent, conflict: false, saved: true }, woken);
    this.#saving = { ...this.#saving, savedOnce: true };
  }

  #confirm(halfDay: HalfDay, cells: readonly (Confirmed & { readonly personId: Id })[]): void {
    this.#version += 1;
    for (const { personId, status, heads, conflict, unreadable } of cells) {
      this.#confirmed.set(cellKey(personId, halfDay), { status, heads, conflict, unreadable, version: this.#version });
    }
  }

  #nextBatch(): { readonly halfDay: HalfDay; readonly keys: readonly string[] } | null {
    const [first] = this.#wanted.keys();
    if (first === undefined) return null;
    const { halfDay } = splitCellKey(first);
    const keys = [...this.#wanted.keys()].filter((key) => splitCellKey(key).halfDay === halfDay).slice(0, MARKS_A_CALL);
    return { halfDay, keys };
  }

  /** What was refused cannot be undone; what was done to the same cells before can. */
  #forget(keys: readonly string[]): void {
    const refused = new Set(keys.filter((key) => !this.#wanted.has(key)));
    this.#undo = this.#undo.reduceRight<Action[]>((kept, action) => {
      const cells = action.cells.filter(({ key }) => !refused.delete(key));
      return cells.length > 0 ? [{ cells }, ...kept] : kept;
    }, []);
  }

  #isNewer(key: string, askedAt: number): boolean {
    return this.#wanted.has(key) || this.#inFlight.has(key) || (this.#confirmed.get(key)?.version ?? 0) > askedAt;
  }

  #paint(key: string, cell: Cell, woken: Set<string>): void {
    const before = this.#cells.get(key) ?? NOT_TAKEN;
    const isSame =
      before.status === cell.status &&
      before.conflict === cell.conflict &&
      Boolean(before.unreadable) === Boolean(cell.unreadable) &&
      before.saved === cell.saved;
    if (isSame) return;
    if (cell === NOT_TAKEN) this.#cells.delete(key);
    else this.#cells.set(key, cell);
    const { personId, halfDay } = splitCellKey(key);
    const counts = this.#counts.get(halfDay);
    if (counts && before.status !== cell.status && this.#people.has(personId)) {
      this.#counts.set(halfDay, {
        ...counts,
        [before.status]: counts[before.status] - 1,
        [cell.status]: counts[cell.status] + 1,
      });
    }
    woken.add(key);
  }

  #wake(keys: ReadonlySet<string>): void {
    this.#cellListeners.wake(keys);
    this.#columnListeners.wake(new Set([...keys].map((key) => splitCellKey(key).halfDay)));
  }

  #halfDaysKnown(): Set<HalfDay> {
    return new Set([...this.#cells.keys()].map((key) => splitCellKey(key).halfDay));
  }

  #waiting(): number {
    return new Set([...this.#wanted.keys(), ...this.#inFlight]).size;
  }

  #say(change: Partial<Saving>): void {
    this.#saving = { ...this.#saving, ...change };
    for (const listener of [...this.#savingListeners]) listener();
  }
}
