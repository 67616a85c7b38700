import { z } from 'zod';
import { job, reads, writes } from '../../contract/call.ts';
import * as shape from '../../contract/shapes.ts';
import { FORM_KINDS, HEADCOUNTS, ITEM_TYPES } from '../../model/vocabularies.ts';
import * as value from '../../model/values.ts';
import { documentShape } from '../document/blocks.ts';
import { NARRATIVE_PARTS } from './narrative.ts';

/** `key`: the stable code (`female`, `judge`, `SN`; 'notRecorded' where unknown); `label`: the word in the report's language. */
const figure = z.object({ key: z.string(), label: z.string(), count: z.int() });

const share = z.number();

/** See `DeliveryFigures`. */
const delivery = z.object({
  planned: z.int(),
  held: z.int().nullable(),
  minutesPlanned: z.int().nullable(),
  minutesHeld: z.int().nullable(),
  timed: z.int(),
});

/** See `LearningFigures`. */
const learning = z.object({
  formId: shape.id,
  title: z.string(),
  n: z.int(),
  withheld: z.boolean(),
  questions: z.int(),
  meanPre: z.number().nullable(),
  meanPost: z.number().nullable(),
  gain: z.number().nullable(),
  normalised: z.number().nullable(),
  improved: z.int(),
  same: z.int(),
  worse: z.int(),
  items: z.array(z.object({ id: z.string(), text: z.string(), pre: share, post: share })),
  topics: z.array(z.object({ key: z.string(), text: z.string(), questions: z.int(), pre: share, post: share })),
});

/** See `OpinionFigures`. */
const opinions = z.object({
  formId: shape.id,
  title: z.string(),
  n: z.int(),
  registered: z.int(),
  rate: z.number().nullable(),
  mean: z.number().nullable(),
  withheld: z.boolean(),
  items: z.array(
    z.object({
      id: z.string(),
      type: z.enum(ITEM_TYPES).exclude(['open']),
      text: z.string(),
      n: z.int(),
      withheld: z.boolean(),
      mean: z.number().nullable(),
      dist: z.array(figure),
    }),
  ),
  comments: z.array(z.object({ id: z.string(), text: z.string(), comments: z.array(z.string()) })),
});

const narrativePart = z.enum(NARRATIVE_PARTS);
/** `text`: what somebody wrote in the report's language, '' where nobody did; `suggestion`: what the figures say, '' where they say nothing. */
const told = z.object({ text: z.string(), suggestion: z.string() });

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
  delivery,
  /** One a test of which something is in. */
  learning: z.array(learning),
  /** One a questionnaire on the workshop of which something is in. */
  opinions: z.array(opinions),
  materials: z.array(z.object({ id: shape.id, title: z.string(), kind: z.string(), languages: z.string() })),
  narrative: z.record(narrativePart, told),
  /** What a reader must know, e.g. the footnote of Kosovo*. */
  notes: z.array(z.string()),
});

/** The figures of a report, with its labels and sentences in one language. */
export type ActivityFigures = z.infer<typeof activityFigures>;

const periodCount = z.object({
  key: z.string(),
  label: z.string(),
  activities: z.int(),
  people: z.int(),
  attendances: z.int(),
});

/** See `PeriodFigures`. */
const periodFigures = z.object({
  from: shape.day,
  to: shape.day,
  activities: z.int(),
  workshops: z.int(),
  unmarked: z.int(),
  people: z.int(),
  attendances: z.int(),
  again: z.int(),
  countries: z.int(),
  byProject: z.array(periodCount),
  byMode: z.array(periodCount),
  byKind: z.array(periodCount),
  byLanguage: z.array(periodCount),
  byCountry: z.array(periodCount),
  bySex: z.array(figure),
  series: z.array(z.object({ title: z.string(), of: z.int(), parts: z.array(z.int()) })),
  notes: z.array(z.string()),
});

const period = { from: shape.day, to: shape.day, language: shape.language };

export const reportContract = {
  /** The activities that touch a period, for a steering committee. People are counted once over all workshops, attendances once a workshop. */
  'report.period': reads(['activity', 'people', 'attendance'], z.strictObject(period), periodFigures.extend({ document: documentShape })),
  /** The same as CSV for Excel, as `report.export` writes it. */
  'report.exportPeriod': job(
    z.strictObject({ ...period, path: shape.path }),
    z.object({ path: z.string(), bytes: z.int(), sha256: z.string() }),
    ['file.notWritable'],
  ),
  'report.activity': reads(
    ['activity', 'people', 'attendance', 'evaluation'],
    z.strictObject({ activityId: shape.id, language: shape.language }),
    /** `document`: the same figures as they are to be read, block by block. */
    activityFigures.extend({ document: documentShape }),
    ['activity.unknown'],
  ),
  /** What of a report is written, to be changed: each part in one language, and how sure its head-count is. `seen`: what `report.narrate` is to be told. */
  'report.narrative': reads(
    ['activity', 'people', 'attendance', 'evaluation'],
    z.strictObject({ activityId: shape.id, language: shape.language }),
    z.object({ parts: z.record(narrativePart, told), headcount: z.enum(HEADCOUNTS), people: z.int(), seen: shape.seen }),
    ['activity.unknown'],
  ),
  /** Writes parts of a report in one language; '' lets what the figures suggest stand again. */
  'report.narrate': writes(
    z.strictObject({
      activityId: shape.id,
      language: shape.language,
      texts: z.partialRecord(narrativePart, value.longText).default({}),
      headcount: z.enum(HEADCOUNTS).optional(),
      seen: shape.seen.optional(),
    }),
    shape.done,
    ['activity.unknown'],
  ),
  /** The document as CSV for Excel (BOM; `;` in fr, es, pt), re-read and hashed before it is done. */
  'report.export': job(
    z.strictObject({ activityId: shape.id, language: shape.language, path: shape.path }),
    z.object({ path: z.string(), bytes: z.int(), sha256: z.string() }),
    ['activity.unknown', 'file.notWritable'],
  ),
};
