import { z } from 'zod';
import * as shape from '../../contract/shapes.ts';

/** The schema of where the rows come from: a file, or a text that was pasted; exactly one of them (`isOneSource`). */
export const intakeSource = {
  path: shape.path.optional(),
  text: z.string().min(1).max(2_000_000).optional(),
};

export function isOneSource({ path, text }: { readonly path?: string | undefined; readonly text?: string | undefined }): boolean {
  return (path === undefined) !== (text === undefined);
}

/** Characters that the key of a question, and an answer to it, may have. */
export const LONGEST_ANSWER_KEY = 200;

/** The schema of what a person may say about a file before it is taken; everything left out is found by evidence. */
export const intakeOptions = {
  /** Name of the sheet that holds the list. */
  sheet: z.string().max(200).optional(),
  /** The row with the headings (the last of them where there are two); 0: there is none. */
  headerRow: z.int().min(0).max(1_000_000).optional(),
  encoding: z.string().max(40).optional(),
  /** The sheet lies on its side, names across the top; false: it does not. Its columns then count as rows, and its rows as columns. */
  turned: z.boolean().optional(),
  /** Meaning of columns by their letters; '' leaves a column out. */
  columns: z.record(z.string().regex(/^[A-Z]{1,3}$/), z.string().max(100)).optional(),
  /** What becomes of rows; `same`: the person `personId`. `sheet` may be left out where only one sheet has a row of that number. */
  decisions: z
    .array(
      z.strictObject({
        row: z.int().min(1),
        sheet: z.string().max(200).optional(),
        take: z.enum(['new', 'same', 'leave']),
        personId: shape.id.optional(),
      }),
    )
    .max(20_000)
    .optional(),
  /** Answers to questions that hold for a whole column or file, by the question's key. */
  answers: z.record(z.string().max(LONGEST_ANSWER_KEY), z.string().max(LONGEST_ANSWER_KEY)).optional(),
};

/**
 * The schema of for whom what was said of columns, answers and encoding is remembered once it was taken, for the next file of that form: this laptop (also
 * where it is left out), or all of the workshop.
 */
export const remember = z.enum(['laptop', 'workshop']).optional();

const options = z.object(intakeOptions);
export type IntakeOptions = z.infer<typeof options>;
/** A person's decision about a row. */
export type Decision = NonNullable<IntakeOptions['decisions']>[number];

/** The codes with which a decision is not taken: it is about no row, or for nobody. */
export const DECISION_REFUSALS = ['intake.rowUnknown', 'people.unknown'] as const;
export type DecisionRefusal = (typeof DECISION_REFUSALS)[number];

/** The schema of how a file was understood. */
export const understood = z.object({
  format: z.string(),
  /** null where the format says it. */
  encoding: z.string().nullable(),
  /** Where others are possible: each with lines in which they differ. */
  encodings: z.array(z.object({ name: z.string(), sample: z.array(z.string()) })),
  sheet: z.string(),
  sheets: z.array(z.object({ name: z.string(), hidden: z.boolean(), used: z.boolean(), rows: z.int() })),
  /** The sheets lie on their side and were turned: what counts as a row here is a column of the file, and the other way round. */
  turned: z.boolean().optional(),
  /** 0: the list has no heading row. */
  headerRow: z.int(),
  columns: z.array(
    z.object({
      /** As a spreadsheet shows it: A, B, ... AA. */
      column: z.string(),
      header: z.string(),
      /** '' = left out. */
      field: z.string(),
      /** `header`, `content`, `both`, `chosen`, `remembered`, `none`. */
      why: z.string(),
      sample: z.array(z.string()),
    }),
  ),
});

export type Understood = z.infer<typeof understood>;

/**
 * The schema of a question that one answer settles for many rows. `chosen`: what holds now, null while it is open; rows that cannot be taken without it are
 * rejected.
 */
export const question = z.object({
  key: z.string(),
  code: z.string(),
  column: z.string(),
  /** The words asked about: a letter, a name. */
  subject: z.string(),
  options: z.array(z.string()),
  chosen: z.string().nullable(),
  rows: z.array(shape.rowPlace),
});

export type Question = z.infer<typeof question>;

/** The schema of what holds a row, or something of it, up. */
export const rowAsk = z.object({
  /** A field, a half-day, a question; as the file heads the column where it is none of these; '' where it is none. */
  field: z.string(),
  /** Code of the reason. */
  code: z.string(),
  /** `row`: who or what the row is, which a decision about it settles; `value`: what one of its cells says. */
  about: z.enum(['row', 'value']),
  /** What stands in the cell. */
  text: z.string(),
  /** The question that settles it, wherever the same stands in the file; null where only another file does. */
  answer: z.object({ key: z.string(), code: z.string(), options: z.array(z.string()) }).nullable(),
});

export type RowAsk = z.infer<typeof rowAsk>;

/** The schema of a row of the file, with what would become of it or became of it. */
export const plannedRow = z.object({
  sheet: z.string(),
  row: z.int(),
  /** The person as the file names them. */
  name: z.string(),
  does: z.enum(['new', 'same', 'change', 'leave', 'ask']),
  personId: shape.id.nullable(),
  /** People of the workshop that this might be, likeliest first. */
  candidates: z.array(z.object({ personId: shape.id, name: z.string(), why: z.string() })),
  changes: z.array(z.object({ field: z.string(), from: z.string(), to: z.string() })),
  /** Code of the reason. */
  why: z.string(),
  /** What holds it up: all of it where it does `ask`, else what is not among its changes. */
  asks: z.array(rowAsk),
  /** The headings of a list, which hold it up: nothing is decided of them, their columns are given a meaning. */
  headings: z.boolean().optional(),
});

export type PlannedRow = z.infer<typeof plannedRow>;

export const account = z.object({
  cells: z.int(),
  taken: z.int(),
  left: z.int(),
  asked: z.int(),
  leftFor: z.array(z.object({ why: z.string(), cells: z.int() })),
});

/**
 * The schema of the refusal that a look answers where it found no column that is known: `understood` shows them, to be given their meaning by `columns`, and
 * taking the file refuses with this code; null elsewhere.
 */
export const columnsUnknown = z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) }).nullable();

/** The schemas of what every intake answers beside its own figures. */
export const intakeAnswer = {
  understood,
  questions: z.array(question),
  rows: z.array(plannedRow),
  account,
  columnsUnknown,
  /** By which it can be undone; null where nothing was written. */
  importId: z.string().nullable(),
};
