import { z } from 'zod';
import { job } from '../../contract/call.ts';
import * as shape from '../../contract/shapes.ts';
import { QUESTION_REJECTIONS } from '../evaluation/exchange/question.ts';

const format = z.enum(['gift', 'moodleXml', 'aiken']);
/** The language of the questions; left out, the user's. */
const language = shape.language.optional();

export const formExchangeContract = {
  /**
   * Adds the questions of a file behind those of a questionnaire, or to a new test where none is named. `rejected`: each question that was not taken, by the line at which it begins; `lost`: what
   * of the others has no place here. `apply` false: nothing is written, and `id` is '' where no questionnaire was named.
   */
  'form.import': job(
    z.strictObject({ formId: shape.line.optional(), path: shape.path, format, language, apply: z.boolean().default(true) }),
    z.object({
      id: z.string(),
      added: z.int(),
      rejected: z.array(z.object({ line: z.int(), code: z.enum(QUESTION_REJECTIONS) })),
      lost: z.array(z.object({ line: z.int(), what: z.enum(['picture', 'feedback', 'answers']) })),
    }),
    ['form.unknown', 'form.notQuestions', 'file.missing', 'file.unreadable', 'table.tooLarge'],
  ),
  /** Writes the items of a questionnaire as a file of another tool. `notCarried`: by the code of the item, what that format cannot hold; `question`: nothing of it. */
  'form.export': job(
    z.strictObject({ formId: shape.line, path: shape.path, format, language }),
    z.object({ path: z.string(), items: z.int(), notCarried: z.array(z.object({ item: z.string(), why: z.string() })) }),
    ['form.unknown', 'file.notWritable'],
  ),
};
