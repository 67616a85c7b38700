import { toHex } from '../../kernel/hex.ts';
import { asFieldValue, CAPS } from '../canonical.ts';
import { COLUMN, FORMS, FRAME_VERSION, KINDS, unpackWrite, type Derivation } from './frame-layout.ts';
import type { FieldValue } from '../types.ts';
import { piecesOf, readVarints } from './varints.ts';

/** The shape of a write of a change-set. */
export interface WriteShape {
  readonly register: number;
  readonly another: boolean;
  readonly form: (typeof FORMS)[number];
  readonly ownSalt: boolean;
  readonly supersedes: number;
}

/** Fields that an id may be derived from: each is looked for among the writes of every such entity. */
const DERIVED_FROM = 16;

/** The start of a run of a chain in a frame. */
export interface RunStart {
  readonly space: string;
  readonly replica: string;
  readonly seq: number;
  readonly prev: string | null;
}

/** The value at a place of its column, for a change-set of time `t`; undefined: it is none. */
export type ValueColumn = (place: number, t: number) => FieldValue | undefined;

/** A frame taken apart: every column is whole and of the right kind; what they say together is not looked at yet. */
export interface Columns {
  readonly replicas: readonly string[];
  readonly authors: readonly string[];
  readonly ids: readonly string[];
  readonly texts: readonly string[];
  readonly types: readonly string[];
  readonly registers: readonly { readonly type: number; readonly field: string }[];
  readonly derivations: ReadonlyMap<number, Derivation>;
  readonly runs: readonly RunStart[];
  /** One entry a change-set. */
  readonly each: { readonly [K in 'run' | 't' | 'author' | 'schema' | 'tq' | 'kind' | 'shape' | 'signed']: readonly number[] };
  readonly signatures: readonly string[];
  readonly shapes: readonly (readonly WriteShape[])[];
  readonly entities: readonly (readonly number[])[];
  readonly salts: readonly string[];
  readonly digests: readonly string[];
  readonly refs: {
    readonly where: readonly number[];
    readonly seq: readonly number[];
    readonly index: readonly number[];
    readonly hashes: readonly string[];
  };
  readonly values: readonly { readonly length: number; readonly at: ValueColumn }[];
}

/** Splits a decoded payload into its columns; null when it is not what `writeFrame` lays out, or holds more than `most` change-sets. */
export function columnsOf(payload: unknown, most: number): Columns | null {
  const reader = new LayoutReader(payload);
  const columns = reader.read(most);
  return reader.failed ? null : columns;
}

class LayoutReader {
  readonly #parts: readonly unknown[];
  #at = 0;
  failed = false;

  constructor(payload: unknown) {
    this.#parts = Array.isArray(payload) ? payload : [];
    if (this.#parts.length !== 18) this.failed = true;
  }

  read(most: number): Columns {
    if (this.#next() !== FRAME_VERSION) this.failed = true;
    const spaces = this.#texts(this.#next());
    const replicas = this.#hex(this.#next(), 16);
    const authors = this.#texts(this.#next());
    const ids = this.#hex(this.#next(), 16).map(asId);
    const texts = this.#texts(this.#next());
    const types = this.#texts(this.#next());
    const registers = this.#list(this.#next()).map((item) => this.#register(item, types.length));
    const derivations = new Map(this.#list(this.#next()).map((item) => this.#derivation(item, types)));
    const runs = this.#list(this.#next()).map((item) => this.#run(item, spaces, replicas));
    const [run = [], t = [], author = [], schema = [], tq = [], kind = [], shape = [], signed = []] = this.#tuple(this.#next(), 8).map(
      (item) => this.#numbers(item),
    );
    const each = { run, t, author, schema, tq, kind, shape, signed };
    const signatures = this.#hex(this.#next(), 64);
    const shapes = this.#list(this.#next()).map((item) => this.#shape(item, registers.length));
    const entities = this.#list(this.#next()).map((item) => this.#numbers(item));
    const salts = this.#hex(this.#next(), 16);
    const digests = this.#hex(this.#next(), 32);
    const [where, seq, index, hashes] = this.#tuple(this.#next(), 4);
    const refs = { where: this.#numbers(where), seq: this.#numbers(seq), index: this.#numbers(index), hashes: this.#hex(hashes, 32) };
    const values = this.#list(this.#next()).map((item) => this.#column(item, ids));

    const count = run.length;
    const fits =
      count > 0 &&
      count <= most &&
      Object.values(each).every((column) => column.length === count) &&
      within(run, runs.length) &&
      within(author, authors.length) &&
      within(kind, KINDS.length) &&
      within(shape, shapes.length) &&
      within(signed, 2) &&
      within(tq, 3) &&
      entities.length === types.length &&
      values.length === registers.length;
    if (!fits) this.failed = true;
    return {
      replicas,
      authors,
      ids,
      texts,
      types,
      registers,
      derivations,
      runs,
      each,
      signatures,
      shapes,
      entities,
      salts,
      digests,
      refs,
      values,
    };
  }

  #next(): unknown {
    return this.#parts[this.#at++];
  }

  #fail<T>(instead: T): T {
    this.failed = true;
    return instead;
  }

  #list(item: unknown): readonly unknown[] {
    return Array.isArray(item) ? item : this.#fail([]);
  }

  #tuple(item: unknown, length: number): readonly unknown[] {
    const list = this.#list(item);
    return list.length === length ? list : this.#fail([]);
  }

  #texts(item: unknown): readonly string[] {
    const list = this.#list(item);
    return list.every((text) => typeof text === 'string') ? list : this.#fail([]);
  }

  #numbers(item: unknown): readonly number[] {
    return (item instanceof Uint8Array ? readVarints(item) : null) ?? this.#fail([]);
  }

  #hex(item: unknown, length: number): readonly string[] {
    return (item instanceof Uint8Array ? piecesOf(item, length) : null)?.map(toHex) ?? this.#fail([]);
  }

  #register(item: unknown, types: number): { type: number; field: string } {
    const [type, field] = this.#tuple(item, 2);
    return isPlace(type, types) && typeof field === 'string' ? { type, field } : this.#fail({ type: 0, field: '' });
  }

  #derivation(item: unknown, types: readonly string[]): [number, Derivation] {
    const [type, namespace, fields] = this.#tuple(item, 3);
    if (!isPlace(type, types.length) || typeof namespace !== 'string') return this.#fail([0, { type: '', namespace: '', fields: [] }]);
    const from = this.#texts(fields);
    return [type, { type: types[type]!, namespace, fields: from.length <= DERIVED_FROM ? from : this.#fail([]) }];
  }

  #run(item: unknown, spaces: readonly string[], replicas: readonly string[]): RunStart {
    const [space, replica, seq, prev] = this.#tuple(item, 4);
    const isPrev = prev === null || (prev instanceof Uint8Array && prev.length === 32);
    if (!isPlace(space, spaces.length) || !isPlace(replica, replicas.length) || !Number.isSafeInteger(seq) || !isPrev) {
      return this.#fail({ space: '', replica: '', seq: 0, prev: null });
    }
    return { space: spaces[space]!, replica: replicas[replica]!, seq: seq as number, prev: prev === null ? null : toHex(prev) };
  }

  #shape(item: unknown, registers: number): readonly WriteShape[] {
    const numbers = this.#numbers(item);
    const shape: WriteShape[] = [];
    for (let i = 0; i + 1 < numbers.length; i += 2) {
      const [register, packed] = [numbers[i]!, numbers[i + 1]!];
      if (!isPlace(register, registers) || packed < 0) return this.#fail([]);
      const { form, ...write } = unpackWrite(packed);
      if (write.supersedes > CAPS.supersedes || shape.length >= CAPS.ops) return this.#fail([]);
      shape.push({ register, form: FORMS[form]!, ...write });
    }
    // The first write has no entity before it.
    return shape.length > 0 && numbers.length % 2 === 0 && shape[0]!.another ? shape : this.#fail([]);
  }

  #column(item: unknown, ids: readonly string[]): { length: number; at: ValueColumn } {
    const [kind, first, second] = this.#list(item);
    switch (kind) {
      case COLUMN.plain: {
        const list = this.#list(first);
        return { length: list.length, at: (place) => asFieldValue(list[place]) };
      }
      case COLUMN.ids: {
        const places = this.#numbers(first);
        return { length: places.length, at: (place) => ids[places[place]!] };
      }
      case COLUMN.repeated: {
        const texts = this.#texts(first);
        const places = this.#numbers(second);
        return { length: places.length, at: (place) => texts[places[place]!] };
      }
      case COLUMN.instants: {
        const distances = this.#numbers(first);
        return { length: distances.length, at: (place, t) => isoText(t + distances[place]!) };
      }
      default:
        return this.#fail({ length: 0, at: () => undefined });
    }
  }
}

function within(places: readonly number[], length: number): boolean {
  return places.every((place) => place >= 0 && place < length);
}

function isPlace(item: unknown, length: number): item is number {
  return typeof item === 'number' && Number.isSafeInteger(item) && item >= 0 && item < length;
}

function isoText(t: number): string | undefined {
  return Math.abs(t) <= 8.64e15 ? new Date(t).toISOString() : undefined;
}

function asId(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
