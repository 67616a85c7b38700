import { valueText } from '../../sync/canonical.ts';
import { inConflict } from '../../sync/register.ts';
import type { FieldValue } from '../../sync/types.ts';

interface StatedValue {
  readonly value: FieldValue;
  readonly erased?: boolean;
}

/** The one value that a register holds, for an undo to write again; null where it holds none, or several: one write cannot put a question back. */
export function valueHeld<V extends StatedValue>(current: readonly V[]): V | null {
  const present = current.filter(({ erased }) => erased !== true);
  return inConflict(present.map(({ value }) => ({ value, erased: false }))) ? null : (present[0] ?? null);
}

/** The values of a conflict that a choice put aside: those that differ from the one chosen, equal ones written apart being the same choice. */
export function valuesPutAside<V extends StatedValue>(values: readonly V[], chosen: StatedValue): V[] {
  return values.filter(({ value }) => valueText(value) !== valueText(chosen.value));
}
