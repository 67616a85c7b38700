import { z } from 'zod';
import type { Entity } from '../model/entity.ts';
import { filledFields, type FilledField, type FilledOf } from '../model/records.ts';
import { optionalLine } from './shapes.ts';

/** Shapes of the fields of a record that people fill in, as the model defines them. */

type Shapes<E extends Entity> = { readonly [F in FilledField<E>]: z.ZodType<FilledOf<E>[F], FilledOf<E>[F]> };
type WithDefaults<E extends Entity> = { readonly [F in FilledField<E>]: z.ZodDefault<Shapes<E>[F]> };
type Optional<E extends Entity> = { readonly [F in FilledField<E>]: z.ZodOptional<Shapes<E>[F]> };

/** What a call answers of them. */
export function answerShapes<E extends Entity>(definition: E): Shapes<E> {
  return shapesOf(definition, ({ schema, blank }) => (blank === null ? schema.nullable() : schema));
}

/** What a call takes of a new record; a field that is left out says nothing. */
export function newShapes<E extends Entity>(definition: E): WithDefaults<E> {
  return shapesOf(definition, (field) => inputShape(field).default(field.blank));
}

/** What a call takes of a form: the fields that were changed. */
export function changeShapes<E extends Entity>(definition: E): Optional<E> {
  return shapesOf(definition, (field) => inputShape(field).optional());
}

/** Blanks around what people type are none of it. */
function inputShape({ input, schema, blank }: Entity['fields'][string]): z.ZodType {
  if (input === 'line') return optionalLine;
  if (input === 'phone' || input === 'text') return z.preprocess((text) => (typeof text === 'string' ? text.trim() : text), schema);
  return blank === null ? schema.nullable() : schema;
}

function shapesOf<S>(definition: Entity, shape: (field: Entity['fields'][string]) => z.ZodType): S {
  return Object.fromEntries(filledFields(definition).map((name) => [name, shape(definition.fields[name]!)])) as S;
}
