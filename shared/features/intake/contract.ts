import { z } from 'zod';
import { reads, writes } from '../../contract/call.ts';
import * as shape from '../../contract/shapes.ts';
import { INTAKE_KINDS } from '../../model/vocabularies.ts';

const importId = z.string().regex(/^[0-9a-f]{64}$/);

export const intakeContract = {
  /** Imports of this laptop that are not undone yet, the newest first. */
  'intake.list': reads(
    ['people', 'attendance', 'evaluation', 'settings'],
    z.strictObject({ activityId: shape.id }),
    z.array(
      z.object({
        importId: z.string(),
        kind: z.enum(INTAKE_KINDS),
        /** Name of the file. */
        file: z.string(),
        at: shape.instant,
        /** Records that it wrote to. */
        records: z.int(),
      }),
    ),
    ['activity.unknown'],
  ),
  /**
   * Undoes an import by writing again what was there before, so that it holds everywhere after the next syncs: what the import added is removed, what it changed goes
   * back. What somebody wrote to since is left as it is and named. Refuses `intake.unknown`, `intake.undone`.
   */
  'intake.undo': writes(
    z.strictObject({ importId }),
    z.object({
      /** Records that are as they were before. */
      undone: z.int(),
      /** `changed`: somebody wrote other values since; `marked`: marks or sheets hang on the person. */
      left: z.array(z.object({ id: shape.id, personId: shape.id.nullable(), name: z.string(), why: z.enum(['changed', 'marked']) })),
    }),
    ['intake.undone', 'intake.unknown'],
  ),
};
