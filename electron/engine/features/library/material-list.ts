import type { ResultOf } from '../../../../shared/contract/call.ts';
import { type materialContract } from '../../../../shared/features/material/contract.ts';
import type { MaterialVersion } from '../../../../shared/features/material/rules.ts';
import { inOrder, newestPerLanguage } from '../../../../shared/features/material/rules.ts';
import { endSeen } from '../../../../shared/features/activity/removal.ts';
import { UNKNOWN_TYPE } from '../../../../shared/features/material/file-type.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { LANGUAGES } from '../../../../shared/kernel/text.ts';
import { material } from '../../../../shared/model/material.ts';
import { recordColumns, type RecordRow } from '../../../../shared/model/records.ts';
import { titleOf } from '../../../../shared/model/title.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import type { Hash, ValueId } from '../../../../shared/sync/types.ts';
import type { EngineContext } from '../../context.ts';
import { objectionBefore } from '../../sync/access/entitled.ts';
import { hashOf, isRecordInSight, removedRecord } from '../people/in-sight.ts';
import { HANGING, shownOf } from '../removals.ts';
import { unreadableIn } from '../unreadable.ts';

export type Material = ResultOf<(typeof materialContract)['material.list']>[number];

export type MaterialRow = RecordRow<typeof material>;

export const MATERIAL_COLUMNS = recordColumns(material);
const VERSION = `id, materialId, language, fileName, coalesce(type, '${UNKNOWN_TYPE}') as type, sha256, size, coalesce(addedAt, '') as addedAt`;
/** The SQL condition by which a version's record is whole; a file's hash is its name on disk, so what another program wrote there is not taken for one. */
export const WHOLE_VERSION = `live = 1 and length(sha256) = 64 and sha256 not glob '*[^0-9a-f]*' and size >= 0 and fileName is not null
  and language in (${LANGUAGES.map((language) => `'${language}'`).join(', ')})`;

/** A material that is in sight: not removed, or removed while somebody added a version. */
export function materialRow(reader: Reader, id: Id): MaterialRow | undefined {
  const row = reader.get<MaterialRow>(`select ${MATERIAL_COLUMNS} from material where id = ?`, id);
  return row && isMaterialInSight(reader, row) ? row : undefined;
}

/** Whether a material is not removed, or was removed while somebody added a version. */
export function isMaterialInSight(reader: Reader, { id, live }: Pick<MaterialRow, 'id' | 'live'>): boolean {
  return live === 1 || isRecordInSight(reader, 'material', id, versionHashes(reader, id));
}

/** Returns the value ids that a screen shows of a material and its versions, for removing it. */
export function shownOfMaterial(reader: Reader, id: Id): Record<string, ValueId[]> {
  return { ...shownOf(reader, 'material', id), [HANGING]: versionHashes(reader, id).map(endSeen) };
}

/** The change-sets that gave a material the versions it has. */
function versionHashes(reader: Reader, materialId: Id): Hash[] {
  const heads = reader.headsWhere('materialVersion', 'sha256', 'materialId = ? and live = 1', materialId);
  return [...new Set([...heads.values()].flat().map(({ id }) => hashOf(id)))].sort();
}

/** The versions of a material; those whose record is not whole yet are left out. */
export function versionsOf(reader: Reader, materialId: Id): MaterialVersion[] {
  return reader.all<MaterialVersion>(`select ${VERSION} from materialVersion where materialId = ? and ${WHOLE_VERSION}`, materialId);
}

/** Returns the version with this id. */
export function versionRow(reader: Reader, id: Id): MaterialVersion | undefined {
  return reader.get<MaterialVersion>(`select ${VERSION} from materialVersion where id = ? and ${WHOLE_VERSION}`, id);
}

/** Returns the versions that an id means: of a version its own, of a material the newest of each language. */
export function filesOf(reader: Reader, id: Id): MaterialVersion[] {
  const version = versionRow(reader, id);
  if (version) return [version];
  return materialRow(reader, id) ? newestPerLanguage(versionsOf(reader, id)) : [];
}

/** Materials as a screen shows them, in the order that is given. Those that went meanwhile are left out. */
export function materialsShown(context: EngineContext, ids: readonly Id[]): Material[] {
  const { store, files } = context;
  const { reader } = store;
  return ids.flatMap((id) => {
    const row = materialRow(reader, id);
    const own = row ? inOrder(versionsOf(reader, id)) : [];
    return row && own.length > 0 ? [shown(row, own)] : [];
  });

  function shown(row: MaterialRow, own: readonly MaterialVersion[]): Material {
    const newest = newestPerLanguage(own);
    const here = (version: MaterialVersion): boolean => files.has(version.sha256);
    return {
      id: row.id,
      title: titleOf(row),
      kind: row.kind ?? 'other',
      audience: row.audience ?? 'everyone',
      courseId: row.courseId,
      activityId: row.activityId,
      language: own[0]!.language,
      versions: own.map((version) => ({
        id: version.id,
        language: version.language,
        name: version.fileName,
        type: version.type,
        sha256: version.sha256,
        size: version.size,
        addedAt: version.addedAt,
        here: here(version),
      })),
      size: newest.reduce((sum, { size }) => sum + size, 0),
      here: newest.every(here),
      pinned: newest.every(({ sha256 }) => files.flags.isPinned(sha256)),
      unreadable: unreadableIn(row),
      removed: row.live === 1 && row.flagged === 0 ? null : removedRecord(context, 'material', row.id, versionHashes(reader, row.id)),
      changeable:
        objectionBefore(context, row.space, { entityType: 'material', record: context.trust.record('material', row.id) }) === null,
      seen: shownOfMaterial(reader, row.id),
    };
  }
}
