import type { Id } from '../kernel/ids.ts';
import { LANGUAGES } from '../kernel/text.ts';
import type { LocalisedText } from '../kernel/text.ts';
import { DELETED } from '../sync/merge.ts';
import type { FieldValue, FieldWrite, Head, ValueId } from '../sync/types.ts';
import { allowsValue, isErasable, type Entity, type Field } from './entity.ts';

/** Values by field; `undefined` is left out. A localised field takes {"fr": ...} and writes only the languages named. */
export type ValuesOf<E extends Entity> = {
  readonly [K in keyof E['fields']]?: FieldValue | LocalisedText | undefined;
};

/** Register field (`familyName`, `title@fr`) -> the value ids that an open form showed. */
export type Seen = Readonly<Record<string, readonly ValueId[]>>;

/**
 * The field writes that give entity `id` these values, as the model says: one register per language, personal values
 * erasable. `seen`: what an open form showed, by register; a register that it does not name supersedes the current heads.
 * Throws a RangeError on a field or value that the model does not allow: a call's schema or a rule should have refused it.
 */
export function writesOf<E extends Entity>(definition: E, id: Id, values: ValuesOf<E>, seen: Seen = {}): FieldWrite[] {
  const writes: FieldWrite[] = [];
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    const field = Object.hasOwn(definition.fields, name) ? definition.fields[name] : undefined;
    if (!field) throw new RangeError(`${definition.type} has no field ${name}`);
    for (const [register, part] of registersOf(name, field, value as FieldValue)) {
      if (part !== null && !allowsValue(field, part)) throw new RangeError(`${definition.type}.${register}: not a value of this field`);
      const shown = Object.hasOwn(seen, register) ? seen[register] : undefined;
      writes.push({
        entityType: definition.type,
        entityId: id,
        field: register,
        value: part,
        ...(shown && { supersedes: shown }),
        ...(isErasable(field) && { erasable: true }),
      });
    }
  }
  return writes;
}

/** Returns the values of a new record without the empty ones, which are not written. */
export function withoutEmpty<V extends object>(values: V): Partial<V> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')) as Partial<V>;
}

/** Returns texts of which an emptied one is none: a language of which nothing is said is missing, not empty. */
export function clearedTexts(texts: Readonly<Record<string, unknown>>): Record<string, FieldValue> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([language, text]) =>
      text === undefined ? [] : [[language, text === '' ? null : (text as FieldValue)]],
    ),
  );
}

/**
 * The field writes of a form that somebody had open: each supersedes exactly what the form showed (invariant 3). A register that asks and that `seen` does not
 * name showed nothing, so that what came meanwhile stands beside the new value. Without `seen` (a rule or a command that has just read the record): as `writesOf`.
 */
export function formWrites<E extends Entity>(definition: E, id: Id, values: ValuesOf<E>, seen: Seen | undefined): FieldWrite[] {
  const writes = writesOf(definition, id, values, seen ?? {});
  if (seen === undefined) return writes;
  return writes.map((write) => {
    const asks = definition.fields[write.field.split('@')[0]!]?.merge === 'ask';
    return write.supersedes === undefined && asks ? { ...write, supersedes: [] } : write;
  });
}

/** The writes that bring a deleted entity back as it was. `marks`: the heads of its `_deleted`; empty when no deletion stands among them. */
export function restorationOver(entityType: string, entityId: Id, marks: readonly Pick<Head, 'id' | 'value'>[]): FieldWrite[] {
  if (!marks.some((head) => head.value === true)) return [];
  return [{ entityType, entityId, field: DELETED, value: false, supersedes: marks.map((head) => head.id) }];
}

function registersOf(name: string, field: Field, value: FieldValue): readonly (readonly [string, FieldValue])[] {
  if (!field.localised) return [[name, value]];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new RangeError(`${name}: not a text per language`);
  const texts = value as {
    readonly [language: string]: FieldValue | undefined;
  };
  for (const language of Object.keys(texts)) {
    if (!(LANGUAGES as readonly string[]).includes(language)) throw new RangeError(`${name}: no such language`);
  }
  return LANGUAGES.flatMap((language) => {
    const text = texts[language];
    return text === undefined ? [] : [[`${name}@${language}`, text] as const];
  });
}
