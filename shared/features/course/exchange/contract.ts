import { z } from 'zod';
import { job } from '../../../contract/call.ts';
import * as shape from '../../../contract/shapes.ts';
import { SOURCE_REFUSALS } from '../../../kernel/source.ts';
import { TEXT_REJECTIONS } from './texts-plan.ts';

/** A text of a part in one language. `row`: of the workbook; `here`: what stands in the course, null where it cannot be read; `text`: what the workbook says. */
const changedText = z.object({
  row: z.int(),
  part: shape.id,
  type: z.enum(['course', 'module', 'session']),
  /** The number of a module (`1`) or session (`1.2`); '' of the course. */
  number: z.string(),
  field: z.string(),
  language: shape.language,
  here: z.string().nullable(),
  text: z.string(),
});

export const exchangeContract = {
  /** `language`: of the headings; left out, the user's. `cells`: how many texts were written. */
  'course.exportTexts': job(
    z.strictObject({ courseId: shape.line, path: shape.path, language: shape.language.optional() }),
    z.object({ path: z.string(), cells: z.int(), rows: z.int() }),
    ['course.unknown', 'file.notWritable'],
  ),
  /** `apply` false: nothing is written. `changed`: how many texts are taken, and `changes` which. */
  'course.importTexts': job(
    z.strictObject({ courseId: shape.line, path: shape.path, apply: z.boolean().default(true) }),
    z.object({
      changed: z.int(),
      changes: z.array(changedText),
      /** Texts that changed here too since the workbook was written; `base`: what they said then, null where that is not known here. They stay as they are. */
      conflicts: z.array(changedText.extend({ base: z.string().nullable() })),
      rejected: z.array(z.object({ ...shape.rejectedRow.shape, code: z.enum(TEXT_REJECTIONS) })),
    }),
    ['course.unknown', 'exchange.notTexts', 'exchange.textsOfOther', ...SOURCE_REFUSALS],
  ),
};
