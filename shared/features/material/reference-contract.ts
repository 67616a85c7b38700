import { z } from 'zod';
import { job, reads } from '../../contract/call.ts';
import * as shape from '../../contract/shapes.ts';
import { AUDIENCES } from '../../model/vocabularies.ts';

const texts = z.partialRecord(shape.language, z.string());

/** A template in two languages: `values` says by part and language what is filled in already; what is not has room to be written. */
const wanted = {
  id: shape.id,
  language: shape.language,
  second: shape.language,
  /** Of the requesting authority. */
  country: shape.country.optional(),
  values: z.record(z.string().max(60), z.partialRecord(shape.language, z.string().trim().max(4_000))).default({}),
};
const refusals = [
  'document.empty',
  'document.oneLanguage',
  'document.pictureDamaged',
  'document.signMissing',
  'document.tooLarge',
  'material.unknown',
] as const;

export const referenceContract = {
  /** The cards of platforms elsewhere, by title: what each is for, whom it admits, in which languages it speaks. */
  'material.cards': reads(
    ['material'],
    shape.nothing,
    z.array(
      z.object({
        id: shape.id,
        title: shape.titleShown,
        text: texts,
        limits: texts,
        audience: z.enum(AUDIENCES),
        spoken: z.array(shape.language),
        /** An https address; '' where none is known. */
        link: z.string(),
        unreadable: shape.unreadable,
      }),
    ),
  ),
  /** The templates that lie here as parts to be filled in, by title. */
  'material.templates': reads(
    ['material'],
    shape.nothing,
    z.array(
      z.object({
        id: shape.id,
        title: shape.titleShown,
        text: texts,
        parts: z.array(z.object({ id: z.string(), lines: z.int(), text: texts, hint: texts })),
        unreadable: shape.unreadable,
      }),
    ),
  ),
};

/** The calls that print templates. */
export const templatePaperContract = {
  /** Writes a template as PDF, two languages side by side. */
  'material.printTemplate': job(
    z.strictObject({ ...wanted, path: shape.path }),
    z.object({ path: z.string(), pages: z.int(), bytes: z.int(), sha256: z.string() }),
    [...refusals, 'file.notWritable'],
  ),
  /** Makes the same and opens a copy of it in the user's own program, which prints it; nothing is saved. */
  'material.openTemplate': job(z.strictObject(wanted), z.object({ pages: z.int() }), [
    ...refusals,
    ...['shell.cancelled', 'shell.failed', 'shell.kindNotOpened', 'shell.noAnswer', 'shell.noProgram'],
    ...['shell.notCopied', 'shell.notHere', 'shell.notOurs'],
  ] as const),
};
