import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { adaptationContract } from '../../../../shared/features/course/adaptation-contract.ts';
import { choiceFor, decide, type Choice, type Decision } from '../../../../shared/features/course/take-upstream.ts';
import {
  compareUpstream,
  VERSION,
  type Heads,
  type OwnPart,
  type UpstreamChange,
  type ValueOf,
} from '../../../../shared/features/course/upstream.ts';
import { placeAmong } from '../../../../shared/features/course/places.ts';
import { countChanges } from '../../../../shared/features/course/version-changes.ts';
import { LANGUAGES } from '../../../../shared/kernel/text.ts';
import { ID_PATTERN, type Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { writesOf } from '../../../../shared/model/field-writes.ts';
import { isReadable } from '../../../../shared/model/judge.ts';
import { deletion, restoration } from '../../../../shared/node/store/deletion.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import type { FieldValue, FieldWrite, SpaceId, ValueId } from '../../../../shared/sync/types.ts';
import type { EngineContext } from '../../context.ts';
import { findCourse } from '../library/course.ts';
import { copyId, copyOf } from './adaptation.ts';
import { partsOf, PARTS, type Part, type PartType } from './course-parts.ts';
import { undoneKey, undoTaking } from './undo-taking.ts';
import { comparedHeads, liveParts, sourceOf, valuesOf, type Snapshot } from './published.ts';

type Upstream = Pick<
  Handlers<typeof adaptationContract>,
  'course.takeUpstream' | 'course.undoTaking' | 'course.updates' | 'course.upstream'
>;

/** Returns the handlers of the calls that compare an adaptation with its source, and take from it. */
export function upstreamHandlers(context: EngineContext): Upstream {
  const { store } = context;
  return {
    'course.upstream': ({ courseId }) => {
      const found = adaptationOf(store.reader, courseId);
      if (!found.ok) return found;
      const { changes, from, to } = found.value;
      return ok({ from, to, changes: toldOf(found.value, changes) });
    },

    'course.updates': () => {
      const rows = store.reader.all<{ id: Id }>('select id from course where live = 1 and origin is not null order by id');
      return ok(
        rows.flatMap(({ id }) => {
          const found = adaptationOf(store.reader, id);
          if (!found.ok || found.value.changes.length === 0) return [];
          return [{ courseId: id, to: found.value.to, changes: countChanges(found.value.changes) }];
        }),
      );
    },

    'course.takeUpstream': ({ courseId, choices }) => {
      const found = adaptationOf(store.reader, courseId);
      if (!found.ok) return found;
      const { writes, counts } = taking(context, found.value, choices);
      const [changeSet] = writes.length === 0 ? [] : store.commit([{ space: found.value.space, writes }]);
      return ok({ ...counts, taking: changeSet?.hash ?? null });
    },

    'course.undoTaking': ({ courseId, taking: hash }) => {
      const found = adaptationOf(store.reader, courseId);
      if (!found.ok) return found;
      const { parts, space } = found.value;
      return ok(undoTaking(store, space, parts, hash));
    },
  };
}

/** An adaptation beside its source. */
interface Adaptation {
  readonly id: Id;
  readonly space: SpaceId;
  readonly parts: readonly Part[];
  readonly own: readonly OwnPart[];
  readonly source: readonly Snapshot[];
  readonly valueOf: ValueOf;
  readonly from: string;
  readonly to: string;
  readonly changes: readonly UpstreamChange[];
}

function adaptationOf(reader: Reader, idOrCode: string): Result<Adaptation, 'course.notAdapted' | 'course.sourceAway' | 'course.unknown'> {
  const found = findCourse(reader, idOrCode);
  if (!found) return refuse('course.unknown');
  const parts = partsOf(reader, found.summary.id);
  const [{ id, space, origin }] = parts as [Part];
  if (origin === null) return refuse('course.notAdapted');
  if (!findCourse(reader, origin)) return refuse('course.sourceAway');
  const source = sourceOf(reader, origin);
  const standing = new Set(liveParts(parts));
  const base = baseOf(reader, parts[0]!);
  const own = parts
    .filter(({ id: part, live }) => live || base[undoneKey(part)] === undefined)
    .map((part) => ownPart(reader, part, standing.has(part), base));
  const valueOf = valuesOf(reader, [...parts, ...source]);
  const declined = Object.fromEntries(Object.entries(base).filter(([key]) => ID_PATTERN.test(key)));
  const versionIn = (heads: Heads | undefined): string => {
    const [first] = heads?.[VERSION] ?? [];
    const said = first === undefined ? '' : valueOf(first);
    return typeof said === 'string' ? said : '';
  };
  const changes = compareUpstream({ own, source, declined }, valueOf);
  return ok({ id, space, parts, own, source, valueOf, from: versionIn(base), to: versionIn(source[0]?.heads), changes });
}

function ownPart(reader: Reader, part: Part, live: boolean, ofCourse: Heads): OwnPart {
  const { id, type, origin, parent } = part;
  const beside = Object.entries(ofCourse).flatMap(([key, heads]) =>
    key.startsWith(besideKey(id, '')) && key !== undoneKey(id) ? [[key.slice(id.length + 1), heads]] : [],
  );
  const base = { ...baseOf(reader, part), ...(Object.fromEntries(beside) as Heads) };
  return { id, origin, live, parent, heads: comparedHeads(reader, { type, id }), base };
}

function baseOf(reader: Reader, { type, id }: Part): Heads {
  const base = reader.heads(type, id, 'originHeads')[0]?.value;
  return base !== undefined && base !== null && isReadable(type, 'originHeads', base) ? (base as Heads) : {};
}

/** Returns the titles of parts and the places that the changes of an adaptation tell of, beside the changes. */
function toldOf({ own, parts, source, valueOf }: Adaptation, changes: readonly UpstreamChange[]) {
  const types = new Map<Id, PartType>([...source, ...parts].map(({ id, type }) => [id, type]));
  const heads = new Map<Id, Heads>([...source, ...own].map((part) => [part.id, part.heads]));
  const valueIn = (id: Id, register: string): FieldValue => {
    const [first] = heads.get(id)?.[register] ?? [];
    return first === undefined ? null : (valueOf(first) ?? null);
  };
  const titleOf = (id: Id) =>
    Object.fromEntries(
      LANGUAGES.flatMap((language) => {
        const title = valueIn(id, `title@${language}`);
        return typeof title === 'string' && title !== '' ? [[language, title]] : [];
      }),
    );
  const standing = own.filter(({ live }) => live).map(({ id }) => ({ id, placement: valueIn(id, 'placement') }));
  const insideOf = (parent: FieldValue | undefined) =>
    typeof parent === 'string' && types.get(parent) === 'module' ? titleOf(parent) : null;
  const placed = (id: Id, placement: FieldValue) => {
    const place = placeAmong(id, placement, standing);
    return place && { inside: insideOf(place.parent), after: place.after === null ? null : titleOf(place.after) };
  };
  return changes.map(({ source: _source, heads: _heads, ...change }) => {
    const { part, kind, mine, theirs } = change;
    const placement = valueIn(part, 'placement');
    return {
      ...change,
      seen: [...change.seen],
      ...{ type: types.get(part)!, title: titleOf(part), inside: insideOf(Array.isArray(placement) ? placement[0] : undefined) },
      places: kind === 'moved' ? { mine: placed(part, mine), theirs: placed(part, theirs) } : null,
    };
  });
}

/** Where the course keeps the base of a register of a part that was removed here: written to the part itself, it would bring the part back. */
function besideKey(part: Id, register: string): string {
  return `${part}/${register}`;
}

/** Returns the writes of an adaptation by these choices, and how many changes were taken, left, merged, and stay open. */
function taking(context: EngineContext, adaptation: Adaptation, choices: readonly Choice[]) {
  const { own, changes, source, id } = adaptation;
  const counts = { taken: 0, kept: 0, merged: 0, open: 0 };
  const draft = new Draft(context, adaptation);
  for (const change of changes) {
    const choice = choiceFor(change, choices);
    const decision = decide(change, choice);
    const done = decision.does !== 'open' && draft.apply(change, decision, choice?.seen);
    counts[done ? COUNTED[decision.does] : 'open']++;
  }
  // Only what has been gone through whole has come to another version.
  if (counts.open === 0 && source[0])
    draft.settle(
      own.find((part) => part.id === id)!,
      VERSION,
      source[0].heads[VERSION] ?? [],
    );
  return { writes: draft.writes(), counts };
}

const COUNTED = { take: 'taken', merge: 'merged', keep: 'kept', open: 'open' } as const;

/** The writes of one taking, gathered. */
class Draft {
  readonly #context: EngineContext;
  readonly #of: Adaptation;
  readonly #writes: FieldWrite[] = [];
  /** By the part here: what is its base from now on. */
  readonly #bases = new Map<Id, Record<string, readonly ValueId[]>>();
  readonly #restored = new Set<Id>();
  /** By the part of the source: where its copy is, and stands. */
  readonly #copies: Map<Id, Id>;

  constructor(context: EngineContext, adaptation: Adaptation) {
    this.#context = context;
    this.#of = adaptation;
    this.#copies = new Map(adaptation.own.flatMap(({ id, origin, live }) => (live && origin !== null ? [[origin, id]] : [])));
  }

  /** Whether a change could be dealt with so. */
  apply(change: UpstreamChange, decision: Decision, seen: readonly ValueId[] | undefined): boolean {
    const part = this.#of.own.find(({ id }) => id === change.part);
    if (change.kind === 'added') return decision.does === 'keep' ? this.#decline(change) : this.#add(change);
    if (!part) return false;
    if (change.kind === 'removed') {
      if (decision.does === 'keep') this.#keep(part);
      else this.#writes.push(...deletion(this.#context.store.reader, this.#typeOf(part.id), part.id));
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
    const course = this.#of.own[0]!;
    const key = besideKey(part.id, register);
    if (!part.live || this.#baseOf(course)[key]) this.#baseOf(course)[key] = heads;
    else this.#baseOf(part)[register] = heads;
  }

  /** The base of a part from now on, to be written into. */
  #baseOf(part: OwnPart): Record<string, readonly ValueId[]> {
    const known = this.#bases.get(part.id);
    if (known) return known;
    const own = {
      ...baseOf(
        this.#context.store.reader,
        this.#of.parts.find(({ id }) => id === part.id)!,
      ),
    };
    this.#bases.set(part.id, own);
    return own;
  }

  /** Lets a part stand that the source has no longer: it has no base any more. */
  #keep(part: OwnPart): void {
    const ofCourse = this.#baseOf(this.#of.own[0]!);
    for (const key of Object.keys(ofCourse)) if (key.startsWith(besideKey(part.id, ''))) delete ofCourse[key];
    this.#bases.set(part.id, {});
  }

  writes(): FieldWrite[] {
    const bases = [...this.#bases].flatMap(([id, originHeads]) => writesOf(PARTS[this.#typeOf(id)], id, { originHeads }));
    return [...this.#writes, ...bases];
  }

  #write(change: UpstreamChange, part: OwnPart, field: string, taken: FieldValue, seen: readonly ValueId[] | undefined): boolean {
    const type = this.#typeOf(part.id);
    const value = change.kind === 'moved' ? this.#place(taken) : taken;
    if (value === undefined || !isReadable(type, field, value)) return false;
    if (!part.live) {
      // What stands in a module that was removed here comes back with that module.
      if (this.#of.parts.some(({ id, live }) => id === part.parent && !live)) return false;
      if (!this.#restored.has(part.id)) this.#writes.push(...restoration(this.#context.store.reader, type, part.id));
      this.#restored.add(part.id);
    }
    this.#writes.push({ entityType: type, entityId: part.id, field, value, ...(seen && { supersedes: seen }) });
    return true;
  }

  /** A place of the source as it is called here; undefined where nothing stands here for it. */
  #place(taken: FieldValue): FieldValue | undefined {
    if (!Array.isArray(taken)) return undefined;
    const [parent, key] = taken as [Id, string];
    const isHere = this.#of.own.some(({ id, live }) => live && id === parent);
    const here = isHere ? parent : this.#copies.get(parent);
    return here === undefined ? undefined : [here, key];
  }

  #add(change: UpstreamChange): boolean {
    const part = this.#of.source.find(({ id }) => id === change.source);
    const place = (change.theirs as { readonly placement?: FieldValue }).placement;
    if (!part || place === undefined || this.#place(place) === undefined) return false;
    const { id: courseId, space, valueOf } = this.#of;
    this.#copies.set(part.id, copyId(this.#context, space, courseId, part.id));
    const id = this.#copies.get(part.id)!;
    this.#writes.push(...copyOf(part, this.#copies, valueOf));
    // One that was taken back lies among what was removed.
    this.#writes.push(...restoration(this.#context.store.reader, part.type, id));
    const ofCourse = this.#of.own[0]!;
    if (baseOf(this.#context.store.reader, this.#of.parts[0]!)[undoneKey(id)]) delete this.#baseOf(ofCourse)[undoneKey(id)];
    return true;
  }

  #decline(change: UpstreamChange): boolean {
    this.settle(this.#of.own[0]!, change.source, change.heads);
    return true;
  }

  #typeOf(id: Id): PartType {
    return this.#of.parts.find((part) => part.id === id)!.type;
  }
}
