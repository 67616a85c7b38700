import { ID_PATTERN, type Id } from '../../kernel/ids.ts';
import { besideKey, comparedAdaptation, type AdaptedPart, type Adaptation } from './adaptation.ts';
import type { TakingStep } from './taking.ts';
import type { Heads, TypedPart, UpstreamChange, ValueOf } from './upstream.ts';

/** A part of an adaptation as it was suggested to the source; `heads` null: it was removed there. */
export interface SuggestedPart {
  readonly id: Id;
  readonly type: string;
  /** The part of the source that it was copied from; null: the institution's own. */
  readonly origin: Id | null;
  readonly heads: Heads | null;
  /** What the source had when it was copied, or last compared. */
  readonly base: Heads;
}

/**
 * Returns the source of an adaptation beside what was suggested to it, the other way round: what was suggested is theirs, and the base is what the adaptation was made from. `settled`:
 * what was decided of it already.
 */
export function comparedSuggestion(
  records: readonly AdaptedPart[],
  suggested: readonly SuggestedPart[],
  settled: Heads,
  valueOf: ValueOf,
): Adaptation {
  const copies = new Map(suggested.flatMap((part) => (part.origin === null ? [] : [[part.origin, part] as const])));
  const added = new Map(suggested.flatMap((part) => (part.origin === null ? [[part.id, part] as const] : [])));
  const parts = records.map((record, index): AdaptedPart => {
    const copy = copies.get(record.id) ?? (record.origin === null ? undefined : added.get(record.origin));
    // A removal that was not taken is not offered again.
    const isLeft = copy?.heads === null && settled[copy.id] !== undefined;
    const base = copy && copies.has(record.id) ? copy.base : {};
    return { ...record, origin: isLeft ? null : (copy?.id ?? null), originHeads: index === 0 ? { ...base, ...settled } : base };
  });
  const source = suggested.flatMap(({ id, type, heads }): TypedPart[] => (heads === null ? [] : [{ id, type, heads }]));
  return comparedAdaptation(parts, source, valueOf);
}

/** Returns the steps of a taking without what they say of bases, which the answer keeps, and what is settled then. */
export function settledBy(
  steps: readonly TakingStep[],
  { parts }: Adaptation,
  before: Heads,
): { readonly steps: readonly TakingStep[]; readonly settled: Heads } {
  const known = new Map(parts.map((part, index) => [part.id, { ...part, isCourse: index === 0 }]));
  const settled: Record<string, Heads[string]> = { ...before };
  const kept = steps.filter((step) => {
    if (step.does !== 'write' || step.write.field !== 'originHeads') return true;
    const base = step.write.value as Heads;
    const part = known.get(step.write.entityId);
    const isOfOthers = (key: string): boolean => part?.isCourse === true && (key.includes('/') || ID_PATTERN.test(key));
    for (const [key, heads] of Object.entries(base)) {
      if (part?.originHeads[key]?.join() === heads.join()) continue;
      settled[isOfOthers(key) ? key : besideKey(step.write.entityId, key)] = heads;
    }
    if (part?.isCourse) for (const key of Object.keys(before)) if (base[key] === undefined) delete settled[key];
    if (part && !part.isCourse && Object.keys(base).length === 0 && part.origin !== null) settled[part.origin] = [];
    return false;
  });
  return { steps: kept, settled };
}

/** The values that a suggestion names: those of each part of the adaptation, and those of the source that it was made from. */
export interface Named {
  readonly parts: Readonly<Record<Id, Heads>>;
  readonly bases: Readonly<Record<Id, Heads>>;
}

/** A change as a comparison names it: the part of the source, or of the adaptation where the source has none. */
export type ChangeName = Pick<UpstreamChange, 'part' | 'field'> & { readonly language?: UpstreamChange['language'] | undefined };

/**
 * Returns what a suggestion of these changes alone names. A value that is left out is named as the source had it, so that it is no change; a part that is left out is not named. With a
 * part goes the new module that it stands in.
 */
export function namedBy({ parts, bases }: Named, changes: readonly UpstreamChange[], chosen: readonly ChangeName[]): Named {
  const names = new Set(chosen.map(nameOf));
  const modules = new Set(changes.filter((change) => names.has(nameOf(change))).map(parentOf));
  const left = changes.filter((change) => !names.has(nameOf(change)) && !(change.kind === 'added' && modules.has(change.source)));
  const named: Record<Id, Record<string, Heads[string]>> = Object.fromEntries(
    Object.entries(parts).map(([id, heads]) => [id, { ...heads }]),
  );
  const from: Record<Id, Heads> = { ...bases };
  for (const { kind, source, field, language } of left) {
    if (kind === 'added') delete named[source];
    else if (kind === 'removed') delete from[source];
    else {
      const register = language === undefined ? field : `${field}@${language}`;
      const before = bases[source]?.[register];
      if (before) named[source]![register] = before;
      else delete named[source]![register];
    }
  }
  return { parts: named, bases: from };
}

function nameOf({ part, field, language }: ChangeName): string {
  return `${part}/${field}@${language ?? ''}`;
}

/** The part in which one that is added or moved would stand. */
function parentOf({ kind, theirs }: UpstreamChange): unknown {
  const placement = kind === 'added' ? (theirs as Readonly<Record<string, unknown>>)['placement'] : theirs;
  return Array.isArray(placement) ? placement[0] : undefined;
}
