import type { ChangeSetKind, Hash, Op, ReplicaId, SpaceId } from '../types.ts';

/**
 * The version of the layout of a frame (SPEC.md, *Frame*): by columns, so that what repeats from one change-set to the next costs next to nothing, and without
 * what the reader can work out: hashes, places in a chain, derived ids, the address of a value that is superseded.
 */
export const FRAME_VERSION = 1;

export const KINDS: readonly ChangeSetKind[] = ['data', 'genesis', 'refuse', 'erase', 'reissue'];
export const FORMS: readonly Op['content']['form'][] = ['plain', 'erasable', 'redacted'];

/** The rule by which the id of an entity follows from values written with it: `derivedId(namespace, value of each field)`. */
export interface Derivation {
  readonly type: string;
  readonly namespace: string;
  readonly fields: readonly string[];
}

/** A change-set as others refer to it. */
export interface Referent {
  readonly hash: Hash;
  readonly space: SpaceId;
  readonly replica: ReplicaId;
  readonly seq: number;
  readonly ops: readonly Pick<Op, 'entityType' | 'entityId' | 'field'>[];
}

/** The longest change-set, in stored bytes, that is named by its place; a longer one is named by its hash, for it would be read whole to save a few bytes. */
export const LARGEST_REFERENT = 64 << 10;

/** A place in a chain: space, replica and number. */
export interface ChainPlace {
  readonly space: SpaceId;
  readonly replica: ReplicaId;
  readonly seq: number;
}

/** The key of a place in a chain, as one text. */
export function placeName({ space, replica, seq }: ChainPlace): string {
  return `${replica} ${seq} ${space}`;
}

/** The index of the only write of a change-set to a field, of one entity or (null) of any of that type; null: there is none, or more than one. */
export function onlyPlaceOf({ ops }: Pick<Referent, 'ops'>, entityType: string, field: string, entityId: string | null): number | null {
  return placesIn(ops).get(`${entityType} ${field} ${entityId ?? ''}`) ?? null;
}

/** Made once: a frame may refer to one change-set of ten thousand writes ten thousand times. */
const placesByOps = new WeakMap<Referent['ops'], ReadonlyMap<string, number | null>>();

function placesIn(ops: Referent['ops']): ReadonlyMap<string, number | null> {
  const known = placesByOps.get(ops);
  if (known) return known;
  const places = new Map<string, number | null>();
  for (const [i, { entityType, entityId, field }] of ops.entries()) {
    // No part of a name holds a blank.
    for (const id of [entityId, '']) {
      const name = `${entityType} ${field} ${id}`;
      places.set(name, places.has(name) ? null : i);
    }
  }
  placesByOps.set(ops, places);
  return places;
}

/** The encodings of a column of values. */
export const COLUMN = {
  /** A list of the values. */
  plain: 0,
  /** Ids: places in the frame's table of ids. */
  ids: 1,
  /** Texts that repeat: [the different ones, places among them]. */
  repeated: 2,
  /** Instants to the millisecond, as ISO 8601: distance to the time of their change-set. */
  instants: 3,
} as const;

/** The ways in which a write names its entity. From `table` on: even numbers are places in the table of ids, odd ones in that of texts. */
export const ENTITY = { derived: 0, superseded: 1, table: 2 } as const;

/**
 * Packs the facts of a write into one number, lowest first: another entity than the one before (2), form (3), a salt of its own (2), how many values it
 * supersedes.
 */
export function packWrite(another: boolean, form: number, ownSalt: boolean, supersedes: number): number {
  return (another ? 1 : 0) + 2 * form + 6 * (ownSalt ? 1 : 0) + 12 * supersedes;
}

/** Unpacks what `packWrite` packed. */
export function unpackWrite(packed: number): { another: boolean; form: number; ownSalt: boolean; supersedes: number } {
  return {
    another: packed % 2 === 1,
    form: Math.floor(packed / 2) % 3,
    ownSalt: Math.floor(packed / 6) % 2 === 1,
    supersedes: Math.floor(packed / 12),
  };
}

const ISO_INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Milliseconds of an instant that its ISO text says exactly; null for any other text. */
export function instantOf(text: string): number | null {
  if (!ISO_INSTANT.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) || new Date(ms).toISOString() !== text ? null : ms;
}
