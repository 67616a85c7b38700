import { z } from 'zod';
import type { Entity, Field } from '../model/entity.ts';
import { filledFields, type FilledField, type FilledOf } from '../model/records.ts';
import * as shape from './shapes.ts';

/** Shapes of the fields of a record that people fill in, as the model defines them. */

type Shapes<E extends Entity> = { readonly [F in FilledField<E>]: z.ZodType<FilledOf<E>[F], FilledOf<E>[F]> };
type WithDefaults<E extends Entity> = { readonly [F in FilledField<E>]: z.ZodDefault<Shapes<E>[F]> };
type Optional<E extends Entity> = { readonly [F in FilledField<E>]: z.ZodOptional<Shapes<E>[F]> };

/** What a call answers of them. */
export function answerShapes<E extends Entity>(definition: E): Shapes<E> {
  return shapesOf(definition, orBlank);
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
function inputShape(field: Field): z.ZodType {
  const { input, schema } = field;
  switch (input) {
    case 'line':
      return shape.optionalLine;
    case 'phone':
    case 'text':
      return z.preprocess((text) => (typeof text === 'string' ? text.trim() : text), schema);
    case 'labels':
      return z.array(shape.line).max(50);
    case 'languages':
      return z.array(shape.language).min(1);
    case 'day':
    case 'clock':
      return schema;
    default:
      return orBlank(field);
  }
}

function orBlank({ input, schema, blank }: Field): z.ZodType {
  if (input === 'texts') return shape.localisedText;
  if (blank === null) return schema.nullable();
  return blank === '' && !schema.safeParse(blank).success ? z.union([schema, z.literal(blank)]) : schema;
}

function shapesOf<S>(definition: Entity, shapeOf: (field: Field) => z.ZodType): S {
  return Object.fromEntries(filledFields(definition).map((name) => [name, shapeOf(definition.fields[name]!)])) as S;
}
