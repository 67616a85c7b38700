import { derivedId } from '../../kernel/ids.ts';
import type { Hasher } from '../../kernel/ports.ts';
import { assembleChangeSet, encodeChangeSet, valueId } from '../change-set.ts';
import type { Columns, RunStart, WriteShape } from './frame-columns.ts';
import { ENTITY, KINDS, onlyPlaceOf, placeName, type ChainPlace, type Referent } from './frame-layout.ts';
import type { PackMemory } from './pack-memory.ts';
import type { ChangeSet, ClockTrust, FieldValue, Hash, Op, OpValue, ValueId } from '../types.ts';

/** Looks up what is held at a place of a chain: one change-set, none, or several where a chain has forked. */
export type ReferentsAt = (place: ChainPlace) => readonly Referent[];

/**
 * Lists the places outside the pack that a frame's writes refer to, so that their change-sets can be looked up; adds the frame's own to `inside`. Null where a
 * write refers to nothing, `'many'` where they are more than `most`.
 */
export function placesReferred(columns: Columns, inside: Set<string>, most: number): ChainPlace[] | 'many' | null {
  const places = new Map<string, ChainPlace>();
  const cursor = refCursor(columns);
  for (const { space, replica, seq, shape, first } of changeSetsIn(columns)) {
    // A run that names no link continues what is held before it.
    if (first && first.prev === null && seq > 1) {
      const before = { space, replica, seq: seq - 1 };
      if (!inside.has(placeName(before))) places.set(placeName(before), before);
    }
    for (const { supersedes } of shape) {
      for (let i = 0; i < supersedes; i++) {
        const place = cursor.next(space, replica, seq);
        if (!place) return null;
        if (!('seq' in place)) continue;
        const name = placeName(place);
        if (!inside.has(name)) places.set(name, { space: place.space, replica: place.replica, seq: place.seq });
      }
      if (places.size > most) return 'many';
    }
    inside.add(placeName({ space, replica, seq }));
  }
  return [...places.values()];
}

export interface Assembly {
  readonly held: ReferentsAt;
  /** What the pack holds, as `PackMemory.frame` gives it; what the frame holds is added. */
  readonly earlier: PackMemory;
  readonly hasher: Hasher;
  /** The change-sets together may be so many bytes in their stored form: a small frame must not become a large memory. */
  readonly mostBytes: number;
  /** Told of each change-set as it is made, before it is known whether the frame is right. */
  readonly made?: (changeSet: ChangeSet) => void;
}

/**
 * Assembles the change-sets of a frame, in order, with the number of their bytes as stored; `'unresolved'` when it refers to what is not held here (the sender
 * must then name things in full), `'tooLarge'` when they are more than `mostBytes`, null when it says what no frame may say.
 */
export function assemble(
  columns: Columns,
  assembly: Assembly,
): { readonly changeSets: readonly ChangeSet[]; readonly storedBytes: number } | 'unresolved' | 'tooLarge' | null {
  try {
    return new Assembler(columns, assembly).all();
  } catch (error) {
    if (error instanceof Unresolved) return 'unresolved';
    if (error instanceof TooLarge) return 'tooLarge';
    if (error instanceof Malformed) return null;
    throw error;
  }
}

class Malformed extends Error {}
class Unresolved extends Error {}
class TooLarge extends Error {}

interface Position {
  readonly space: string;
  readonly replica: string;
  readonly seq: number;
  readonly run: number;
  readonly shape: readonly WriteShape[];
  /** Where the run begins here. */
  readonly first: RunStart | null;
}

function* changeSetsIn({ each, runs, shapes }: Columns): Generator<Position> {
  const lengths = runs.map(() => 0);
  for (const [i, run] of each.run.entries()) {
    const { space, replica, seq } = runs[run]!;
    const first = lengths[run] === 0 ? runs[run]! : null;
    yield { space, replica, seq: seq + lengths[run]!++, run, shape: shapes[each.shape[i]!]!, first };
  }
}

/** Reads the references one after another: a place in a chain, a hash with its index, or undefined where there is none. */
function refCursor({ refs, replicas }: Columns): {
  next(
    space: string,
    replica: string,
    seq: number,
  ): (ChainPlace & { readonly index: number }) | { readonly hash: Hash; readonly index: number } | undefined;
  isDone(): boolean;
} {
  let [at, seqs, hashes] = [0, 0, 0];
  return {
    next(space, own, seq) {
      const where = refs.where[at];
      const index = refs.index[at++];
      if (where === undefined || index === undefined || index < 0) return undefined;
      if (where === 0) {
        const hash = refs.hashes[hashes++];
        return hash === undefined ? undefined : { hash, index };
      }
      const replica = replicas[where - 1];
      const written = refs.seq[seqs++];
      if (replica === undefined || written === undefined) return undefined;
      return { space, replica, seq: replica === own ? seq - written : written, index };
    },
    isDone: () => at === refs.where.length && at === refs.index.length && seqs === refs.seq.length && hashes === refs.hashes.length,
  };
}

class Assembler {
  readonly #columns: Columns;
  readonly #assembly: Assembly;
  readonly #refs;
  readonly #values: number[];
  readonly #entities: number[];
  readonly #ends: { hash: Hash; t: number }[] = [];
  #signatures = 0;
  #salts = 0;
  #digests = 0;
  #bytes = 0;

  constructor(columns: Columns, assembly: Assembly) {
    this.#columns = columns;
    this.#assembly = assembly;
    this.#refs = refCursor(columns);
    this.#values = columns.registers.map(() => 0);
    this.#entities = columns.types.map(() => 0);
  }

  all(): { readonly changeSets: readonly ChangeSet[]; readonly storedBytes: number } {
    const columns = this.#columns;
    const changeSets = [...changeSetsIn(columns)].map((position, i) => this.#one(position, i));
    const used =
      this.#signatures === columns.signatures.length &&
      this.#salts === columns.salts.length &&
      this.#digests === columns.digests.length &&
      this.#refs.isDone() &&
      columns.values.every(({ length }, register) => this.#values[register] === length) &&
      columns.entities.every(({ length }, type) => this.#entities[type] === length);
    if (!used) throw new Malformed();
    return { changeSets, storedBytes: this.#bytes };
  }

  #one({ space, replica, seq, run, shape }: Position, i: number): ChangeSet {
    const { each, runs, authors, signatures } = this.#columns;
    const end = this.#ends[run];
    const t = each.t[i]! + (end?.t ?? 0);
    const signature = each.signed[i] === 1 ? (signatures[this.#signatures++] ?? fail()) : '';
    const header = {
      version: 1,
      space,
      replica,
      seq,
      prev: end ? end.hash : (runs[run]!.prev ?? (seq > 1 ? this.#referentAt({ space, replica, seq: seq - 1 }).hash : null)),
      t,
      tq: each.tq[i] as ClockTrust,
      schema: each.schema[i]!,
      author: authors[each.author[i]!]!,
      kind: KINDS[each.kind[i]!]!,
    } as const;
    const changeSet = assembleChangeSet(header, this.#ops({ space, replica, seq }, shape, t), signature, this.#assembly.hasher);
    if (!changeSet) throw new Malformed();
    this.#bytes += encodeChangeSet(changeSet).length;
    if (this.#bytes > this.#assembly.mostBytes) throw new TooLarge();
    this.#ends[run] = { hash: changeSet.hash, t };
    this.#assembly.earlier.add({ hash: changeSet.hash, space, replica, seq, ops: changeSet.ops });
    this.#assembly.made?.(changeSet);
    return changeSet;
  }

  #ops(place: ChainPlace, shape: readonly WriteShape[], t: number): Op[] {
    const ops: Op[] = [];
    const salts = new Map<string, string>();
    for (let from = 0; from < shape.length;) {
      let to = from + 1;
      while (to < shape.length && !shape[to]!.another) to++;
      this.#group(place, shape.slice(from, to), t, salts, ops);
      from = to;
    }
    return ops;
  }

  /** The writes to one entity. */
  #group(place: ChainPlace, shape: readonly WriteShape[], t: number, salts: Map<string, string>, into: Op[]): void {
    const { registers, types } = this.#columns;
    const type = registers[shape[0]!.register]!.type;
    const contents = shape.map((write) => this.#content(write, t));
    const code = this.#columns.entities[type]![this.#entities[type]!++] ?? fail();
    let entityId = code === ENTITY.superseded ? null : this.#entityOf(code, type, shape, contents);
    shape.forEach((write, i) => {
      const { type: of, field } = registers[write.register]!;
      if (of !== type) fail();
      const supersedes: ValueId[] = [];
      for (let k = 0; k < write.supersedes; k++) {
        const found = this.#refer(place, types[type]!, field, entityId);
        entityId ??= found.entityId;
        supersedes.push(found.id);
      }
      entityId ??= fail();
      into.push({ entityType: types[type]!, entityId, field, supersedes, content: withSalt(contents[i]!, `${type} ${entityId}`, salts) });
    });
  }

  #content({ register, form, ownSalt }: WriteShape, t: number): OpValue {
    if (form === 'redacted') return { form, digest: this.#columns.digests[this.#digests++] ?? fail() };
    const { length, at } = this.#columns.values[register]!;
    const place = this.#values[register]!++;
    const value = place < length ? at(place, t) : undefined;
    if (value === undefined) fail();
    if (form === 'plain') return { form, value: value! };
    return { form, value: value!, salt: ownSalt ? (this.#columns.salts[this.#salts++] ?? fail()) : '' };
  }

  #entityOf(code: number, type: number, shape: readonly WriteShape[], contents: readonly OpValue[]): string {
    const { derivations, registers, ids, texts } = this.#columns;
    if (code === ENTITY.derived) {
      const derivation = derivations.get(type) ?? fail();
      const parts = derivation.fields.map((field) => {
        const i = shape.findIndex(({ register }) => registers[register]!.field === field);
        const content = contents[i];
        const value: FieldValue = content && content.form !== 'redacted' ? content.value : null;
        return typeof value === 'string' ? value : fail();
      });
      return derivedId(this.#assembly.hasher, derivation.namespace, ...parts);
    }
    const place = Math.floor((code - ENTITY.table) / 2);
    return (code % 2 === 0 ? ids[place] : texts[place]) ?? fail();
  }

  /** One superseded value, and the entity that it was written to; `entityId` null: the value tells the entity. */
  #refer(place: ChainPlace, entityType: string, field: string, entityId: string | null): { id: ValueId; entityId: string } {
    const ref = this.#refs.next(place.space, place.replica, place.seq) ?? fail();
    if ('hash' in ref) return { id: valueId(ref.hash, ref.index), entityId: entityId ?? fail() };
    const referent = this.#referentAt(ref);
    const index = ref.index > 0 ? ref.index - 1 : (onlyPlaceOf(referent, entityType, field, entityId) ?? fail());
    return { id: valueId(referent.hash, index), entityId: entityId ?? referent.ops[index]?.entityId ?? fail() };
  }

  #referentAt(place: ChainPlace): Referent {
    const inPack = this.#assembly.earlier.at(place);
    const found = inPack.length > 0 ? inPack : this.#assembly.held(place);
    if (found.length !== 1) throw new Unresolved();
    return found[0]!;
  }
}

function withSalt(content: OpValue, entity: string, salts: Map<string, string>): OpValue {
  if (content.form !== 'erasable') return content;
  const salt = content.salt === '' ? (salts.get(entity) ?? fail()) : content.salt;
  salts.set(entity, salt);
  return { ...content, salt };
}

function fail(): never {
  throw new Malformed();
}
