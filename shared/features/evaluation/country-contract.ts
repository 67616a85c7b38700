import { z } from 'zod';
import { job, reads } from '../../contract/call.ts';
import * as shape from '../../contract/shapes.ts';
import { SOURCE_REFUSALS } from '../../kernel/source.ts';
import { answers } from '../../model/evaluation.ts';

const row = z.object({
  country: shape.country,
  answered: z.boolean(),
  late: z.boolean(),
  day: shape.dayShown,
  answers,
  /** The sheet of the country itself; null where it did not answer, or somebody of the list did for it. `heads`: for the `seen` of its removal. */
  sheet: z.object({ id: shape.id, heads: shape.shown }).nullable(),
  /** Who of the list answered for their country by name; null where the country did itself, or did not answer. */
  personId: shape.id.nullable(),
  /** Who took the answers in, and the first digits of their laptop; '' where nobody did. */
  by: z.string(),
  device: z.string(),
});

/** The calls of a questionnaire that is put to countries. */
export const countryContract = {
  /**
   * What each country of the workshop answered, and others that did. `deadline`: the last day on which an answer is not late; left out: the day before the workshop begins, or nothing is late where
   * that is not known.
   */
  'evaluation.perCountry': reads(
    ['evaluation', 'people', 'activity'],
    z.strictObject({ activityId: shape.id, formId: shape.line, deadline: shape.day.optional() }),
    z.object({
      deadline: shape.dayShown,
      countries: z.array(row),
      totals: z.object({
        countries: z.int(),
        answered: z.int(),
        late: z.int(),
        missing: z.int(),
        items: z.record(z.string(), z.object({ answered: z.int(), sum: z.number().nullable() })),
      }),
    }),
    ['activity.unknown', 'evaluation.formUnknown'],
  ),
  /** Writes the questionnaire for a country to fill in, in a language: a question a row, with what it answered already. */
  'evaluation.exportCountry': job(
    z.strictObject({
      activityId: shape.id,
      formId: shape.line,
      country: shape.country,
      language: shape.language,
      path: shape.path,
      format: shape.tableFormat.default('xlsx'),
    }),
    z.object({ path: z.string(), rows: z.int() }),
    ['activity.unknown', 'evaluation.formUnknown', 'file.notWritable'],
  ),
  /**
   * Writes it for every country of the workshop that did not answer yet, a file each into a folder; files that are there stay. Returns the folder and the names of the files, and refuses
   * `evaluation.countriesAllIn` where none is missing.
   */
  'evaluation.exportMissing': job(
    z.strictObject({
      activityId: shape.id,
      formId: shape.line,
      language: shape.language,
      path: shape.path,
      format: shape.tableFormat.default('xlsx'),
    }),
    z.object({ path: z.string(), files: z.array(z.string()) }),
    ['activity.unknown', 'evaluation.countriesAllIn', 'evaluation.formUnknown', 'file.notWritable'],
  ),
  /**
   * Takes what a country filled in, in whichever language. `country`: where the file does not say it. `day`: when it came, where the file does not say it. `apply: false` only looks; with rejected answers nothing is taken. Other
   * answers than those that are in take their place, and stay in the history.
   */
  'evaluation.importCountry': job(
    z.strictObject({
      activityId: shape.id,
      formId: shape.line,
      path: shape.path,
      country: shape.country.optional(),
      day: shape.day.optional(),
      apply: z.boolean(),
    }),
    z.object({
      applied: z.boolean(),
      country: shape.country,
      /** The day on which it was filled in, as the file or the call says it; null: today. */
      day: shape.day.nullable(),
      /** The language of its questions; null where they are found by their codes alone. */
      language: shape.language.nullable(),
      does: z.enum(['new', 'same', 'change']),
      answers,
      /** The sheet that is in; null where nothing was taken. */
      id: shape.id.nullable(),
      rejected: z.array(shape.rejectedRow),
    }),
    [
      'activity.unknown',
      'evaluation.countryNotAsked',
      'evaluation.countryNotMeant',
      'evaluation.countryUnknown',
      'evaluation.formUnknown',
      'evaluation.notThisForm',
      ...SOURCE_REFUSALS,
    ],
  ),
};
