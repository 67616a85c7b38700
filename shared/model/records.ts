import type { z } from 'zod';
import type { Entity, Field } from './entity.ts';

/** What follows from an entity's definition for its records: rows, select lists, answers. */

type Fields<E extends Entity> = E['fields'];

/** A row of an entity's projection: each field as its column holds it, null where nothing is recorded. */
export type RowOf<E extends Entity> = { readonly [F in keyof Fields<E>]: ColumnOf<Fields<E>[F]> };

type ColumnOf<F extends Field> = F['kind'] extends 'integer' | 'boolean'
  ? number | null
  : F['kind'] extends 'json'
    ? string | null
    : ValueOf<F> | null;

type ValueOf<F extends Field> = z.infer<F['schema']>;

/** The fields that people fill in. */
export type FilledField<E extends Entity> = {
  [F in keyof Fields<E> & string]: Fields<E>[F]['input'] extends null ? never : F;
}[keyof Fields<E> & string];

/** What a call answers of the fields that people fill in: `blank` where nothing is recorded. */
export type FilledOf<E extends Entity> = { readonly [F in FilledField<E>]: ValueOf<Fields<E>[F]> | Fields<E>[F]['blank'] };

/** The fields that people fill in, in the model's order: that of forms, lists, histories and files. */
export function filledFields<E extends Entity>({ fields }: E): readonly FilledField<E>[] {
  return Object.keys(fields).filter((name): name is FilledField<E> => fields[name]!.input !== null);
}

/** The columns of an entity's fields for a select list. */
export function columnsOf({ fields }: Entity): string {
  return Object.keys(fields)
    .map((name) => `"${name}"`)
    .join(', ');
}

/** What a row says in the fields that people fill in, `blank` where it says nothing. */
export function filledOf<E extends Entity>(definition: E, row: Pick<RowOf<E>, FilledField<E>>): FilledOf<E> {
  const { fields } = definition;
  return Object.fromEntries(filledFields(definition).map((name) => [name, row[name] ?? fields[name]!.blank])) as FilledOf<E>;
}
