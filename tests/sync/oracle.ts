import type { ChangeSet, FieldValue, ReplicaId, ValueId } from '../../shared/sync/types.ts';

/** A value as the definitions of SPEC.md read, written down here a second time, as plainly as they can be. */
export interface OracleValue {
  readonly id: ValueId;
  readonly hash: string;
  readonly index: number;
  readonly space: string;
  readonly entity: string;
  readonly field: string;
  readonly value: FieldValue;
  readonly erased: boolean;
  readonly supersedes: readonly ValueId[];
  readonly refused: boolean;
  readonly t: number;
  readonly tq: number;
}

/** What a set of change-sets means, by definition and by brute force. */
export function oracle(set: readonly ChangeSet[], rulers: ReadonlySet<ReplicaId>) {
  const rules = (kind: string, space: string) =>
    set.filter((c) => c.header.kind === kind && c.header.space === space && rulers.has(c.header.replica));
  const isRefused = (c: ChangeSet): boolean =>
    !((c.header.kind === 'refuse' || c.header.kind === 'erase') && rulers.has(c.header.replica)) &&
    rules('refuse', c.header.space).some((r) =>
      r.ops.some((op) => op.entityType === '_changeSet' && op.entityId === c.hash && op.field === '_refused'),
    );
  const isErased = (space: string, type: string, id: string): boolean =>
    rules('erase', space).some((r) => r.ops.some((op) => op.field === '_erased' && op.entityType === type && op.entityId === id));
  const values: OracleValue[] = set.flatMap((c) => {
    const refused = isRefused(c);
    return c.ops.map((op, index) => {
      const gone =
        op.content.form === 'redacted' || (op.content.form === 'erasable' && isErased(c.header.space, op.entityType, op.entityId));
      return {
        id: `${c.hash}:${index}`,
        hash: c.hash,
        index,
        space: c.header.space,
        entity: `${op.entityType} ${op.entityId}`,
        field: op.field,
        value: op.content.form === 'redacted' || gone ? null : op.content.value,
        erased: gone,
        supersedes: op.supersedes,
        refused,
        t: c.header.t,
        tq: c.header.tq,
      };
    });
  });
  const register = (entity: string, field: string): OracleValue[] => values.filter((v) => v.entity === entity && v.field === field);
  const heads = (entity: string, field: string): OracleValue[] => {
    const effective = register(entity, field).filter((v) => !v.refused);
    const standing = effective.filter((v) => !effective.some((other) => other.supersedes.includes(v.id)));
    return standing.sort((a, b) => {
      const key = (v: OracleValue): (number | string)[] => [v.erased ? 0 : 1, v.tq, v.t, v.hash, v.index];
      const [x, y] = [key(a), key(b)];
      const at = x.findIndex((part, i) => part !== y[i]);
      return at < 0 ? 0 : x[at]! < y[at]! ? 1 : -1;
    });
  };
  const entities = [...new Set(values.map((v) => v.entity))].sort();
  const fieldsOf = (entity: string): string[] => [...new Set(values.filter((v) => v.entity === entity).map((v) => v.field))].sort();
  const liveness = (entity: string): { live: boolean; flagged: boolean } => {
    const deletions = heads(entity, '_deleted');
    const others = fieldsOf(entity)
      .filter((field) => field !== '_deleted' && field !== '_erased')
      .flatMap((field) => heads(entity, field));
    if (!deletions.some((d) => d.value === true)) return { live: others.length + deletions.length > 0, flagged: false };
    const seen = register(entity, '_deleted')
      .filter((d) => d.value === true && !d.refused)
      .flatMap((d) => d.supersedes);
    const standing = deletions.every((d) => d.value === true) && others.every((v) => seen.includes(v.id));
    return standing ? { live: false, flagged: false } : { live: true, flagged: true };
  };
  return { values, register, heads, entities, fieldsOf, liveness };
}
