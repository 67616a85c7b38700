import { z } from 'zod';
import type { Entity, Field } from '../model/entity.ts';
import { filledFields, type FilledField, type FilledOf } from '../model/records.ts';
import * as shape from './shapes.ts';

/** Shapes of the fields of a record that people fill in, as the model defines them. */

type Shapes<E extends Entity> = { readonly [F in FilledField<E>]: z.ZodType<FilledOf<E>[F], FilledOf<E>[F]> };
type WithDefaults<E extends Entity> = { readonly [F in FilledField<E>]: z.ZodDefault<Shapes<E>[F]> };
type Optional<E extends Entity> = { readonly [F in FilledField<E>]: z.ZodOptional<Shapes<E>[F]> };

/** The zod shapes of an entity's filled-in fields in an answer: each its value or its blank. */
export function answerShapes<E extends Entity>(definition: E): Shapes<E> {
  return shapesOf(definition, orBlank);
}

/** The zod shapes of an entity's filled-in fields in the arguments that make a record; a field left out takes its blank. */
export function newShapes<E extends Entity>(definition: E): WithDefaults<E> {
  return shapesOf(definition, (field) => inputShape(field).default(field.blank));
}

/** The zod shapes of an entity's filled-in fields in the arguments of a form, all optional: only changed fields are passed. */
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
  // As long as the model lets it be: notes of a session are longer than the texts of a certificate.
  if (input === 'texts') return z.partialRecord(shape.language, schema);
  if (blank === null) return schema.nullable();
  return blank === '' && !schema.safeParse(blank).success ? z.union([schema, z.literal(blank)]) : schema;
}

function shapesOf<S>(definition: Entity, shapeOf: (field: Field) => z.ZodType): S {
  return Object.fromEntries(filledFields(definition).map((name) => [name, shapeOf(definition.fields[name]!)])) as S;
}
