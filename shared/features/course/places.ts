import type { Id } from '../../kernel/ids.ts';
import type { FieldValue } from '../../sync/types.ts';

/** A part that stands somewhere, as `placement` says: in which course or module, and by which key. */
export interface Standing {
  readonly id: Id;
  readonly placement: FieldValue;
}

/** The place of a part in words that people have: what it stands in, and the part before it; null: it is the first. */
export interface Place {
  readonly parent: Id;
  readonly after: Id | null;
}

/** Returns where a placement is among these parts, the part itself left out; null where it is no placement. */
export function placeAmong(id: Id, placement: FieldValue, parts: readonly Standing[]): Place | null {
  const place = parsed(placement);
  if (!place) return null;
  const before = parts
    .filter((part) => part.id !== id)
    .flatMap((part) => {
      const stands = parsed(part.placement);
      return stands && stands.parent === place.parent && stands.key < place.key ? [{ id: part.id, key: stands.key }] : [];
    })
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return { parent: place.parent, after: before.at(-1)?.id ?? null };
}

function parsed(placement: FieldValue): { readonly parent: Id; readonly key: string } | null {
  if (!Array.isArray(placement)) return null;
  const [parent, key] = placement as readonly FieldValue[];
  return typeof parent === 'string' && typeof key === 'string' ? { parent, key } : null;
}
