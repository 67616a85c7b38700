import { derivedId, ID_PATTERN } from '../kernel/ids.ts';
import type { Hasher } from '../kernel/ports.ts';
import type { Derivation } from '../sync/frame-layout.ts';
import type { ChangeSet, Op } from '../sync/types.ts';

/** The ids that follow from values written with them, so that a pack need not carry them. Each as the model makes it, see `mark`. */
export const DERIVATIONS: readonly Derivation[] = [
  { type: 'mark', namespace: 'attendance', fields: ['activityId', 'halfDay', 'personId'] },
];

/** Every id that follows from values written with it; what calls itself so must be it. */
const IDS: ReadonlyMap<string, Derivation> = new Map(
  [
    ...DERIVATIONS,
    { type: 'roster', namespace: 'roster', fields: ['activityId'] },
    { type: 'answerBook', namespace: 'answerBook', fields: ['activityId'] },
  ].map((derivation) => [derivation.type, derivation]),
);

/**
 * Whether a change-set gives an entity an id that is not its own: an id follows from fields of the record, and these are written with it or not at all.
 * `isNew`: nothing effective was written to it before; then they must be there. False for types whose ids follow from nothing, and for ids of another
 * form (`derivedId` makes UUIDv8): no record of anybody's has these.
 */
export function hasForeignId({ ops }: Pick<ChangeSet, 'ops'>, { entityType, entityId }: Op, isNew: boolean, hasher: Hasher): boolean {
  const derivation = IDS.get(entityType);
  if (!derivation || !ID_PATTERN.test(entityId) || entityId[14] !== '8') return false;
  const written = derivation.fields.map(
    (field) => ops.find((op) => op.entityId === entityId && op.entityType === entityType && op.field === field)?.content,
  );
  if (written.every((content) => content === undefined)) return isNew;
  const parts = written.flatMap((content) => (content?.form === 'plain' && typeof content.value === 'string' ? [content.value] : []));
  return parts.length < written.length || derivedId(hasher, derivation.namespace, ...parts) !== entityId;
}
