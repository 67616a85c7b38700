import { GrowingRegister, type MergedRegister, type WrittenValue } from './register.ts';
import type { ChangeSet, ChangeSetHeader, FieldValue, FieldWrite, Hash, ValueId } from './types.ts';

/** The register that says an entity is deleted; its writes supersede every head of the entity that its author saw. */
export const DELETED = '_deleted';
/** The entity type of refusals; the refused hash is the entity id, and the field `_refused` holds the reason's code. */
export const RULED_TYPE = '_changeSet';
export const REFUSED = '_refused';
/** The field that erases its entity (kind `erase`): every erasable value of that entity goes. */
export const ERASED = '_erased';

export interface MergedEntity<V extends WrittenValue = WrittenValue> {
  readonly registers: ReadonlyMap<string, MergedRegister<V>>;
  /** False when it is deleted, or when nothing effective was ever written to it. */
  readonly live: boolean;
  /** Deleted by one, written or restored by another who had not seen that: it stays visible, and a person decides. */
  readonly flagged: boolean;
}

/**
 * Merges one entity in one space from every value ever written to it, in any order. Pure: the same values give the same result on every
 * node (invariant 1), whatever the clocks say (invariant 6).
 */
export function mergeEntity<V extends WrittenValue>(values: readonly V[]): MergedEntity<V> {
  const growing = new GrowingEntity<V>();
  for (const value of values) growing.add(value);
  return growing.merged();
}

/** The incremental form of `mergeEntity`, value by value: what is merged again after each of many values does not cost their number each time. */
export class GrowingEntity<V extends WrittenValue = WrittenValue> {
  readonly #registers = new Map<string, GrowingRegister<V>>();
  readonly #merged = new Map<string, MergedRegister<V>>();
  readonly #changed = new Set<string>();
  /** What deletions had seen. */
  readonly #seen = new Set<ValueId>();
  #entity: MergedEntity<V> | null = null;

  add(value: V): void {
    let register = this.#registers.get(value.field);
    if (!register) this.#registers.set(value.field, (register = new GrowingRegister<V>()));
    register.add(value);
    this.#changed.add(value.field);
    this.#entity = null;
    if (value.field === DELETED && value.effective && value.value === true) for (const id of value.supersedes) this.#seen.add(id);
  }

  /** The entity as it stands; what was given out before stays as it is. */
  merged(): MergedEntity<V> {
    if (this.#entity) return this.#entity;
    for (const field of this.#changed) this.#merged.set(field, this.#registers.get(field)!.merged());
    this.#changed.clear();
    const registers = new Map(this.#merged);
    return (this.#entity = { registers, ...livenessOf(registers, this.#seen) });
  }
}

/**
 * Rule 5. Deleted: every head of `_deleted` says so, and the deletions had seen every head of the other registers. A deletion hides
 * the entity, it empties no register: restoring shows what was there.
 */
function livenessOf<V extends WrittenValue>(
  registers: ReadonlyMap<string, MergedRegister<V>>,
  seen: ReadonlySet<ValueId>,
): { readonly live: boolean; readonly flagged: boolean } {
  const marks = registers.get(DELETED)?.heads ?? [];
  const others = [...registers].filter(([field, { heads }]) => field !== DELETED && field !== ERASED && heads.length > 0);
  if (!marks.some((head) => head.value === true)) return { live: others.length > 0 || marks.length > 0, flagged: false };
  if (marks.some((head) => head.value !== true)) return { live: true, flagged: true };
  const unseen = others.some(([, { heads }]) => heads.some((head) => !seen.has(head.id)));
  return { live: unseen, flagged: unseen };
}

/** Whether a ruling (refuse, erase) counts, by who made it; handed in, because it depends on certificates and not on the set. */
export type Authority = (ruling: ChangeSetHeader) => boolean;

/** Returns the rulings of a change-set of kind refuse or erase, when it has the authority; nothing otherwise. */
export function rulingsOf(
  changeSet: Pick<ChangeSet, 'header' | 'ops'>,
  authority: Authority,
): {
  readonly refused: readonly { readonly hash: Hash; readonly reason: string }[];
  readonly erased: readonly { readonly entityType: string; readonly entityId: string }[];
} {
  const { kind } = changeSet.header;
  const nothing = { refused: [], erased: [] };
  if ((kind !== 'refuse' && kind !== 'erase') || !authority(changeSet.header)) return nothing;
  if (kind === 'erase') {
    const subjects = changeSet.ops.filter((op) => op.field === ERASED);
    return { refused: [], erased: subjects.map(({ entityType, entityId }) => ({ entityType, entityId })) };
  }
  const refusals = changeSet.ops.filter((op) => op.entityType === RULED_TYPE && op.field === REFUSED);
  return { refused: refusals.map((op) => ({ hash: op.entityId, reason: reasonOf(op.content) })), erased: [] };
}

function reasonOf(content: ChangeSet['ops'][number]['content']): string {
  return content.form !== 'redacted' && typeof content.value === 'string' ? content.value : 'sync.refused';
}

/** The key of an entity: type and id, joined by a blank, which neither can hold. */
export function entityKey(entityType: string, entityId: string): string {
  return `${entityType} ${entityId}`;
}

/** The writes that refuse change-sets; committed with kind `refuse` in their space by who has the authority. */
export function refusalWrites(refusals: readonly { readonly hash: Hash; readonly reason: string }[]): FieldWrite[] {
  return refusals.map(({ hash, reason }) => ({ entityType: RULED_TYPE, entityId: hash, field: REFUSED, value: reason }));
}

/** The write that erases a subject's erasable values; committed with kind `erase` in its space by who has the authority. */
export function erasureWrites(entityType: string, entityId: string, note: FieldValue = null): FieldWrite[] {
  return [{ entityType, entityId, field: ERASED, value: note }];
}
