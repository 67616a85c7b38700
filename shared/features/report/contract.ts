import { z } from 'zod';
import { job, reads, writes } from '../../contract/call.ts';
import * as shape from '../../contract/shapes.ts';
import { FORM_KINDS, HEADCOUNTS, ITEM_TYPES } from '../../model/vocabularies.ts';
import * as value from '../../model/values.ts';
import { comparedField } from '../people/contract.ts';
import { documentShape } from '../document/blocks.ts';
import { NARRATIVE_PARTS } from './narrative.ts';

/** `key`: the stable code (`female`, `judge`, `SN`; 'notRecorded' where unknown); `label`: the word in the report's language. */
const figure = z.object({ key: z.string(), label: z.string(), count: z.int() });

const share = z.number();

/** The formats in which a report is written. */
export const REPORT_FORMATS = ['pdf', 'docx', 'xlsx', 'csv', 'json'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

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
  questions: z.number(),
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
      type: z.enum(ITEM_TYPES).exclude(['open', 'date']),
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
  /** Null where none of these activities has a list of people. */
  people: z.int().nullable(),
  attendances: z.int().nullable(),
});

/** See `PeriodFigures`. */
const periodFigures = z.object({
  from: shape.day,
  to: shape.day,
  /** The meeting since which it is told; null: of dates that were given. */
  since: z.object({ id: shape.id, title: z.string() }).nullable(),
  activities: z.int(),
  workshops: z.int(),
  parts: z.int(),
  unmarked: z.int(),
  people: z.int(),
  doubles: z.int(),
  peopleAtMost: z.int(),
  attendances: z.int(),
  again: z.int(),
  countries: z.int(),
  byProject: z.array(periodCount),
  byMode: z.array(periodCount),
  byKind: z.array(periodCount),
  byLanguage: z.array(periodCount),
  byRegion: z.array(periodCount),
  byCountry: z.array(periodCount),
  bySex: z.array(figure),
  sexWithheld: z.int(),
  series: z.array(z.object({ title: z.string(), of: z.int(), parts: z.array(z.int()) })),
  nested: z.array(
    z.object({ id: shape.id, title: z.string(), parts: z.int(), people: z.int().nullable(), attendances: z.int().nullable() }),
  ),
  notes: z.array(z.string()),
});

/** From a day, or since a meeting: an activity, after the last day of which the period begins. */
const period = { from: shape.day.optional(), since: shape.id.optional(), to: shape.day };
const hasOneBeginning = ({ from, since }: { readonly from?: string | undefined; readonly since?: string | undefined }): boolean =>
  (from === undefined) !== (since === undefined);
const BEGINNING = { error: 'from or since' };
const PERIOD_REFUSALS = ['activity.unknown', 'report.sinceUndated', 'report.sinceLater'] as const;

export const reportContract = {
  /**
   * The activities that touch a period, for a steering committee. People are counted once over all workshops, attendances once a workshop. Refuses, where it is `since` a meeting, `report.sinceUndated`
   * (it has no date) and `report.sinceLater` (the period ends before it does).
   */
  'report.period': reads(
    ['activity', 'people', 'attendance'],
    z.strictObject({ ...period, language: shape.language }).refine(hasOneBeginning, BEGINNING),
    periodFigures.extend({ document: documentShape }),
    PERIOD_REFUSALS,
  ),
  /** People of a period's workshops who may be one person (`doubles` of them), two at a time, as `people.pairs` has those of one workshop; `workshops`: where each is listed. */
  'report.doubles': reads(
    ['activity', 'people', 'attendance'],
    z.strictObject(period).refine(hasOneBeginning, BEGINNING),
    z.array(
      z.object({
        ids: z.tuple([shape.id, shape.id]),
        /** Where what is said of them is kept. */
        activityId: shape.id,
        workshops: z.tuple([shape.titleShown, shape.titleShown]),
        why: z.string(),
        fields: z.array(comparedField),
      }),
    ),
    PERIOD_REFUSALS,
  ),
  /** The same as a file in each format of a workshop's report: set as PDF, for Word, as annexes, as CSV for Excel, as JSON with the figures. */
  'report.exportPeriod': job(
    z
      .strictObject({ ...period, language: shape.language, path: shape.path, format: z.enum(REPORT_FORMATS).default('csv') })
      .refine(hasOneBeginning, BEGINNING),
    z.object({ path: z.string(), pages: z.int().optional(), bytes: z.int(), sha256: z.string() }),
    [...PERIOD_REFUSALS, 'document.pictureDamaged', 'document.signMissing', 'document.tooLarge', 'file.notWritable'],
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
