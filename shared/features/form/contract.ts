import { z } from 'zod';
import { reads, writes } from '../../contract/call.ts';
import * as shape from '../../contract/shapes.ts';
import { answerKey, form, formItem, formVersion } from '../../model/evaluation.ts';
import { FORM_KINDS, ITEM_TYPES } from '../../model/vocabularies.ts';

/** The space of a questionnaire that is made: the library, or that of an institution. */
const space = z.string().regex(/^(?:library|institution\/[^/\s]{1,100})$/);
const seen = shape.seen.optional();
const made = z.object({ id: shape.id });
/** The item behind which one is put; null: in front of all; left out: behind all. */
const after = shape.id.nullable().optional();
const texts = z.partialRecord(shape.language, z.string().trim().max(20_000));
const lines = z.partialRecord(shape.language, z.string().trim().max(500));
const said = (text: Readonly<Record<string, string | undefined>>): boolean =>
  Object.values(text).some((one) => one !== undefined && one !== '');
const title = lines.refine(said);

/** An option or a row as it is given: `letter` left out: the next one that is free. A letter first, so that their order is kept. */
const givenOption = z.strictObject({
  letter: z
    .string()
    .regex(/^[a-z][a-z0-9]{0,11}$/i)
    .optional(),
  text: texts,
  /** Right, or its share of the points (-1 to 1); left out: as `key` says. */
  right: z.union([z.boolean(), z.number().min(-1).max(1)]).optional(),
});

const itemFields = {
  type: z.enum(ITEM_TYPES),
  text: texts,
  /** All options, in their order: one that is left out is taken out. */
  options: z.array(givenOption).max(100),
  /** The rows of a matrix. */
  rows: z.array(givenOption.omit({ right: true })).max(100),
  /** What is right, by the item's type: `shares` of options (choice, several, trueFalse, consent), `rows` of a matrix, the `order` of a ranking, `value` (and `tolerance`) of a number or a day, `texts`. */
  key: answerKey.nullable(),
  points: formItem.fields.points.schema,
  topic: lines,
  explanation: texts,
  required: z.boolean(),
};
const optional = z.strictObject(itemFields).partial().shape;

const draws = z.array(z.strictObject({ topic: shape.line, count: z.int().min(0).max(500) })).max(100);

const formFields = {
  code: shape.optionalLine,
  passMark: form.fields.passMark.schema.nullable(),
  /** How many items of each topic a workshop is asked; empty: all. */
  draws,
};

const option = z.object({ letter: z.string(), text: z.partialRecord(shape.language, z.string()) });
const item = z.object({
  id: shape.id,
  /** What answers to it are kept under. */
  code: z.string(),
  type: z.enum(ITEM_TYPES),
  text: z.partialRecord(shape.language, z.string()),
  options: z.array(option),
  rows: z.array(option),
  key: answerKey.nullable(),
  points: z.number(),
  topic: z.partialRecord(shape.language, z.string()),
  explanation: z.partialRecord(shape.language, z.string()),
  required: z.boolean(),
});

const publication = z.object({
  id: shape.id,
  version: z.string(),
  notes: z.partialRecord(shape.language, formVersion.fields.notes.schema),
  publishedAt: z.string(),
});

const summary = z.object({
  id: shape.id,
  code: z.string(),
  kind: z.enum(FORM_KINDS),
  title: z.partialRecord(shape.language, z.string()),
  languages: z.array(shape.language),
  anonymous: z.boolean(),
  space: z.string(),
  /** How many items stand in it. */
  items: z.int(),
  /** How many texts there are in any language, and how many of them in each. */
  texts: z.object({ of: z.int(), written: z.record(shape.language, z.int()) }),
  /** The questionnaire that this one was copied from. */
  origin: shape.id.nullable(),
  /** The version that was published last; null where none was. */
  published: publication.nullable(),
  unreadable: shape.unreadable,
});

const page = { from: z.int().min(0).default(0), limit: z.int().min(1).max(500).default(100) };
const unknown = ['form.unknown'] as const;
const itemUnknown = ['form.itemUnknown'] as const;
const faults = ['form.keyUnfit', 'form.optionTwice', 'form.optionsMissing'] as const;

export const formContract = {
  /** Questionnaires by their code, `limit` of them beginning with `from`; `total`: how many there are. */
  'form.list': reads(
    ['evaluation'],
    z.strictObject({ text: shape.optionalLine.default(''), kind: z.enum(FORM_KINDS).optional(), space: space.optional(), ...page }),
    z.object({ total: z.int(), forms: z.array(summary) }),
  ),
  /** `id`: the form's id or its code. `version`: as it was published then. */
  'form.get': reads(
    ['evaluation'],
    z.strictObject({ id: shape.line, version: shape.line.optional() }),
    summary.omit({ items: true }).extend({ passMark: z.int().nullable(), draws, items: z.array(item), versions: z.array(publication) }),
    [...unknown, 'form.versionUnknown'],
  ),
  /** Where a form stands, whether the user may change it, and what is shown of it and of each of its items, by id: `seen` of what is written over it. */
  'form.open': reads(
    ['evaluation', 'sync'],
    z.strictObject({ id: shape.line }),
    z.object({
      id: shape.id,
      space: z.string(),
      change: z.object({ allowed: z.boolean(), reason: z.string() }),
      seen: z.record(shape.id, shape.shown),
    }),
    unknown,
  ),
  /** Items of every questionnaire, found by their words or topic. */
  'form.bank': reads(
    ['evaluation'],
    z.strictObject({
      text: shape.optionalLine.default(''),
      topic: shape.optionalLine.default(''),
      type: z.enum(ITEM_TYPES).optional(),
      ...page,
    }),
    z.object({
      total: z.int(),
      items: z.array(item.extend({ formId: shape.id, formCode: z.string(), formTitle: z.partialRecord(shape.language, z.string()) })),
    }),
  ),
  /** The workshops that ask a questionnaire or have sheets of it, and the questionnaires that were copied from it. */
  'form.whereUsed': reads(
    ['evaluation', 'activity'],
    z.strictObject({ id: shape.line }),
    z.object({
      workshops: z.array(z.object({ activityId: shape.id, title: shape.titleShown, version: z.string(), sheets: z.int() })),
      copies: z.array(z.object({ id: shape.id, title: z.partialRecord(shape.language, z.string()), space: z.string() })),
    }),
    unknown,
  ),
  /** `space` left out: that of the user's institution, or the library for whoever belongs to none. */
  'form.create': writes(
    z.strictObject({
      ...z.strictObject(formFields).partial().shape,
      title,
      kind: z.enum(FORM_KINDS),
      anonymous: z.boolean().default(false),
      space: space.optional(),
    }),
    made,
    ['institution.unknown'],
  ),
  'form.update': writes(
    z.strictObject({ ...z.strictObject({ ...formFields, title: lines, anonymous: z.boolean() }).partial().shape, id: shape.line, seen }),
    made,
    unknown,
  ),
  'form.addItem': writes(
    z.strictObject({ formId: shape.line, ...optional, type: z.enum(ITEM_TYPES), text: texts.refine(said), after }),
    z.object({ id: shape.id, code: z.string() }),
    [...unknown, ...itemUnknown, ...faults],
  ),
  'form.updateItem': writes(z.strictObject({ id: shape.id, ...optional, seen }), made, [...itemUnknown, ...faults]),
  'form.moveItem': writes(z.strictObject({ id: shape.id, after, seen }), made, itemUnknown),
  'form.removeItem': writes(z.strictObject({ id: shape.id, seen }), made, itemUnknown),
  'form.restoreItem': writes(z.strictObject({ id: shape.id }), made, itemUnknown),
  /** Names what stands as a version; sheets of workshops that begin with it from now on are asked this one. */
  'form.publish': writes(
    z.strictObject({
      formId: shape.line,
      version: shape.line,
      notes: z.partialRecord(shape.language, formVersion.fields.notes.schema).default({}),
    }),
    z.object({ id: shape.id, version: z.string() }),
    [...unknown, 'form.tooLarge', 'form.unchanged', 'form.versionTaken'],
  ),
  /** Freezes what a workshop asks, and answers which items: those of topics that are drawn from, as many as the form says, and all others. */
  'form.draw': writes(
    z.strictObject({ activityId: shape.id, formId: shape.line }),
    z.object({
      version: shape.id,
      items: z.array(z.object({ id: z.string(), label: z.string(), text: z.partialRecord(shape.language, z.string()) })),
    }),
    ['activity.unknown', 'evaluation.formUnknown'],
  ),
};
