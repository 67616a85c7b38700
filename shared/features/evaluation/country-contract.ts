import { z } from 'zod';
import { job, reads } from '../../contract/call.ts';
import * as shape from '../../contract/shapes.ts';
import { SOURCE_REFUSALS } from '../../kernel/source.ts';
import { answers } from '../../model/evaluation.ts';

const row = z.object({ country: shape.country, answered: z.boolean(), late: z.boolean(), day: shape.dayShown, answers });

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
      does: z.enum(['new', 'same', 'change']),
      answers,
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
