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
  /** `files`: with those of its materials that everybody may have. `left`: how many of them are not in it. */
  'course.exportPack': job(
    z.strictObject({ courseId: shape.line, path: shape.path, files: z.boolean().default(false) }),
    z.object({ path: z.string(), bytes: z.int(), left: z.int() }),
    ['course.unknown', 'exchange.packTooLarge', 'file.notWritable'],
  ),
  /** `courseId`: refused where the pack is of another course. `made`: false where the very same course was here. `signedBy`: who signed it, '' where nobody here knows them. */
  'course.importPack': job(
    z.strictObject({ courseId: shape.id.optional(), path: shape.path }),
    z.object({ id: shape.id, made: z.boolean(), files: z.int(), signedBy: z.string() }),
    [
      ...(['exchange.packForged', 'exchange.packMalformed', 'exchange.packNewer', 'exchange.packOfOther'] as const),
      ...(['exchange.packRevoked', 'exchange.packTooLarge', 'file.missing', 'file.unreadable'] as const),
    ],
  ),
};
