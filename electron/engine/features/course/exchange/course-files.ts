import type { CallContext } from '../../../../../shared/contract/rpc.ts';
import { PACK_LIMITS } from '../../../../../shared/features/course/exchange/pack.ts';
import type { MaterialVersion } from '../../../../../shared/features/material/rules.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../../../shared/kernel/result.ts';
import type { EngineContext } from '../../../context.ts';
import { MATERIAL_COLUMNS, versionsOf, type MaterialRow } from '../../library/material-list.ts';

/** The row of a material that everybody may have. */
export type OpenMaterial = MaterialRow & { readonly kind: NonNullable<MaterialRow['kind']>; readonly audience: 'everyone' };

export interface CourseFiles {
  readonly materials: readonly {
    readonly row: OpenMaterial;
    readonly versions: readonly (MaterialVersion & { readonly bytes: Uint8Array })[];
  }[];
  /** How many files are left out: for some only, or not on this laptop. */
  readonly left: number;
}

/** Returns the materials of a course that everybody may have, with the files that `pick` chooses of each. */
export async function courseFiles(
  { store: { reader }, files }: EngineContext,
  courseId: Id,
  pick: (versions: readonly MaterialVersion[]) => readonly MaterialVersion[],
  call: CallContext,
): Promise<Result<CourseFiles, 'exchange.packTooLarge' | 'job.cancelled'>> {
  const rows = reader.all<MaterialRow>(`select ${MATERIAL_COLUMNS} from material where live = 1 and courseId = ? order by id`, courseId);
  const materials: CourseFiles['materials'][number][] = [];
  let [left, total] = [0, 0];
  for (const [at, row] of rows.entries()) {
    call.progress({ label: 'exchange.writingPack', done: at, total: rows.length, unit: 'items' });
    const versions = pick(versionsOf(reader, row.id));
    if (!isOpen(row)) {
      left += versions.length;
      continue;
    }
    const carried: (MaterialVersion & { readonly bytes: Uint8Array })[] = [];
    for (const version of versions) {
      if (call.signal.aborted) return refuse('job.cancelled');
      const stream = files.get(version.sha256);
      if (stream === null) {
        left++;
        continue;
      }
      if ((total += version.size) > PACK_LIMITS.bytes / 2) {
        stream.destroy();
        return refuse('exchange.packTooLarge', { megabytes: PACK_LIMITS.bytes / 2 / 1024 ** 2 });
      }
      carried.push({ ...version, bytes: Buffer.concat((await stream.toArray()) as Buffer[]) });
    }
    if (carried.length > 0) materials.push({ row, versions: carried });
  }
  return ok({ materials, left });
}

function isOpen(row: MaterialRow): row is OpenMaterial {
  return row.audience === 'everyone' && row.kind !== null;
}
