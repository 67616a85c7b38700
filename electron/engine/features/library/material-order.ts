import { comparing } from '../../../../shared/kernel/formats.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { textIn, type Language } from '../../../../shared/kernel/text.ts';
import { material, materialVersion } from '../../../../shared/model/material.ts';
import { titleOf } from '../../../../shared/model/title.ts';
import type { EngineContext } from '../../context.ts';
import { searchFullText } from './full-text.ts';
import { isMaterialInSight, MATERIAL_COLUMNS, WHOLE_VERSION, type MaterialRow } from './material-list.ts';

/** The filter of a search for materials; every part that is given must fit. */
export interface MaterialQuery {
  readonly text?: string | undefined;
  readonly language?: Language | undefined;
  readonly kind?: string | undefined;
  readonly courseId?: Id | undefined;
  readonly activityId?: Id | undefined;
}

/** The fields that a material is found by, without those that a screen alone shows. */
interface Listed {
  readonly id: Id;
  readonly kind: string | null;
  readonly courseId: Id | null;
  readonly activityId: Id | null;
  readonly versions: readonly { readonly id: Id; readonly language: Language }[];
}

/** The materials in the order of their titles. */
export interface MaterialOrder {
  /** The ids of those that fit, by title in the user's language. Those of which no version is here yet, not even as a record, are left out. */
  ids(query: MaterialQuery): Id[];
  /** How many there are. */
  size(): number;
}

/**
 * Returns the order of materials by title, worked out once for as long as no material changes and the language stays: twenty thousand titles are not put in
 * order for each key of a search.
 */
export function materialOrder(context: EngineContext): MaterialOrder {
  const { store, language } = context;
  let kept: { readonly language: Language; readonly listed: readonly Listed[] } | null = null;
  store.onChanged(({ entityTypes }) => {
    if (entityTypes.has(material.type) || entityTypes.has(materialVersion.type)) kept = null;
  });
  const listed = (): readonly Listed[] => {
    const screen = language();
    if (kept?.language !== screen) kept = { language: screen, listed: listInOrder(context, screen) };
    return kept.listed;
  };
  return {
    ids({ text, ...query }) {
      const matches = text === undefined ? null : searchFullText(store.reader, text, [material.type, materialVersion.type]);
      return listed().flatMap(({ id, kind, courseId, activityId, versions }) => {
        const fits =
          (matches === null || matches.has(id) || versions.some((version) => matches.has(version.id))) &&
          (query.language === undefined || versions.some((version) => version.language === query.language)) &&
          (query.kind === undefined || kind === query.kind) &&
          (query.courseId === undefined || courseId === query.courseId) &&
          (query.activityId === undefined || activityId === query.activityId);
        return fits ? [id] : [];
      });
    },
    size: () => listed().length,
  };
}

function listInOrder({ store: { reader } }: EngineContext, screen: Language): Listed[] {
  const versions = new Map<Id, { readonly id: Id; readonly language: Language }[]>();
  for (const { materialId, ...version } of reader.all<{ id: Id; materialId: Id; language: Language }>(
    `select id, materialId, language from materialVersion where ${WHOLE_VERSION}`,
  )) {
    const own = versions.get(materialId);
    if (own) own.push(version);
    else versions.set(materialId, [version]);
  }
  const compare = comparing(screen);
  return reader
    .all<MaterialRow>(`select ${MATERIAL_COLUMNS} from material`)
    .flatMap((row) => {
      const own = versions.get(row.id);
      if (!own || !isMaterialInSight(reader, row)) return [];
      const { id, kind, courseId, activityId } = row;
      return [{ id, kind, courseId, activityId, versions: own, title: textIn(titleOf(row), screen) }];
    })
    .toSorted((a, b) => compare(a.title, b.title) || (a.id < b.id ? -1 : 1));
}
