import { isSpan } from '../kernel/dates.ts';
import { LANGUAGES } from '../kernel/text.ts';
import { DELETED } from '../sync/merge.ts';
import type { ChangeSet, FieldValue, OpValue } from '../sync/types.ts';
import { entityOf, MODEL_VERSION } from './entities.ts';
import { allowsValue, isErasable, type Entity, type Field } from './entity.ts';

/** Code of `errors.json` for a value that the model does not allow. */
export type ValueFault = 'sync.valueInvalid';

/** A register's field and language; `language` is null where the name has none. */
export interface RegisterName {
  readonly field: string;
  readonly language: string | null;
}

/** The parts of a register's name: `title@fr` is the field `title` in French. */
export function splitRegister(register: string): RegisterName {
  const at = register.indexOf('@');
  return at < 0 ? { field: register, language: null } : { field: register.slice(0, at), language: register.slice(at + 1) };
}

/** The field of a register; undefined where the model has none of that name (a newer program's). */
export function fieldOf(definition: Entity, register: string): Field | undefined {
  const { field } = splitRegister(register);
  return Object.hasOwn(definition.fields, field) ? definition.fields[field] : undefined;
}

/**
 * The fault of a change-set's values, null when there is none. It rests on the change-set and this model alone, not on what else is here, so that every
 * node that runs this model judges alike, in whatever order records arrive.
 */
export function judgeValues({ header, ops }: Pick<ChangeSet, 'header' | 'ops'>): ValueFault | null {
  const together = new Map<string, { readonly type: string; readonly values: Map<string, FieldValue> }>();
  for (const { entityType, entityId, field, content } of ops) {
    const fault = judgeValue(entityType, field, content, header.schema);
    if (fault) return fault;
    if (content.form === 'redacted' || !JUDGED_TOGETHER.has(entityType)) continue;
    const key = `${entityType} ${entityId}`;
    const known = together.get(key) ?? { type: entityType, values: new Map<string, FieldValue>() };
    known.values.set(field, content.value);
    together.set(key, known);
  }
  for (const { type, values } of together.values()) {
    const fault = judgeEntity(type, values);
    if (fault) return fault;
  }
  return null;
}

/**
 * The fault of one written value, null when there is none. `schema`: the model that wrote it, as its change-set says. What the model does not know (a type, a
 * field) passes; null clears any field; a redacted value is gone and passes. A personal value must be erasable, and no other may be. A newer model may have
 * added words, languages and erasable fields, never changed what a known field holds.
 */
export function judgeValue(entityType: string, register: string, content: OpValue, schema: number): ValueFault | null {
  if (content.form === 'redacted') return null;
  const { value } = content;
  if (register === DELETED) {
    return content.form === 'plain' && (value === null || typeof value === 'boolean') ? null : 'sync.valueInvalid';
  }
  const definition = entityOf(entityType);
  const field = definition && fieldOf(definition, register);
  if (!field || value === null) return null;
  const isNewer = schema > MODEL_VERSION;
  const { language } = splitRegister(register);
  if ((language !== null) !== field.localised) return 'sync.valueInvalid';
  if (language !== null && !isNewer && !(LANGUAGES as readonly string[]).includes(language)) return 'sync.valueInvalid';
  if (isErasable(field) !== (content.form === 'erasable') && !(isNewer && content.form === 'erasable')) return 'sync.valueInvalid';
  return allowsValue(field, value, isNewer) ? null : 'sync.valueInvalid';
}

/**
 * Whether a change-set writes a person's value in a form that no erasure could take out: its hash would not hold without it. Such a one is kept nowhere, set aside
 * or not.
 */
export function evadesErasure({ ops }: Pick<ChangeSet, 'ops'>): boolean {
  return ops.some(({ entityType, field: register, content }) => {
    const definition = entityOf(entityType);
    const field = definition && fieldOf(definition, register);
    return field !== undefined && isErasable(field) && content.form === 'plain' && content.value !== null;
  });
}

/** Whether this model can read a register's value; true for null (nothing recorded) and for what the model does not know. */
export function isReadable(entityType: string, register: string, value: FieldValue): boolean {
  const definition = entityOf(entityType);
  const field = definition && fieldOf(definition, register);
  return !field || value === null || allowsValue(field, value);
}

/** Types of which some values say something only together, see `judgeEntity`. */
const JUDGED_TOGETHER: ReadonlySet<string> = new Set(['activity']);

/**
 * The fault of values that one change-set writes together to an entity, by register; null when there is none. A workshop lasts from 1 to `LONGEST_DAYS` days
 * where both its ends are written. Ends written apart may still contradict each other once merged: reading allows for it.
 */
export function judgeEntity(entityType: string, values: ReadonlyMap<string, FieldValue>): ValueFault | null {
  if (!JUDGED_TOGETHER.has(entityType)) return null;
  const [start, end] = [values.get('start'), values.get('end')];
  if (typeof start !== 'string' || typeof end !== 'string') return null;
  return isSpan(start, end) ? null : 'sync.valueInvalid';
}
