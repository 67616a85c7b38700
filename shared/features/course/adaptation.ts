import { ID_PATTERN, type Id } from '../../kernel/ids.ts';
import type { FieldValue } from '../../sync/types.ts';
import { compareUpstream, VERSION, type Heads, type OwnPart, type TypedPart, type UpstreamChange, type ValueOf } from './upstream.ts';

/** A part of an adaptation as its record says it. */
export interface AdaptedPart {
  readonly id: Id;
  readonly type: string;
  /** Whether the record is not removed. */
  readonly live: boolean;
  readonly origin: Id | null;
  /** The module or course that it stands in; null: the course itself. */
  readonly parent: Id | null;
  readonly heads: Heads;
  /** What the record says that the source had; the course's own also speaks of parts that are not here. */
  readonly originHeads: Heads;
}

/** An adaptation beside its source. */
export interface Adaptation {
  /** The course itself first; removed parts are among them. */
  readonly parts: readonly AdaptedPart[];
  readonly own: readonly OwnPart[];
  readonly source: readonly TypedPart[];
  readonly valueOf: ValueOf;
  /** The version of the source that was taken last, and its present one; '' where it has none. */
  readonly from: string;
  readonly to: string;
  readonly changes: readonly UpstreamChange[];
}

/** Returns an adaptation compared with its source. */
export function comparedAdaptation(parts: readonly AdaptedPart[], source: readonly TypedPart[], valueOf: ValueOf): Adaptation {
  const own = ownParts(parts);
  const versionIn = (heads: Heads | undefined): string => {
    const [first] = heads?.[VERSION] ?? [];
    const said = first === undefined ? '' : valueOf(first);
    return typeof said === 'string' ? said : '';
  };
  const changes = compareUpstream({ own, source, declined: declinedIn(parts) }, valueOf);
  return { parts, own, source, valueOf, from: versionIn(parts[0]?.originHeads), to: versionIn(source[0]?.heads), changes };
}

/** A part of an adaptation without its own values. */
export type Traced = Omit<AdaptedPart, 'heads'>;

/**
 * Whether the ids of values alone say that a source has nothing that an adaptation has not come to: no value is read for it. False says nothing: the same may have been written again.
 */
export function isLevel(parts: readonly Traced[], source: readonly TypedPart[]): boolean {
  const own = ownParts(parts.map((part) => ({ ...part, heads: {} })));
  const here = new Map(own.flatMap((part) => (part.origin === null ? [] : [[part.origin, part] as const])));
  const declined = declinedIn(parts);
  const there = new Set(source.map(({ id }) => id));
  const ids = new Set(own.map(({ id }) => id));
  const isAlike = ({ id, heads, origin }: TypedPart): boolean => {
    const copy = here.get(id);
    if (!copy && origin && ids.has(origin)) return true;
    if (!copy) return isSameIds(declined[id] ?? [], Object.values(heads).flat().toSorted());
    const registers = new Set([...Object.keys(heads), ...Object.keys(copy.base)]);
    if (copy.parent === null) registers.delete(VERSION);
    return [...registers].every((register) => heads[register]?.[0] === copy.base[register]?.[0]);
  };
  const isGone = ({ origin, live, parent, base }: OwnPart): boolean =>
    origin !== null && live && parent !== null && !there.has(origin) && Object.keys(base).length > 0;
  return source.every(isAlike) && !own.some(isGone);
}

/** The parts that are not removed, nor stand in a module that is. */
export function liveAmong<P extends Pick<AdaptedPart, 'id' | 'live' | 'parent'>>(parts: readonly P[]): P[] {
  const removed = new Set(parts.filter(({ live }) => !live).map(({ id }) => id));
  return parts.filter(({ live, parent }) => live && (parent === null || !removed.has(parent)));
}

/** Where the course keeps the base of a register of a part that was removed here: written to the part itself, it would bring the part back. */
export function besideKey(part: Id, register: string): string {
  return `${part}/${register}`;
}

/** Where an adaptation says of a part that its taking was taken back: removed as it is, it is offered like one that was never here. */
export function undoneKey(part: Id): string {
  return `${part}/`;
}

/** The place in a course or module that a copy has, its parent named as it is called here; undefined where the parent has no copy. */
export function placeInCopy(placement: FieldValue | undefined, copies: ReadonlyMap<Id, Id>): FieldValue | undefined {
  if (!Array.isArray(placement)) return undefined;
  const [parent, key] = placement as [Id, string];
  const copy = copies.get(parent);
  return copy === undefined ? undefined : [copy, key];
}

function ownParts(parts: readonly AdaptedPart[]): OwnPart[] {
  const ofCourse = parts[0]?.originHeads ?? {};
  const standing = new Set(liveAmong(parts));
  const beside = besideIn(ofCourse);
  return parts
    .filter(({ id, live }) => live || ofCourse[undoneKey(id)] === undefined)
    .map((part) => ({
      ...{ id: part.id, origin: part.origin, live: standing.has(part), parent: part.parent, heads: part.heads },
      base: { ...registersIn(part), ...beside.get(part.id) },
    }));
}

/** The base of a part's own registers: that of the course without what it says of other parts. */
function registersIn({ parent, originHeads }: AdaptedPart): Heads {
  if (parent !== null) return originHeads;
  return Object.fromEntries(Object.entries(originHeads).filter(([key]) => !key.includes('/') && !ID_PATTERN.test(key)));
}

function besideIn(ofCourse: Heads): Map<Id, Record<string, Heads[string]>> {
  const beside = new Map<Id, Record<string, Heads[string]>>();
  for (const [key, heads] of Object.entries(ofCourse)) {
    const at = key.indexOf('/');
    if (at < 0 || at === key.length - 1) continue;
    const part = key.slice(0, at);
    beside.set(part, { ...beside.get(part), [key.slice(at + 1)]: heads });
  }
  return beside;
}

/** Parts of the source that were left out here, with the values that they had. */
function declinedIn(parts: readonly Pick<AdaptedPart, 'originHeads'>[]): Heads {
  return Object.fromEntries(Object.entries(parts[0]?.originHeads ?? {}).filter(([key]) => ID_PATTERN.test(key)));
}

function isSameIds(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}
