import { z } from 'zod';
import { job, writes } from '../../../contract/call.ts';
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
  /**
   * `courseId` left out: the course that the workbook is of. `apply` false: nothing is written. `changed`: how many texts are taken, and `changes` which. `over`: conflicts in which the workbook's
   * text takes the place of what stood `here` when that was decided. `taking`: what `course.undoImport` takes back; null where nothing was written.
   */
  'course.importTexts': job(
    z.strictObject({
      ...{ courseId: shape.line.optional(), path: shape.path, apply: z.boolean().default(true) },
      over: z.array(z.object({ part: shape.id, field: z.string().max(40), language: shape.language, here: shape.longText })).default([]),
    }),
    z.object({
      courseId: shape.id,
      taking: z.string().nullable(),
      changed: z.int(),
      changes: z.array(changedText),
      /** Texts that changed here too since the workbook was written; `base`: what they said then, null where that is not known here. They stay as they are. */
      conflicts: z.array(changedText.extend({ base: z.string().nullable() })),
      rejected: z.array(z.object({ ...shape.rejectedRow.shape, code: z.enum(TEXT_REJECTIONS) })),
    }),
    ['course.unknown', 'exchange.notTexts', 'exchange.textsOfNone', 'exchange.textsOfOther', ...SOURCE_REFUSALS],
  ),
  /** `files`: with those of its materials that everybody may have. `left`: how many of them are not in it. */
  'course.exportPack': job(
    z.strictObject({ courseId: shape.line, path: shape.path, files: z.boolean().default(false) }),
    z.object({ path: z.string(), bytes: z.int(), left: z.int() }),
    ['course.unknown', 'exchange.packTooLarge', 'file.notWritable'],
  ),
  /**
   * Writes a course in one language as a Common Cartridge 1.1 for other platforms, with its tests. `language` left out: the user's. `files`: as in `course.exportPack`, one of each material. `left`: how many of them are not in it; `inOther`:
   * how many texts are in another language, because they are not written in this one; `notCarried`: by the title of the test and the code of the item, what a cartridge cannot hold; `question`: nothing of it.
   */
  'course.exportCartridge': job(
    z.strictObject({ courseId: shape.line, path: shape.path, language: shape.language.optional(), files: z.boolean().default(false) }),
    z.object({
      ...{ path: z.string(), bytes: z.int(), sessions: z.int(), questions: z.int(), files: z.int(), left: z.int(), inOther: z.int() },
      notCarried: z.array(z.object({ test: z.string(), item: z.string(), why: z.array(z.string()) })),
    }),
    ['course.unknown', 'exchange.packTooLarge', 'file.notWritable'],
  ),
  /**
   * `courseId`: refused where the pack is of another course. `apply` false: nothing is written, and `id` is '' of a course that would be made. `made`: false where the very same course was here.
   * `signedBy`: who signed it, '' where nobody here knows them. `copies`: courses here that are the one of the pack, or were made of it. `taking`: what `course.undoImport` takes back.
   */
  'course.importPack': job(
    z.strictObject({ courseId: shape.id.optional(), path: shape.path, apply: z.boolean().default(true) }),
    z.object({
      ...{ id: z.string(), made: z.boolean(), files: z.int(), signedBy: z.string(), taking: z.string().nullable() },
      ...{ title: z.partialRecord(shape.language, z.string()), modules: z.int(), sessions: z.int(), copies: z.array(shape.id) },
    }),
    [
      ...(['exchange.packForged', 'exchange.packMalformed', 'exchange.packNewer', 'exchange.packOfOther'] as const),
      ...(['exchange.packRevoked', 'exchange.packTooLarge', 'file.missing', 'file.unreadable'] as const),
    ],
  ),
  /**
   * Takes back what an import wrote, by its `taking`: each text gives way to the one before; a course that was made goes, with the materials that came, unless something was written in it since. `left`: what
   * was written over since, and stays.
   */
  'course.undoImport': writes(
    z.strictObject({ courseId: shape.line, taking: z.string().max(80) }),
    z.object({ undone: z.int(), left: z.int() }),
    ['course.unknown'],
  ),
};
