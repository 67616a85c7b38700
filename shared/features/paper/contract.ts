import { z } from 'zod';
import { job, reads } from '../../contract/call.ts';
import * as shape from '../../contract/shapes.ts';
import { pageAddress } from '../../model/values.ts';
import { AWARD_KINDS } from '../../model/vocabularies.ts';
import { REPORT_FORMATS } from '../report/contract.ts';
import { sheetPlace } from './sheet-places.ts';

/** The formats of each document that is made of a workshop to be printed or sent. */
export const DOCUMENT_FORMATS = {
  attendanceSheet: ['pdf'],
  participants: ['pdf'],
  agenda: ['pdf'],
  namePlates: ['pdf'],
  badges: ['pdf'],
  blankForm: ['pdf'],
  doorSign: ['pdf'],
  certificates: ['pdf'],
  activityReport: ['pdf', 'docx', 'xlsx', 'csv', 'json'],
} as const;
export type DocumentKind = keyof typeof DOCUMENT_FORMATS;
export type DocumentFormat = (typeof DOCUMENT_FORMATS)[DocumentKind][number];

export const DOCUMENT_KINDS = Object.keys(DOCUMENT_FORMATS) as [DocumentKind, ...DocumentKind[]];

/** The kinds that stand in two languages on one page. */
const IN_TWO_LANGUAGES: ReadonlySet<DocumentKind> = new Set(['attendanceSheet', 'blankForm', 'doorSign']);

/** The kinds that are filled in by hand, and may come back as photographs. */
const SHEETS = ['attendanceSheet', 'blankForm'] as const satisfies readonly DocumentKind[];

/** All papers of a workshop: one archive, or the same files in a folder. */
export const EVERYTHING = { kind: 'everything', formats: ['zip', 'pdf'] } as const;

/** The report of a period, over all workshops: `options.to`, and `options.from` or `options.since`, as `report.period` has them. */
export const PERIOD_REPORT = { kind: 'periodReport', formats: REPORT_FORMATS } as const;

/** Whether a document of this kind is made in this format. */
export function isMadeAs(kind: DocumentKind, format: DocumentFormat): boolean {
  return DOCUMENT_FORMATS[kind].some((one) => one === format);
}

/** Whether a document of this kind takes a second language beside its first. */
export function takesTwoLanguages(kind: DocumentKind): boolean {
  return IN_TWO_LANGUAGES.has(kind);
}

const wanted = {
  kind: z.enum(DOCUMENT_KINDS),
  activityId: shape.id,
  language: shape.language,
  second: shape.language.optional(),
  /** `formId`: which questionnaire an empty sheet is of, by its id or its code. `network`, `password`: what a sign for the door says of the room's Wi-Fi; kept nowhere. */
  options: z
    .strictObject({
      formId: shape.line.optional(),
      network: shape.optionalLine.optional(),
      password: shape.optionalLine.optional(),
      /** Which certificates; left out: of attendance. */
      certificate: z.enum(AWARD_KINDS).optional(),
      /** Certificates of these people alone. */
      people: z.array(shape.id).max(5_000).optional(),
      /** Where the page that verifies certificates is published: their code then opens it. */
      address: pageAddress.optional(),
      /** The days of a report of a period. */
      from: shape.day.optional(),
      since: shape.id.optional(),
      to: shape.day.optional(),
      /** A file for each certificate, called by its number, in the folder `path`. */
      files: z.boolean().optional(),
      /** Certificates without the design that the workshop chose. */
      plain: z.boolean().optional(),
    })
    .optional(),
};

const refusals = [
  'activity.unknown',
  'certificate.designAway',
  'document.empty',
  'document.oneLanguage',
  'document.pictureDamaged',
  'document.signMissing',
  'document.tooLarge',
  'evaluation.formUnknown',
] as const;

export const paperContract = {
  /**
   * Makes a document of a workshop, in `language` and, where its kind takes one, a second one beside it. The same workshop gives the same bytes on every laptop. Refuses
   * `document.format` (`kind`, `format`: it is not made so), `document.empty` (there is nothing to put on it), `document.signMissing` (`signs`: no bundled font
   * has a picture of them). Without `activityId` a `periodReport` alone is made. With `options.files`, `path` is a folder that is made where it is not there; `files` says how many lie in it, `sha256` is of all of them. `everything`: all papers as one archive (`zip`), or in a new folder (`pdf`; its `sha256` is of a line for each file, as sha256sum writes
   * them); `papers` says what was made, `left` which papers were not, and why.
   */
  'document.make': job(
    z.strictObject({
      ...wanted,
      kind: z.enum([...DOCUMENT_KINDS, EVERYTHING.kind, PERIOD_REPORT.kind]),
      activityId: shape.id.optional(),
      path: shape.path,
      format: z.enum(['pdf', 'docx', 'xlsx', 'csv', 'json', 'zip']),
    }),
    z.object({
      path: z.string(),
      pages: z.int().optional(),
      bytes: z.int(),
      sha256: z.string(),
      files: z.int().optional(),
      papers: z.array(z.object({ name: z.string(), bytes: z.int() })).optional(),
      left: z.array(z.object({ name: z.string(), code: z.string() })).optional(),
    }),
    [...refusals, 'document.format', 'document.noPeriod', 'file.notWritable', 'report.sinceLater', 'report.sinceUndated'],
  ),
  /**
   * Where the rings, the code and the boxes or circles of each page of a sheet lie, for who reads photographs of it: what is set from the same records, in the same languages, lies there. `code`: what the
   * page's code says.
   */
  'document.places': job(
    z.strictObject({ ...wanted, kind: z.enum(SHEETS) }),
    z.object({ pages: z.array(z.object({ code: z.string(), places: z.array(sheetPlace) })) }),
    refusals,
  ),
  /** What is missing before a workshop is closed: marks by half-day, sheets by questionnaire, people to complete. */
  'document.missing': reads(
    ['activity', 'people', 'attendance', 'evaluation'],
    z.strictObject({ activityId: shape.id, language: shape.language }),
    z.object({
      marks: z.array(z.object({ halfDay: shape.halfDay, count: z.int() })),
      sheets: z.array(z.object({ formId: shape.id, title: z.string(), count: z.int() })),
      people: z.int(),
    }),
    ['activity.unknown'],
  ),
  /** Makes a document as PDF and opens a copy of it in the user's own program, which prints it; nothing is saved. */
  'document.open': job(z.strictObject(wanted), z.object({ pages: z.int() }), [
    ...refusals,
    ...['shell.cancelled', 'shell.failed', 'shell.kindNotOpened', 'shell.noAnswer', 'shell.noProgram'],
    ...['shell.notCopied', 'shell.notHere', 'shell.notOurs'],
  ] as const),
};
