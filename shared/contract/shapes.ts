import { z } from 'zod';
import * as value from '../model/values.ts';
import { MODES } from '../model/vocabularies.ts';

/** Shapes that several features' calls share; what fields hold is judged by the model's own schemas. Caps on length and count are TRUST's rule 11. */

export const { id, longText, language, day, halfDay, country, instant } = value;
/** A short text: a name, a title, a room. */
export const line = z.string().trim().min(1).max(500);
export const optionalLine = z.string().trim().max(500);
export const path = z.string().min(1).max(4096);
export const mode = z.enum(MODES);
/** The file formats of a written table. */
export const tableFormat = z.enum(['xlsx', 'csv']);
export const localisedText = z.partialRecord(language, z.string().max(2_000));
/** A proper name in the workshop's own words, or a text per language. */
export const title = z.union([
  line,
  z.partialRecord(language, z.string().trim().max(500)).refine((text) => Object.values(text).some((t) => t !== undefined && t !== '')),
]);
export const nothing = z.strictObject({});
export const done = z.object({});

/** Where a row of a file stands: in a sheet ('' where it has no name), and its number there as a spreadsheet shows it (the header is row 1). */
export const rowPlace = z.object({ sheet: z.string(), row: z.int() });
export type RowPlace = z.infer<typeof rowPlace>;

/** A row of a list that was not taken, and why. */
export const rejectedRow = z.object({ ...rowPlace.shape, field: z.string(), code: z.string() });
export type RejectedRow = z.infer<typeof rejectedRow>;

/** The value ids that the screen showed when the form opened, which the write supersedes; left out, the current heads. */
export const supersedes = z.array(z.string().max(80)).max(64);

/** As many as a write may supersede (SPEC, `CAPS.supersedes`): a removal names every chain of three spaces, three and more for each laptop. */
const MOST_SEEN = 5_000;

/**
 * The value ids that an open form showed, by register (`place`, `title@fr`); a write supersedes exactly that. What removes a record also names, under `_hanging`, what was
 * seen of the records that hang on it. The window always says it; left out (from a terminal), what this laptop holds now.
 */
export const seen = z.record(z.string().max(100), z.array(z.string().max(80)).max(MOST_SEEN));
/** The value ids of the heads that an answer shows, by register, to be passed back as `seen`. */
export const shown = z.record(z.string(), z.array(z.string()));

/**
 * A removed record that is still listed, because somebody who had not seen the removal wrote to it: who removed it and who wrote. Names are '' where they are
 * not known here.
 */
export const removed = z.object({
  by: z.string(),
  device: z.string(),
  at: z.string(),
  writtenBy: z.string(),
  writtenDevice: z.string(),
  writtenAt: z.string(),
});

/** Whether the user may do a thing; else the code of why not: `sync.notEntitled` (the role), `sync.spaceClosed` (this workshop, or this part of it). */
export const permission = z.object({ allowed: z.boolean(), reason: z.string() });

/** Names of fields whose values are not of this model (a newer program's, or no values at all): shown as *not readable*, never as empty. */
export const unreadable = z.array(z.string());
/** A day in an answer: '' where none can be read. */
export const dayShown = z.union([day, z.literal('')]);
/** A title in an answer: '' where none can be read. */
export const titleShown = z.union([z.string(), z.partialRecord(language, z.string())]);
