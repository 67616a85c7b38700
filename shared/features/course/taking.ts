import type { Id } from '../../kernel/ids.ts';
import { isReadable } from '../../model/judge.ts';
import type { FieldValue, FieldWrite, ValueId } from '../../sync/types.ts';
import { besideKey, placeInCopy, undoneKey, type AdaptedPart, type Adaptation } from './adaptation.ts';
import { choiceFor, decide, type Choice, type Decision } from './take-upstream.ts';
import { VERSION, type OwnPart, type TypedPart, type UpstreamChange, type ValueOf } from './upstream.ts';

/** One thing that is done to the records of an adaptation. */
export type TakingStep =
  { readonly does: 'write'; readonly write: FieldWrite } | { readonly does: 'remove' | 'restore'; readonly type: string; readonly id: Id };

export interface TakingCounts {
  readonly taken: number;
  readonly kept: number;
  readonly merged: number;
  readonly open: number;
}

/** The id of the copy of a part of the source in an adaptation. */
export type CopyIdOf = (part: Id) => Id;

const COUNTED = { take: 'taken', merge: 'merged', keep: 'kept', open: 'open' } as const;

/** Returns what these choices do to an adaptation, and how many changes were taken, left, merged, and stay open. */
export function planTaking(
  adaptation: Adaptation,
  choices: readonly Choice[],
  copyIdOf: CopyIdOf,
): { readonly steps: readonly TakingStep[]; readonly counts: TakingCounts } {
  const counts = { taken: 0, kept: 0, merged: 0, open: 0 };
  const draft = new Draft(adaptation, copyIdOf);
  for (const change of adaptation.changes) {
    const choice = choiceFor(change, choices);
    const decision = decide(change, choice);
    const done = decision.does !== 'open' && draft.apply(change, decision, choice?.seen);
    counts[done ? COUNTED[decision.does] : 'open']++;
  }
  // Only what has been gone through whole has come to another version.
  const [course] = adaptation.own;
  if (counts.open === 0 && adaptation.source[0] && course) draft.settle(course, VERSION, adaptation.source[0].heads[VERSION] ?? []);
  return { steps: draft.steps(), counts };
}

/** The writes of a copy of a part. `copies`: the copy of each part of the source; a place in what has none is left out. */
export function copyOf({ type, id: origin, heads }: TypedPart, copies: ReadonlyMap<Id, Id>, valueOf: ValueOf): FieldWrite[] {
  const id = copies.get(origin)!;
  const copied = Object.entries(heads).flatMap(([field, [first]]) => {
    const value = first === undefined ? undefined : valueOf(first);
    const placed = field === 'placement' && Array.isArray(value) ? placeInCopy(value, copies) : value;
    // What this program cannot read it cannot write either.
    if (placed === undefined || placed === null || !isReadable(type, field, placed)) return [];
    return [{ entityType: type, entityId: id, field, value: placed }];
  });
  const originHeads = heads as Readonly<Record<string, readonly ValueId[]>>;
  return [
    ...copied,
    { entityType: type, entityId: id, field: 'origin', value: origin },
    { entityType: type, entityId: id, field: 'originHeads', value: originHeads },
  ];
}

/** The steps of one taking, gathered. */
class Draft {
  readonly #of: Adaptation;
  readonly #copyIdOf: CopyIdOf;
  readonly #course: OwnPart;
  readonly #parts: ReadonlyMap<Id, AdaptedPart>;
  readonly #own: ReadonlyMap<Id, OwnPart>;
  readonly #steps: TakingStep[] = [];
  /** By the part here: what is its base from now on. */
  readonly #bases = new Map<Id, Record<string, readonly ValueId[]>>();
  readonly #restored = new Set<Id>();
  /** By the part of the source: where its copy is, and stands. */
  readonly #copies: Map<Id, Id>;

  constructor(adaptation: Adaptation, copyIdOf: CopyIdOf) {
    this.#of = adaptation;
    this.#copyIdOf = copyIdOf;
    this.#course = adaptation.own[0]!;
    this.#parts = new Map(adaptation.parts.map((part) => [part.id, part]));
    this.#own = new Map(adaptation.own.map((part) => [part.id, part]));
    this.#copies = new Map(adaptation.own.flatMap(({ id, origin, live }) => (live && origin !== null ? [[origin, id]] : [])));
  }

  /** Whether a change could be dealt with so. */
  apply(change: UpstreamChange, decision: Decision, seen: readonly ValueId[] | undefined): boolean {
    if (change.kind === 'added') return decision.does === 'keep' ? this.#decline(change) : this.#add(change);
    const part = this.#own.get(change.part);
    if (!part) return false;
    if (change.kind === 'removed') {
      if (decision.does === 'keep') this.#keep(part);
      else this.#steps.push({ does: 'remove', type: this.#typeOf(part.id), id: part.id });
      return true;
    }
    const register = change.language === undefined ? change.field : `${change.field}@${change.language}`;
    if (decision.does === 'take' || decision.does === 'merge') {
      if (!this.#write(change, part, register, decision.value, seen)) return false;
    }
    this.settle(part, register, change.heads);
    return true;
  }

  /** Moves the base of a register to what the source has now. */
  settle(part: OwnPart, register: string, heads: readonly ValueId[]): void {
    const key = besideKey(part.id, register);
    const ofCourse = this.#baseOf(this.#course.id);
    if (!part.live || ofCourse[key]) ofCourse[key] = heads;
    else this.#baseOf(part.id)[register] = heads;
  }

  steps(): TakingStep[] {
    const bases = [...this.#bases].map(([id, value]): TakingStep => ({
      does: 'write',
      write: { entityType: this.#typeOf(id), entityId: id, field: 'originHeads', value },
    }));
    return [...this.#steps, ...bases];
  }

  /** The base of a part from now on, to be written into. */
  #baseOf(id: Id): Record<string, readonly ValueId[]> {
    const known = this.#bases.get(id);
    if (known) return known;
    const base = { ...this.#parts.get(id)!.originHeads };
    this.#bases.set(id, base);
    return base;
  }

  /** Lets a part stand that the source has no longer: it has no base any more. */
  #keep(part: OwnPart): void {
    const ofCourse = this.#baseOf(this.#course.id);
    for (const key of Object.keys(ofCourse)) if (key.startsWith(besideKey(part.id, ''))) delete ofCourse[key];
    this.#bases.set(part.id, {});
  }

  #write(change: UpstreamChange, part: OwnPart, field: string, taken: FieldValue, seen: readonly ValueId[] | undefined): boolean {
    const type = this.#typeOf(part.id);
    const value = change.kind === 'moved' ? this.#place(taken) : taken;
    if (value === undefined || !isReadable(type, field, value)) return false;
    if (!part.live) {
      // What stands in a module that was removed here comes back with that module.
      if (part.parent !== null && this.#parts.get(part.parent)?.live === false) return false;
      if (!this.#restored.has(part.id)) this.#steps.push({ does: 'restore', type, id: part.id });
      this.#restored.add(part.id);
    }
    this.#steps.push({ does: 'write', write: { entityType: type, entityId: part.id, field, value, ...(seen && { supersedes: seen }) } });
    return true;
  }

  /** A place of the source as it is called here; undefined where nothing stands here for it. */
  #place(taken: FieldValue): FieldValue | undefined {
    if (!Array.isArray(taken)) return undefined;
    const [parent, key] = taken as [Id, string];
    return this.#own.get(parent)?.live ? [parent, key] : placeInCopy(taken, this.#copies);
  }

  #add(change: UpstreamChange): boolean {
    const part = this.#of.source.find(({ id }) => id === change.source);
    const place = (change.theirs as { readonly placement?: FieldValue }).placement;
    if (!part || place === undefined || this.#place(place) === undefined) return false;
    const id = this.#copyIdOf(part.id);
    this.#copies.set(part.id, id);
    for (const write of copyOf(part, this.#copies, this.#of.valueOf)) this.#steps.push({ does: 'write', write });
    // One that was taken back lies among what was removed.
    this.#steps.push({ does: 'restore', type: part.type, id });
    if (this.#parts.get(this.#course.id)!.originHeads[undoneKey(id)]) delete this.#baseOf(this.#course.id)[undoneKey(id)];
    return true;
  }

  #decline(change: UpstreamChange): boolean {
    this.settle(this.#course, change.source, change.heads);
    return true;
  }

  #typeOf(id: Id): string {
    return this.#parts.get(id)!.type;
  }
}
