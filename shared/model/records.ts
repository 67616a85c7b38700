import type { z } from 'zod';
import type { Id } from '../kernel/ids.ts';
import type { Entity, Field, Input } from './entity.ts';
import type { Texts } from './title.ts';

/** The shapes and texts that follow from an entity's definition for its records: rows, select lists, answers. */

type Fields<E extends Entity> = E['fields'];

/** A row of an entity's projection: each field as its column holds it, null where nothing is recorded. */
export type RowOf<E extends Entity> = { readonly [F in keyof Fields<E>]: ColumnOf<Fields<E>[F]> };

/** A row of a projection with the columns that every projection has beside the fields. `unreadable`: see `unreadableIn`. */
export type RecordRow<E extends Entity> = RowOf<E> & {
  readonly id: Id;
  readonly space: string;
  readonly live: number;
  readonly flagged: number;
  readonly unreadable: string | null;
};

type ColumnOf<F extends Field> = F['kind'] extends 'integer' | 'boolean'
  ? number | null
  : F['kind'] extends 'json'
    ? string | null
    : ValueOf<F> | null;

type ValueOf<F extends Field> = z.infer<F['schema']>;

/** The form in which a call answers a value. */
type AnswerOf<F extends Field> = F['input'] extends 'texts' ? Texts : ValueOf<F> | BlankOf<F>;

/** The names of the fields that people fill in: all, or those with these inputs. */
export type FilledField<E extends Entity, I extends Input = Input> = {
  [F in keyof Fields<E> & string]: Fields<E>[F]['input'] extends I ? F : never;
}[keyof Fields<E> & string];

/** The values that a call answers of the fields that people fill in: `blank` where nothing is recorded. */
export type FilledOf<E extends Entity> = { readonly [F in FilledField<E>]: AnswerOf<Fields<E>[F]> };

// A list of nothing is one of its own kind.
type BlankOf<F extends Field> = F['blank'] extends readonly never[] ? never : F['blank'];

/** The fields that people fill in, in the model's order: that of forms, lists, histories and files. */
export function filledFields<E extends Entity>({ fields }: E): readonly FilledField<E>[] {
  return Object.keys(fields).filter((name): name is FilledField<E> => fields[name]!.input !== null);
}

/** Returns the names of the fields that are filled in by these inputs, in the model's order. */
export function filledAs<E extends Entity, I extends Input>({ fields }: E, ...inputs: readonly I[]): readonly FilledField<E, I>[] {
  return Object.keys(fields).filter((name): name is FilledField<E, I> => inputs.some((input) => fields[name]!.input === input));
}

/** The columns of an entity's fields for a select list. */
export function columnsOf({ fields }: Entity): string {
  return Object.keys(fields)
    .map((name) => `"${name}"`)
    .join(', ');
}

/** Returns the columns of a `RecordRow`, as a select list. */
export function recordColumns(definition: Entity): string {
  return `id, space, live, flagged, unreadable, ${columnsOf(definition)}`;
}

/** Returns a row's values in the fields that people fill in, `blank` where nothing is recorded. */
export function filledOf<E extends Entity>(definition: E, row: Pick<RowOf<E>, FilledField<E>>): FilledOf<E> {
  const { fields } = definition;
  return Object.fromEntries(
    filledFields(definition).map((name) => [name, valueIn(fields[name]!, row[name] as Cell | undefined)]),
  ) as FilledOf<E>;
}

/** A record in which nothing is recorded yet. */
export function blankOf<E extends Entity>({ fields }: E): FilledOf<E> {
  const filled = Object.entries(fields).filter(([, { input }]) => input !== null);
  return Object.fromEntries(filled.map(([name, { blank }]) => [name, blank])) as FilledOf<E>;
}

/** Returns a row's values without the fields in which nothing is recorded: what another record like this one is written with. */
export function recordedOf<E extends Entity>(definition: E, row: Pick<RowOf<E>, FilledField<E>>): Partial<FilledOf<E>> {
  const said = Object.entries(filledOf(definition, row)).filter(([name]) => row[name as FilledField<E>] !== null);
  return Object.fromEntries(said) as Partial<FilledOf<E>>;
}

/** The value of a cell in a field's column. */
type Cell = string | number | null;

function valueIn({ kind, blank }: Field, cell: Cell | undefined): unknown {
  if (cell === null || cell === undefined) return blank;
  if (kind === 'json') return JSON.parse(String(cell));
  return kind === 'boolean' ? cell === 1 : cell;
}
