import { z } from 'zod';
import { RAILS, THEMES } from '../../kernel/look.ts';
import { reads, writes } from '../../contract/call.ts';
import * as shape from '../../contract/shapes.ts';
import { LIST_COLUMNS } from '../people/list-columns.ts';

export const settingsContract = {
  'settings.get': reads(
    ['settings'],
    shape.nothing,
    z.object({
      language: shape.language,
      /** False until the user has chosen; the window then asks the system. */
      languageChosen: z.boolean(),
      theme: z.enum(THEMES),
      rail: z.enum(RAILS),
      /** The user's name as others will see it. */
      name: z.string(),
      /** The name of this laptop as others will see it; '' for none. */
      laptopName: z.string(),
      /** In attendance the next person follows a letter; so it is until somebody says otherwise. */
      advance: z.boolean(),
      /** A letter or a sign alone does something where no text is typed; so it is until somebody says otherwise. */
      singleKeys: z.boolean(),
      /** The columns of every list of people. */
      peopleColumns: z.array(z.enum(LIST_COLUMNS)),
      /** Where this laptop's data lie. */
      folder: z.string(),
      /** In the order in which they were made, the newest first; `at`: what the clock said then; `number` 0: made by an earlier program. */
      backups: z.array(z.object({ path: z.string(), number: z.int(), at: z.string(), bytes: z.int() })),
      version: z.string(),
      storeBytes: z.int(),
      fileBytes: z.int(),
    }),
  ),
  'settings.set': writes(
    z.strictObject({
      language: shape.language.optional(),
      theme: z.enum(THEMES).optional(),
      rail: z.enum(RAILS).optional(),
      name: shape.optionalLine.optional(),
      laptopName: shape.optionalLine.optional(),
      advance: z.boolean().optional(),
      singleKeys: z.boolean().optional(),
      peopleColumns: z.array(z.enum(LIST_COLUMNS)).optional(),
    }),
    shape.done,
  ),
};
