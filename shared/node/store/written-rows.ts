import { RECORD_RULES } from '../../model/record-rules.ts';
import { canTakeEffect } from '../../sync/accept.ts';
import { GrowingEntity, entityKey, mergeEntity, type MergedEntity } from '../../sync/merge.ts';
import type { WrittenValue } from '../../sync/register.ts';
import type { ChangeSet, ChangeSetKind, ClockTrust, FieldValue, Head, Op, SpaceId, ValueId } from '../../sync/types.ts';

// How what a change-set wrote to an entity lies in the table `written` of every kind of database.

/** An entity by its type and id. */
export interface EntityName {
  readonly type: string;
  readonly id: string;
}

/** A written value with what its change-set says. */
export interface StoredValue extends WrittenValue {
  readonly space: SpaceId;
}

/** One op of a change-set on an entity, as the table `written` holds it. */
export type StoredOp = readonly [index: number, field: string, value: FieldValue, supersedes: readonly ValueId[], erased: 0 | 1];

/** A row of `written` joined with its change-set. */
export type WrittenRow = [
  ops: string,
  hash: string,
  space: string,
  kind: ChangeSetKind,
  replica: string,
  author: string,
  t: number,
  tq: ClockTrust,
  refused: string | null,
];

function storedOp(op: Op, index: number): StoredOp {
  const { content } = op;
  return content.form === 'redacted' ? [index, op.field, null, op.supersedes, 1] : [index, op.field, content.value, op.supersedes, 0];
}

/** The ops of a change-set as the table `written` holds them: one list per entity, by `entityKey`. */
export function storedOps(ops: readonly Op[]): Map<string, StoredOp[]> {
  const grouped = new Map<string, StoredOp[]>();
  let list: StoredOp[] = [];
  ops.forEach((op, index) => {
    const before = ops[index - 1];
    // What is written to one entity lies together.
    if (before?.entityId !== op.entityId || before.entityType !== op.entityType) {
      const key = entityKey(op.entityType, op.entityId);
      list = grouped.get(key) ?? [];
      grouped.set(key, list);
    }
    list.push(storedOp(op, index));
  });
  return grouped;
}

/** Reads a row of the table, with what its change-set says, into values. */
export function readRow(row: readonly [...WrittenRow, ...unknown[]], entity: EntityName, into: StoredValue[]): void {
  const [ops, hash, space, kind, replica, author, t, tq, refused] = row;
  addValues(into, entity, JSON.parse(ops) as StoredOp[], hash, { space, kind, replica, author, t, tq }, refused === null);
}

/** Adds what one change-set wrote to an entity to the values of that entity; what cannot take effect there stands among them without. */
export function addValues(
  into: StoredValue[],
  { type: entityType, id: entityId }: EntityName,
  ops: readonly StoredOp[],
  hash: string,
  { space, kind, replica, author, t, tq }: Pick<ChangeSet['header'], 'space' | 'kind' | 'replica' | 'author' | 't' | 'tq'>,
  stands: boolean,
): void {
  for (const [index, field, value, supersedes, erased] of ops) {
    const id = `${hash}:${index}`;
    const effective = stands && canTakeEffect(RECORD_RULES, { kind, space }, { entityType, entityId, field });
    into.push({ id, hash, index, field, value, erased: erased === 1, supersedes, effective, replica, author, t, tq, space });
  }
}

/** The heads of one register among the values of an entity. */
export function headsIn(values: readonly StoredValue[], field: string): readonly WrittenValue[] {
  return mergeEntity(values.filter((value) => value.field === field)).registers.get(field)?.heads ?? [];
}

/** The spaces that an entity lives in, in order: one, but for what a faulty or hostile program wrote. */
export function spacesOf(values: readonly StoredValue[]): SpaceId[] {
  const first = values[0]?.space;
  if (first === undefined) return [];
  if (values.every((value) => value.space === first)) return [first];
  // What was refused has no effect: nobody takes a record into another space by writing it there.
  const standing = values.filter((value) => value.effective);
  return [...new Set((standing.length > 0 ? standing : values).map((value) => value.space))].sort();
}

/**
 * Returns the values of an entity in the first of its spaces, in order: an entity lives in one space for ever. Where a faulty or hostile program wrote it in
 * two, both keep their registers and the first in order is the one that shows: the same on every node that holds both.
 */
export function inFirstSpace(values: readonly StoredValue[]): readonly StoredValue[] {
  const [first] = spacesOf(values);
  return values.every((value) => value.space === first) ? values : values.filter((value) => value.space === first);
}

/** The merge of an entity in the first of its spaces, kept up as values are added to it; null: nothing was ever written to it. */
export class ShownEntity {
  readonly #growing = new GrowingEntity<StoredValue>();
  #stands = false;
  readonly space: SpaceId;

  constructor(space: SpaceId) {
    this.space = space;
  }

  static of(values: readonly StoredValue[]): ShownEntity | null {
    const [space] = spacesOf(values);
    if (space === undefined) return null;
    const shown = new ShownEntity(space);
    for (const value of values) shown.#take(value);
    return shown;
  }

  /** Takes one more value; false where another space may show from then on, and the whole is to be merged again. */
  add(value: StoredValue): boolean {
    if (value.space !== this.space && (value.effective || !this.#stands)) return false;
    this.#take(value);
    return true;
  }

  merged(): MergedEntity<StoredValue> {
    return this.#growing.merged();
  }

  #take(value: StoredValue): void {
    if (value.space !== this.space) return;
    this.#stands ||= value.effective;
    this.#growing.add(value);
  }
}

/** A value as features see it. */
export function asHead({ id, value, erased, replica, author, t, tq }: WrittenValue): Head {
  return { id, value, erased, replica, author, t, tq };
}
