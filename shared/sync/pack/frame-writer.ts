import { fromHex } from '../../kernel/hex.ts';
import { ID_PATTERN, derivedId, idBytes } from '../../kernel/ids.ts';
import type { Hasher } from '../../kernel/ports.ts';
import { encodeCanonical } from '../canonical.ts';
import { splitValueId } from '../change-set.ts';
import { concat } from '../encode.ts';
import {
  COLUMN,
  ENTITY,
  FORMS,
  FRAME_VERSION,
  KINDS,
  instantOf,
  onlyPlaceOf,
  packWrite,
  type Derivation,
  type Referent,
} from './frame-layout.ts';
import type { PackMemory } from './pack-memory.ts';
import type { ChangeSet, FieldValue, Hash, Op } from '../types.ts';
import { writeVarints } from './varints.ts';

export interface FrameWriterPorts {
  readonly hasher: Hasher;
  /** How ids may follow from values; a frame names those that it uses, so that a reader needs no list. */
  readonly derivations: readonly Derivation[];
  /** A change-set outside this pack that the receiver is known to hold, and the only one at its place; null: name it by its hash. */
  locate(hash: Hash): Referent | null;
  /** The reader takes the place of a run for its link: what comes before it there. */
  readonly linksByPlace?: boolean;
}

/** The payload of a frame, before compression. `earlier`: what the pack holds, as `PackMemory.frame` gives it; what is written is added. */
export function writeFrame(changeSets: readonly ChangeSet[], ports: FrameWriterPorts, earlier: PackMemory): Uint8Array {
  const writer = new FrameWriter(ports, earlier);
  for (const changeSet of changeSets) writer.add(changeSet);
  return encodeCanonical(writer.layout());
}

class FrameWriter {
  readonly #ports: FrameWriterPorts;
  readonly #earlier: PackMemory;
  readonly #spaces = new Table<string>();
  readonly #replicas = new Table<string>();
  readonly #authors = new Table<string>();
  readonly #ids = new Table<string>();
  readonly #texts = new Table<string>();
  readonly #types = new Table<string>();
  readonly #registers = new Table<string>();
  readonly #shapes = new Table<string>();
  readonly #usedDerivations: Derivation[] = [];
  readonly #runs: unknown[] = [];
  /** The change-set that the next of a run names, by hash: its run. */
  readonly #ends = new Map<Hash, { readonly run: number; readonly t: number }>();
  readonly #columns = {
    run: column(),
    t: column(),
    author: column(),
    schema: column(),
    tq: column(),
    kind: column(),
    shape: column(),
    signed: column(),
  };
  readonly #signatures: Uint8Array[] = [];
  readonly #entities: number[][] = [];
  readonly #salts: Uint8Array[] = [];
  readonly #digests: Uint8Array[] = [];
  readonly #refs = { where: column(), seq: column(), index: column(), hashes: [] as Uint8Array[] };
  readonly #values: { readonly value: FieldValue; readonly t: number }[][] = [];

  constructor(ports: FrameWriterPorts, earlier: PackMemory) {
    this.#ports = ports;
    this.#earlier = earlier;
  }

  add(changeSet: ChangeSet): void {
    const { header, hash, signature } = changeSet;
    const before = header.prev === null ? undefined : this.#ends.get(header.prev);
    // Clocks so far apart that their distance is no exact number: the run ends there, and the next says its own.
    const end = before && Number.isSafeInteger(header.t - before.t) ? before : undefined;
    const run = end ? end.run : this.#newRun(changeSet);
    // A branch of a fork starts a run of its own.
    if (header.prev !== null) this.#ends.delete(header.prev);
    const columns = this.#columns;
    columns.run.push(run);
    columns.t.push(header.t - (end?.t ?? 0));
    columns.author.push(this.#authors.place(header.author));
    columns.schema.push(header.schema);
    columns.tq.push(header.tq);
    columns.kind.push(KINDS.indexOf(header.kind));
    columns.signed.push(signature === '' ? 0 : 1);
    if (signature !== '') this.#signatures.push(fromHex(signature));
    columns.shape.push(this.#shapes.place(this.#shapeOf(changeSet).join(' ')));
    this.#ends.set(hash, { run, t: header.t });
    this.#earlier.add({ hash, space: header.space, replica: header.replica, seq: header.seq, ops: changeSet.ops });
  }

  #newRun({ header }: ChangeSet): number {
    const { space, replica, seq, prev } = header;
    const before = prev !== null && this.#ports.linksByPlace ? this.#referentOf(prev, space) : null;
    const isBefore = before?.replica === replica && before.seq === seq - 1;
    this.#runs.push([this.#spaces.place(space), this.#replicas.place(replica), seq, prev === null || isBefore ? null : fromHex(prev)]);
    return this.#runs.length - 1;
  }

  /** Writes the columns of a change-set's writes; gives what describes them. */
  #shapeOf(changeSet: ChangeSet): number[] {
    const shape: number[] = [];
    const salts = new Map<string, string>();
    changeSet.ops.forEach((op, i) => {
      const before = changeSet.ops[i - 1];
      const another = before?.entityType !== op.entityType || before.entityId !== op.entityId;
      const { content } = op;
      const type = this.#types.place(op.entityType);
      const register = this.#registers.place(`${type} ${op.field}`);
      const entity = `${op.entityType} ${op.entityId}`;
      const ownSalt = content.form === 'erasable' && salts.get(entity) !== content.salt;
      if (content.form === 'erasable' && ownSalt) {
        salts.set(entity, content.salt);
        this.#salts.push(fromHex(content.salt));
      }
      if (content.form === 'redacted') this.#digests.push(fromHex(content.digest));
      else listAt(this.#values, register).push({ value: content.value, t: changeSet.header.t });
      const found = another ? this.#entityCode(changeSet, i) : null;
      if (found !== null) listAt(this.#entities, type).push(found);
      op.supersedes.forEach((id, k) => this.#refer(changeSet, op, id, k === 0 && found === ENTITY.superseded));
      shape.push(register, packWrite(another, FORMS.indexOf(content.form), ownSalt, op.supersedes.length));
    });
    return shape;
  }

  #entityCode(changeSet: ChangeSet, at: number): number {
    const { entityType, entityId } = changeSet.ops[at]!;
    const derivation = this.#ports.derivations.find(({ type }) => type === entityType);
    if (derivation && derivesFrom(derivation, groupAt(changeSet.ops, at), entityId, this.#ports.hasher)) {
      if (!this.#usedDerivations.includes(derivation)) this.#usedDerivations.push(derivation);
      return ENTITY.derived;
    }
    if (this.#namesEntity(changeSet, changeSet.ops[at]!)) return ENTITY.superseded;
    return ID_PATTERN.test(entityId) ? ENTITY.table + 2 * this.#ids.place(entityId) : ENTITY.table + 2 * this.#texts.place(entityId) + 1;
  }

  /** Whether the first superseded value alone tells the entity: its change-set wrote that field of that type once. */
  #namesEntity({ header }: ChangeSet, { entityType, entityId, field, supersedes }: Op): boolean {
    const referent = supersedes[0] === undefined ? null : this.#referentOf(splitValueId(supersedes[0]).hash, header.space);
    if (!referent) return false;
    const { index } = splitValueId(supersedes[0]!);
    return referent.ops[index]?.entityId === entityId && onlyPlaceOf(referent, entityType, field, null) === index;
  }

  #referentOf(hash: Hash, space: string): Referent | null {
    const known = this.#earlier.of(hash);
    const referent = known ?? this.#ports.locate(hash);
    if (referent?.space !== space) return null;
    // The reader looks into the pack first: there the place must be this one's alone, or nobody's.
    const there = this.#earlier.at(referent);
    return there.length === (known ? 1 : 0) ? referent : null;
  }

  #refer({ header }: ChangeSet, { entityType, entityId, field }: Op, id: string, tellsEntity: boolean): void {
    const { hash, index } = splitValueId(id);
    const referent = this.#referentOf(hash, header.space);
    const refs = this.#refs;
    if (!referent) {
      refs.where.push(0);
      refs.index.push(index);
      refs.hashes.push(fromHex(hash));
      return;
    }
    refs.where.push(1 + this.#replicas.place(referent.replica));
    refs.seq.push(referent.replica === header.replica ? header.seq - referent.seq : referent.seq);
    const place = onlyPlaceOf(referent, entityType, field, tellsEntity ? null : entityId);
    refs.index.push(place === index ? 0 : index + 1);
  }

  layout(): unknown[] {
    const { run, t, author, schema, tq, kind, shape, signed } = this.#columns;
    const { where, seq, index, hashes } = this.#refs;
    // Made before the tables are written: columns of ids add to the table of ids.
    const values = this.#registers.all.map((_, register) => this.#valueColumn(this.#values[register] ?? []));
    return [
      FRAME_VERSION,
      this.#spaces.all,
      concat(this.#replicas.all.map(fromHex)),
      this.#authors.all,
      concat(this.#ids.all.map(idBytes)),
      this.#texts.all,
      this.#types.all,
      this.#registers.all.map((name) => {
        const blank = name.indexOf(' ');
        return [Number(name.slice(0, blank)), name.slice(blank + 1)];
      }),
      this.#usedDerivations.map(({ type, namespace, fields }) => [this.#types.place(type), namespace, fields]),
      this.#runs,
      [run, t, author, schema, tq, kind, shape, signed].map(writeVarints),
      concat(this.#signatures),
      this.#shapes.all.map((text) => writeVarints(text.split(' ').map(Number))),
      this.#types.all.map((_, type) => writeVarints(this.#entities[type] ?? [])),
      concat(this.#salts),
      concat(this.#digests),
      [...[where, seq, index].map(writeVarints), concat(hashes)],
      values,
    ];
  }

  #valueColumn(entries: readonly { readonly value: FieldValue; readonly t: number }[]): unknown[] {
    const values = entries.map(({ value }) => value);
    if (values.length === 0 || !values.every((value) => typeof value === 'string')) return [COLUMN.plain, values];
    if (values.every((value) => ID_PATTERN.test(value))) return [COLUMN.ids, writeVarints(values.map((value) => this.#ids.place(value)))];
    const instants = values.map(instantOf);
    const distances = instants.map((instant, i) => (instant === null ? NaN : instant - entries[i]!.t));
    if (distances.every(Number.isSafeInteger)) return [COLUMN.instants, writeVarints(distances)];
    const different = new Table<string>();
    const places = values.map((value) => different.place(value));
    return different.all.length > values.length / 2 ? [COLUMN.plain, values] : [COLUMN.repeated, different.all, writeVarints(places)];
  }
}

/** The writes to one entity that begin at a place. */
export function groupAt<O extends Pick<Op, 'entityType' | 'entityId'>>(ops: readonly O[], at: number): readonly O[] {
  const { entityType, entityId } = ops[at]!;
  let end = at + 1;
  while (ops[end]?.entityType === entityType && ops[end]!.entityId === entityId) end++;
  return ops.slice(at, end);
}

function derivesFrom({ namespace, fields }: Derivation, group: readonly Op[], id: string, hasher: Hasher): boolean {
  const parts: string[] = [];
  for (const field of fields) {
    const content = group.find((op) => op.field === field)?.content;
    if (!content || content.form === 'redacted' || typeof content.value !== 'string') return false;
    parts.push(content.value);
  }
  return derivedId(hasher, namespace, ...parts) === id;
}

function column(): number[] {
  return [];
}

function listAt<T>(lists: T[][], place: number): T[] {
  for (let i = lists.length; i <= place; i++) lists.push([]);
  return lists[place]!;
}

/** Different things in the order they were met, each with its place. */
class Table<T> {
  readonly all: T[] = [];
  readonly #places = new Map<T, number>();

  place(thing: T): number {
    const known = this.#places.get(thing);
    if (known !== undefined) return known;
    this.#places.set(thing, this.all.length);
    return this.all.push(thing) - 1;
  }
}
