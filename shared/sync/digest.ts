import { toHex } from '../kernel/hex.ts';
import type { Hasher } from '../kernel/ports.ts';
import { mergeEntity } from './merge.ts';
import type { WrittenValue } from './register.ts';
import { valueText } from './canonical.ts';
import type { FieldValue, SpaceId, ValueId } from './types.ts';

/** A head with the fields that the digest covers. */
export interface DigestHead {
  readonly space: SpaceId;
  readonly entityId: string;
  readonly entityType: string;
  readonly field: string;
  readonly id: ValueId;
  readonly erased: boolean;
  readonly value: FieldValue;
}

/** The heads of one entity, in every space that it has values in, ordered by field. */
export function digestHeads(
  entityType: string,
  entityId: string,
  values: readonly (WrittenValue & { readonly space: SpaceId })[],
): DigestHead[] {
  const heads: DigestHead[] = [];
  const spaces = new Set(values.map((value) => value.space));
  for (const space of spaces) {
    const { registers } = mergeEntity(spaces.size === 1 ? values : values.filter((value) => value.space === space));
    for (const [field, register] of registers) {
      for (const { id, erased, value } of register.heads) heads.push({ space, entityType, entityId, field, id, erased, value });
    }
  }
  return heads.sort((a, b) => (a.field < b.field ? -1 : a.field > b.field ? 1 : 0));
}

/**
 * SHA-256 over the heads of every register of every space, conflicts included: equal on replicas that hold equal sets. `heads` come ordered by
 * entity id, type and field (in bytes; all of them are ASCII); the heads of one register in any order.
 */
export function digestOf(heads: Iterable<DigestHead>, hasher: Hasher): Record<SpaceId, string> {
  const lines = new Map<SpaceId, string[]>();
  let register = '';
  let open = new Map<SpaceId, string[]>();
  const close = (): void => {
    for (const [space, values] of open) {
      const text = lines.get(space);
      const line = `${register} ${values.sort().join(' ')}\n`;
      if (text) text.push(line);
      else lines.set(space, [line]);
    }
    open = new Map();
  };
  for (const head of heads) {
    const next = `${head.entityId} ${head.entityType} ${head.field}`;
    if (next !== register) {
      close();
      register = next;
    }
    const values = open.get(head.space);
    const value = `${head.id}=${head.erased ? '' : valueText(head.value)}`;
    if (values) values.push(value);
    else open.set(head.space, [value]);
  }
  close();
  const encoder = new TextEncoder();
  const spaces = [...lines].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(spaces.map(([space, text]) => [space, toHex(hasher.sha256(encoder.encode(text.join(''))))]));
}
