import { z } from 'zod';
import { SOURCE_REFUSALS } from '../../kernel/source.ts';
import { job, reads, writes } from '../../contract/call.ts';
import * as shape from '../../contract/shapes.ts';
import { answers } from '../../model/evaluation.ts';
import { FORM_KINDS, ITEM_TYPES, WAVES } from '../../model/vocabularies.ts';
import { DECISION_REFUSALS, intakeAnswer, intakeOptions, intakeSource, isOneSource, remember } from '../intake/shapes.ts';

const item = z.object({
  /** Q1, S1, O1 ... */
  id: z.string(),
  /** The letter and number of an item, or its number in the form: what people call it. */
  label: z.string(),
  type: z.enum(ITEM_TYPES),
  text: z.partialRecord(shape.language, shape.longText),
  /** Letter -> text, of the types that have options. */
  options: z.record(z.string(), z.partialRecord(shape.language, shape.longText)),
  /** The rows of a matrix. */
  rows: z.record(z.string(), z.partialRecord(shape.language, shape.longText)),
  /** What a right answer is worth; null where it is not counted. */
  points: z.number().nullable(),
  required: z.boolean(),
});

const form = z.object({
  id: shape.id,
  code: z.string(),
  kind: z.enum(FORM_KINDS),
  title: shape.localisedText,
  anonymous: z.boolean(),
  /** Removed, and still here because there are sheets of it. */
  removed: z.boolean(),
  /** Fields whose values this program cannot read; each is shown as such. */
  unreadable: shape.unreadable,
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
  /** Post-tests with the points of the form's pass mark; left out where it has none. */
  passed: z.int().optional(),
  /** The points of a test on which all is right: its questions, where each is worth one. */
  questions: z.number(),
  /** Per item: how many had it right before and after. */
  items: z.record(z.string(), z.object({ pre: z.int(), post: z.int() })),
  /** Of tests whose points alone are told (a table of marks); they are in no other figure. Means out of `of`, two decimals. */
  points: z
    .object({
      of: z.number(),
      nPre: z.int(),
      nPost: z.int(),
      nPaired: z.int(),
      meanPre: z.number().nullable(),
      meanPost: z.number().nullable(),
      gain: z.number().nullable(),
      improved: z.int(),
      same: z.int(),
      worse: z.int(),
    })
    .nullable(),
});

const points = z.object({ points: z.number(), of: z.number() }).nullable();

const satisfaction = z.object({
  kind: z.enum(['satisfaction', 'followUp', 'preEvent']),
  n: z.int(),
  registered: z.int(),
  /** Percent of those registered, one decimal; null when nobody is. */
  rate: z.number().nullable(),
  /** Mean of all answers to scale items that are told, two decimals. */
  mean: z.number().nullable(),
  blanks: z.int(),
  items: z.record(
    z.string(),
    z.object({
      n: z.int(),
      /** True where fewer than five answered it: then there is nothing in `dist`, and it is not in the mean of all. */
      withheld: z.boolean(),
      mean: z.number().nullable(),
      dist: z.record(z.string(), z.int()),
      top2: z.number().nullable(),
    }),
  ),
  comments: z.record(z.string(), z.array(z.string())),
  /** True when fewer than five sheets are in: nothing is broken down then. */
  suppressed: z.boolean(),
});

export const evaluationContract = {
  /** Every questionnaire, or those that a workshop is offered. */
  'evaluation.forms': reads(['evaluation', 'activity', 'course'], z.strictObject({ activityId: shape.id.optional() }), z.array(form), [
    'activity.unknown',
  ]),
  /**
   * Takes answers from a table in XLSX, ODS, CSV, HTML or XML, or the `text` of a pasted one, whatever tool wrote it: columns by the items' ids or wordings in four languages, tests with the person
   * and the wave, or points alone. `apply: false` only looks. With rejected rows nothing is imported unless `skipRejected`. Questions are answered by `answers`: `wave`
   * (pre, post), `batch` (new, same), `direction` (5, 1), `word …` (1 to 5, or '' for a blank), `optionNumbers` (order, none), `numbers` (list, none), `of`, `missing`
   * (blank). Refuses as reading does, and `evaluation.notThisForm` (`form`: the title of the one it fits), `table.empty`, `intake.rowUnknown`, `people.unknown`.
   */
  'evaluation.import': job(
    z
      .strictObject({
        activityId: shape.id,
        formId,
        ...intakeSource,
        apply: z.boolean(),
        skipRejected: z.boolean().default(false),
        ...intakeOptions,
        remember,
      })
      .refine(isOneSource),
    z.object({
      applied: z.boolean(),
      ...intakeAnswer,
      /** Sheets that are written: new ones, and those that take another's place. */
      added: z.int(),
      /** Of these, those that take the place of a sheet with other answers. */
      replaced: z.int(),
      unchanged: z.int(),
      rejected: z.array(shape.rejectedRow),
      /** Taken, but worth a look: a column of names in an anonymous form, which is left out; a scale that ran the other way. */
      doubtful: z.array(shape.rejectedRow),
    }),
    ['activity.unknown', 'evaluation.formUnknown', 'evaluation.notThisForm', ...DECISION_REFUSALS, ...SOURCE_REFUSALS],
  ),
  /** Enters one paper sheet. Pre/post: personId and wave; anonymous: neither, and it can only be counted, never found again. */
  'evaluation.enter': writes(
    z.strictObject({
      activityId: shape.id,
      formId,
      personId: shape.id.optional(),
      wave: z.enum(WAVES).optional(),
      /** Of a questionnaire that is put to countries, in the place of a person; `day`: when it was answered. */
      country: shape.country.optional(),
      day: shape.day.optional(),
      answers,
      /** Replaces an earlier sheet of the same person and wave by a linked correction. */
      correct: z.boolean().default(false),
    }),
    z.object({ id: shape.id }),
    [
      'activity.unknown',
      'evaluation.alreadyIn',
      'evaluation.anonymous',
      'evaluation.answerUnknown',
      'evaluation.countryNotAsked',
      'evaluation.countryNotMeant',
      'evaluation.formUnknown',
      'evaluation.personNeeded',
      'evaluation.personUnknown',
      'evaluation.waveNeeded',
      'evaluation.waveNotMeant',
    ],
  ),
  /** Which sheets of people are in; of anonymous forms, and of countries, only how many. */
  'evaluation.sheets': reads(
    ['evaluation', 'people'],
    z.strictObject({ activityId: shape.id, formId }),
    z.object({
      count: z.int(),
      /** Anonymous ones that are on this laptop alone: they leave five or more at a time, or when the form is closed. */
      waiting: z.int(),
      sheets: z.array(
        z.object({
          id: shape.id,
          personId: shape.id,
          /** Null where the form is no test. */
          wave: z.enum(WAVES).nullable(),
          answers,
          right: z.number(),
          /** Where the points alone are told; `answers` is empty then. */
          points,
          /** For the `seen` of its removal. */
          heads: shape.shown,
          /** Others of the same person and test that say something else: of linked records, until `evaluation.choose`. */
          apart: z.array(z.object({ id: shape.id, right: z.number(), points, answers })),
        }),
      ),
      /** Those of people that were removed, the newest first. */
      removed: z.array(
        z.object({
          id: shape.id,
          personId: shape.id,
          /** Null where the form is no test. */
          wave: z.enum(WAVES).nullable(),
          by: z.string(),
          device: z.string(),
          laptop: z.string(),
          at: shape.instant,
          /** Another sheet of the same person and test is in. */
          replaced: z.boolean(),
        }),
      ),
    }),
    ['activity.unknown', 'evaluation.formUnknown'],
  ),
  /**
   * Says which sheet of a test counts where linked records of a person have one each: this one, and `over` (with what they took the place of) do not. All others of that
   * test count; with no `over` it is to be chosen again. No sheet is written to. Refuses `evaluation.sheetUnknown`.
   */
  'evaluation.choose': writes(z.strictObject({ id: shape.id, over: z.array(shape.id).max(100) }), shape.done, ['evaluation.sheetUnknown']),
  /**
   * Removes the sheet of a person or of a country, with those that it took the place of: it counts nowhere, and can be put back. An anonymous one cannot be found again. Refuses
   * `evaluation.sheetUnknown`.
   */
  'evaluation.removeSheet': writes(z.strictObject({ id: shape.id, seen: shape.seen.optional() }), shape.done, ['evaluation.sheetUnknown']),
  /** Puts a removed sheet back, with those that it took the place of. Refuses `evaluation.sheetUnknown`, `evaluation.alreadyIn` (another one of that test is in). */
  'evaluation.restoreSheet': writes(z.strictObject({ id: shape.id }), shape.done, ['evaluation.alreadyIn', 'evaluation.sheetUnknown']),
  /** Takes back an anonymous sheet that waits on this laptop. Refuses `evaluation.sheetSealed` (it does not wait here any more). */
  'evaluation.takeBack': writes(z.strictObject({ activityId: shape.id, formId, sheetId: shape.id }), shape.done, [
    'activity.unknown',
    'evaluation.formUnknown',
    'evaluation.sheetSealed',
  ]),
  /** Closes an anonymous form for now: what waits on this laptop leaves with the next sync, however few they are. */
  'evaluation.close': writes(z.strictObject({ activityId: shape.id, formId }), z.object({ sealed: z.int() }), [
    'activity.unknown',
    'evaluation.formUnknown',
  ]),
  'evaluation.results': reads(
    ['evaluation', 'people'],
    z.strictObject({ activityId: shape.id, formId }),
    z.discriminatedUnion('kind', [prePost, satisfaction]),
    ['activity.unknown', 'evaluation.formUnknown'],
  ),
};
