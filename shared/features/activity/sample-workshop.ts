import { z } from 'zod';
import * as shape from '../../contract/shapes.ts';
import { AUDIENCES, MATERIAL_KINDS, PROFESSIONS, SEXES } from '../../model/vocabularies.ts';

/** `1 AM`, `2 PM`: a half-day of the workshop, counted from its first day. */
const relativeHalfDay = z.string().regex(/^[1-9] (AM|PM)$/);
const relativeDay = z.int().min(1).max(9);
const answers = z.record(z.string(), z.string());
const inFourLanguages = z.strictObject({ en: shape.line, fr: shape.line, es: shape.line, pt: shape.line });

/**
 * The schema of `resources/sample/workshop.json`: a workshop of invented people that *Try with a sample workshop* loads. It has no dates of its own: its first
 * day is the day of loading moved by `firstDay`, so that *today* is its second day. Participants are named by their `ref`; files lie beside it.
 */
export const sampleWorkshop = z.strictObject({
  /** Code of the course in the library. */
  course: shape.line,
  title: inFourLanguages,
  projects: z.array(shape.line),
  partners: z.array(shape.line),
  languages: z.array(shape.language).min(1),
  countries: z.array(shape.country),
  mode: shape.mode,
  place: shape.line,
  /** Days from the day of loading to the first day; -1 is the day before. */
  firstDay: z.int(),
  days: relativeDay,
  /** In the order of the list. */
  participants: z.array(
    z.strictObject({
      ref: shape.line,
      familyName: shape.line,
      givenName: shape.line,
      sex: z.enum(SEXES),
      profession: z.enum(PROFESSIONS).nullable(),
      country: shape.country,
      institution: shape.optionalLine,
      language: shape.language.nullable(),
      email: z.union([z.literal(''), z.email()]),
    }),
  ),
  /** Participant -> half-day -> letter (P L D E A R); what is left out is not yet taken. */
  attendance: z.record(z.string(), z.partialRecord(relativeHalfDay, z.enum(['P', 'L', 'D', 'E', 'A', 'R']))),
  /** Sheets of `intro-prepost-v1`; a blank item is left out. */
  tests: z.array(z.strictObject({ participant: shape.line, wave: z.enum(['pre', 'post']), day: relativeDay, answers })),
  /** Anonymous sheets: the day only. */
  satisfaction: z.array(z.strictObject({ form: shape.line, day: relativeDay, answers })),
  materials: z.array(
    z.strictObject({
      /** File name beside `workshop.json`. */
      file: z.string().regex(/^[a-z0-9-]+\.pdf$/),
      language: shape.language,
      kind: z.enum(MATERIAL_KINDS),
      audience: z.enum(AUDIENCES),
      title: inFourLanguages,
    }),
  ),
});

export type SampleWorkshop = z.infer<typeof sampleWorkshop>;
