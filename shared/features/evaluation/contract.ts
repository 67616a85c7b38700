import { z } from 'zod';
import { job, reads, writes } from '../../contract/call.ts';
import * as shape from '../../contract/shapes.ts';
import { answers } from '../../model/evaluation.ts';
import { FORM_KINDS, ITEM_TYPES, WAVES } from '../../model/vocabularies.ts';

const item = z.object({
  /** Q1, S1, O1 ... */
  id: z.string(),
  type: z.enum(ITEM_TYPES),
  text: shape.localisedText,
  /** choice: letter -> text. */
  options: z.record(z.string(), shape.localisedText),
});

const form = z.object({
  id: shape.id,
  code: z.string(),
  kind: z.enum(FORM_KINDS),
  title: shape.localisedText,
  anonymous: z.boolean(),
  /** Removed, and still here because there are sheets of it. */
  removed: z.boolean(),
  items: z.array(item),
});

/** Which questionnaire: the form's id or its code (`satisfaction-v1`). */
const formId = shape.line;

const prePost = z.object({
  kind: z.literal('prepost'),
  nPre: z.int(),
  nPost: z.int(),
  nPaired: z.int(),
  /** Means of items right, two decimals; null when there is nobody. */
  meanPre: z.number().nullable(),
  meanPost: z.number().nullable(),
  meanPrePaired: z.number().nullable(),
  meanPostPaired: z.number().nullable(),
  gain: z.number().nullable(),
  improved: z.int(),
  same: z.int(),
  worse: z.int(),
  /** Post-tests with at least 70 % of the items right. */
  postAtLeast70: z.int(),
  questions: z.int(),
  /** Per item: how many had it right before and after. */
  items: z.record(z.string(), z.object({ pre: z.int(), post: z.int() })),
});

const satisfaction = z.object({
  kind: z.enum(['satisfaction', 'followUp', 'preEvent']),
  n: z.int(),
  registered: z.int(),
  /** Percent of those registered, one decimal; null when nobody is. */
  rate: z.number().nullable(),
  /** Mean of all answers to scale items, two decimals. */
  mean: z.number().nullable(),
  blanks: z.int(),
  items: z.record(
    z.string(),
    z.object({ n: z.int(), mean: z.number().nullable(), dist: z.record(z.string(), z.int()), top2: z.number().nullable() }),
  ),
  comments: z.record(z.string(), z.array(z.string())),
  /** True when fewer than five sheets are in: nothing is broken down then. */
  suppressed: z.boolean(),
});

export const evaluationContract = {
  'evaluation.forms': reads(['evaluation'], z.strictObject({ activityId: shape.id.optional() }), z.array(form)),
  /** CSV or XLSX: pre/post `participant_id,wave,Q1...`; anonymous sheets `sheet,S1...`. With rejected rows nothing is imported. */
  'evaluation.import': job(
    z.strictObject({ activityId: shape.id, formId, path: shape.path, apply: z.boolean(), skipRejected: z.boolean().default(false) }),
    z.object({ applied: z.boolean(), added: z.int(), unchanged: z.int(), rejected: z.array(shape.rejectedRow) }),
  ),
  /** Enters one paper sheet. Pre/post: personId and wave; anonymous: neither, and it can only be counted, never found again. */
  'evaluation.enter': writes(
    z.strictObject({
      activityId: shape.id,
      formId,
      personId: shape.id.optional(),
      wave: z.enum(WAVES).optional(),
      answers,
      /** Replaces an earlier sheet of the same person and wave by a linked correction. */
      correct: z.boolean().default(false),
    }),
    z.object({ id: shape.id }),
  ),
  /** Which sheets are in. For anonymous forms only how many. */
  'evaluation.sheets': reads(
    ['evaluation'],
    z.strictObject({ activityId: shape.id, formId }),
    z.object({
      count: z.int(),
      /** Anonymous ones that are on this laptop alone: they leave five or more at a time, or when the form is closed. */
      waiting: z.int(),
      sheets: z.array(z.object({ personId: shape.id, wave: z.enum(WAVES), answers, right: z.int() })),
    }),
  ),
  /** Closes an anonymous form for now: what waits on this laptop leaves with the next sync, however few they are. */
  'evaluation.close': writes(z.strictObject({ activityId: shape.id, formId }), z.object({ sealed: z.int() })),
  'evaluation.results': reads(
    ['evaluation', 'people'],
    z.strictObject({ activityId: shape.id, formId }),
    z.discriminatedUnion('kind', [prePost, satisfaction]),
  ),
};
