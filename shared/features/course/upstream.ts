import type { Id } from '../../kernel/ids.ts';
import { LANGUAGES, type Language } from '../../kernel/text.ts';
import { splitRegister } from '../../model/judge.ts';
import type { FieldValue, ValueId } from '../../sync/types.ts';

/** The comparison of an adaptation with its source since the one was last taken from the other. The base is what the source had then, by the ids of its values. */

/** Register (`title@fr`) -> its values, the one shown first at index 0. */
export type Heads = Readonly<Record<string, readonly ValueId[]>>;

/** A part of an adaptation: the course itself, a module, a session. */
export interface OwnPart {
  readonly id: Id;
  /** The part that it was copied from; null: the institution's own. */
  readonly origin: Id | null;
  readonly live: boolean;
  /** The module or course that it stands in. */
  readonly parent: Id | null;
  readonly heads: Heads;
  /** What the source had when this part was copied, or last taken or left. */
  readonly base: Heads;
}

/** A part of the source, as it was published. */
export interface SourcePart {
  readonly id: Id;
  /** The part that it was copied from: one of the adaptation's own, where it was suggested there. */
  readonly origin?: Id | null;
  readonly heads: Heads;
}

export interface Compared {
  readonly own: readonly OwnPart[];
  readonly source: readonly SourcePart[];
  /** Parts of the source that were left out here, with the values that they had. */
  readonly declined: Readonly<Record<Id, readonly ValueId[]>>;
}

export type ValueOf = (id: ValueId) => FieldValue | undefined;

/** A change of the source that this adaptation has not. Of a part that was added or removed the values are those of all its registers, and `field` is ''. */
export interface UpstreamChange {
  /** The part here; of one that is not here, that of the source. */
  readonly part: Id;
  /** The part of the source. */
  readonly source: Id;
  readonly field: string;
  readonly language?: Language;
  readonly kind: 'changed' | 'added' | 'removed' | 'moved';
  /** Whether it was changed here too since it was last taken. */
  readonly touchedHere: boolean;
  /** Whether the part was removed here: the change is offered, and not forced. */
  readonly removedHere: boolean;
  readonly base: FieldValue;
  readonly mine: FieldValue;
  readonly theirs: FieldValue;
  /** The values that stand here, and those of the source. */
  readonly seen: readonly ValueId[];
  readonly heads: readonly ValueId[];
}

/** The register of a course that names what was taken, and is itself not compared. */
export const VERSION = 'version';
const PLACEMENT = 'placement';

/** Returns the changes of the source that an adaptation has not: those of its parts in the source's order, then what the source has no longer. */
export function compareUpstream({ own, source, declined }: Compared, valueOf: ValueOf): UpstreamChange[] {
  const here = new Map(own.flatMap((part) => (part.origin === null ? [] : [[part.origin, part] as const])));
  const there = new Set(source.map(({ id }) => id));
  const ids = new Set(own.map(({ id }) => id));
  const read = readerOf(here, valueOf);
  const changed = source.flatMap((part) => {
    const copy = here.get(part.id);
    if (copy) return changesOf(copy, part, read);
    // Taken from here, it is no news here.
    if (part.origin && ids.has(part.origin)) return [];
    const values = allHeads(part.heads);
    return sameIds(declined[part.id] ?? [], values) ? [] : [addition(part, values, read)];
  });
  const removed = own.flatMap((part) => {
    const isGone = part.origin !== null && part.live && part.parent !== null && !there.has(part.origin);
    // Left as it is in spite of that: there is no base any more.
    return isGone && Object.keys(part.base).length > 0 ? [removal(part, own, read)] : [];
  });
  return [...changed, ...removed];
}

/** Every value of a part, by which one that was left out is known again. */
export function allHeads(heads: Heads): ValueId[] {
  return Object.values(heads).flat().toSorted();
}

/** Whether two values are one: a text that is empty is none. */
export function isEqual(a: FieldValue, b: FieldValue): boolean {
  return canonical(a) === canonical(b);
}

interface Read {
  /** The value of a register of the source, its place as it is called here. */
  theirs(register: string, ids: readonly ValueId[] | undefined): FieldValue | undefined;
  mine(id: ValueId): FieldValue | undefined;
}

function readerOf(here: ReadonlyMap<Id, OwnPart>, valueOf: ValueOf): Read {
  return {
    theirs(register, ids) {
      if (ids?.[0] === undefined) return null;
      const value = valueOf(ids[0]);
      if (register !== PLACEMENT || !Array.isArray(value)) return value;
      const [parent, key] = value as [string, string];
      return [here.get(parent)?.id ?? parent, key];
    },
    mine: valueOf,
  };
}

function changesOf(copy: OwnPart, part: SourcePart, read: Read): UpstreamChange[] {
  const registers = new Set([...Object.keys(part.heads), ...Object.keys(copy.base)]);
  if (copy.parent === null) registers.delete(VERSION);
  return [...registers].flatMap((register) => {
    const heads = part.heads[register] ?? [];
    const seen = copy.heads[register] ?? [];
    const theirs = read.theirs(register, heads);
    const base = read.theirs(register, copy.base[register]);
    const mine = shownOf(seen, read);
    if (theirs === undefined || (base !== undefined && isEqual(base, theirs)) || isEqual(mine, theirs)) return [];
    const { field, language } = splitRegister(register);
    const known = LANGUAGES.find((one) => one === language);
    if (language !== null && known === undefined) return [];
    return [
      {
        ...{ part: copy.id, source: part.id, field, ...(known && { language: known }) },
        kind: field === PLACEMENT ? ('moved' as const) : ('changed' as const),
        ...{ touchedHere: isTouched(seen, base, read), removedHere: !copy.live },
        ...{ base: base ?? null, mine, theirs, seen, heads },
      },
    ];
  });
}

function addition(part: SourcePart, heads: readonly ValueId[], read: Read): UpstreamChange {
  const theirs = valuesOf(part.heads, (register, ids) => read.theirs(register, ids));
  const none = { touchedHere: false, removedHere: false, base: null, mine: null, seen: [] };
  return { part: part.id, source: part.id, field: '', kind: 'added', ...none, theirs, heads };
}

function removal(part: OwnPart, own: readonly OwnPart[], read: Read): UpstreamChange {
  const base = valuesOf(part.base, (register, ids) => read.theirs(register, ids));
  const mine = valuesOf(part.heads, (_, ids) => shownOf(ids, read));
  // With a module would go what stands in it.
  const inside = own.filter(({ parent, live }) => live && parent === part.id);
  const touchedHere = isWorkedOn(part, read) || inside.some((one) => one.origin === null || isWorkedOn(one, read));
  const seen = allHeads(part.heads);
  const place = { part: part.id, source: part.origin!, field: '', kind: 'removed' } as const;
  return { ...place, touchedHere, removedHere: false, base, mine, theirs: null, seen, heads: [] };
}

function isWorkedOn({ heads, base }: OwnPart, read: Read): boolean {
  const registers = new Set([...Object.keys(heads), ...Object.keys(base)]);
  return [...registers].some((register) => isTouched(heads[register] ?? [], read.theirs(register, base[register]), read));
}

/** Whether a register says something else than it did: each of its values is asked, and what cannot be compared counts as touched. */
function isTouched(seen: readonly ValueId[], base: FieldValue | undefined, read: Read): boolean {
  if (base === undefined) return true;
  return seen.length === 0 ? !isEqual(base, null) : seen.some((id) => !isEqual(read.mine(id) ?? null, base));
}

function shownOf(ids: readonly ValueId[], read: Read): FieldValue {
  return ids[0] === undefined ? null : (read.mine(ids[0]) ?? null);
}

function valuesOf(heads: Heads, of: (register: string, ids: readonly ValueId[]) => FieldValue | undefined): Record<string, FieldValue> {
  return Object.fromEntries(Object.entries(heads).map(([register, ids]) => [register, of(register, ids) ?? null]));
}

function sameIds(a: readonly ValueId[], b: readonly ValueId[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}

// The store keeps maps with their keys sorted.
function canonical(value: FieldValue): string {
  return JSON.stringify(value === '' ? null : value);
}

/** A part of a course with its values, and what it is. */
export interface TypedPart extends SourcePart {
  readonly type: string;
}

/** Whether two states of a course say the same, whatever was written in between; the name of its version is not compared. */
export function isSameCourse(before: readonly TypedPart[], now: readonly TypedPart[], valueOf: ValueOf): boolean {
  const saidBy = ({ id, type, heads }: TypedPart) => [
    id,
    Object.entries(heads)
      .filter(([register]) => type !== 'course' || register !== VERSION)
      .map(([register, [first]]) => [register, first === undefined ? null : (valueOf(first) ?? null)] as const)
      .filter(([, value]) => !isEqual(value, null))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ];
  const saidIn = (parts: readonly TypedPart[]): string => JSON.stringify(parts.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(saidBy));
  return saidIn(before) === saidIn(now);
}
