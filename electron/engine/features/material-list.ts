import type { ResultOf } from '../../../shared/contract/call.ts';
import { type materialContract } from '../../../shared/features/material/contract.ts';
import type { MaterialVersion } from '../../../shared/features/material/rules.ts';
import { inOrder, newestPerLanguage } from '../../../shared/features/material/rules.ts';
import { endSeen } from '../../../shared/features/activity/removal.ts';
import { UNKNOWN_TYPE } from '../../../shared/features/material/file-type.ts';
import { comparing } from '../../../shared/kernel/formats.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { LANGUAGES, textIn } from '../../../shared/kernel/text.ts';
import { titleOf } from '../../../shared/model/title.ts';
import type { Reader } from '../../../shared/node/store/store.ts';
import { AUDIENCES, MATERIAL_KINDS } from '../../../shared/model/vocabularies.ts';
import type { Hash, ValueId } from '../../../shared/sync/types.ts';
import type { EngineContext } from '../context.ts';
import { objectionBefore } from '../sync/entitled.ts';
import { found } from './full-text.ts';
import { hashOf, isRecordInSight, removedRecord } from './in-sight.ts';
import { HANGING, shownOf } from './removals.ts';
import { unreadableIn } from './unreadable.ts';

export type Material = ResultOf<(typeof materialContract)['material.list']>[number];

/** What a material is asked for by; every part that is given must fit. */
export interface MaterialQuery {
  readonly text?: string | undefined;
  readonly language?: MaterialVersion['language'] | undefined;
  readonly kind?: string | undefined;
  readonly courseId?: Id | undefined;
  readonly activityId?: Id | undefined;
}

export interface MaterialRow {
  readonly id: Id;
  readonly space: string;
  readonly name: string | null;
  readonly title: string | null;
  readonly kind: string | null;
  readonly audience: string | null;
  readonly courseId: Id | null;
  readonly activityId: Id | null;
  readonly live: number;
  readonly flagged: number;
  readonly unreadable: string | null;
}

const COLUMNS = 'id, space, "name", "title", kind, audience, courseId, activityId, live, flagged, unreadable';
const VERSION = `id, materialId, language, fileName, coalesce(type, '${UNKNOWN_TYPE}') as type, sha256, size, coalesce(addedAt, '') as addedAt`;
/** A file's hash is its name on disk: what another program wrote there is not taken for one. */
const WHOLE = `live = 1 and length(sha256) = 64 and sha256 not glob '*[^0-9a-f]*' and size >= 0 and fileName is not null
  and language in (${LANGUAGES.map((language) => `'${language}'`).join(', ')})`;

/** The key of the local setting that keeps a file on this laptop. */
export function pinKey(sha256: string): string {
  return `pin/${sha256}`;
}

/** A material that is in sight: not removed, or removed while somebody added a version. */
export function materialRow(reader: Reader, id: Id): MaterialRow | undefined {
  const row = reader.get<MaterialRow>(`select ${COLUMNS} from material where id = ?`, id);
  return row && (row.live === 1 || isRecordInSight(reader, 'material', id, versionHashes(reader, id))) ? row : undefined;
}

/** What a screen shows of a material and its versions, for removing it. */
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
  return reader.all<MaterialVersion>(`select ${VERSION} from materialVersion where materialId = ? and ${WHOLE}`, materialId);
}

/** One version by its own id. */
export function versionRow(reader: Reader, id: Id): MaterialVersion | undefined {
  return reader.get<MaterialVersion>(`select ${VERSION} from materialVersion where id = ? and ${WHOLE}`, id);
}

/** The files that an id means: of a version its own, of a material the newest of each language. */
export function filesOf(reader: Reader, id: Id): MaterialVersion[] {
  const version = versionRow(reader, id);
  if (version) return [version];
  return materialRow(reader, id) ? newestPerLanguage(versionsOf(reader, id)) : [];
}

/** Materials that fit, by title in the user's language. Those of which no version is here yet, not even as a record, are left out. */
export function materials(context: EngineContext, query: MaterialQuery): Material[] {
  const { store, files, settings, language } = context;
  const { reader } = store;
  const matches = query.text === undefined ? null : found(reader, query.text, ['material', 'materialVersion']);
  const versions = new Map<Id, MaterialVersion[]>();
  for (const version of reader.all<MaterialVersion>(`select ${VERSION} from materialVersion where ${WHOLE}`)) {
    const own = versions.get(version.materialId);
    if (own) own.push(version);
    else versions.set(version.materialId, [version]);
  }
  const screen = language();
  const compare = comparing(screen);
  return reader
    .all<MaterialRow>(`select ${COLUMNS} from material`)
    .flatMap((row): Material[] => {
      if (row.live === 0 && (!versions.has(row.id) || !isRecordInSight(reader, 'material', row.id, versionHashes(reader, row.id))))
        return [];
      const own = inOrder(versions.get(row.id) ?? []);
      const fits =
        own.length > 0 &&
        (matches === null || matches.has(row.id) || own.some(({ id }) => matches.has(id))) &&
        (query.language === undefined || own.some((version) => version.language === query.language)) &&
        (query.kind === undefined || row.kind === query.kind) &&
        (query.courseId === undefined || row.courseId === query.courseId) &&
        (query.activityId === undefined || row.activityId === query.activityId);
      return fits ? [shown(row, own)] : [];
    })
    .toSorted((a, b) => compare(textIn(a.title, screen), textIn(b.title, screen)) || (a.id < b.id ? -1 : 1));

  function shown(row: MaterialRow, own: readonly MaterialVersion[]): Material {
    const newest = newestPerLanguage(own);
    const here = (version: MaterialVersion): boolean => files.pathOf(version.sha256) !== null;
    return {
      id: row.id,
      title: titleOf(row),
      kind: MATERIAL_KINDS.find((kind) => kind === row.kind) ?? 'other',
      audience: AUDIENCES.find((audience) => audience === row.audience) ?? 'everyone',
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
      pinned: newest.every(({ sha256 }) => settings.get(pinKey(sha256)) !== undefined),
      unreadable: unreadableIn(row),
      removed: row.live === 1 && row.flagged === 0 ? null : removedRecord(context, 'material', row.id, versionHashes(reader, row.id)),
      changeable:
        objectionBefore(context, row.space, { entityType: 'material', record: context.trust.record('material', row.id) }) === null,
      seen: shownOfMaterial(reader, row.id),
    };
  }
}
