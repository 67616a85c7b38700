import { z } from 'zod';
import { job, reads } from '../../contract/call.ts';
import * as shape from '../../contract/shapes.ts';
import { FORM_KINDS } from '../../model/vocabularies.ts';
import { documentShape } from '../document/blocks.ts';

/** `key`: the stable code (`female`, `judge`, `SN`; 'notRecorded' where unknown); `label`: the word in the report's language. */
const figure = z.object({ key: z.string(), label: z.string(), count: z.int() });

const activityFigures = z.object({
  title: z.string(),
  start: shape.dayShown,
  end: shape.dayShown,
  halfDays: z.int(),
  people: z.int(),
  /** Marks that count as attended, over all half-days. */
  attendances: z.int(),
  rate: z.number().nullable(),
  full: z.int(),
  countries: z.int(),
  bySex: z.array(figure),
  byProfession: z.array(figure),
  byProfessionSex: z.array(figure),
  byCountry: z.array(figure),
  /** Marks taken in the workshop's half-days: what `rate` is of. */
  taken: z.int(),
  perHalfDay: z.array(z.object({ halfDay: shape.halfDay, label: z.string(), attended: z.int(), taken: z.int() })),
  evaluation: z.array(
    z.object({
      formId: shape.id,
      kind: z.enum(FORM_KINDS),
      title: z.string(),
      sentence: z.string(),
      n: z.int(),
      suppressed: z.boolean(),
    }),
  ),
  /** What a reader must know, e.g. the footnote of Kosovo*. */
  notes: z.array(z.string()),
});

/** What a report counts, with its labels and sentences in one language. */
export type ActivityFigures = z.infer<typeof activityFigures>;

export const reportContract = {
  'report.activity': reads(
    ['activity', 'people', 'attendance', 'evaluation'],
    z.strictObject({ activityId: shape.id, language: shape.language }),
    /** `document`: the same figures as they are to be read, block by block. */
    activityFigures.extend({ document: documentShape }),
    ['activity.unknown'],
  ),
  /** The document as CSV for Excel (BOM; `;` in fr, es, pt), re-read and hashed before it is done. */
  'report.export': job(
    z.strictObject({ activityId: shape.id, language: shape.language, path: shape.path }),
    z.object({ path: z.string(), bytes: z.int(), sha256: z.string() }),
    ['activity.unknown', 'file.notWritable'],
  ),
};
